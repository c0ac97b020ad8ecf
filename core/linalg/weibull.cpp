/// One line through the middle of a sorted sample.
#include "core/linalg/weibull.hpp"

#include <algorithm>
#include <cmath>

namespace kappa {

WeibullFit weibull_fit(const arma::mat& w) {
  WeibullFit out{arma::datum::nan, arma::datum::nan, arma::datum::nan, arma::datum::nan};
  if (w.n_elem < 100 || !w.is_finite()) return out;
  const arma::vec size = arma::sort(arma::vectorise(arma::abs(w)));
  const auto n = static_cast<double>(size.n_elem);
  double count = 0, mean_x = 0, mean_y = 0;
  const auto each = [&](const auto& use) {
    for (arma::uword i = 0; i < size.n_elem; ++i) {
      const double f = (static_cast<double>(i) + 0.5) / n;
      if (f >= 0.1 && f <= 0.9 && size[i] > 0) use(std::log(size[i]), std::log(-std::log1p(-f)));
    }
  };
  each([&](double x, double y) { count += 1, mean_x += x, mean_y += y; });
  if (count < 5) return out;
  mean_x /= count, mean_y /= count;
  double xx = 0, xy = 0, yy = 0;
  each([&](double x, double y) {
    xx += (x - mean_x) * (x - mean_x);
    xy += (x - mean_x) * (y - mean_y);
    yy += (y - mean_y) * (y - mean_y);
  });
  if (!(xx > 1e-24 * count * (1 + mean_x * mean_x))) return out;  // a constant body, up to rounding
  out.shape = xy / xx;
  out.scale = std::exp(mean_x - mean_y / out.shape);
  out.r_squared = xy * xy / (xx * yy);
  out.distance = 0;
  for (arma::uword i = 0; i < size.n_elem; ++i) {
    const double f = -std::expm1(-std::pow(size[i] / out.scale, out.shape)), at = static_cast<double>(i);
    out.distance = std::max({out.distance, f - at / n, (at + 1) / n - f});
  }
  return out;
}

}  // namespace kappa
