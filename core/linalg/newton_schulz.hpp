/// Newton-Schulz iterations: odd polynomials that push all singular values towards one, with products only.
#pragma once

#include <armadillo>
#include <array>
#include <cstdint>

#include "core/linalg/room.hpp"

namespace kappa {

enum class NewtonSchulz : std::uint8_t { quintic, cubic, polar_express, six_step };

/// The (a, b, c) of s -> a s + b s^3 + c s^5 at a step counted from 0; past its table a set repeats its last triple.
std::array<double, 3> newton_schulz_coefficients(NewtonSchulz set, int step);

/// What `steps` iterations make of one singular value (already normalised).
double newton_schulz_map(double s, int steps, NewtonSchulz set = NewtonSchulz::quintic);

/// Reused from call to call and for any number of matrices, so that shapes once seen allocate nothing.
struct NewtonSchulzWork {
  Room x, gram, poly, step;
};

/// next <- a X + (b A + c A^2) X, A = XX'. X is not taller than wide and another matrix than `next`. The terms are
/// folded into two products, and of A and A^2, which are symmetric, only half is computed where that is quicker.
void odd_step(const arma::mat& x, const std::array<double, 3>& triple, NewtonSchulzWork& work, arma::mat& next);

/// `out` may be the input.
void newton_schulz(const arma::mat& g, int steps, NewtonSchulz set, NewtonSchulzWork& work, arma::mat& out);

/// Starts at G / (|G|_F + 1e-7), transposed when tall. Zero gives zero, non-finite gives NaN.
arma::mat newton_schulz(const arma::mat& g, int steps = 5, NewtonSchulz set = NewtonSchulz::quintic);

}  // namespace kappa
