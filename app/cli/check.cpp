/// `check`: built-in experiments and their claims, as a table and as JSON.
#include <cstdio>
#include <memory>

#include "app/cli/table.hpp"
#include "app/cli/verbs.hpp"

namespace kappa::cli {

namespace {

struct Options {
  std::vector<std::string> names;
  std::string json;
  std::optional<std::uint64_t> seed, repeats;
  unsigned threads = 0;
};

struct Checks {
  NamedClaims claims;
  std::vector<std::string> failures;
};

/// One experiment, run in memory; false when it could not be read.
int check_one(const std::string& wanted, const Options& options, Checks& checks) {
  std::string name;
  const auto opened = open_experiment(wanted, name);
  if (const Issues* issues = issues_of(opened)) return complain(*issues);
  Document document = complete(std::get<Document>(opened));
  if (options.seed) document.seed = *options.seed;
  if (options.repeats) document.repeats = *options.repeats;
  if (const Issues issues = validate(document); !issues.empty()) return complain(issues);
  Runner runner(document, {.threads = options.threads, .name = name});
  wait_with_progress(runner, false, name);
  for (const RunStatus& run : runner.status().runs)
    if (run.ended == Ended::failed) checks.failures.push_back(name + ", " + run.label + ": " + run.why);
  checks.claims.emplace_back(name, runner.claims());
  return done;
}

int check(const Options& options) {
  std::vector<std::string> names = options.names;
  if (names.empty())
    for (const GalleryItem& item : gallery()) names.push_back(item.name);
  watch_for_interrupt();
  Checks checks;
  for (const std::string& name : names) {
    if (const int status = check_one(name, options, checks); status != done) return status;
    if (was_interrupted()) return interrupted;
  }
  Table table({"experiment", "paper", "claim", "expected", "measured", "verdict"});
  bool failed = false;
  std::size_t unknown = 0;
  for (const auto& [experiment, claims] : checks.claims) {
    for (const ClaimResult& c : claims) {
      table.add({experiment, c.paper, c.claim + " (" + c.statistic + ")", c.expected, number_text(c.measured),
                 verdict_text(c.holds)});
      failed = failed || c.holds == false;
      unknown += c.holds ? 0 : 1;
    }
  }
  std::printf("%s", table.text().c_str());
  std::printf("%zu experiments, %zu claims, %zu of them unknown\n", checks.claims.size(), table.size(), unknown);
  for (const std::string& failure : checks.failures) std::fprintf(stderr, "kappascope-cli: %s\n", failure.c_str());
  if (!options.json.empty())
    if (const auto issue = atomic_write(options.json, claims_json(checks.claims))) return complain({*issue});
  if (failed) return claim_failed;
  return checks.failures.empty() ? done : all_diverged;
}

}  // namespace

Verb add_check(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("check", "Run built-in experiments and check their papers' claims");
  verb->add_option("NAME", options->names, "built-in experiments or documents (default: all built-in ones)");
  verb->add_option("--seed", options->seed, "in place of each document's seed");
  verb->add_option("--repeats", options->repeats, "in place of each document's repeats");
  verb->add_option("--json", options->json, "also write the claims to this file");
  verb->add_option("--threads", options->threads, "workers (default: one a core)");
  return [options] { return check(*options); };
}

}  // namespace kappa::cli
