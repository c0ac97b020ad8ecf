/// Soft and hard caps on singular values, exactly by the SVD or with products only.
#include "core/linalg/soft_clip.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/linalg/newton_schulz.hpp"
#include "core/linalg/spectrum.hpp"

namespace kappa {
namespace {

/// U f(sigma) V'.
template <class F>
arma::mat on_singular_values(const arma::mat& w, const F& f) {
  if (w.is_empty()) return w;
  arma::mat u, v;
  arma::vec s;
  if (!thin_svd(w, u, s, v)) return arma::mat(w.n_rows, w.n_cols, arma::fill::value(arma::datum::nan));
  for (double& each : s) each = f(each);
  return (u.each_row() % s.t()) * v.t();
}

}  // namespace

arma::mat soft_clip(const arma::mat& u, double c) {
  if (!(c > 0)) return arma::mat(u.n_rows, u.n_cols, arma::fill::zeros);
  return on_singular_values(u, [c](double s) { return s / std::hypot(1.0, s / c); });
}

arma::mat soft_clip_products(const arma::mat& u, double c, int steps) {
  if (u.is_empty()) return u;
  if (!u.is_finite()) return arma::mat(u.n_rows, u.n_cols, arma::fill::value(arma::datum::nan));
  if (!(c > 0)) return arma::mat(u.n_rows, u.n_cols, arma::fill::zeros);
  const bool tall = u.n_rows > u.n_cols;
  const arma::mat gram = (tall ? arma::mat(u.t() * u) : arma::mat(u * u.t())) / (c * c);
  const arma::mat eye = arma::eye(arma::size(gram));
  // The iteration needs a spectrum in (0, 1].
  const double bound = 1 + std::min(arma::norm(gram, "inf"), arma::norm(gram, "fro"));
  arma::mat y = (eye + gram) / bound, z = eye, turn;
  for (int i = 0; i < steps; ++i) {
    turn = 0.5 * (3 * eye - z * y);
    y = y * turn;
    z = turn * z;
  }
  z /= std::sqrt(bound);
  return tall ? arma::mat(u * z) : arma::mat(z * u);
}

arma::vec soft_clip_vector(const arma::vec& u, double c) {
  const double size = arma::norm(u);
  if (size <= c) return u;
  return c > 0 ? arma::vec(u / std::hypot(1.0, size / c)) : arma::vec(u.n_elem, arma::fill::zeros);
}

arma::mat hard_cap(const arma::mat& w, double limit) {
  return on_singular_values(w, [limit](double s) { return std::min(s, limit); });
}

arma::mat hard_cap_products(const arma::mat& w, double limit) {
  constexpr std::array<std::array<double, 3>, 4> steps = {{{.805032, .206361, -.019763},
                                                           {.649867, .162935, -.011150},
                                                           {1.810259, -.200265, .008251},
                                                           {1.004384, -.183490, .014413}}};
  if (!(limit > 0)) return arma::mat(w.n_rows, w.n_cols, arma::fill::zeros);
  const bool tall = w.n_rows > w.n_cols;
  arma::mat x = (tall ? arma::mat(w.t()) : w) / limit, next;
  NewtonSchulzWork work;
  for (const auto& triple : steps) {
    odd_step(x, triple, work, next);
    x.swap(next);
  }
  x *= limit;
  return tall ? arma::mat(x.t()) : x;
}

arma::mat soft_cap(const arma::mat& w, double a) {
  const auto cubic = [](const arma::mat& x, double by) {
    return x.n_rows <= x.n_cols ? arma::mat(x + by * (x * x.t()) * x) : arma::mat(x + by * x * (x.t() * x));
  };
  return cubic(cubic(w, -a), a);
}

double soft_cap_strength(double limit, double decay, double update) {
  const double k = limit * (1 - decay) + update, excess = 1 - limit / k;
  if (k <= limit) return 0;
  if (!std::isfinite(k)) return 1;
  // With s = a k^2 the two cubics send k to the limit where s^4 - 3s^3 + 3s^2 = excess: a rising function, 1 at 1.
  double lo = 0, hi = 1;
  for (double s = 0.5; lo < s && s < hi; s = 0.5 * (lo + hi)) (s * s * ((s - 3) * s + 3) < excess ? lo : hi) = s;
  return hi / k / k;  // of the two neighbours the one that caps more
}

}  // namespace kappa
