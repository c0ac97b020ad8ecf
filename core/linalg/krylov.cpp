/// Krylov methods on a functor; non-finite products end an iteration, they never spread.
#include "core/linalg/krylov.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/linalg/spectrum.hpp"

namespace kappa {
namespace {

arma::vec gaussian(Rng rng, arma::uword n) {
  arma::vec v(n);
  rng.fill_normal({v.memptr(), v.n_elem});
  return v;
}

/// The first columns of a basis, without copying them.
arma::mat head(arma::mat& basis, arma::uword count) {
  return arma::mat(basis.memptr(), basis.n_rows, count, false, true);
}

/// Twice is enough: once leaves an error of the size of the cancellation.
void reorthogonalise(arma::vec& w, arma::mat& basis, arma::uword count) {
  const arma::mat built = head(basis, count);
  for (int pass = 0; pass < 2; ++pass) w -= built * (built.t() * w);
}

constexpr arma::uword kDense = 256;  // up to this short side all values are as quick as a few

/// The largest singular values that a Krylov space of W has found, and their vectors.
struct Top {
  arma::vec values;
  arma::mat left, right;
};

/// Golub-Kahan: from one start orthonormal u and v with W v_j = beta_{j-1} u_{j-1} + alpha_j u_j and
/// W'u_j = alpha_j v_j + beta_j v_{j+1}, so that the singular values of the bidiagonal matrix approach W's from below,
/// unsquared.
class Bidiagonalisation {
 public:
  /// At most a third of the short side's steps: more would not pay.
  Bidiagonalisation(const arma::mat& w, const arma::vec& start)
      : w_(w),
        most_(std::min(w.n_rows, w.n_cols) / 3),
        left_(w.n_rows, most_),
        right_(w.n_cols, most_ + 1),
        band_(most_, most_ + 1, arma::fill::zeros) {
    right_.col(0) = arma::normalise(start);
  }

  /// The k largest, once |W'u - sigma v| of each is within 1e-10 of the largest value; none if they never are.
  std::optional<Top> top(arma::uword k) {
    for (arma::uword look = 2 * k + 14; !ended_ && built_ < most_; look += look / 3) {
      while (!ended_ && built_ < std::min(look, most_)) grow();
      if (built_ < k) break;
      arma::mat p, q;
      arma::vec s;
      if (!thin_svd(band_.submat(0, 0, built_ - 1, built_ - 1), p, s, q)) break;
      const double coupling = ended_ ? 0.0 : band_(built_ - 1, built_);
      if (coupling * arma::abs(p.row(built_ - 1).head(k)).max() <= 1e-10 * s(0))
        return Top{s.head(k), head(left_, built_) * p.head_cols(k), head(right_, built_) * q.head_cols(k)};
    }
    return std::nullopt;
  }

 private:
  void grow() {
    const arma::uword j = built_++;
    band_(j, j) = append(w_ * right_.col(j), left_, j);
    if (!ended_) band_(j, j + 1) = append(w_.t() * left_.col(j), right_, j + 1);
  }
  /// Normalised as the basis's next column; a length of rounding size ends the space, which is invariant then.
  double append(arma::vec next, arma::mat& basis, arma::uword at) {
    if (at > 0) reorthogonalise(next, basis, at);
    const double length = arma::norm(next);
    largest_ = std::max(largest_, length);
    ended_ = !(length > 1e-12 * largest_);
    basis.col(at) = ended_ ? arma::vec(next.n_elem, arma::fill::zeros) : arma::vec(next / length);
    return ended_ ? 0.0 : length;
  }

  const arma::mat& w_;
  arma::uword most_, built_ = 0;
  arma::mat left_, right_, band_;
  double largest_ = 0.0;
  bool ended_ = false;
};

/// Whether no other singular value is above the last found: t^2 - (WW' - sum of sigma^2 uu') is definite for t just
/// above it. From one start a Krylov space holds a repeated value once, so that a smaller one would take its place.
bool are_all(const Top& found, const arma::mat& w) {
  const bool wide = w.n_rows < w.n_cols;
  const arma::mat& side = wide ? found.left : found.right;
  const arma::mat part = side.each_row() % found.values.t();
  arma::mat rest = part * part.t() - (wide ? arma::mat(w * w.t()) : arma::mat(w.t() * w));
  const double above = found.values.back() + 1e-10 * found.values.front();
  rest.diag() += above * above;
  arma::mat factor;
  return arma::chol(factor, rest);
}

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
  return w.is_empty() ? arma::datum::nan : top_singular_values(w, 1, rng)(0);
}

arma::vec top_singular_values(const arma::mat& w, arma::uword k, const Rng& rng) {
  const arma::uword side = std::min(w.n_rows, w.n_cols);
  k = std::min(k, side);
  if (k == 0) return {};
  const bool few = side > kDense && 48 * k <= side;
  if (few && w.is_finite()) {
    const double largest = arma::abs(w).max();
    if (largest == 0.0) return arma::vec(k, arma::fill::zeros);
    const bool far = largest < 1e-100 || largest > 1e100;  // its products would leave the range of a double
    const arma::mat scaled = far ? arma::mat(w / largest) : arma::mat();
    const arma::mat& use = far ? scaled : w;
    const auto found = Bidiagonalisation(use, gaussian(rng.child("start"), w.n_cols)).top(k);
    if (found && (k == 1 || are_all(*found, use))) return far ? arma::vec(largest * found->values) : found->values;
  }
  return singular_values(w).head(k);
}

}  // namespace kappa
