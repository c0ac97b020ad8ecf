/// Names of kinds, and equality of trees.
#include "core/kinds/node.hpp"

#include <algorithm>

namespace kappa {

std::string_view name_of(Kind kind) {
  constexpr std::string_view names[] = {"problem", "optimizer", "order", "init", "schedule",
                                        "probe",   "theory",    "claim", "study"};
  return names[static_cast<std::size_t>(kind)];
}

std::string_view plural_of(Kind kind) {
  constexpr std::string_view names[] = {"problems", "optimizers", "orders", "inits",  "schedules",
                                        "probes",   "theories",   "claims", "studies"};
  return names[static_cast<std::size_t>(kind)];
}

bool equal(const Value& a, const Value& b) {
  const auto* p = std::get_if<NodePtr>(&a);
  const auto* q = std::get_if<NodePtr>(&b);
  if (p != nullptr && q != nullptr) return *p == *q || (*p && *q && **p == **q);
  return a == b;
}

bool operator==(const Node& a, const Node& b) {
  return a.kind == b.kind && a.id == b.id &&
         std::equal(a.params.begin(), a.params.end(), b.params.begin(), b.params.end(),
                    [](const auto& l, const auto& r) { return l.first == r.first && equal(l.second, r.second); });
}

}  // namespace kappa
