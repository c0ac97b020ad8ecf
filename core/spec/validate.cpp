/// Validates a whole document: values against their ranges, then names, sizes and sweeps.
#include "core/catalog/catalog.hpp"
#include "core/spec/parse.hpp"
#include "core/spec/words.hpp"

namespace kappa {

using namespace spec;

namespace spec {

namespace {

void check(Part part, std::string_view key, const std::string& path, Value value, Issues& issues) {
  check_value(field_of(part, key), value, child_path(path, key), issues);
}

/// Counts travel as unsigned; what does not fit is refused as a real number.
Value whole(std::uint64_t n) {
  if (n <= static_cast<std::uint64_t>(INT64_MAX)) return static_cast<std::int64_t>(n);
  return static_cast<double>(n);
}

void check_common(const Document& document, Issues& issues) {
  check(Part::document, "seed", "", whole(document.seed), issues);
  check(Part::document, "repeats", "", whole(document.repeats), issues);
  check(Part::about, "group", "/about", document.about.group, issues);
  check(Part::about, "papers", "/about", document.about.papers, issues);
  if (document.claims.size() > most_claims)
    issues.push_back(
        {"/claims",
         "found " + std::to_string(document.claims.size()) + " claims, expected at most " + std::to_string(most_claims),
         ""});
  for (std::size_t i = 0; i < document.claims.size(); ++i)
    check_node(document.claims[i], child_path("/claims", i), issues);
  if (document.view.empty()) return;
  const auto view = read_json(document.view);
  const Json* json = std::get_if<Json>(&view);
  if (json == nullptr || json->members() == nullptr)
    issues.push_back({"/view", "found no JSON object, which a view is", ""});
}

void check_batch(const BatchSpec& batch, const std::string& path, Issues& issues) {
  check(Part::batch, "size", path, whole(batch.size), issues);
  check(Part::batch, "order", path, batch.order, issues);
}

/// Issues of a node that has its parameters from another one: what is wrong there already is said there.
void check_changed(const Node& node, const Node& base, const std::string& path, Issues& issues) {
  const Issues known = validate_node(base, path);
  for (Issue& issue : validate_node(node, path)) {
    bool said = false;
    for (const Issue& other : known) said = said || (other.path == issue.path && other.message == issue.message);
    if (!said) issues.push_back(std::move(issue));
  }
}

void check_run(const Document& document, std::size_t i, Issues& issues) {
  const RunSpec& run = document.runs[i];
  const std::string path = child_path("/runs", i);
  if (!run.fork) check_node(run.optimizer, child_path(path, "optimizer"), issues);
  for (std::size_t parent = 0; run.fork && parent < document.runs.size(); ++parent)
    if (document.runs[parent].label == run.fork->run)
      check_changed(effective_optimizer(document, i), effective_optimizer(document, parent),
                    child_path(path, "optimizer"), issues);
  if (run.problem) check_changed(*run.problem, document.problem, child_path(path, "problem"), issues);
  if (run.init) check_node(*run.init, child_path(path, "init"), issues);
  if (run.steps) check(Part::descent, "steps", path, whole(*run.steps), issues);
  if (run.batch) check_batch(*run.batch, child_path(path, "batch"), issues);
  if (run.fork) check(Part::fork, "step", child_path(path, "fork"), whole(run.fork->step), issues);
}

void check_descent(const Document& document, Issues& issues) {
  check(Part::descent, "steps", "", whole(document.steps), issues);
  check_node(document.problem, "/problem", issues);
  check_batch(document.batch, "/batch", issues);
  check_node(document.init, "/init", issues);
  if (document.runs.empty() || document.runs.size() > most_runs)
    issues.push_back(
        {"/runs", "found " + std::to_string(document.runs.size()) + " runs, expected 1 to " + std::to_string(most_runs),
         ""});
  else
    for (std::size_t i = 0; i < document.runs.size(); ++i) check_run(document, i, issues);
  if (document.probes.size() > most_probes)
    issues.push_back(
        {"/probes",
         "found " + std::to_string(document.probes.size()) + " probes, expected at most " + std::to_string(most_probes),
         ""});
  for (std::size_t i = 0; i < document.probes.size(); ++i)
    check_node(document.probes[i], child_path("/probes", i), issues);
  check(Part::stop, "loss_below", "/stop", document.stop.loss_below, issues);
  check(Part::stop, "diverged_above", "/stop", document.stop.diverged_above, issues);
  for (std::size_t i = 0; i < document.events.size(); ++i)
    check(Part::event, "step", child_path("/events", i), whole(document.events[i].step), issues);
}

void check_study(const Document& document, Issues& issues) {
  if (document.study == descent) return check_descent(document, issues);
  if (Catalog::get().find(Kind::study, document.study) != nullptr)
    return check_node({Kind::study, document.study, document.settings.params}, "/settings", issues);
  auto ids = Catalog::get().ids(Kind::study);
  ids.insert(ids.begin(), descent);
  issues.push_back({"/study", "no study is named " + in_quotes(document.study) + "; allowed: " + listed(ids),
                    did_you_mean(document.study, ids)});
}

}  // namespace

}  // namespace spec

Issues validate(const Document& document) {
  Issues issues;
  check_common(document, issues);
  check_study(document, issues);
  check_references(document, issues);
  check_sizes(document, issues);
  if (issues.empty()) check_sweep(document, issues);
  return issues;
}

}  // namespace kappa
