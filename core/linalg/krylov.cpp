/// Krylov methods on a functor; non-finite products end an iteration, they never spread.
#include "core/linalg/krylov.hpp"

#include <algorithm>
#include <cmath>

#include "core/linalg/spectrum.hpp"

namespace kappa {
namespace {

arma::vec gaussian(Rng rng, arma::uword n) {
  arma::vec v(n);
  rng.fill_normal({v.memptr(), v.n_elem});
  return v;
}

/// Twice is enough: once leaves an error of the size of the cancellation.
void reorthogonalise(arma::vec& w, const arma::mat& basis, arma::uword count) {
  for (int pass = 0; pass < 2; ++pass) w -= basis.head_cols(count) * (basis.head_cols(count).t() * w);
}

/// (u, v) -> (W v, W' u): its eigenvalues are plus and minus the singular values, unsquared.
LinearMap augmented(const arma::mat& w) {
  return
      [&w](const arma::vec& x) -> arma::vec { return arma::join_cols(w * x.tail(w.n_cols), w.t() * x.head(w.n_rows)); };
}

constexpr arma::uword kDense = 300;  // up to here a full SVD is cheap

}  // namespace

PowerResult power_iteration(const LinearMap& apply, const arma::vec& start, int most, double tolerance) {
  PowerResult out;
  const double size = arma::norm(start);
  if (!start.is_finite() || !(size > 0.0)) return out;
  out.vector = start / size;
  while (out.iterations < most) {
    arma::vec next = apply(out.vector);
    ++out.iterations;
    const double length = arma::norm(next);
    const double before = out.value;
    out.value = arma::dot(out.vector, next);
    if (!std::isfinite(length) || !std::isfinite(out.value)) {
      out.value = arma::datum::nan;
      return out;
    }
    out.converged = length == 0.0 || std::abs(out.value - before) <= tolerance * std::abs(out.value);
    if (length > 0.0) out.vector = next / length;
    if (out.converged) break;
  }
  return out;
}

LanczosResult lanczos(const LinearMap& apply, arma::uword n, arma::uword k, const arma::vec& start, bool want_vectors) {
  LanczosResult out;
  const double size = arma::norm(start);
  k = std::min(k, n);
  if (k == 0 || start.n_elem != n || !start.is_finite() || !(size > 0.0)) return out;

  arma::mat basis(n, k), tridiagonal(k, k, arma::fill::zeros);
  basis.col(0) = start / size;
  double beta = 0.0, scale = 0.0;
  arma::uword built = 0;
  while (built < k) {
    arma::vec next = apply(basis.col(built));
    if (!next.is_finite()) break;
    const double alpha = arma::dot(basis.col(built), next);
    tridiagonal(built, built) = alpha;
    ++built;
    reorthogonalise(next, basis, built);
    beta = arma::norm(next);
    scale = std::max({scale, std::abs(alpha), beta});
    if (beta <= 1e-12 * scale || built == n) {
      out.exhausted = true;
      break;
    }
    if (built == k) break;
    tridiagonal(built, built - 1) = tridiagonal(built - 1, built) = beta;
    basis.col(built) = next / beta;
  }
  out.steps = static_cast<int>(built);
  arma::mat rotation;
  if (built == 0 || !symmetric_eigen(tridiagonal.submat(0, 0, built - 1, built - 1), out.values, rotation)) return out;
  out.values = arma::reverse(out.values);
  rotation = arma::fliplr(rotation);
  out.residual = beta * arma::abs(rotation.row(built - 1).t());
  if (want_vectors) out.vectors = basis.head_cols(built) * rotation;
  return out;
}

SolveResult conjugate_gradient(const LinearMap& apply, const arma::vec& b, int most, double tolerance,
                               const arma::vec& start) {
  SolveResult out;
  const bool warm = start.n_elem == b.n_elem;
  out.x = warm ? start : arma::vec(b.n_elem, arma::fill::zeros);
  if (!b.is_finite()) return out;  // arma::norm of a NaN can be 0
  const double size = arma::norm(b);
  if (size == 0.0) {
    out.x.zeros();
    out.residual = 0.0;
    out.converged = true;
    return out;
  }
  arma::vec r = warm ? arma::vec(b - apply(out.x)) : b;
  arma::vec direction = r;
  double rr = arma::dot(r, r);
  out.residual = std::sqrt(rr) / size;
  while (out.residual > tolerance && out.iterations < most) {
    const arma::vec image = apply(direction);
    const double curvature = arma::dot(direction, image);
    if (!(curvature > 0.0) || !std::isfinite(curvature)) break;
    const double step = rr / curvature;
    out.x += step * direction;
    r -= step * image;
    ++out.iterations;
    const double next = arma::dot(r, r);
    direction = r + (next / rr) * direction;
    rr = next;
    out.residual = std::sqrt(rr) / size;
  }
  out.converged = out.residual <= tolerance;
  return out;
}

double spectral_norm(const arma::mat& w, const Rng& rng) {
  if (w.is_empty() || !w.is_finite()) return arma::datum::nan;
  if (std::min(w.n_rows, w.n_cols) <= kDense) return spectral_norm(spectrum(w));
  const double largest = arma::abs(w).max();
  if (largest == 0.0) return 0.0;
  const arma::mat scaled = w / largest;
  const auto gram = [&scaled](const arma::vec& x) -> arma::vec { return scaled.t() * (scaled * x); };
  double best = 0.0;
  for (std::uint64_t attempt = 0; attempt < 2; ++attempt) {
    const PowerResult found = power_iteration(gram, gaussian(rng.child("start", attempt), w.n_cols), 200, 1e-9);
    best = std::max(best, found.value);
    if (found.converged) break;
  }
  return largest * std::sqrt(best);
}

arma::vec top_singular_values(const arma::mat& w, arma::uword k, const Rng& rng) {
  const arma::uword most = std::min(w.n_rows, w.n_cols);
  k = std::min(k, most);
  if (k == 0) return {};
  if (most > kDense && w.is_finite()) {
    arma::vec start(w.n_rows + w.n_cols, arma::fill::zeros);
    start.tail(w.n_cols) = gaussian(rng.child("start"), w.n_cols);
    for (arma::uword steps = 4 * k + 40; steps <= most; steps *= 2) {
      const LanczosResult found = lanczos(augmented(w), start.n_elem, steps, start);
      if (found.exhausted || found.values.n_elem < k) break;  // repeated or missing values: one start cannot see them
      if (found.residual.head(k).max() <= 1e-10 * found.values(0)) return found.values.head(k);
    }
  }
  return singular_values(w).head(k);
}

}  // namespace kappa
