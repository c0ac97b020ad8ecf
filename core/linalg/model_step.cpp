/// Inner products of three vectors decide the model's minimiser.
#include "core/linalg/model_step.hpp"

#include <cmath>

namespace kappa {

arma::vec model_step(const arma::vec& s, const arma::vec& g, const arma::vec& g_end, double zeta) {
  return model_step(s, g, g_end, g, zeta);
}

arma::vec model_step(const arma::vec& s, const arma::vec& g, const arma::vec& g_end, const arma::vec& slope,
                     double zeta) {
  arma::vec out;
  model_step(s, g, g_end, slope, zeta, out);
  return out;
}

void model_step(const arma::vec& s, const arma::vec& g, const arma::vec& g_end, const arma::vec& slope, double zeta,
                arma::vec& out) {
  arma::vec& y = out;
  y = g_end - g;
  const double ys = arma::dot(y, s), ss = arma::dot(s, s), yy = arma::dot(y, y);
  const double yg = arma::dot(y, slope), gg = arma::dot(g, g), sg = arma::dot(s, slope);
  const double sigma = 0.5 * (std::sqrt(ss) * (std::sqrt(yy) + std::sqrt(gg) / zeta) - ys);
  const double reach = ys + 2 * sigma, theta = reach * reach - ss * yy;
  if (!(yy > 0) || !(sigma > 0) || theta == 0) {
    out = s;
    return;
  }
  const double along_g = -ss / (2 * sigma), each = along_g / theta;
  const double along_s = each * (-reach * yg + yy * sg), along_y = each * (-reach * sg + ss * yg);
  out = along_s * s + along_g * slope + along_y * y;
  if (!out.is_finite()) out = s;
}

}  // namespace kappa
