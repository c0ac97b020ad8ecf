/// Singular values by divide and conquer, and the scalars of them; edge cases answer, they never throw.
#include "core/linalg/spectrum.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "core/linalg/inverse_root.hpp"

namespace kappa {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kEps = 2.22e-16;

arma::mat filled_nan(arma::uword rows, arma::uword cols) {
  return arma::mat(rows, cols, arma::fill::value(arma::datum::nan));
}

bool readable(const Spectrum& w) { return !w.s.is_empty() && w.s.is_finite(); }
bool readable(const arma::mat& w) { return !w.is_empty() && w.is_finite(); }

/// The singular values over the largest one, so that sums of powers neither overflow nor vanish; empty for zero.
arma::vec scaled(const Spectrum& w) { return w.s(0) > 0.0 ? arma::vec(w.s / w.s(0)) : arma::vec(); }

double smallest_kept(const Spectrum& w) {
  const double zero = numerical_zero(w);
  double kept = w.s(0);
  for (const double s : w.s)
    if (s > zero) kept = s;
  return kept;
}

/// Square roots of the eigenvalues of WW' or W'W; false where that would cost digits or time.
bool by_gram(const arma::mat& w, arma::vec& s) {
  constexpr double widest = 32.0;  // ratio of the largest to the smallest value
  const arma::uword side = std::min(w.n_rows, w.n_cols);
  if (side < 32 || std::max(w.n_rows, w.n_cols) < 2 * side) return false;
  const arma::mat gram = w.n_rows < w.n_cols ? arma::mat(w * w.t()) : arma::mat(w.t() * w);
  const double trace = arma::trace(gram);
  if (!(trace > 1e-200 && trace < 1e200)) return false;  // squares were lost
  // A factor is cheap beside eigenvalues, and its pivots give most hopeless cases away.
  arma::mat upper;
  if (!arma::chol(upper, gram) || upper.diag().max() > widest * upper.diag().min()) return false;
  arma::vec squares;
  if (!arma::eig_sym(squares, gram) || !(squares.back() <= widest * widest * squares.front())) return false;
  s = arma::reverse(arma::sqrt(squares));
  return true;
}

}  // namespace

bool thin_svd(const arma::mat& w, arma::mat& u, arma::vec& s, arma::mat& v) {
  const arma::uword k = std::min(w.n_rows, w.n_cols);
  if (k == 0) {
    u.set_size(w.n_rows, 0);
    s.reset();
    v.set_size(w.n_cols, 0);
    return true;
  }
  if (w.is_finite() && (arma::svd_econ(u, s, v, w, "both", "dc") || arma::svd_econ(u, s, v, w, "both", "std")) &&
      s.is_finite())
    return true;
  u = filled_nan(w.n_rows, k);
  s = filled_nan(k, 1);
  v = filled_nan(w.n_cols, k);
  return false;
}

arma::vec singular_values(const arma::mat& w) {
  const arma::uword k = std::min(w.n_rows, w.n_cols);
  if (k == 0) return {};
  arma::vec s;
  if (w.is_finite()) {
    if (by_gram(w, s)) return s;
    if (arma::svd(s, w) && s.is_finite()) return s;
    arma::mat u, v;
    if (thin_svd(w, u, s, v)) return s;
  }
  return filled_nan(k, 1);
}

bool symmetric_eigen(const arma::mat& a, arma::vec& values, arma::mat& vectors) {
  if (a.is_square() && a.is_finite()) {
    if (a.is_empty()) {
      values.reset();
      vectors.reset();
      return true;
    }
    const arma::mat symmetric = 0.5 * (a + a.t());
    if (arma::eig_sym(values, vectors, symmetric, "dc") || arma::eig_sym(values, vectors, symmetric, "std"))
      return true;
  }
  values = filled_nan(a.n_rows, 1);
  vectors = filled_nan(a.n_rows, a.n_rows);
  return false;
}

arma::vec symmetric_eigenvalues(const arma::mat& a) {
  arma::vec values;
  if (a.is_square() && a.is_finite()) {
    if (a.is_empty()) return values;
    if (arma::eig_sym(values, arma::mat(0.5 * (a + a.t())))) return values;
  }
  return filled_nan(a.n_rows, 1);
}

Spectrum spectrum(const arma::mat& w) { return {w.n_rows, w.n_cols, singular_values(w)}; }

double numerical_zero(const Spectrum& w) {
  return readable(w) ? static_cast<double>(std::max(w.rows, w.cols)) * kEps * w.s(0) : kNaN;
}

double rank(const Spectrum& w) {
  if (!readable(w)) return kNaN;
  const double zero = numerical_zero(w);
  return static_cast<double>(std::count_if(w.s.begin(), w.s.end(), [zero](double s) { return s > zero; }));
}

