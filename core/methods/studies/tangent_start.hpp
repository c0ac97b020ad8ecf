/// The largest eigenvalue of the tangent kernel of a problem at a point: what studies scale their step sizes with.
#pragma once

#include <string>

#include "core/kinds/study.hpp"
#include "core/linalg/tangent_kernel.hpp"
#include "core/trace/number.hpp"

namespace kappa::studies {

inline double tangent_eigenvalue(const ProblemModel& problem, const Blocks& x) {
  Scratch room;
  arma::mat jacobian;
  problem.jacobian(x, jacobian, {{}, Rng(0, "tangent"), room, true});
  return largest_tangent_eigenvalue(jacobian);
}

/// "c = 2.5"
inline std::string equals(const char* symbol, double value) {
  std::string text = std::string(symbol) + " = ";
  append_number(text, value);
  return text;
}

}  // namespace kappa::studies
