/// Closed forms of the Marchenko-Pastur law in the angle x = mid - half cos(angle), where its edges are smooth.
#include "core/linalg/marchenko_pastur.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace kappa {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

}  // namespace

MarchenkoPastur::MarchenkoPastur(double gamma, double variance) : gamma_(gamma), variance_(variance) {
  const bool legal = std::isfinite(gamma) && std::isfinite(variance) && gamma > 0.0 && variance > 0.0;
  if (!legal) gamma_ = variance_ = kNaN;
  const double root = std::sqrt(gamma_);
  lower_ = variance_ * (1.0 - root) * (1.0 - root);
  upper_ = variance_ * (1.0 + root) * (1.0 + root);
}

double MarchenkoPastur::atom() const { return gamma_ > 1.0 ? 1.0 - 1.0 / gamma_ : 0.0 * gamma_; }

double MarchenkoPastur::density(double x) const {
  if (std::isnan(lower_) || std::isnan(x)) return kNaN;
  if (x <= lower_ || x >= upper_) return 0.0;
  return std::sqrt((upper_ - x) * (x - lower_)) / (2.0 * kPi * variance_ * gamma_ * x);
}

double MarchenkoPastur::singular_density(double s) const {
  if (std::isnan(lower_) || std::isnan(s)) return kNaN;
  if (lower_ == 0.0 && s == 0.0) return std::sqrt(upper_) / (kPi * variance_ * gamma_);  // finite where density is not
  return s > 0.0 ? 2.0 * s * density(s * s) : 0.0;
}

double MarchenkoPastur::bulk(double angle) const {
  const double mid = 0.5 * (lower_ + upper_), half = 0.5 * (upper_ - lower_);
  const double turn = std::atan2(std::sqrt(upper_) * std::sin(0.5 * angle), std::sqrt(lower_) * std::cos(0.5 * angle));
  const double mass = half * std::sin(angle) + mid * angle - 2.0 * std::sqrt(lower_ * upper_) * turn;
  return std::clamp(mass / (2.0 * kPi * variance_ * gamma_), 0.0, std::min(1.0, 1.0 / gamma_));
}

double MarchenkoPastur::cdf(double x) const {
  if (std::isnan(lower_) || std::isnan(x)) return kNaN;
  if (x < 0.0) return 0.0;
  if (x <= lower_) return atom();
  if (x >= upper_) return 1.0;
  // The half-angle form keeps its digits at the edges, where acos would lose them.
  const double angle = 2.0 * std::atan2(std::sqrt(x - lower_), std::sqrt(upper_ - x));
  return std::min(1.0, atom() + bulk(angle));
}

double MarchenkoPastur::quantile(double p) const {
  if (std::isnan(lower_) || !(p >= 0.0 && p <= 1.0)) return kNaN;
  if (gamma_ > 1.0 && p <= atom()) return 0.0;
  if (p == 1.0) return upper_;  // the cdf is too flat there to be inverted
  double low = 0.0, high = kPi;
  for (int i = 0; i < 100; ++i) {
    const double angle = 0.5 * (low + high);
    (atom() + bulk(angle) < p ? low : high) = angle;
  }
  const double s = std::sin(0.25 * (low + high));
  return lower_ + (upper_ - lower_) * s * s;
}

arma::vec MarchenkoPastur::density(const arma::vec& x) const {
  arma::vec out(x.n_elem);
  std::transform(x.begin(), x.end(), out.begin(), [this](double each) { return density(each); });
  return out;
}

arma::vec MarchenkoPastur::singular_density(const arma::vec& s) const {
  arma::vec out(s.n_elem);
  std::transform(s.begin(), s.end(), out.begin(), [this](double each) { return singular_density(each); });
  return out;
}

double MarchenkoPastur::integral(const std::function<double(double)>& f, int nodes) const {
  if (std::isnan(lower_)) return kNaN;
  const double mid = 0.5 * (lower_ + upper_), half = 0.5 * (upper_ - lower_);
  double sum = 0.0;
  for (int i = 0; i < nodes; ++i) {
    const double angle = kPi * (i + 0.5) / nodes, x = mid - half * std::cos(angle), slope = half * std::sin(angle);
    sum += f(x) * slope * slope / x;
  }
  return sum * kPi / nodes / (2.0 * kPi * variance_ * gamma_);
}

double marchenko_pastur_variance(const arma::vec& eigenvalues, double gamma) {
  if (eigenvalues.is_empty() || !eigenvalues.is_finite()) return kNaN;
  const double median = MarchenkoPastur(gamma).median();
  return median > 0.0 ? arma::median(eigenvalues) / median : kNaN;
}

}  // namespace kappa
