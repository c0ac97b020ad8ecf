/// Refuses problems too large for memory and batches larger than their data, before anything is built.
#include <algorithm>
#include <cmath>

#include "core/catalog/catalog.hpp"
#include "core/kinds/problem.hpp"
#include "core/spec/parse.hpp"
#include "core/spec/words.hpp"

namespace kappa::spec {

namespace {

std::string gibibytes(double bytes) {
  const double units = bytes / (1024.0 * 1024 * 1024);
  return shown(units < 100 ? std::round(units * 10) / 10 : std::round(units)) + " GiB";
}

/// How many rows the fields promise; the problem itself knows only once it is built.
std::uint64_t promised_rows(const Node& node) {
  const Entry* entry = Catalog::get().find(node.kind, node.id);
  for (const char* name : {"samples", "measurements"}) {
    const Field* field = entry != nullptr ? field_named(*entry, name) : nullptr;
    if (field == nullptr || !active(*entry, node, *field)) continue;
    const auto* initial = std::get_if<std::int64_t>(&field->initial);
    return static_cast<std::uint64_t>(integer(node, name, initial != nullptr ? *initial : 0));
  }
  return 0;
}

bool has_own_data(const Node& node) {
  const auto data = node.params.find("data");
  return data != node.params.end() && std::holds_alternative<NodePtr>(data->second) && std::get<NodePtr>(data->second);
}

/// Rows a batch is drawn from: 0 when there are none, or when they are not known before the data are read.
std::uint64_t check_problem(const Node& node, const std::string& path, Issues& issues) {
  if (!validate_node(node, path).empty() || has_own_data(node)) return 0;
  const auto problem = make_problem(complete_node(node));
  if (const double bytes = problem->footprint(); bytes > memory_limit)
    issues.push_back(
        {path,
         "these sizes need " + gibibytes(bytes) + " of memory; at most " + gibibytes(memory_limit) + " are allowed",
         ""});
  return promised_rows(node);
}

void check_batch(const BatchSpec& batch, std::uint64_t rows, const std::string& path, const std::string& of,
                 Issues& issues) {
  if (rows == 0 || batch.size <= rows) return;
  const Issue issue{child_path(path, "size"),
                    std::to_string(batch.size) + " is more than the " + std::to_string(rows) + " samples of " + of +
                        "; 0 takes them all",
                    ""};
  const bool said =
      std::any_of(issues.begin(), issues.end(), [&](const Issue& other) { return other.path == issue.path; });
  if (!said) issues.push_back(issue);
}

}  // namespace

void check_sizes(const Document& document, Issues& issues) {
  if (document.study != descent || document.runs.size() > most_runs) return;
  const std::uint64_t shared = check_problem(document.problem, "/problem", issues);
  for (std::size_t i = 0; i < document.runs.size(); ++i) {
    const RunSpec& run = document.runs[i];
    if (run.fork) continue;
    const std::string path = child_path("/runs", i);
    const std::uint64_t rows = run.problem ? check_problem(*run.problem, child_path(path, "problem"), issues) : shared;
    const std::string of = run.problem ? "run " + in_quotes(run.label) : "the problem";
    if (run.batch)
      check_batch(*run.batch, rows, child_path(path, "batch"), of, issues);
    else
      check_batch(document.batch, rows, "/batch", of, issues);
  }
}

}  // namespace kappa::spec
