/// Every singular direction shrinks on its own, by the same factor at each step.
#include "core/linalg/descent_path.hpp"

#include <cmath>

#include "core/linalg/spectrum.hpp"

namespace kappa {

double power_of_rest(double x, double steps) {
  if (steps == 0 || x == 0) return 1.0;
  if (x == 1) return 0.0;
  if (std::isinf(steps)) return x < 2 ? 0.0 : arma::datum::nan;
  if (x < 1) return std::exp(steps * std::log1p(-x));
  return std::pow(1.0 - x, steps);
}

DescentPath::DescentPath(const arma::mat& a, const arma::vec& y, double cutoff) {
  arma::mat u;
  if (thin_svd(a, u, s_, v_)) zero_ = s_.is_empty() ? 0.0 : cutoff * s_[0];
  uy_ = u.t() * y;
}

double DescentPath::condition_number() const {
  if (s_.is_empty() || !(s_[0] > 0)) return arma::datum::nan;
  return s_.back() > zero_ ? s_[0] / s_.back() : arma::datum::inf;
}

arma::vec DescentPath::after(double steps, double step_size, const arma::vec& start) const {
  const bool moved = !start.is_empty();
  const arma::vec along = moved ? arma::vec(v_.t() * start) : arma::vec(s_.n_elem, arma::fill::zeros);
  arma::vec change(s_.n_elem, arma::fill::zeros);
  for (arma::uword i = 0; i < s_.n_elem; ++i)
    if (s_[i] > zero_ || std::isnan(s_[i])) {
      const double x = step_size * s_[i] * s_[i];
      const double gone =
          x < 1 && std::isfinite(steps) ? -std::expm1(steps * std::log1p(-x)) : 1.0 - power_of_rest(x, steps);
      change[i] = gone * (uy_[i] / s_[i] - along[i]);
    }
  return moved ? arma::vec(start + v_ * change) : arma::vec(v_ * change);
}

arma::vec DescentPath::ridge(double lambda) const {
  arma::vec along(s_.n_elem, arma::fill::zeros);
  for (arma::uword i = 0; i < s_.n_elem; ++i)
    if (s_[i] > zero_ || std::isnan(s_[i])) along[i] = s_[i] * uy_[i] / (s_[i] * s_[i] + lambda);
  return v_ * along;
}

}  // namespace kappa
