/// Noise vectors; the unit draws do not depend on the scale, so a slider rescales one and the same noise.
#include "core/random/noise.hpp"

#include <cmath>

#include "core/random/matrices.hpp"

namespace kappa {

arma::vec gaussian_noise(const Rng& rng, arma::uword n, double sigma) {
  return sigma * normal_vector(rng.child("noise"), n);
}

bool infinite_variance(double nu) { return !(nu > 2.0); }

arma::vec student_noise(const Rng& rng, arma::uword n, double sigma, double nu) {
  Rng draw = rng.child("noise");
  const double scale = infinite_variance(nu) || std::isinf(nu) ? sigma : sigma * std::sqrt((nu - 2.0) / nu);
  arma::vec out(n);
  for (double& x : out) x = scale * draw.student(nu);
  return out;
}

arma::vec outlier_noise(const Rng& rng, arma::uword n, double sigma, double eps, double scale) {
  arma::vec out = gaussian_noise(rng, n, sigma);
  Rng chosen = rng.child("chosen"), far = rng.child("outliers");
  for (double& x : out) {
    const double jump = scale * sigma * far.normal();
    if (chosen.uniform() < eps) x += jump;
  }
  return out;
}

arma::vec flip_signs(const Rng& rng, arma::vec labels, double eps) {
  Rng chosen = rng.child("flips");
  for (double& y : labels)
    if (chosen.uniform() < eps) y = -y;
  return labels;
}

}  // namespace kappa
