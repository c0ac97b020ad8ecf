/// A document's data before anything runs: written as CSV, or only tried.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/spec/document.hpp"

namespace kappa {

class ProblemCache;

/// Builds the problems and plans every run once: what would make it fail, with exit statuses in `trouble`, or what was
/// built, for whoever needs it next.
Checked<std::shared_ptr<ProblemCache>> check_inputs(const Document& complete);

/// Writes data, start and batches of repeat 0 under `directory`; runs that override them under their index.
/// Returns the files written, in order.
Checked<std::vector<std::string>> dump_data(const Document& complete, const std::string& directory);

/// Whether results may go to `directory`: empty, new, or holding this document's own results.
std::optional<Issue> refuse_directory(const std::string& directory, const Document& complete, bool force);

}  // namespace kappa
