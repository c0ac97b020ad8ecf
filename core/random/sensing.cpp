/// Sensing operators as one dense matrix, swept once by blocks of measurements that stay in cache for both directions.
#include "core/random/sensing.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/linalg/krylov.hpp"
#include "core/random/eigenvalues.hpp"
#include "core/random/matrices.hpp"

namespace kappa {
namespace {

/// Doubles in a block of measurements (128 KiB): the best of 16 KiB to 1 MiB, with 2 MiB of L2, at n = 40 to 100.
constexpr arma::uword kBlock = 16 * 1024;
/// Packed measurements pay for folding the point and unfolding the sum from here on.
constexpr arma::uword kPackedDimension = 8, kPackedCount = 16;

bool worth_packing(arma::uword n, arma::uword m) { return n >= kPackedDimension && m >= kPackedCount; }

arma::uword triangle(arma::uword n) { return n * (n + 1) / 2; }

/// Multiples of four, as BLAS takes columns: then the blocks' sums are those of the whole matrix, bit for bit.
arma::uword block_columns(arma::uword length) {
  return std::max<arma::uword>(4, kBlock / std::max<arma::uword>(1, length) / 4 * 4);
}

const arma::mat columns(const arma::mat& a, arma::uword first, arma::uword count) {
  return arma::mat(const_cast<double*>(a.colptr(first)), a.n_rows, count, false, true);
}

const arma::vec view(const double* values, arma::uword count) {
  return arma::vec(const_cast<double*>(values), count, false, true);
}

/// <A, X> is the plain product of A's upper triangle with this: x_ij + x_ji above the diagonal of any X, x_ii on it.
void fold(const arma::mat& x, double* out) {
  for (arma::uword j = 0; j < x.n_cols; ++j) {
    const double* const column = x.colptr(j);
    const double* row = x.memptr() + j;
    for (arma::uword i = 0; i < j; ++i, row += x.n_rows) *out++ = column[i] + *row;
    *out++ = column[j];
  }
}

/// The symmetric n x n matrix of an upper triangle.
void unfold(const double* triangle, arma::uword n, double* out) {
  for (arma::uword j = 0; j < n; ++j) {
    double* const column = out + j * n;
    double* row = out + j;
    for (arma::uword i = 0; i < j; ++i, row += n) column[i] = *row = *triangle++;
    column[j] = *triangle++;
  }
}

}  // namespace

arma::mat PsdTruth::matrix() const { return u * arma::diagmat(s) * u.t(); }

PsdTruth psd_truth(const Rng& rng, arma::uword n, arma::uword r, double kappa) {
  const arma::uword kept = std::min(n, r);
  return {orthonormal_columns(rng.child("basis"), n, kept), lin_spaced(1.0, 1.0 / kappa, kept)};
}

SensingOperator::SensingOperator(arma::uword rows, arma::uword cols, arma::mat measurements)
    : rows_(rows), cols_(cols), stored_(std::move(measurements)) {}

SensingOperator SensingOperator::of_triangles(arma::uword n, arma::mat triangles) {
  SensingOperator out(n, n, std::move(triangles));
  out.packed_ = true;
  return out;
}

arma::mat SensingOperator::unpacked(arma::uword first, arma::uword count) const {
  if (!packed_) return columns(stored_, first, count);
  arma::mat out(rows_ * cols_, count, arma::fill::none);
  for (arma::uword k = 0; k < count; ++k) unfold(stored_.colptr(first + k), rows_, out.colptr(k));
  return out;
}

arma::mat SensingOperator::measurement(arma::uword i) const {
  arma::mat out = unpacked(i, 1);
  out.reshape(rows_, cols_);
  return out;
}

arma::vec SensingOperator::apply(const arma::mat& x) const {
  if (x.n_elem != rows_ * cols_) return arma::vec(count(), arma::fill::value(arma::datum::nan));
  const arma::vec flat = view(x.memptr(), x.n_elem);
  if (!packed_) return stored_.t() * flat;
  arma::vec out(count(), arma::fill::none);
  const arma::uword step = block_columns(x.n_elem);
  for (arma::uword first = 0; first < count(); first += step) {
    const arma::uword size = std::min(step, count() - first);
    out.subvec(first, first + size - 1) = unpacked(first, size).t() * flat;
  }
  return out;
}

arma::mat SensingOperator::adjoint(const arma::vec& z) const {
  arma::mat out(rows_, cols_, arma::fill::value(arma::datum::nan));
  if (z.n_elem != count()) return out;
  if (packed_) {
    const arma::vec sum = stored_ * z;
    unfold(sum.memptr(), rows_, out.memptr());
    return out;
  }
  arma::vec flat(out.memptr(), out.n_elem, false, true);
  flat = stored_ * z;
  return out;
}

double SensingOperator::norm() const {
  if (count() == 0) return 0.0;
  const Rng rng(0, "operator norm");
  if (!packed_) return top_singular_values(stored_, 1, rng)(0);
  arma::mat scaled = std::sqrt(2.0) * stored_;  // what is off the diagonal is there twice
  for (arma::uword j = 0; j < cols_; ++j) scaled.row(triangle(j + 1) - 1) = stored_.row(triangle(j + 1) - 1);
  return top_singular_values(scaled, 1, rng)(0);
}

/// X as a vector to multiply the stored columns with.
arma::vec SensingOperator::folded(const arma::mat& x, arma::vec& room) const {
  if (!packed_) return arma::vec(const_cast<double*>(x.memptr()), x.n_elem, false, true);
  room.set_size(stored_.n_rows);
  fold(x, room.memptr());
  return arma::vec(room.memptr(), room.n_elem, false, true);
}

void SensingOperator::sweep(const arma::vec& x, const arma::vec& y, arma::vec& r, arma::vec* sum) const {
  r.set_size(count());
  const arma::uword step = block_columns(stored_.n_rows);
  for (arma::uword first = 0; first < count(); first += step) {
    const arma::uword size = std::min(step, count() - first);
    const arma::mat block = columns(stored_, first, size);
    arma::vec part(r.memptr() + first, size, false, true);
    part = block.t() * x;
    if (!y.is_empty()) part -= view(y.memptr() + first, size);
    if (sum == nullptr) continue;
    if (first == 0)
      *sum = block * part;
    else
      *sum += block * part;
  }
}

void SensingOperator::pick(const arma::vec& x, const arma::vec& y, Rows rows, double weight, arma::vec& r,
                           arma::vec* sum) const {
  r.set_size(rows.size());
  if (sum != nullptr) sum->zeros();
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const arma::vec measurement = view(stored_.colptr(rows[k]), stored_.n_rows);
    r[k] = arma::dot(measurement, x) - (y.is_empty() ? 0.0 : y[rows[k]]);
    if (sum != nullptr) *sum += (weight * r[k]) * measurement;
  }
}

