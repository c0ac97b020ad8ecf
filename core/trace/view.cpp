/// A trace as claims and studies see it: by labels, in copies.
#include <algorithm>

#include "core/trace/trace.hpp"

namespace kappa {

namespace {

class LiveView final : public TraceView {
 public:
  explicit LiveView(const Trace& trace) : trace_(trace) {}

  std::vector<std::string> runs() const override {
    std::vector<std::string> labels;
    for (RunLabel& run : trace_.runs()) labels.push_back(std::move(run.label));
    return labels;
  }

  std::uint32_t repeats() const override {
    std::uint32_t most = 0;
    for (const RunLabel& run : trace_.runs()) most = std::max(most, run.repeats);
    return most;
  }

  std::optional<Series> series(std::string_view run, std::uint32_t repeat, std::string_view name) const override {
    const auto number = trace_.find_run(run);
    const Column* column = number ? trace_.series(*number, repeat, name) : nullptr;
    if (!column) return std::nullopt;
    Series out;
    const std::uint64_t n = column->size();
    out.step.reserve(n);
    out.value.reserve(n);
    for (std::uint64_t i = 0; i < n; ++i) {
      out.step.push_back(column->step(i));
      out.value.push_back(column->value(i));
    }
    return out;
  }

  std::optional<XY> curve(std::string_view run, std::uint32_t repeat, std::string_view name) const override {
    const auto number = trace_.find_run(run);
    if (!number) return std::nullopt;
    XY xy = trace_.curve(*number, repeat, name);
    if (xy.x.empty()) return std::nullopt;
    return xy;
  }

  std::optional<std::vector<double>> spectrum(std::string_view run, std::uint32_t repeat, std::string_view name,
                                              std::uint64_t step) const override {
    const auto number = trace_.find_run(run);
    const SpectrumColumn* column = number ? trace_.spectrum(*number, repeat, name) : nullptr;
    if (!column) return std::nullopt;
    const std::uint64_t after = step == UINT64_MAX ? column->size() : column->lower_bound(step + 1);
    if (after == 0) return std::nullopt;
    return column->values(after - 1);
  }

  std::vector<TheoryCurve> theory(std::string_view run, std::uint32_t repeat, std::string_view series) const override {
    std::vector<TheoryCurve> out;
    const auto number = trace_.find_run(run);
    if (!number) return out;
    for (Trace::Theory& theory : trace_.theory(*number, series))
      if (theory.key.repeat == repeat) out.push_back({theory.key.curve, theory.key.theory, std::move(theory.xy)});
    return out;
  }

 private:
  const Trace& trace_;
};

}  // namespace

std::unique_ptr<TraceView> view_of(const Trace& trace) { return std::make_unique<LiveView>(trace); }

}  // namespace kappa
