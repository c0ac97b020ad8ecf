/// From stored gradient norms to a schedule: smoothed, floored, weighed, and summed from the end.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

namespace kappa::schedules {

/// Centred medians of 2h + 1 norms, h = max(1, ⌊⌊τn⌋/2⌋), the ends padded by the end values; then at least `floor`
/// times the largest, and in any case not zero.
inline std::vector<double> smoothed_norms(const std::vector<double>& norms, double smoothing, double floor) {
  const auto n = static_cast<std::int64_t>(norms.size());
  const auto width = static_cast<std::int64_t>(std::floor(smoothing * static_cast<double>(n)));
  const std::int64_t half = std::max<std::int64_t>(1, width / 2);
  const auto norm = [&](std::int64_t t) {
    return norms[static_cast<std::size_t>(std::clamp<std::int64_t>(t, 0, n - 1))];
  };
  std::vector<double> smooth(norms.size()), window;  // the window stays sorted while it slides
  for (std::int64_t j = -half; n > 0 && j <= half; ++j) window.push_back(norm(j));
  std::sort(window.begin(), window.end());
  for (std::int64_t t = 0; t < n; ++t) {
    smooth[static_cast<std::size_t>(t)] = window[static_cast<std::size_t>(half)];
    window.erase(std::lower_bound(window.begin(), window.end(), norm(t - half)));
    window.insert(std::upper_bound(window.begin(), window.end(), norm(t + half + 1)), norm(t + half + 1));
  }
  const double largest = n > 0 ? *std::max_element(smooth.begin(), smooth.end()) : 0.0;
  for (double& each : smooth) each = largest > 0 ? std::max(each, std::max(floor, 1e-9) * largest) : 1.0;
  return smooth;
}

/// w = norm^(-power), relative to the largest norm.
inline std::vector<double> refinement_weights(const std::vector<double>& smooth, double power) {
  const double largest = smooth.empty() ? 1.0 : *std::max_element(smooth.begin(), smooth.end());
  std::vector<double> weights;
  for (const double each : smooth) weights.push_back(std::pow(each / largest, -power));
  return weights;
}

/// s ∝ w_t Σ_{p>t} w_p over a run of any length, the weights stretched over it as steps of a staircase.
class RefinedTable {
 public:
  explicit RefinedTable(std::vector<double> weights) : weights_(std::move(weights)), after_(weights_.size() + 1) {
    for (std::size_t i = weights_.size(); i-- > 0;) after_[i] = after_[i + 1] + weights_[i];
  }

  /// Before the division by the largest one.
  double raw(std::uint64_t t, std::uint64_t horizon) const {
    const std::uint64_t n = weights_.size(), next = (t + 1) * n;
    if (next >= n * horizon) return 0;
    const std::uint64_t stair = next / horizon;
    const double left = 1 - static_cast<double>(next % horizon) / static_cast<double>(horizon);
    return weights_[t * n / horizon] * (left * weights_[stair] + after_[stair + 1]);
  }
  /// Within one stair the multiplier falls, so that the largest stands at the first step of a stair.
  double largest(std::uint64_t horizon) const {
    double most = 0;
    const std::uint64_t n = weights_.size();
    for (std::uint64_t i = 0; i < n; ++i)
      if (const std::uint64_t first = (i * horizon + n - 1) / n; first < horizon)
        most = std::max(most, raw(first, horizon));
    return most;
  }

 private:
  std::vector<double> weights_, after_;
};

}  // namespace kappa::schedules
