/// What is known of a run's parameters before it runs: the conditions that theories put on them, and their best values.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/kinds/node.hpp"

namespace kappa {

/// Conditions are of today's numbers: "η < 2/L: 1.98 < 2.00". The best values belong together, as a step size and its
/// momentum do.
struct Advice {
  struct Condition {
    std::string theory;       ///< id of the theory that asks for it
    std::string field, text;  ///< of the optimizer
    bool holds = true;
  };
  struct Best {
    std::string field;
    Value value;
    std::string why;  ///< "2/(L+μ), the fastest constant step"
  };
  std::string optimizer;  ///< id of the optimizer it is about; empty: no answer yet
  std::vector<Condition> conditions;
  std::vector<Best> best;
};

}  // namespace kappa
