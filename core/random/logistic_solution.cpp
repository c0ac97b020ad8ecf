/// Newton's method with backtracking in the coordinates of the singular vectors, where the data are perfectly
/// conditioned.
#include "core/random/logistic_solution.hpp"

#include <algorithm>
#include <cmath>

#include "core/linalg/inverse_root.hpp"
#include "core/linalg/spectrum.hpp"

namespace kappa {
namespace {

/// In v = S V'w the predictions are U v; the penalty becomes lambda/2 sum (v_i/s_i)^2.
struct Whitened {
  const arma::mat& u;
  const arma::vec& y;
  arma::vec weight;  // lambda n / s^2 of each coordinate
  double n;

  double value(const arma::vec& v) const {
    return mean_log_loss(y % (u * v)) + 0.5 * arma::dot(weight, arma::square(v)) / n;
  }
  arma::vec gradient(const arma::vec& v) const {
    arma::vec m = y % (u * v);
    m.transform([](double t) { return -sigmoid(-t); });
    return u.t() * (y % m) + weight % v;
  }
  arma::mat hessian(const arma::vec& v) const {
    arma::vec p = u * v;
    p.transform([](double t) { return std::sqrt(sigmoid(t) * sigmoid(-t)); });
    const arma::mat scaled = u.each_col() % p;
    arma::mat h = scaled.t() * scaled;
    h.diag() += weight;
    return h;
  }
};

/// A descent of the loss along the step, or the whole step once it is small.
double accepted(const Whitened& problem, const arma::vec& v, const arma::vec& g, const arma::vec& step) {
  if (arma::norm(step) < 1e-3 * (1 + arma::norm(v))) return 1.0;
  const double f = problem.value(v), slope = arma::dot(g, step) / problem.n;
  double length = 1.0;
  while (length > 1e-10 && !(problem.value(v + length * step) <= f + 1e-4 * length * slope)) length *= 0.5;
  return length;
}

}  // namespace

std::optional<arma::vec> logistic_solution(const RegressionData& data, double lambda) {
  arma::mat u, directions;
  arma::vec s;
  if (!thin_svd(data.samples, directions, s, u) || s.is_empty()) return {};
  const arma::uword kept = arma::accu(s > std::max(1e-12 * s[0], 0.0));
  if (kept == 0) return arma::vec(data.features(), arma::fill::zeros);
  u = u.head_cols(kept);
  const double n = static_cast<double>(data.rows());
  const arma::vec scale = s.head(kept);
  const Whitened problem{u, data.y, lambda * n / arma::square(scale), n};

  arma::vec v(kept, arma::fill::zeros), best = v;
  double least = arma::datum::inf;
  int idle = 0;
  for (int i = 0; i < 200 && idle < 3; ++i) {
    const arma::vec g = problem.gradient(v);
    const double size = arma::norm(g);
    idle = size < 0.5 * least ? 0 : idle + 1;
    if (size < least) {
      least = size;
      best = v;
    }
    const arma::mat h = problem.hessian(v);
    // Without a penalty the curvature vanishes only on the way to infinity: the classes can be separated.
    if (lambda <= 0 && symmetric_eigenvalues(h).min() < 1e-9) return {};
    const arma::vec step = -solve_spd(h, g);
    if (!step.is_finite()) return {};
    const double length = accepted(problem, v, g, step);
    if (length < 1) idle = 0;
    v += length * step;
  }
  if (!(least <= 1e-9 * std::sqrt(n))) return {};
  return arma::vec(directions.head_cols(kept) * (best / scale));
}

}  // namespace kappa
