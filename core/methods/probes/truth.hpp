/// What an iterate is compared with: the truth behind the data, or else the solution; for factors, their estimate.
#pragma once

#include "core/kinds/probe.hpp"

namespace kappa::probes {

inline const Blocks* target_of(const Facts& facts, arma::uword size) {
  if (facts.truth && facts.truth->flat().n_elem == size) return &*facts.truth;
  if (facts.solution && facts.solution->flat().n_elem == size) return &*facts.solution;
  return nullptr;
}

inline bool estimates_a_truth(const ProblemModel& problem) {
  return problem.can(Can::estimate) && !problem.facts().truth_matrix.is_empty();
}

inline Declared compared(const ProbeSetup& setup, std::string series) {
  if (!estimates_a_truth(setup.problem) && target_of(setup.problem.facts(), setup.layout.size()) == nullptr)
    return refused("this problem knows no truth and no solution");
  return one_series(std::move(series));
}

/// ‖M̂ − M*‖_F
inline double estimate_error(Frame& frame) {
  return numeric(
      [&] { return arma::norm(*frame.matrix(Of::estimate, 0) - frame->oracle.problem().facts().truth_matrix, "fro"); });
}

}  // namespace kappa::probes
