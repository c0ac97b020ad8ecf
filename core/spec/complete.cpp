/// Fills in every default, so that a document says all of itself.
#include <algorithm>

#include "core/catalog/catalog.hpp"
#include "core/spec/document.hpp"
#include "core/spec/nodes.hpp"
#include "core/spec/parts.hpp"

namespace kappa {

namespace {

/// A fork of the same type says only what it changes; its own values are put into their fields' types.
Node tidied(const Document& document, std::size_t run) {
  const Node& changes = document.runs[run].optimizer;
  const Node whole = effective_optimizer(document, run);
  Node out = changes;
  const Entry* entry = Catalog::get().find(Kind::optimizer, whole.id);
  if (entry == nullptr) return out;
  const Node full = complete_node(whole);
  for (auto& [key, value] : out.params)
    if (const auto it = full.params.find(key); it != full.params.end()) value = it->second;
  return out;
}

bool changes_type(const Document& document, std::size_t run) {
  const RunSpec& fork = document.runs[run];
  if (fork.optimizer.id.empty()) return false;
  for (std::size_t i = 0; i < document.runs.size(); ++i)
    if (document.runs[i].label == fork.fork->run) return effective_optimizer(document, i).id != fork.optimizer.id;
  return true;
}

void complete_descent(Document& out) {
  out.problem = complete_node(out.problem);
  out.init = complete_node(out.init);
  const Document given = out;
  for (std::size_t i = 0; i < out.runs.size(); ++i) {
    RunSpec& run = out.runs[i];
    run.optimizer = run.fork && !changes_type(given, i) ? tidied(given, i) : complete_node(run.optimizer);
    if (run.problem) {
      const bool same = run.problem->id == out.problem.id;
      run.problem = complete_node(same ? spec::merged(out.problem, *run.problem) : *run.problem);
    }
    if (run.init) run.init = complete_node(*run.init);
  }
  for (Node& probe : out.probes) probe = complete_node(probe);
  const auto loss = std::find_if(out.probes.begin(), out.probes.end(), [](const Node& p) { return p.id == "loss"; });
  if (loss != out.probes.end())
    std::rotate(out.probes.begin(), loss, loss + 1);
  else
    out.probes.insert(out.probes.begin(), complete_node({Kind::probe, "loss", {}}));
}

}  // namespace

Document complete(const Document& document) {
  Document out = document;
  if (out.study == spec::descent)
    complete_descent(out);
  else
    out.settings = complete_node({Kind::study, out.study, out.settings.params});
  for (Node& claim : out.claims) claim = complete_node(claim);
  return out;
}

}  // namespace kappa
