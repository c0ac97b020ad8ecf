/// What an optimizer needs through the optimizers in its slots.
#include "core/kinds/optimizer.hpp"

namespace kappa {

Needs needs_of_slots(const std::vector<Field>& fields, const Node& node) {
  Needs needs = Needs::nothing;
  for (const Field& field : fields) {
    const auto* slot = std::get_if<Slot>(&field.domain);
    if (slot == nullptr || slot->kind != Kind::optimizer) continue;
    const auto given = node.params.find(field.id);
    const auto* inner = std::get_if<NodePtr>(given != node.params.end() ? &given->second : &field.initial);
    if (inner != nullptr && *inner) needs = needs | make_optimizer(**inner)->needs();
  }
  return needs;
}

}  // namespace kappa
