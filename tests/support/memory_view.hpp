/// A trace in memory that a test fills by hand: what claims and studies judge.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "core/trace/trace.hpp"

namespace kappa::test {

class MemoryView final : public TraceView {
 public:
  /// Values at steps 0, every, 2 every, ...
  MemoryView& put(const std::string& run, const std::string& name, const std::vector<double>& values,
                  std::uint32_t repeat = 0, std::uint64_t every = 1) {
    Series series;
    for (std::size_t i = 0; i < values.size(); ++i) series.step.push_back(i * every);
    series.value = values;
    series_[key(run, repeat, name)] = std::move(series);
    return *this;
  }
  MemoryView& put_curve(const std::string& run, const std::string& name, XY xy, std::uint32_t repeat = 0) {
    curves_[key(run, repeat, name)] = std::move(xy);
    return *this;
  }
  MemoryView& put_spectrum(const std::string& run, const std::string& name, std::uint64_t step,
                           std::vector<double> values, std::uint32_t repeat = 0) {
    spectra_[key(run, repeat, name)][step] = std::move(values);
    return *this;
  }
  MemoryView& put_theory(const std::string& run, const std::string& name, TheoryCurve curve, std::uint32_t repeat = 0) {
    theories_[key(run, repeat, name)].push_back(std::move(curve));
    return *this;
  }

  std::vector<std::string> runs() const override { return runs_; }
  std::uint32_t repeats() const override { return repeats_; }
  std::optional<Series> series(std::string_view run, std::uint32_t repeat, std::string_view name) const override {
    return find(series_, run, repeat, name);
  }
  std::optional<XY> curve(std::string_view run, std::uint32_t repeat, std::string_view name) const override {
    return find(curves_, run, repeat, name);
  }
  std::optional<std::vector<double>> spectrum(std::string_view run, std::uint32_t repeat, std::string_view name,
                                              std::uint64_t step) const override {
    const auto all = find(spectra_, run, repeat, name);
    if (!all) return std::nullopt;
    const auto after = all->upper_bound(step);
    if (after == all->begin()) return std::nullopt;
    return std::prev(after)->second;
  }
  std::vector<TheoryCurve> theory(std::string_view run, std::uint32_t repeat, std::string_view series) const override {
    return find(theories_, run, repeat, series).value_or(std::vector<TheoryCurve>{});
  }

 private:
  using Key = std::tuple<std::string, std::uint32_t, std::string>;
  template <class T>
  using Table = std::map<Key, T>;

  Key key(const std::string& run, std::uint32_t repeat, const std::string& name) {
    if (std::find(runs_.begin(), runs_.end(), run) == runs_.end()) runs_.push_back(run);
    repeats_ = std::max(repeats_, repeat + 1);
    return {run, repeat, name};
  }
  template <class T>
  static std::optional<T> find(const Table<T>& table, std::string_view run, std::uint32_t repeat,
                               std::string_view name) {
    const auto it = table.find(Key{run, repeat, name});
    return it == table.end() ? std::nullopt : std::optional(it->second);
  }

  std::vector<std::string> runs_;
  std::uint32_t repeats_ = 0;
  Table<Series> series_;
  Table<XY> curves_;
  Table<std::map<std::uint64_t, std::vector<double>>> spectra_;
  Table<std::vector<TheoryCurve>> theories_;
};

/// n values f(0), f(1), ...
inline std::vector<double> values_of(std::size_t n, const std::function<double(double)>& f) {
  std::vector<double> out;
  for (std::size_t i = 0; i < n; ++i) out.push_back(f(static_cast<double>(i)));
  return out;
}

}  // namespace kappa::test
