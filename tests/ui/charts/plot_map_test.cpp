/// Axes map to pixels and back over every range a double can have.
#include "ui/charts/plot_map.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace kappa::ui {
namespace {

const QRectF area(50, 10, 400, 200);

Figure over(Scale scale, double lo, double hi) {
  Figure figure;
  figure.x = {"x", Scale::linear, 0, 1, {}};
  figure.y = {"y", scale, lo, hi, {}};
  return figure;
}

TEST(PlotMap, GoesThereAndBack) {
  for (const double lo : {1e-300, 1e-16, 1e-3}) {
    const PlotMap map = makePlotMap(over(Scale::log, lo, 10), area);
    EXPECT_NEAR(map.y.pixel(lo), 210, 1e-9);
    EXPECT_NEAR(map.y.pixel(10), 10, 1e-9);
    for (const double share : {0.0, 0.3, 1.0}) {
      const double value = lo * std::pow(10 / lo, share);
      EXPECT_NEAR(map.y.value(map.y.pixel(value)) / value, 1, 1e-9);
    }
  }
}

TEST(PlotMap, HasNoPlaceForZeroOnALogAxis) {
  const PlotMap map = makePlotMap(over(Scale::log, 1e-16, 1), area);
  EXPECT_TRUE(std::isnan(map.y.pixel(0)));
  EXPECT_TRUE(std::isnan(map.y.pixel(-1)));
  EXPECT_TRUE(std::isinf(map.y.pixel(INFINITY)));
}

TEST(PlotMap, WidensDegenerateRanges) {
  for (const auto& [scale, lo, hi] : {std::tuple{Scale::linear, 0.0, 0.0}, std::tuple{Scale::linear, 3.0, 3.0},
                                      std::tuple{Scale::log, 1e-5, 1e-5}, std::tuple{Scale::log, 0.0, 1.0},
                                      std::tuple{Scale::log, 0.0, 0.0}, std::tuple{Scale::linear, -1e-310, -1e-310}}) {
    const PlotMap map = makePlotMap(over(scale, lo, hi), area);
    EXPECT_TRUE(std::isfinite(map.y.lo) && std::isfinite(map.y.hi));
    EXPECT_GT(map.y.hi, map.y.lo);
  }
}

TEST(PlotMap, KeepsCirclesRound) {
  Figure figure = over(Scale::linear, -1, 1);
  figure.x = {"x", Scale::linear, -1, 1, {}};
  figure.equal_aspect = true;
  const PlotMap map = makePlotMap(figure, area);
  EXPECT_NEAR(map.x.pixel(1) - map.x.pixel(0), map.y.pixel(0) - map.y.pixel(1), 1e-9);
  EXPECT_NEAR(map.y.pixel(1), 10, 1e-9);
}

TEST(PlotMap, MayRunDownwards) {
  const PlotMap map = makePlotMap(over(Scale::linear, 30.5, 0.5), area);
  EXPECT_NEAR(map.y.pixel(0.5), 10, 1e-9);
  EXPECT_NEAR(map.y.value(210), 30.5, 1e-9);
}

}  // namespace
}  // namespace kappa::ui
