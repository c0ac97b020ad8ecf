/// All searches run in an orthonormal basis of the columns of X, so that scale, rank and shape of X do not matter.
#include "core/random/lp_solution.hpp"

#include <algorithm>
#include <cmath>

#include "core/linalg/inverse_root.hpp"
#include "core/linalg/linear_program.hpp"
#include "core/linalg/spectrum.hpp"

namespace kappa {
namespace {

/// X w - y = u c - y with w = back c.
struct Reduced {
  arma::mat u, back;
  arma::vec y;  ///< over its largest entry
  double scale = 1;

  arma::vec residual(const arma::vec& c) const { return u * c - y; }
  arma::vec weights(const arma::vec& c) const { return scale * (back * c); }
};

constexpr double most_work = 1e8;  ///< n d²: some seconds; larger data keep their minimum to themselves

std::optional<Reduced> reduced(const RegressionData& data) {
  const auto n = static_cast<double>(data.rows()), d = static_cast<double>(data.features());
  if (n * d * std::min(n, d) > most_work) return std::nullopt;
  arma::mat left, right;
  arma::vec s;
  if (!thin_svd(data.samples, left, s, right) || !data.y.is_finite()) return std::nullopt;
  const double zero = s.is_empty() ? 0.0 : std::max(1e-12 * s[0], numerical_zero({data.features(), data.rows(), s}));
  const arma::uvec kept = arma::find(s > zero);
  Reduced out{right.cols(kept), left.cols(kept), data.y};
  for (arma::uword i = 0; i < kept.n_elem; ++i) out.back.col(i) /= s[kept[i]];
  if (const double largest = data.y.is_empty() ? 0.0 : arma::norm(data.y, "inf"); largest > 0) out.scale = largest;
  out.y /= out.scale;
  return out;
}

/// The rows of the k smallest or largest absolute residuals.
arma::uvec extreme_rows(const arma::vec& residual, arma::uword k, const char* direction) {
  return arma::uvec(arma::sort_index(arma::abs(residual), direction)).head(k);
}

/// At a vertex as many residuals are zero as there are unknowns.
arma::vec on_vertex(const Reduced& p, const arma::vec& c) {
  arma::vec exact;
  const arma::uvec rows = extreme_rows(p.residual(c), c.n_elem, "ascend");
  if (!arma::solve(exact, p.u.rows(rows), p.y(rows), arma::solve_opts::no_approx)) return c;
  return arma::norm(p.residual(exact), 1) <= arma::norm(p.residual(c), 1) ? exact : c;
}

/// At a vertex one residual more than there are unknowns is as large as the largest.
arma::vec on_largest(const Reduced& p, const arma::vec& c) {
  const arma::vec r = p.residual(c);
  if (r.n_elem <= c.n_elem) return c;
  const arma::uvec rows = extreme_rows(r, c.n_elem + 1, "descend");
  arma::vec exact;
  const arma::vec signs = arma::sign(r(rows));
  if (!arma::solve(exact, arma::join_rows(p.u.rows(rows), -signs), p.y(rows), arma::solve_opts::no_approx)) return c;
  exact = exact.head(c.n_elem);
  return arma::norm(p.residual(exact), "inf") <= arma::norm(r, "inf") ? exact : c;
}

std::optional<arma::vec> least_absolute(const Reduced& p) {
  const arma::uword n = p.y.n_elem;
  const auto found = solve({p.u.t(), arma::sum(p.u, 0).t(), -p.y, arma::vec(n, arma::fill::value(2))});
  if (!found.converged) return std::nullopt;
  return on_vertex(p, -found.multipliers);
}

std::optional<arma::vec> least_largest(const Reduced& p) {
  const arma::uword n = p.y.n_elem, r = p.u.n_cols;
  LinearProgram dual;
  dual.a = arma::join_cols(arma::join_rows(p.u.t(), -p.u.t()), arma::mat(1, 2 * n, arma::fill::ones));
  dual.b.zeros(r + 1);
  dual.b[r] = 1;
  dual.c = arma::join_cols(arma::vec(-p.y), p.y);
  const auto found = solve(dual);
  if (!found.converged) return std::nullopt;
  return on_largest(p, -found.multipliers.head(r));
}

double power_sum(const arma::vec& r, double p) { return arma::accu(arma::pow(arma::abs(r), p)); }

/// Newton with halving. Where p < 2 a step cut to the share p - 1 is that of reweighted least squares, which descends.
std::optional<arma::vec> least_power(const Reduced& q, double p, arma::vec c) {
  double decrement = arma::datum::inf;
  for (int i = 0; i < 300 && decrement > 1e-16; ++i) {
    const arma::vec r = q.residual(c), size = arma::abs(r);
    const double f = power_sum(r, p), floor = 1e-10 * size.max();
    const arma::vec slope = q.u.t() * (p * arma::sign(r) % arma::pow(size, p - 1));
    const arma::vec bend = p * (p - 1) * arma::pow(arma::clamp(size, floor, arma::datum::inf), p - 2);
    const arma::vec d = -solve_spd((q.u.each_col() % bend).t() * q.u, slope);
    const double along = arma::dot(slope, d);
    if (!std::isfinite(along) || along >= 0) break;
    decrement = -along / f;
    double step = 1;
    while (step > 1e-10 && power_sum(q.residual(c + step * d), p) > f + 1e-4 * step * along) step /= 2;
    if (step <= 1e-10) break;
    c += step * d;
  }
  if (!(decrement < 1e-9)) return std::nullopt;
  return c;
}

}  // namespace

std::optional<arma::vec> lp_solution(const RegressionData& data, double p) {
  const auto problem = reduced(data);
  if (!problem) return std::nullopt;
  std::optional<arma::vec> c = arma::vec(problem->u.t() * problem->y);  // least squares
  const bool exact = problem->u.is_empty() || arma::norm(problem->residual(*c), "inf") < 1e-14;
  if (!exact && p == 1) c = least_absolute(*problem);
  if (!exact && p != 1 && p != 2) c = least_power(*problem, p, *c);
  if (!c) return std::nullopt;
  return problem->weights(*c);
}

std::optional<arma::vec> chebyshev_solution(const RegressionData& data) {
  const auto problem = reduced(data);
  if (!problem) return std::nullopt;
  std::optional<arma::vec> c = arma::vec(problem->u.t() * problem->y);
  const bool exact = problem->y.is_empty() || arma::norm(problem->residual(*c), "inf") < 1e-14;
  if (!exact) c = least_largest(*problem);
  if (!c) return std::nullopt;
  return problem->weights(*c);
}

}  // namespace kappa
