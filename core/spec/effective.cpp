/// What each run really runs: forks resolved, overrides applied.
#include <algorithm>

#include "core/spec/document.hpp"
#include "core/spec/nodes.hpp"

namespace kappa {

namespace {

const RunSpec* parent_of(const Document& document, const RunSpec& run) {
  if (!run.fork) return nullptr;
  const auto it = std::find_if(document.runs.begin(), document.runs.end(),
                               [&](const RunSpec& r) { return r.label == run.fork->run; });
  return it == document.runs.end() ? nullptr : &*it;
}

/// The run and its ancestors, youngest first; as long as the list of runs at most, should forks go in a circle.
std::vector<const RunSpec*> lineage(const Document& document, std::size_t run) {
  std::vector<const RunSpec*> line{&document.runs.at(run)};
  while (line.size() <= document.runs.size()) {
    const RunSpec* parent = parent_of(document, *line.back());
    if (parent == nullptr) break;
    line.push_back(parent);
  }
  return line;
}

const RunSpec& root_of(const Document& document, std::size_t run) { return *lineage(document, run).back(); }

std::vector<const EventSpec*> edits_of(const Document& document, const std::string& prefix) {
  std::vector<const EventSpec*> edits;
  for (const EventSpec& event : document.events)
    if (!event.stop && event.path.starts_with(prefix)) edits.push_back(&event);
  std::stable_sort(edits.begin(), edits.end(),
                   [](const EventSpec* a, const EventSpec* b) { return a->step < b->step; });
  return edits;
}

}  // namespace

Node effective_optimizer(const Document& document, std::size_t run) {
  const auto line = lineage(document, run);
  Node node = line.back()->optimizer;
  for (std::size_t i = line.size() - 1; i > 0; --i) node = spec::merged(node, line[i - 1]->optimizer);
  return node;
}

Node optimizer_before(const Document& document, std::size_t run, std::uint64_t step) {
  const auto line = lineage(document, run);
  Node node = line.back()->optimizer;
  for (std::size_t i = line.size(); i-- > 0;) {
    if (i + 1 < line.size()) node = spec::merged(node, line[i]->optimizer);
    const std::uint64_t until = i > 0 ? std::min(step, line[i - 1]->fork->step) : step;
    const auto index = static_cast<std::size_t>(line[i] - document.runs.data());
    const std::string prefix = "/runs/" + std::to_string(index) + "/optimizer/";
    for (const EventSpec* event : edits_of(document, prefix)) {
      if (event->step >= until) break;
      if (auto edited = with_value(node, event->path.substr(prefix.size()), event->value)) node = std::move(*edited);
    }
  }
  return node;
}

const Node& effective_problem(const Document& document, std::size_t run) {
  const RunSpec& root = root_of(document, run);
  return root.problem ? *root.problem : document.problem;
}

const Node& effective_init(const Document& document, std::size_t run) {
  const RunSpec& root = root_of(document, run);
  return root.init ? *root.init : document.init;
}

std::uint64_t effective_steps(const Document& document, std::size_t run) {
  return root_of(document, run).steps.value_or(document.steps);
}

const BatchSpec& effective_batch(const Document& document, std::size_t run) {
  const RunSpec& root = root_of(document, run);
  return root.batch ? *root.batch : document.batch;
}

}  // namespace kappa
