/// Minimisers of a quadratic over a box or a ball, by projected gradients: what constrained methods are judged by.
#pragma once

#include <armadillo>
#include <cstdint>

namespace kappa {

enum class FeasibleSet : std::uint8_t { none, box, ball };

/// The nearest point with |x_i| <= radius, or |x| <= radius.
arma::vec nearest_in(FeasibleSet set, const arma::vec& x, double radius);

/// Minimises x'Hx/2 - b'x over the set, H semi-definite: to rounding error, unless H is worse conditioned than 1e6.
arma::vec constrained_minimiser(const arma::mat& h, const arma::vec& b, FeasibleSet set, double radius);

}  // namespace kappa
