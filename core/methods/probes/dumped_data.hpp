/// A matrix that a problem would write to a file, where a probe has to know it.
#pragma once

#include <string_view>
#include <utility>

#include "core/kinds/probe.hpp"

namespace kappa::probes {

/// Empty where the problem has none of that name.
inline arma::mat dumped(const ProblemModel& problem, std::string_view name) {
  for (NamedMatrix& one : problem.data())
    if (one.name == name) return std::move(one.value);
  return {};
}

}  // namespace kappa::probes
