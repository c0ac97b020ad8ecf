/// Least squares in one pass over the rows, or in none where their triangle says the same.
#include "core/random/least_squares.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <utility>

#include "core/linalg/spectrum.hpp"
#include "core/random/row_pass.hpp"

namespace kappa {
namespace {

/// A sample as a vector, read only, for the call's duration.
const arma::vec row_of(const RegressionData& data, std::uint64_t i) {
  return arma::vec(const_cast<double*>(data.samples.colptr(i)), data.features(), false, true);
}

double half_square(const arma::vec& r) { return 0.5 * arma::dot(r, r); }

}  // namespace

void predictions(const RegressionData& data, std::span<const std::uint32_t> rows, const arma::vec& w, arma::vec& out) {
  if (rows.empty()) {
    out = data.samples.t() * w;
    return;
  }
  out.set_size(rows.size());
  for (std::size_t k = 0; k < rows.size(); ++k) out[k] = arma::dot(row_of(data, rows[k]), w);
}

void weighted_rows(const RegressionData& data, std::span<const std::uint32_t> rows, const arma::vec& r,
                   arma::vec& out) {
  if (rows.empty())
    out = data.samples * r;
  else {
    out.zeros(data.features());
    for (std::size_t k = 0; k < rows.size(); ++k) out += r[k] * row_of(data, rows[k]);
  }
  out /= static_cast<double>(r.n_elem);
}

std::vector<NamedMatrix> dump(const RegressionData& data) {
  std::vector<NamedMatrix> out = {{"X", data.samples.t()}, {"y", data.y}};
  if (!data.truth.is_empty()) out.push_back({"truth", data.truth});
  if (!data.test_y.is_empty()) {
    out.push_back({"X_test", data.test_samples.t()});
    out.push_back({"y_test", data.test_y});
  }
  if (!data.sigma.is_empty()) out.push_back({"covariance", data.sigma});
  return out;
}

/// Made when first asked for: a run of minibatches needs neither.
struct LeastSquares::Tall {
  mutable std::once_flag factored, reduced;
  mutable TallFactor triangle;
  mutable ReducedLeastSquares form;

  const TallFactor& of(const RegressionData& data) const {
    std::call_once(factored, [&] { triangle = factor(data); });
    return triangle;
  }
  const ReducedLeastSquares& of(const RegressionData& data, double lambda) const {
    std::call_once(reduced, [&] { form = ReducedLeastSquares(data, of(data), lambda); });
    return form;
  }
};

LeastSquares::LeastSquares(RegressionData data, double regularization)
    : data_(std::move(data)), regularization_(regularization) {
  if (worth_reducing(data_.rows(), data_.features())) tall_ = std::make_shared<const Tall>();
}

Blocks LeastSquares::zeros() const { return Blocks({{"w", data_.features(), 1, Role::vector}}); }

double LeastSquares::penalty(const arma::vec& w) const {
  return regularization_ > 0 ? regularization_ * half_square(w) : 0.0;
}

const ReducedLeastSquares* LeastSquares::reduced(const Sample& s) const {
  if (!tall_ || !s.rows.empty()) return nullptr;
  const ReducedLeastSquares& form = tall_->of(data_, regularization_);
  return form.usable() ? &form : nullptr;
}

double LeastSquares::loss(const arma::vec& w, const Sample& s, arma::vec* g) const {
  const auto residuals = [&](arma::uword first, arma::vec& p) {
    for (arma::uword k = 0; k < p.n_elem; ++k) p[k] -= data_.y[s.rows.empty() ? first + k : s.rows[first + k]];
  };
  row_pass(data_.samples, s.rows, w, s.scratch, residuals, g);
  return half_square(s.scratch.a) / static_cast<double>(s.scratch.a.n_elem) + penalty(w);
}

double LeastSquares::value(const Blocks& x, const Sample& s) const {
  if (const ReducedLeastSquares* form = reduced(s)) return form->value(x.flat(), s.scratch);
  return loss(x.flat(), s, nullptr);
}

double LeastSquares::value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
  if (const ReducedLeastSquares* form = reduced(s)) return form->value_gradient(x.flat(), g.flat(), s.scratch);
  const double f = loss(x.flat(), s, &g.flat());
  if (regularization_ > 0) g.flat() += regularization_ * x.flat();
  return f;
}

