/// Segments are clipped, dashed and thinned without leaving the curve.
#include "ui/charts/polyline.hpp"

#include <gtest/gtest.h>

#include <QRandomGenerator>
#include <cmath>
#include <limits>

namespace kappa::ui {
namespace {

const QRectF area(0, 0, 200, 100);

double distance(QPointF p, const QLineF& line) {
  const QPointF d = line.p2() - line.p1(), v = p - line.p1();
  const double length = QPointF::dotProduct(d, d);
  const double t = length > 0 ? std::clamp(QPointF::dotProduct(v, d) / length, 0.0, 1.0) : 0;
  return QLineF(p, line.p1() + t * d).length();
}

double distance(QPointF p, const std::vector<QLineF>& lines) {
  double least = std::numeric_limits<double>::infinity();
  for (const QLineF& line : lines) least = std::min(least, distance(p, line));
  return least;
}

double total(const std::vector<QLineF>& lines) {
  double sum = 0;
  for (const QLineF& line : lines) sum += line.length();
  return sum;
}

TEST(Polyline, IsCutAtWhatCannotBeShown) {
  const PlotMap map{.area = area,
                    .x = {.lo = 0, .hi = 10, .from = 0, .to = 200},
                    .y = {.log = true, .lo = -4, .hi = 0, .from = 100, .to = 0}};
  const double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();
  const std::vector<Vertex> vertices{{0, 1}, {1, 0.1}, {2, nan}, {3, 0.1}, {4, 0}, {5, 1}, {6, 1}, {7, inf}, {8, -1}};
  const Pieces pieces = piecesOf(vertices, map);
  ASSERT_EQ(pieces.size(), 3U);
  EXPECT_EQ(pieces[0].size(), 2U);
  EXPECT_EQ(pieces[1].size(), 1U);
  EXPECT_EQ(pieces[2].size(), 2U);
}

TEST(Polyline, ThinningStaysWithinItsTolerance) {
  QRandomGenerator random(7);
  for (const double roughness : {0.01, 0.3, 5.0}) {
    std::vector<QPointF> points;
    for (int i = 0; i < 2000; ++i)
      points.emplace_back(0.1 * i, 50 + 40 * std::sin(0.01 * i) + roughness * (random.generateDouble() - 0.5));
    std::vector<QPointF> kept = points;
    thin(kept, 0.15);
    EXPECT_EQ(kept.front(), points.front());
    EXPECT_EQ(kept.back(), points.back());
    std::vector<QLineF> lines;
    appendSolid(kept, area, lines);
    for (const QPointF& p : points) EXPECT_LT(distance(p, lines), 0.31) << roughness;
    if (roughness < 0.1) {
      EXPECT_LT(kept.size(), points.size() / 10);
    }
  }
}

TEST(Polyline, ThinningKeepsSpikesAndTurnsBack) {
  std::vector<QPointF> points{{0, 50}, {10, 50}, {10, 0}, {10, 50}, {20, 50}, {30, 50}, {5, 50}};
  thin(points, 0.15);
  const std::vector<QPointF> expected{{0, 50}, {10, 50}, {10, 0}, {10, 50}, {30, 50}, {5, 50}};
  EXPECT_EQ(points, expected);
}

TEST(Polyline, ClippingKeepsTheInsideOfFarFlungSegments) {
  const QLineF line = clipped({QPointF(-1e6, 50), QPointF(1e6, 50)}, area);
  EXPECT_NEAR(line.x1(), 0, 1e-6);
  EXPECT_NEAR(line.x2(), 200, 1e-6);
  EXPECT_TRUE(clipped({QPointF(-5, -5), QPointF(300, -5)}, area).isNull());
  EXPECT_EQ(clipped({QPointF(10, 10), QPointF(20, 20)}, area), QLineF(10, 10, 20, 20));
}

TEST(Polyline, DashesLieOnTheCurveAndFillTheirShare) {
  std::vector<QPointF> points;
  for (int i = 0; i <= 400; ++i) points.emplace_back(0.5 * i, 50 + 30 * std::sin(0.05 * i));
  std::vector<QLineF> solid, dashed;
  appendSolid(points, area, solid);
  appendDashed(points, area, 6, 4, dashed);
  EXPECT_NEAR(total(dashed) / total(solid), 0.6, 0.03);
  for (const QLineF& dash : dashed) EXPECT_LT(distance(dash.center(), solid), 1e-6);
}

TEST(Polyline, DashesInsideDoNotDependOnWhatLiesFarOutside) {
  std::vector<QLineF> dashed;
  appendDashed({{-1e7, 50}, {1e7, 50}}, area, 6, 4, dashed);
  EXPECT_LT(dashed.size(), 30U);
  EXPECT_NEAR(total(dashed), 120, 7);
}

TEST(Polyline, StationsAreEvenlySpaced) {
  const auto found = stations({{0, 50}, {50, 50}, {200, 50}}, area, 20, 60);
  ASSERT_EQ(found.size(), 4U);
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_NEAR(found[i].at.x(), 20 + 60.0 * static_cast<double>(i), 1e-9);
    EXPECT_NEAR(found[i].direction.x(), 1, 1e-12);
  }
}

TEST(Polyline, MarkersKeepTheirDistanceOnStraightAndOnNoisyCurves) {
  std::vector<QPointF> straight;
  appendSpaced({{0, 50}, {50, 50}, {200, 50}}, area, 20, 60, straight);
  ASSERT_EQ(straight.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(straight[i].x(), 20 + 60.0 * static_cast<double>(i), 1e-9);

  std::vector<QPointF> noisy, places;
  for (int i = 0; i <= 200; ++i) noisy.emplace_back(i, i % 2 ? 5 : 95);
  std::vector<QLineF> drawn;
  appendSolid(noisy, area, drawn);
  appendSpaced(noisy, area, 20, 60, places);
  ASSERT_GE(places.size(), 3U);
  for (std::size_t i = 0; i < places.size(); ++i) {
    EXPECT_LT(distance(places[i], drawn), 1e-6);
    for (std::size_t j = 0; j < i; ++j) EXPECT_GE(QLineF(places[i], places[j]).length(), 60 - 1e-6);
  }
}

}  // namespace
}  // namespace kappa::ui
