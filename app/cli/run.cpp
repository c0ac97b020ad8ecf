/// `run`: a document from beginning to end, into a directory of results.
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <set>

#include "app/cli/table.hpp"
#include "app/cli/verbs.hpp"

namespace kappa::cli {

namespace {

struct Options {
  std::string file, out, thumbnail;
  std::vector<std::string> sets;
  std::string seed, steps;
  unsigned threads = 0;
  bool force = false, no_pictures = false, quiet = false;
};

/// The document's text with `--set`, `--seed` and `--steps` applied.
Checked<std::string> edited_text(const Options& options, std::string& name) {
  auto text = experiment_text(options.file, name);
  if (issues_of(text) != nullptr) return text;
  std::vector<std::pair<std::string, std::string>> edits;
  for (const std::string& one : options.sets) {
    const std::size_t equals = one.find('=');
    if (equals == std::string::npos)
      return Issues{{"--set", "\"" + one + "\" has no value", "write --set /json/pointer=VALUE", Trouble::input}};
    edits.emplace_back(one.substr(0, equals), one.substr(equals + 1));
  }
  if (!options.seed.empty()) edits.emplace_back("/seed", options.seed);
  if (!options.steps.empty()) edits.emplace_back("/steps", options.steps);
  for (const auto& [pointer, value] : edits) {
    text = set_in_json(std::get<std::string>(text), pointer, value);
    if (issues_of(text) != nullptr) return text;
  }
  return text;
}

/// What concerns the whole text says which file it is.
Issues named(Issues issues, const std::string& file) {
  for (Issue& issue : issues)
    if (issue.path.empty()) issue.path = file;
  return issues;
}

std::string default_directory(const std::string& file, const std::string& name) {
  const auto parent = std::filesystem::path(file).parent_path();
  return std::filesystem::exists(file) && !parent.empty() ? (parent / name).string() : name;
}

/// What runs were asked to record and cannot: one line for each reason, with the runs that it holds for.
std::string unmeasured_text(const RunnerStatus& status) {
  std::map<std::string, std::vector<std::string>> runs;
  std::set<std::string> labels;
  for (const RunStatus& run : status.runs) {
    labels.insert(run.label);
    if (run.repeat == 0)
      for (const Unmeasured& one : run.unmeasured) runs[one.name + " is not measured: " + one.why].push_back(run.label);
  }
  std::string text;
  for (const auto& [line, of] : runs) {
    std::string some;
    for (std::size_t i = 0; i < of.size() && of.size() < labels.size(); ++i) some += (i ? ", " : "") + of[i];
    text += some + (some.empty() ? "" : ": ") + line + "\n";
  }
  return text;
}

void print_summary(const RunnerStatus& status, const std::vector<ClaimResult>& claims, const std::string& directory) {
  const bool repeats =
      std::any_of(status.runs.begin(), status.runs.end(), [](const RunStatus& r) { return r.repeat > 0; });
  Table runs(repeats ? std::vector<std::string>{"run", "repeat", "steps", "ended", "final loss", "best loss", "seconds"}
                     : std::vector<std::string>{"run", "steps", "ended", "final loss", "best loss", "seconds"});
  for (const RunStatus& run : status.runs) {
    std::vector<std::string> row = {run.label};
    if (repeats) row.push_back(std::to_string(run.repeat));
    row.insert(row.end(), {std::to_string(run.step), run.ended ? std::string(name_of(*run.ended)) : "",
                           number_text(run.loss), number_text(run.best_loss), number_text(run.seconds)});
    runs.add(row);
  }
  std::printf("%s", runs.text().c_str());
  for (const RunStatus& run : status.runs)
    if (run.ended == Ended::failed || run.ended == Ended::finished)
      if (!run.why.empty()) std::printf("%s: %s\n", run.label.c_str(), run.why.c_str());
  std::printf("%s", unmeasured_text(status).c_str());
  if (!claims.empty()) {
    Table table({"claim", "statistic", "expected", "measured", "verdict"});
    for (const ClaimResult& c : claims)
      table.add({c.claim, c.statistic, c.expected, number_text(c.measured), verdict_text(c.holds)});
    std::printf("\n%s", table.text().c_str());
  }
  std::printf("\nresults in %s\n", directory.c_str());
}

int run(const Options& options) {
  std::string name;
  const auto text = edited_text(options, name);
  if (const Issues* issues = issues_of(text)) return complain(named(*issues, options.file));
  const auto parent = std::filesystem::path(options.file).parent_path();
  const auto parsed = parse_document(std::get<std::string>(text), parent.empty() ? "." : parent.string());
  if (const Issues* issues = issues_of(parsed)) return complain(named(*issues, options.file));
  const Document document = complete(std::get<Document>(parsed));
  const auto checked = check_inputs(document);
  if (const Issues* issues = issues_of(checked)) return complain(*issues);
  const std::string directory = options.out.empty() ? default_directory(options.file, name) : options.out;
  if (const auto refused = refuse_directory(directory, document, options.force)) return complain({*refused});

  watch_for_interrupt();
  Runner runner(document, {.threads = options.threads,
                           .directory = directory,
                           .name = name,
                           .pictures = !options.no_pictures,
                           .problems = std::get<std::shared_ptr<ProblemCache>>(checked)});
  wait_with_progress(runner, options.quiet, name);
  const RunnerStatus status = runner.status();
  if (!options.thumbnail.empty())
    if (const auto issue = atomic_write(options.thumbnail, thumbnail_svg(document, *runner.trace())))
      return complain({*issue});
  if (!status.trouble.empty()) {
    std::fprintf(stderr, "kappascope-cli: %s\n", status.trouble.c_str());
    return bad_file;
  }
  if (!options.quiet) print_summary(status, runner.claims(), directory);
  if (was_interrupted()) return interrupted;
  const bool none = std::all_of(status.runs.begin(), status.runs.end(), [](const RunStatus& r) {
    return r.ended == Ended::diverged || r.ended == Ended::failed;
  });
  return none ? all_diverged : done;
}

}  // namespace

Verb add_run(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("run", "Run an experiment: a *.kappa.json file, or the name of a built-in one");
  verb->add_option("FILE", options->file, "document, or built-in experiment")->required();
  verb->add_option("--out", options->out, "directory for the results (default: the document's name, beside it)");
  verb->add_flag("--force", options->force, "replace another document's results");
  verb->add_flag("--no-pictures", options->no_pictures, "write no SVG figures");
  verb->add_option("--thumbnail", options->thumbnail, "also write the gallery picture to this SVG file");
  verb->add_option("--set", options->sets, "/json/pointer=VALUE: change the document before it runs")
      ->allow_extra_args(false);
  verb->add_option("--seed", options->seed, "the document's seed");
  verb->add_option("--steps", options->steps, "the document's steps");
  verb->add_option("--threads", options->threads, "workers (default: one a core); never changes a result");
  verb->add_flag("--quiet", options->quiet, "no progress and no tables");
  return [options] { return run(*options); };
}

}  // namespace kappa::cli
