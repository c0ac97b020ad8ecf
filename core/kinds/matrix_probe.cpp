/// Which matrices a spectrum probe looks at, and what their series are called.
#include "core/kinds/matrix_probe.hpp"

#include <algorithm>
#include <iterator>

namespace kappa {

namespace {

constexpr std::string_view of_names[] = {"parameters", "gradient", "update", "estimate", "momentum"};

std::string prefix_of(Of of) {
  return of == Of::parameters ? "" : std::string(of_names[static_cast<std::size_t>(of)]) + "_";
}

std::string no_such_block(const Layout& layout, const std::string& block) {
  std::string names;
  for (const BlockShape& shape : layout.shapes()) names += (names.empty() ? "" : ", ") + shape.name;
  return "there is no block \"" + block + "\" here; the blocks are " + names;
}

}  // namespace

Of of_named(std::string_view name) {
  const auto found = std::find(std::begin(of_names), std::end(of_names), name);
  return found == std::end(of_names) ? Of::parameters : static_cast<Of>(found - std::begin(of_names));
}

Chosen choose_matrices(const ProbeSetup& setup, Of of, const std::string& block, std::string_view id,
                       bool always_name_block) {
  Chosen chosen;
  const std::string stem = prefix_of(of) + std::string(id);
  if (of == Of::estimate) {
    if (setup.problem.can(Can::estimate))
      chosen.blocks = {0}, chosen.names = {stem};
    else
      chosen.refusal = "this problem makes no estimate of a matrix";
    return chosen;
  }
  if (of == Of::gradient && !has(setup.optimizer.needs(), Needs::gradient)) {
    chosen.refusal = "this optimizer takes no gradient in its steps";
    return chosen;
  }
  const auto& shapes = setup.layout.shapes();
  const bool name_block = always_name_block || shapes.size() > 1;
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    if (!block.empty() && shapes[i].name != block) continue;
    chosen.blocks.push_back(i);
    chosen.names.push_back(name_block ? stem + ":" + shapes[i].name : stem);
  }
  if (chosen.blocks.empty()) chosen.refusal = no_such_block(setup.layout, block);
  return chosen;
}

std::vector<Field> matrix_fields() {
  return {
      {.id = "of",
       .symbol = "",
       .help = "which matrices: the parameters, the step's gradient or update, the problem's estimate, the momentum",
       .domain = choices({std::begin(of_names), std::end(of_names)}),
       .initial = std::string(of_names[0])},
      {.id = "block",
       .symbol = "",
       .help = "only the block of this name; empty: every block",
       .domain = Text{},
       .initial = std::string()}};
}

}  // namespace kappa
