/// What is laid over a chart: earlier results keep what they showed.
#include "core/figure/overlays.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "tests/core/figure/recorder.hpp"

namespace kappa {
namespace {

using test::heights;
using test::loss_spec;
using test::over;
using test::Recorder;
using test::ThreeThatStop;

const Curve& curve_of(const Figure& figure, const std::string& label) {
  return *std::find_if(figure.curves.begin(), figure.curves.end(), [&](const Curve& c) { return c.label == label; });
}

TEST(Ghosts, AKeptResultHoldsTheValuesOfItsEndedRepeats) {
  Recorder now;
  for (std::uint64_t t = 0; t <= 9; ++t) now.series("a", t, 1);
  const ThreeThatStop before;
  const std::shared_ptr<const Trace> trace(&before.trace, [](const Trace*) {});
  const auto last = [&](bool whole) {
    FigureOptions options = over(9);
    options.kept = {{.name = "kept", .trace = trace, .hidden = {"b"}, .colours = {}, .ended = {.all = whole}}};
    return heights(curve_of(build_figure(loss_spec(), now.trace, options), "kept: a")).back();
  };
  EXPECT_EQ(last(true), std::pow(200.0, -2));
  EXPECT_EQ(last(false), std::pow(2.0, -9));
}

}  // namespace
}  // namespace kappa
