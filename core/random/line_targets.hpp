/// Functions of one variable on [-1, 1] to be learnt, and the points that they are seen at.
#pragma once

#include <armadillo>
#include <cstdint>
#include <vector>

#include "core/base/rng.hpp"

namespace kappa {

enum class LineTarget : std::uint8_t { sine, step, polynomial, runge };
enum class Placement : std::uint8_t { uniform, equispaced };

/// sin(2 pi f x); the sign of x, 0 at 0; c_0 + c_1 x + c_2 x^2 + ...; 1/(1 + 25 x^2).
double line_target(LineTarget target, double x, double frequency, const std::vector<double>& coefficients);

/// n points of [-1, 1]: drawn, or from end to end; a single equispaced point is the middle.
arma::vec line_points(Rng rng, arma::uword n, Placement placement);

}  // namespace kappa