double condition_number(const Spectrum& w) {
  if (!readable(w) || w.s(0) == 0.0) return kNaN;
  const double kappa = w.s(0) / w.s.back();
  return kappa > 1.0 / kEps ? arma::datum::inf : kappa;
}

double effective_condition_number(const Spectrum& w) {
  return readable(w) && w.s(0) > 0.0 ? w.s(0) / smallest_kept(w) : kNaN;
}

double stable_rank(const Spectrum& w) { return readable(w) ? arma::accu(arma::square(scaled(w))) : kNaN; }

double effective_rank(const Spectrum& w) {
  if (!readable(w)) return kNaN;
  if (w.s(0) == 0.0) return 0.0;
  const arma::vec q = scaled(w);
  const double total = arma::accu(q);
  double entropy = 0.0;
  for (const double x : q)
    if (x > 0.0) entropy -= x / total * std::log(x / total);
  return std::exp(entropy);
}

double participation_ratio(const Spectrum& w) {
  if (!readable(w)) return kNaN;
  if (w.s(0) == 0.0) return 0.0;
  const arma::vec q = arma::square(scaled(w));
  const double total = arma::accu(q);
  return total * total / arma::dot(q, q);
}

double nuclear_norm(const Spectrum& w) { return readable(w) ? arma::accu(w.s) : kNaN; }
double spectral_norm(const Spectrum& w) { return readable(w) ? w.s(0) : kNaN; }
double frobenius_norm(const Spectrum& w) {
  return readable(w) ? w.s(0) * std::sqrt(arma::accu(arma::square(scaled(w)))) : kNaN;
}

double log_volume(const Spectrum& w) {
  if (!readable(w)) return kNaN;
  if (w.s(0) == 0.0) return -arma::datum::inf;
  const double zero = numerical_zero(w);
  double sum = 0.0;
  for (const double s : w.s)
    if (s > zero) sum += std::log(s);
  return sum;
}

double output_entropy(const Spectrum& w) {
  if (!readable(w)) return kNaN;
  return 0.5 * rank(w) * (std::log(2.0 * std::numbers::pi) + 1.0) + log_volume(w);
}

double output_entropy(const arma::mat& w, const arma::mat& covariance) {
  if (covariance.n_rows != w.n_cols || covariance.n_cols != w.n_cols) return kNaN;
  return output_entropy(spectrum(w * square_root(covariance)));
}

double orthogonality_error(const arma::mat& w) {
  if (!readable(w)) return kNaN;
  arma::mat gram = w.n_rows <= w.n_cols ? arma::mat(w * w.t()) : arma::mat(w.t() * w);
  gram.diag() -= 1.0;
  return arma::norm(gram, "fro");
}

double row_norm_dispersion(const arma::mat& w) {
  if (!readable(w)) return kNaN;
  const double largest = arma::abs(w).max();
  if (largest == 0.0) return 0.0;
  const arma::vec norms = arma::sqrt(arma::sum(arma::square(w / largest), 1));
  return arma::stddev(norms, 1) / arma::mean(norms);
}

double approximate_nuclear_norm(const arma::mat& w) {
  if (!readable(w)) return kNaN;
  const double largest = arma::abs(w).max();
  if (largest == 0.0) return 0.0;
  const arma::rowvec norms = arma::sort(arma::sqrt(arma::sum(arma::square(w / largest), 0)), "descend");
  return largest * arma::accu(norms.head(std::min(w.n_rows, w.n_cols)));
}

double imbalance(const arma::mat& f, const arma::mat& g) {
  if (!readable(f) || !readable(g) || f.n_cols != g.n_cols) return kNaN;
  return arma::norm(f.t() * f - g.t() * g, "fro");
}

arma::mat column_space(const arma::mat& a) {
  arma::mat u, v;
  arma::vec s;
  if (a.is_empty() || !thin_svd(a, u, s, v)) return arma::mat(a.n_rows, 0);
  return u.head_cols(static_cast<arma::uword>(rank(Spectrum{a.n_rows, a.n_cols, s})));
}

arma::vec principal_angles(const arma::mat& a, const arma::mat& b) {
  arma::mat qa = column_space(a), qb = column_space(b);
  if (a.n_rows != b.n_rows || qa.n_cols == 0 || qb.n_cols == 0) return {kNaN};
  if (qa.n_cols < qb.n_cols) qa.swap(qb);
  const arma::mat overlap = qa.t() * qb;
  const arma::vec cosine = singular_values(overlap);
  const arma::vec sine = arma::reverse(singular_values(qb - qa * overlap));
  arma::vec angles(cosine.n_elem);
  for (arma::uword i = 0; i < angles.n_elem; ++i)
    angles(i) = std::atan2(std::clamp(sine(i), 0.0, 1.0), std::clamp(cosine(i), 0.0, 1.0));
  return angles;
}

}  // namespace kappa
