/// Newton-Schulz iterations: odd polynomials that push all singular values towards one, with products only.
#pragma once

#include <armadillo>
#include <array>
#include <cstdint>

namespace kappa {

enum class NewtonSchulz : std::uint8_t { quintic, cubic, polar_express, six_step };

/// The (a, b, c) of s -> a s + b s^3 + c s^5 at a step counted from 0; past its table a set repeats its last triple.
std::array<double, 3> newton_schulz_coefficients(NewtonSchulz set, int step);

/// What `steps` iterations make of one singular value (already normalised).
double newton_schulz_map(double s, int steps, NewtonSchulz set = NewtonSchulz::quintic);

/// Reused from call to call, so that equal shapes allocate nothing.
struct NewtonSchulzWork {
  arma::mat x, gram, poly, step;
};

void newton_schulz(const arma::mat& g, int steps, NewtonSchulz set, NewtonSchulzWork& work, arma::mat& out);

/// Starts at G / (|G|_F + 1e-7), transposed when tall. Zero gives zero, non-finite gives NaN.
arma::mat newton_schulz(const arma::mat& g, int steps = 5, NewtonSchulz set = NewtonSchulz::quintic);

}  // namespace kappa
