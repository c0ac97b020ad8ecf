/// The verbs of the command line: each adds its options, and says what to do with them.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "core/lab.hpp"

namespace kappa::cli {

/// Exit statuses of the contract.
enum Status : int { done = 0, claim_failed = 1, bad_input = 2, bad_file = 3, all_diverged = 4, interrupted = 130 };

using Verb = std::function<int()>;

/// Adds the subcommand; the returned verb is called when it was chosen.
Verb add_run(CLI::App& app);
Verb add_check(CLI::App& app);
Verb add_list(CLI::App& app);
Verb add_describe(CLI::App& app);
Verb add_schema(CLI::App& app);
Verb add_data(CLI::App& app);
Verb add_new(CLI::App& app);

/// Prints every issue on standard error; 3 when a file is among them, else 2.
int complain(const Issues& issues);

/// Ctrl-C and SIGTERM from now on; asked by loops that wait.
void watch_for_interrupt();
bool was_interrupted();

/// Waits for the runner with a progress line on a terminal; passes an interrupt on.
void wait_with_progress(Runner& runner, bool quiet, const std::string& name);

}  // namespace kappa::cli
