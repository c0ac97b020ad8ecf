/// Everything about the centre is found in extended precision, so that only the distance from it is rounded.
#include "core/random/reduced_least_squares.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kappa {
namespace {

// The factor pays after some d/5 + 10 full gradients in the plain form, and far earlier where the facts, which are read
// off it too, are asked for. 10^9 take a tenth of a second; with fewer than 2048 numbers the calls cost more than the
// numbers.
constexpr double most_work = 1e9, least_numbers = 2048;
constexpr arma::uword strip = 24;  ///< rows: 16 to 32 are equally fast

/// R alone: what it says of a column that is nearly a combination of others is rounding.
constexpr double least_pivot = 1e-8;
/// Digits lost at w = 0 against the plain form: one.
constexpr double longest_solution = 10;

TallFactor with_penalty(TallFactor f, double weight) {
  const arma::uword d = f.c.n_elem;
  if (!(weight > 0)) return f;
  arma::mat rows(2 * d + 1, d + 1, arma::fill::zeros);
  rows.submat(0, 0, arma::size(d, d)) = f.r;
  rows.submat(0, d, arma::size(d, 1)) = f.c;
  for (arma::uword j = 0; j < d; ++j) rows(d + j, j) = std::sqrt(weight);
  return tall_factor(std::move(rows));
}

struct Centre {
  long double f = 0;
  std::vector<long double> g;
};

/// Loss and gradient of the plain form.
Centre plain(const RegressionData& data, double lambda, const arma::vec& w) {
  const arma::uword n = data.rows(), d = data.features();
  Centre out{0, std::vector<long double>(d, 0)};
  for (arma::uword i = 0; i < n; ++i) {
    const double* const x = data.samples.colptr(i);
    long double r = -static_cast<long double>(data.y[i]);
    for (arma::uword j = 0; j < d; ++j) r += static_cast<long double>(x[j]) * w[j];
    for (arma::uword j = 0; j < d; ++j) out.g[j] += x[j] * r;
    out.f += r * r;
  }
  out.f /= 2 * static_cast<long double>(n);
  for (arma::uword j = 0; j < d; ++j) {
    const long double pull = static_cast<long double>(lambda) * w[j];
    out.g[j] = out.g[j] / n + pull;
    out.f += pull * w[j] / 2;
  }
  return out;
}

/// q of r'q = g.
std::vector<long double> solve_lower(const arma::mat& r, std::vector<long double> g) {
  for (arma::uword j = 0; j < g.size(); ++j) {
    for (arma::uword i = 0; i < j; ++i) g[j] -= g[i] * r(i, j);
    g[j] /= r(j, j);
  }
  return g;
}

bool well_posed(const arma::mat& r) {
  for (arma::uword j = 0; j < r.n_cols; ++j)
    if (!(std::abs(r(j, j)) > least_pivot * arma::norm(r.col(j)))) return false;
  return true;
}

/// Column by column, so that their scales do not matter.
double length(const arma::mat& r, const arma::vec& w) {
  double sum = 0;
  for (arma::uword j = 0; j < w.n_elem; ++j) sum += std::pow(w[j] * arma::norm(r.col(j)), 2);
  return std::sqrt(sum);
}

}  // namespace

bool worth_reducing(arma::uword n, arma::uword d) {
  const double rows = static_cast<double>(n), columns = static_cast<double>(d);
  return d > 0 && rows >= 4 * columns && rows * columns >= least_numbers && rows * columns * columns <= most_work;
}

TallFactor factor(const RegressionData& data) {
  arma::mat rows(data.rows(), data.features() + 1);
  rows.head_cols(data.features()) = data.samples.t();
  rows.tail_cols(1) = data.y;
  return tall_factor(std::move(rows));
}

ReducedLeastSquares::ReducedLeastSquares(const RegressionData& data, TallFactor factor, double lambda) {
  const double n = static_cast<double>(data.rows());
  const TallFactor f = with_penalty(std::move(factor), n * lambda);
  if (!f.r.is_finite() || !f.c.is_finite() || !well_posed(f.r)) return;
  if (!arma::solve(solution_, arma::trimatu(f.r), f.c, arma::solve_opts::fast)) return;
  if (!(length(f.r, solution_) <= longest_solution * arma::norm(data.y))) return;
  const arma::mat r = f.r / std::sqrt(n);
  centre(data, r, lambda);
  cut(r);
  usable_ = rest_.is_finite() && std::isfinite(minimum_);
}

void ReducedLeastSquares::centre(const RegressionData& data, const arma::mat& r, double lambda) {
  const Centre here = plain(data, lambda, solution_);
  const std::vector<long double> q = solve_lower(r, here.g);
  long double below = here.f;
  for (const long double each : q) below -= each * each / 2;
  minimum_ = static_cast<double>(std::max(below, 0.0L));
  rest_.set_size(q.size());
  for (arma::uword j = 0; j < q.size(); ++j) rest_[j] = static_cast<double>(q[j]);
}

void ReducedLeastSquares::cut(const arma::mat& r) {
  const arma::uword d = r.n_cols;
  for (arma::uword j = 0; j < d; j += strip) strips_.push_back(r.submat(j, j, std::min(j + strip, d) - 1, d - 1).t());
}

double ReducedLeastSquares::pass(const arma::vec& w, arma::vec* g, Scratch& room) const {
  arma::vec &away = room.b, &t = room.a;
  away = w - solution_;
  t.set_size(away.n_elem);
  if (g) g->zeros(away.n_elem);
  arma::uword first = 0;
  for (const arma::mat& rows : strips_) {
    const arma::vec from(away.memptr() + first, rows.n_rows, false, true);
    arma::vec part(t.memptr() + first, rows.n_cols, false, true);
    part = rows.t() * from;
    for (arma::uword k = 0; k < part.n_elem; ++k) part[k] += rest_[first + k];
    if (g) {
      arma::vec to(g->memptr() + first, rows.n_rows, false, true);
      to += rows * part;
    }
    first += rows.n_cols;
  }
  return minimum_ + 0.5 * arma::dot(t, t);
}

double ReducedLeastSquares::value(const arma::vec& w, Scratch& room) const { return pass(w, nullptr, room); }

double ReducedLeastSquares::value_gradient(const arma::vec& w, arma::vec& g, Scratch& room) const {
  return pass(w, &g, room);
}

}  // namespace kappa
