/// Partitioned convolution by FFT; the floors by the trapezium rule in log ω, since their integrands peak at tiny ω.
#include "core/linalg/correlated_noise.hpp"

#include <algorithm>
#include <cmath>

namespace kappa {

arma::vec noise_coefficients(double nu, arma::uword n) {
  arma::vec beta(n);
  double last = 1;
  for (arma::uword t = 0; t < n; ++t) {
    if (t > 0) last *= (static_cast<double>(t) - 1.5) / static_cast<double>(t) * (1 - nu);
    beta[t] = last;
  }
  return beta;
}

double noise_sensitivity(double nu) {  // 1/agm(ν, 2 − ν): the integral is a complete elliptic one
  double a = 2 - nu, b = nu;
  while (std::abs(a - b) > 1e-15 * a) {
    const double mean = (a + b) / 2;
    b = std::sqrt(a * b);
    a = mean;
    if (!(b > 0)) return arma::datum::inf;
  }
  return 1 / a;
}

namespace {
/// |1 − (1−a) e^{iω}|² from sin²(ω/2): no cancellation at small ω.
double from_one(double a, double sine_squared) { return a * a + 4 * (1 - a) * sine_squared; }
double half_sine_squared(double omega) { return std::pow(std::sin(omega / 2), 2); }
}  // namespace

double noise_power(double nu, double omega) { return std::sqrt(from_one(nu, half_sine_squared(omega))); }

CorrelatedNoise::CorrelatedNoise(arma::uword width) {
  block_ = 512;
  while (block_ > 16 && block_ * width > (1u << 17)) block_ /= 2;
  open_.set_size(width, 0);
  far_.set_size(width, 0);
}

void CorrelatedNoise::extend(arma::uword count) {
  if (count <= beta_.n_elem) return;
  const arma::uword old = beta_.n_elem;
  beta_.resize(std::max(count, old + block_));
  for (arma::uword t = old; t < beta_.n_elem; ++t)
    beta_[t] = t == 0 ? 1 : beta_[t - 1] * ((static_cast<double>(t) - 1.5) / static_cast<double>(t) * (1 - nu_));
}

arma::vec CorrelatedNoise::next(const arma::vec& z, double nu) {
  if (nu != nu_) {
    nu_ = nu;
    beta_.reset();
    kernels_.clear();
    if (!past_.empty()) look_back();
  }
  if (filled_ == open_.n_cols) open_.resize(z.n_elem, std::min(block_, std::max<arma::uword>(2 * filled_, 16)));
  open_.col(filled_) = z;
  extend(filled_ + 1);
  arma::vec w = open_.head_cols(filled_ + 1) * arma::flipud(beta_.head(filled_ + 1));
  if (!past_.empty()) w += far_.col(filled_);
  if (++filled_ < block_) return w;

  const arma::uword width = z.n_elem;
  arma::cx_mat padded(2 * block_, (width + 1) / 2, arma::fill::zeros);
  for (arma::uword i = 0; i < width; ++i)
    for (arma::uword t = 0; t < block_; ++t)
      padded(t, i / 2) += i % 2 == 0 ? arma::cx_double(open_(i, t), 0) : arma::cx_double(0, open_(i, t));
  past_.push_back(arma::fft(padded));
  filled_ = 0;
  look_back();
  return w;
}

const arma::cx_vec& CorrelatedNoise::kernel(arma::uword blocks) {
  while (kernels_.size() < blocks) {
    const arma::uword middle = (kernels_.size() + 1) * block_;
    extend(middle + block_);
    arma::vec around(2 * block_, arma::fill::zeros);  // lags middle − block < s < middle + block, wrapped
    for (arma::uword i = 0; i < block_; ++i) around[i] = beta_[middle + i];
    for (arma::uword i = 1; i < block_; ++i) around[2 * block_ - i] = beta_[middle - i];
    kernels_.push_back(arma::fft(around));
  }
  return kernels_[blocks - 1];
}

void CorrelatedNoise::look_back() {
  arma::cx_mat sum(arma::size(past_.back()), arma::fill::zeros);
  for (arma::uword j = 1; j <= past_.size(); ++j) {
    const arma::cx_vec& k = kernel(j);
    const arma::cx_mat& z = past_[past_.size() - j];
    for (arma::uword pair = 0; pair < z.n_cols; ++pair) sum.col(pair) += k % z.col(pair);
  }
  const arma::cx_mat back = arma::ifft(sum);
  far_.set_size(open_.n_rows, block_);
  for (arma::uword i = 0; i < far_.n_rows; ++i)
    for (arma::uword t = 0; t < block_; ++t) far_(i, t) = i % 2 == 0 ? back(t, i / 2).real() : back(t, i / 2).imag();
}

NoiseFloor::NoiseFloor(const arma::vec& eigenvalues, double rate) : eigenvalues_(eigenvalues), rate_(rate) {
  constexpr arma::uword nodes = 20'001;
  const double from = std::log(1e-14), step = (std::log(arma::datum::pi) - from) / (nodes - 1);
  sines_.set_size(nodes);
  weighted_.set_size(nodes);
  for (arma::uword k = 0; k < nodes; ++k) {
    const double omega = std::exp(from + step * static_cast<double>(k));
    sines_[k] = half_sine_squared(omega);
    weighted_[k] = (k == 0 || k + 1 == nodes ? 0.5 : 1) * step * omega / arma::datum::pi * transfer(omega);
  }
}

double NoiseFloor::transfer(double omega) const {
  const double sine = half_sine_squared(omega);
  double sum = 0;
  for (const double lambda : eigenvalues_) sum += lambda / 2 / from_one(rate_ * lambda, sine);
  return rate_ * rate_ * sum;
}

double NoiseFloor::at(double nu) const {
  if (rate_ * eigenvalues_.max() >= 2) return arma::datum::inf;
  double sum = 0;
  for (arma::uword k = 0; k < sines_.n_elem; ++k) sum += weighted_[k] * std::sqrt(from_one(nu, sines_[k]));
  return noise_sensitivity(nu) * sum;
}

double NoiseFloor::independent() const {
  if (rate_ * eigenvalues_.max() >= 2) return arma::datum::inf;
  return rate_ / 2 * arma::accu(1 / (2 - rate_ * eigenvalues_));
}

}  // namespace kappa
