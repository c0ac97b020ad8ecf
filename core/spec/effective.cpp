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

}  // namespace

Node effective_optimizer(const Document& document, std::size_t run) {
  const auto line = lineage(document, run);
  Node node = line.back()->optimizer;
  for (std::size_t i = line.size() - 1; i > 0; --i) node = spec::merged(node, line[i - 1]->optimizer);
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
