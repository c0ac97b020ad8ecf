/// Bare CSV: a matrix row a line, a column vector as one number a line.
#include "core/run/dump.hpp"

#include <algorithm>
#include <filesystem>

#include "core/catalog/gallery.hpp"
#include "core/run/guarded.hpp"
#include "core/run/planner.hpp"
#include "core/trace/disk.hpp"
#include "core/trace/number.hpp"
#include "core/trace/part_files.hpp"

namespace kappa {

namespace {

std::string matrix_csv(const arma::mat& m) {
  std::string out;
  for (arma::uword row = 0; row < m.n_rows; ++row) {
    for (arma::uword col = 0; col < m.n_cols; ++col) {
      if (col > 0) out += ',';
      append_number(out, m(row, col));
    }
    out += '\n';
  }
  return out;
}

/// Where the order looks at gradients, they are those of the document's own run.
std::string batches_csv(const RunPlan& plan) {
  std::string out;
  const auto line = [&](std::span<const std::uint32_t> rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) out += (i > 0 ? "," : "") + std::to_string(rows[i]);
    out += '\n';
  };
  if (plan.order->looks()) {
    RunPlan silent = plan;
    silent.silent = true;
    Run run(std::move(silent));
    NoSink sink;
    for (std::uint64_t take = 0; !run.advance(take, sink); take = 1) line(run.sample());
    return out;
  }
  OrderState state;
  std::vector<std::uint32_t> rows;
  for (std::uint64_t t = 0; t < plan.steps; ++t) {
    plan.order->rows(state, {t, plan.problem->samples(), plan.batch, plan.seed}, rows);
    line(rows);
  }
  return out;
}

struct Writer {
  std::vector<std::string> written;
  Issues issues;

  void put_text(const std::string& path, const std::string& text) {
    if (auto issue = atomic_write(path, text))
      issues.push_back(*issue);
    else
      written.push_back(path);
  }
  void put(const std::string& directory, const RunPlan& plan) {
    for (const NamedMatrix& one : plan.problem->data())
      put_text(directory + "/" + one.name + ".csv", matrix_csv(one.value));
    const Blocks start = plan.init->start(*plan.problem, Rng(plan.seed, "init"));
    for (std::size_t i = 0; i < start.count(); ++i)
      put_text(directory + "/init_" + start.shape(i).name + ".csv", matrix_csv(start.block(i)));
    if (plan.order != nullptr && !plan.order->looks()) put_text(directory + "/batches.csv", batches_csv(plan));
  }
};

/// The order looks at the gradients of the run: each run has its own batches.
bool looks(const Document& document, std::size_t run, ProblemCache& problems) {
  const RunPlan plan = plan_run(document, run, 0, problems);
  return plan.order != nullptr && plan.order->looks();
}

bool overrides(const RunSpec& run) { return run.problem || run.init || run.batch || run.steps; }

/// The document without runs' optimizers that see another problem: the shared data as they are.
RunPlan shared_plan(const Document& document, ProblemCache& problems) {
  Document plain = document;
  plain.runs = {RunSpec{.label = "data",
                        .optimizer = {Kind::optimizer, "gradient_descent", {}},
                        .problem = {},
                        .init = {},
                        .steps = {},
                        .batch = {},
                        .fork = {}}};
  plain.events.clear();
  return plan_run(plain, 0, 0, problems);
}

}  // namespace

Checked<std::shared_ptr<ProblemCache>> check_inputs(const Document& complete) {
  Issues issues;
  auto problems = std::make_shared<ProblemCache>();
  if (complete.study != "descent") return problems;
  const auto attempt = [&](const std::string& path, const auto& work) {
    try {
      work();
    } catch (const DataError& error) {
      issues.push_back(error.issue);
    } catch (const Refused& refused) {
      issues.push_back({path, refused.what, "", Trouble::input});
    } catch (const std::bad_alloc&) {
      issues.push_back({path, "needs more memory than there is", "", Trouble::input});
    }
  };
  for (std::size_t run = 0; run < complete.runs.size(); ++run)
    attempt("/runs/" + std::to_string(run), [&] {
      const RunPlan plan = plan_run(complete, run, 0, *problems);
      plan.init->start(*plan.problem, Rng(plan.seed, "init"));
    });
  const auto same = [](const Issue& a, const Issue& b) { return a.path == b.path && a.message == b.message; };
  issues.erase(std::unique(issues.begin(), issues.end(), same), issues.end());
  if (!issues.empty()) return issues;
  return problems;
}

Checked<std::vector<std::string>> dump_data(const Document& complete, const std::string& directory) {
  if (complete.study != "descent")
    return Issues{{"/study", "only descents have one problem whose data can be written", "", Trouble::input}};
  const auto checked = check_inputs(complete);
  if (const Issues* issues = issues_of(checked)) return *issues;
  ProblemCache& problems = *std::get<std::shared_ptr<ProblemCache>>(checked);
  Writer writer;
  if (auto issue = make_directory(directory)) return Issues{*issue};
  writer.put(directory, shared_plan(complete, problems));
  for (std::size_t run = 0; run < complete.runs.size(); ++run) {
    const bool own_order = looks(complete, run, problems);
    if (!overrides(complete.runs[run]) && !own_order) continue;
    Document one = complete;
    one.runs = {complete.runs[run]};
    one.runs[0].optimizer = {Kind::optimizer, "gradient_descent", {}};
    one.runs[0].fork.reset();
    const std::string own = directory + "/" + std::to_string(run);
    if (auto issue = make_directory(own)) return Issues{*issue};
    writer.put(own, plan_run(one, 0, 0, problems));
    if (own_order) writer.put_text(own + "/batches.csv", batches_csv(plan_run(complete, run, 0, problems)));
  }
  if (!writer.issues.empty()) return writer.issues;
  return writer.written;
}

std::optional<Issue> refuse_directory(const std::string& directory, const Document& complete, bool force) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (force || !fs::exists(directory, error)) return std::nullopt;
  if (!fs::is_directory(directory, error)) return Issue{directory, "is not a directory", "", Trouble::file};
  if (PartFiles::unfinished(directory))
    return Issue{directory, "holds the part files of a run that did not end", "--force starts over", Trouble::input};
  const std::string kept = directory + "/experiment.kappa.json";
  if (!fs::exists(kept, error)) return std::nullopt;
  std::string name;
  const auto other = open_experiment(kept, name);
  const auto* document = std::get_if<Document>(&other);
  const bool same = document != nullptr && write_document(kappa::complete(*document)) == write_document(complete);
  if (same) return std::nullopt;
  return Issue{directory, "holds the results of another document", "--force replaces them", Trouble::input};
}

}  // namespace kappa
