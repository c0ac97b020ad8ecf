/// Anti-correlated noise w_t = Σ β_s z_{t−s}, β the coefficients of √(1 − (1−ν)z): its stream, its spectrum, its price,
/// and the loss at which noisy descent on a quadratic ends up.
#pragma once

#include <armadillo>
#include <vector>

namespace kappa {

/// β_0 … β_{n−1}. ν = 1 leaves the noise independent.
arma::vec noise_coefficients(double nu, arma::uword n);

/// γ² = (1/2π) ∫ dω / |1 − (1−ν)e^{iω}|: the variance that keeps the privacy of unit independent noise.
double noise_sensitivity(double nu);

/// |B(ω)|² = |1 − (1−ν) e^{iω}|: the power of w at ω for unit z.
double noise_power(double nu, double omega);

/// One run's noise, one vector a step. The newest block is summed as it stands, all blocks before it once a block by
/// FFT: T steps cost O(T²/block + T block) instead of O(T²). The blocks depend on the width alone, so that no step
/// knows how many will follow.
class CorrelatedNoise {
 public:
  explicit CorrelatedNoise(arma::uword width = 0);
  /// w_t for the t-th z. Another ν than before: all that is past is weighed anew.
  arma::vec next(const arma::vec& z, double nu);

 private:
  void extend(arma::uword count);
  void look_back();  ///< what the closed blocks add to the open one
  const arma::cx_vec& kernel(arma::uword blocks);

  arma::uword block_ = 0, filled_ = 0;
  double nu_ = 0;  ///< none yet
  arma::vec beta_;
  arma::mat open_, far_;               ///< one column for each step of the open block
  std::vector<arma::cx_mat> past_;     ///< spectra of the closed blocks, two coordinates in one complex column
  std::vector<arma::cx_vec> kernels_;  ///< spectra of β around one block, two blocks, ...
};

/// ½ Σ λᵢ E eᵢ² for e ← (1 − ηλᵢ) e − η w, once it has settled.
class NoiseFloor {
 public:
  NoiseFloor(const arma::vec& eigenvalues, double rate);
  double transfer(double omega) const;  ///< of the noise's power into loss; floor = (1/2π) ∫ power · transfer
  double at(double nu) const;           ///< at its price γ²; infinite where the descent diverges
  double independent() const;           ///< ν = 1, closed form

 private:
  arma::vec eigenvalues_;
  arma::vec sines_, weighted_;  ///< at the nodes: sin²(ω/2), and the transfer times the weight of the quadrature
  double rate_;
};

}  // namespace kappa