void SensingOperator::misfit(const arma::mat& x, const arma::vec& y, Rows rows, Room room) const {
  const arma::vec point = folded(x, room.point);
  if (rows.empty())
    sweep(point, y, room.residual, nullptr);
  else
    pick(point, y, rows, 1, room.residual, nullptr);
}

void SensingOperator::misfit_and_sum(const arma::mat& x, const arma::vec& y, Rows rows, double weight, Room room,
                                     arma::mat& out) const {
  const arma::vec point = folded(x, room.point);
  out.set_size(rows_, cols_);
  if (packed_) room.sum.set_size(stored_.n_rows);
  arma::vec sum(packed_ ? room.sum.memptr() : out.memptr(), stored_.n_rows, false, true);
  if (!rows.empty())
    pick(point, y, rows, weight, room.residual, &sum);
  else {
    sweep(point, y, room.residual, &sum);
    if (count() == 0) sum.zeros();
    if (weight != 1) sum *= weight;
  }
  if (packed_) unfold(sum.memptr(), rows_, out.memptr());
}

SensingOperator symmetric_sensing(const Rng& rng, arma::uword n, arma::uword m) {
  arma::mat g(n, n, arma::fill::none), all(triangle(n), m, arma::fill::none);
  const double scale = 0.5 / std::sqrt(static_cast<double>(m));
  for (arma::uword k = 0; k < m; ++k) {
    rng.child("measurement", k).fill_normal({g.memptr(), g.n_elem});
    double* out = all.colptr(k);
    for (arma::uword j = 0; j < n; ++j)
      for (arma::uword i = 0; i <= j; ++i) *out++ = (g.at(i, j) + g.at(j, i)) * scale;
  }
  SensingOperator packed = SensingOperator::of_triangles(n, std::move(all));
  if (!worth_packing(n, m)) return {n, n, packed.measurements()};
  return packed;
}

SensingOperator asymmetric_sensing(const Rng& rng, arma::uword rows, arma::uword cols, arma::uword m) {
  arma::mat all(rows * cols, m, arma::fill::none);
  for (arma::uword i = 0; i < m; ++i) {
    rng.child("measurement", i).fill_normal({all.colptr(i), all.n_rows});
    all.col(i) /= std::sqrt(static_cast<double>(m));
  }
  return {rows, cols, std::move(all)};
}

double symmetric_sensing_bytes(arma::uword n, arma::uword m) {
  const auto side = static_cast<double>(n);
  return 8 * static_cast<double>(m) * (worth_packing(n, m) ? side * (side + 1) / 2 : side * side);
}

bool fully_determined(arma::uword n, arma::uword m) { return m >= n * (n + 1) / 2; }

}  // namespace kappa
