/// A trace that lies, so that tests can ask whether a claim notices.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/trace/trace.hpp"

namespace kappa::test {

/// `swap_runs`: every run shows the next run's data (nothing changes where there is one run only). `end_is_start`: the
/// second half of everything is its start again. `times_step`: values grow with the step, curves with their position.
/// Cruder ones, for claims that read one number of each run or a bound on all of it: nothing is left, signs are turned,
/// everything or every second run is enlarged, every second point is gone. Two claims of `schedule_view` are moved by
/// nothing finer, and rightly: that no multiplier is negative is about signs alone, and one for every step is a count.
enum class Lie : std::uint8_t { swap_runs, end_is_start, times_step, zeroed, negated, enlarged, uneven, thinned };
inline constexpr Lie all_lies[] = {Lie::swap_runs, Lie::end_is_start, Lie::times_step};
inline constexpr Lie crude_lies[] = {Lie::zeroed, Lie::negated, Lie::enlarged, Lie::uneven, Lie::thinned};

/// Wraps a view, which outlives it. Theory stays true: it is what claims compare with.
class SabotagedView final : public TraceView {
 public:
  SabotagedView(const TraceView& truth, Lie lie) : truth_(truth), lie_(lie) {}

  std::vector<std::string> runs() const override { return truth_.runs(); }
  std::uint32_t repeats() const override { return truth_.repeats(); }

  std::optional<Series> series(std::string_view run, std::uint32_t repeat, std::string_view name) const override {
    auto out = truth_.series(shown(run), repeat, name);
    if (!out) return out;
    if (lie_ == Lie::end_is_start) restart(out->value);
    if (lie_ == Lie::times_step)
      for (std::size_t i = 0; i < out->value.size(); ++i) out->value[i] *= static_cast<double>(out->step[i]);
    distort(run, out->value);
    if (lie_ == Lie::thinned) thin(out->step, out->value);
    return out;
  }

  std::optional<XY> curve(std::string_view run, std::uint32_t repeat, std::string_view name) const override {
    auto out = truth_.curve(shown(run), repeat, name);
    if (!out) return out;
    if (lie_ == Lie::end_is_start) restart(out->y);
    if (lie_ == Lie::times_step)
      for (std::size_t i = 0; i < out->y.size(); ++i) out->y[i] *= static_cast<double>(i);
    distort(run, out->y);
    if (lie_ == Lie::thinned) thin(out->x, out->y);
    return out;
  }

  std::optional<std::vector<double>> spectrum(std::string_view run, std::uint32_t repeat, std::string_view name,
                                              std::uint64_t step) const override {
    auto out = truth_.spectrum(shown(run), repeat, name, lie_ == Lie::end_is_start ? 0 : step);
    if (out && lie_ == Lie::times_step)
      for (double& value : *out) value *= static_cast<double>(step);
    if (out) distort(run, *out);
    return out;
  }

  std::vector<TheoryCurve> theory(std::string_view run, std::uint32_t repeat, std::string_view series) const override {
    return truth_.theory(run, repeat, series);
  }

 private:
  std::string shown(std::string_view run) const {
    const auto labels = truth_.runs();
    const auto found = std::find(labels.begin(), labels.end(), run);
    if (lie_ != Lie::swap_runs || found == labels.end()) return std::string(run);
    return labels[static_cast<std::size_t>(found - labels.begin() + 1) % labels.size()];
  }

  void distort(std::string_view run, std::vector<double>& values) const {
    const auto labels = truth_.runs();
    const bool second = (std::find(labels.begin(), labels.end(), run) - labels.begin()) % 2 == 1;
    double factor = 1;
    if (lie_ == Lie::zeroed) factor = 0;
    if (lie_ == Lie::negated) factor = -1;
    if (lie_ == Lie::enlarged || (lie_ == Lie::uneven && second)) factor = 1e9;
    for (double& value : values) value *= factor;
  }
  template <class Place>
  static void thin(std::vector<Place>& at, std::vector<double>& values) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < values.size(); i += 2, ++kept) {
      at[kept] = at[i];
      values[kept] = values[i];
    }
    at.resize(kept);
    values.resize(kept);
  }
  static void restart(std::vector<double>& values) {
    if (!values.empty())
      std::fill(values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end(), values[0]);
  }

  const TraceView& truth_;
  const Lie lie_;
};

}  // namespace kappa::test