void LeastSquares::hessian_product(const Blocks& v, Blocks& out) const {
  const arma::vec along = data_.samples.t() * v.flat();
  weighted_rows(data_, {}, along, out.flat());
  if (regularization_ > 0) out.flat() += regularization_ * v.flat();
}

arma::mat LeastSquares::hessian() const {
  arma::mat h = data_.samples * data_.samples.t() / static_cast<double>(data_.rows());
  h.diag() += regularization_;
  return h;
}

double LeastSquares::component_gradient(std::uint64_t i, const Blocks& x, Blocks& g) const {
  const arma::vec row = row_of(data_, i);
  const double r = arma::dot(row, x.flat()) - data_.y[i];
  g.flat() = r * row;
  if (regularization_ > 0) g.flat() += regularization_ * x.flat();
  return 0.5 * r * r + penalty(x.flat());
}

void LeastSquares::residual(const Blocks& x, arma::vec& r, const Sample& s) const {
  loss(x.flat(), s, nullptr);
  r = s.scratch.a / std::sqrt(static_cast<double>(s.scratch.a.n_elem));
  if (regularization_ > 0) r = arma::join_cols(r, arma::vec(std::sqrt(regularization_) * x.flat()));
}

void LeastSquares::jacobian(arma::mat& j, const Sample& s) const {
  const arma::uword n = s.rows.empty() ? data_.rows() : s.rows.size();
  j.set_size(n, data_.features());
  for (arma::uword k = 0; k < n; ++k) j.row(k) = data_.samples.col(s.rows.empty() ? k : s.rows[k]).t();
  j /= std::sqrt(static_cast<double>(n));
  if (regularization_ > 0)
    j = arma::join_cols(j, arma::mat(std::sqrt(regularization_) * arma::eye(data_.features(), data_.features())));
}

double LeastSquares::test_loss(const Blocks& x) const {
  if (!data_.sigma.is_empty()) return population_risk(data_.covariance, x.flat(), data_.truth);
  return half_square(data_.test_samples.t() * x.flat() - data_.test_y) / static_cast<double>(data_.test_y.n_elem);
}

bool LeastSquares::decompose(arma::mat& u, arma::vec& s, arma::vec& along) const {
  arma::mat v;
  if (tall_) {
    const TallFactor& tall = tall_->of(data_);
    if (!thin_svd(tall.r.t(), u, s, v)) return false;
    along = v.t() * tall.c;
  } else {
    if (!thin_svd(data_.samples, u, s, v)) return false;
    along = v.t() * data_.y;
  }
  return true;
}

Facts LeastSquares::facts() const {
  Facts facts;
  if (!data_.truth.is_empty()) facts.truth = single_block("w", data_.truth);
  facts.covariance = data_.covariance;
  arma::mat u;  // its columns are directions of w
  arma::vec s, along;
  if (!decompose(u, s, along)) return facts;

  const double n = static_cast<double>(data_.rows());
  const double zero = s.is_empty() ? 0.0 : std::max(1e-12 * s[0], numerical_zero({data_.features(), data_.rows(), s}));
  arma::vec spectrum(data_.features(), arma::fill::value(regularization_));
  double smallest = arma::datum::inf;  // of the eigenvalues that are not zero: what governs the speed from zero
  for (arma::uword i = 0; i < s.n_elem; ++i) {
    const double kept = s[i] > zero ? s[i] : 0.0;
    const double curvature = kept * kept / n + regularization_;
    spectrum[i] = curvature;
    along[i] = kept > 0 ? along[i] * kept / (n * curvature) : 0.0;
    if (curvature > 0) smallest = std::min(smallest, curvature);
  }
  facts.hessian_spectrum = arma::sort(spectrum);
  facts.smoothness = spectrum.max();
  facts.strong_convexity = spectrum.min();
  if (*facts.smoothness > 0) {
    const double root = std::sqrt(*facts.smoothness / smallest);
    facts.best_learning_rate = 2 / (*facts.smoothness + smallest);
    facts.best_momentum = std::pow((root - 1) / (root + 1), 2);
  }
  facts.solution = single_block("w", arma::vec(u * along));
  Scratch room;
  facts.minimum = value(*facts.solution, {{}, Rng(0, "facts"), room});
  return facts;
}

std::vector<NamedMatrix> LeastSquares::dump() const { return kappa::dump(data_); }

}  // namespace kappa
