/// The pixels of a dense zig-zag are those that its strokes cover, and the choice between the two changes only edges.
#include "ui/charts/ink.hpp"

#include <gtest/gtest.h>

#include <QPainter>
#include <cmath>
#include <random>

#include "ui/charts/plot_geometry.hpp"
#include "ui/charts/plot_painter.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

std::vector<QLineF> zigzag(std::size_t points, double width, double low, double high, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> height(low, high);
  std::vector<QLineF> lines;
  QPointF last(20, height(random));
  for (std::size_t i = 1; i < points; ++i) {
    const QPointF next(20 + width * static_cast<double>(i) / static_cast<double>(points - 1), height(random));
    lines.emplace_back(last, next);
    last = next;
  }
  return lines;
}

QImage drawn(const std::vector<QLineF>& lines, const Nib& nib, double scale) {
  QImage image(static_cast<int>(460 * scale), static_cast<int>(320 * scale), QImage::Format_ARGB32_Premultiplied);
  image.fill(Qt::white);
  QPainter painter(&image);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.scale(scale, scale);
  painter.setPen(QPen(Qt::black, nib.width, Qt::SolidLine, nib.cap > 0 ? Qt::SquareCap : Qt::FlatCap));
  painter.drawLines(lines.data(), static_cast<int>(lines.size()));
  return image;
}

QImage inked(const std::vector<QLineF>& lines, const Nib& nib, double scale) {
  QImage image = drawn({}, nib, scale);
  image.setDevicePixelRatio(scale);
  QPainter painter(&image);
  for (const Ink& ink : inksOf(lines, nib, scale)) painter.drawImage(ink.at, Tint(Qt::black)(ink));
  painter.end();
  image.setDevicePixelRatio(1);
  return image;
}

/// Mean and share of pixels that differ by more than half, where either has anything.
std::pair<double, double> difference(const QImage& a, const QImage& b) {
  double sum = 0, far = 0, count = 0;
  for (int y = 0; y < a.height(); ++y)
    for (int x = 0; x < a.width(); ++x) {
      const int p = qGray(a.pixel(x, y)), q = qGray(b.pixel(x, y));
      if (p == 255 && q == 255) continue;
      sum += p - q, far += std::abs(p - q) > 128, ++count;
    }
  return {sum / count, far / count};
}

TEST(Ink, CoversWhatTheStrokesCover) {
  const Nib nib{2.2, 1.1};
  for (const double scale : {1.0, 2.0, 1.5})
    for (const std::size_t points : {100UL, 300UL, 800UL, 1600UL}) {
      const auto lines = zigzag(points, 400, 40, 280, static_cast<unsigned>(points));
      ASSERT_TRUE(worthInk(lines)) << points;
      const auto [mean, far] = difference(drawn(lines, nib, scale), inked(lines, nib, scale));
      EXPECT_LT(std::abs(mean), 6) << points << " at " << scale;
      EXPECT_LT(far, 0.01) << points << " at " << scale;
    }
}

TEST(Ink, KeepsTheLowestAndTheHighestPoint) {
  const Nib nib{2, 1};
  for (unsigned seed = 0; seed < 20; ++seed) {
    const auto lines = zigzag(900, 400, 100, 120, seed);
    auto spiked = lines;
    spiked[450].setP2({spiked[450].x2(), 30});
    spiked[451].setP1(spiked[450].p2());
    const QImage image = inked(spiked, nib, 1);
    const int x = static_cast<int>(spiked[450].x2());
    EXPECT_LT(qGray(image.pixel(x, 31)), 200) << seed;
    EXPECT_EQ(qGray(image.pixel(x, 27)), 255) << seed;
    EXPECT_LT(qGray(image.pixel(x, 70)), 64) << seed;
  }
}

TEST(Ink, IsNotForPlainCurvesNorForWhatGoesBack) {
  std::vector<QLineF> smooth;
  for (int i = 0; i < 80; ++i) smooth.emplace_back(5.0 * i, 100 - std::sqrt(i), 5.0 * (i + 1), 100 - std::sqrt(i + 1));
  EXPECT_FALSE(worthInk(smooth));
  auto back = zigzag(400, 400, 0, 200, 1);
  EXPECT_TRUE(worthInk(back));
  back[200].setP2({back[200].x1() - 1, 50});
  EXPECT_FALSE(worthInk(back));
  EXPECT_FALSE(worthInk({}));
}

TEST(Ink, IsDrawnOnScreensAloneAndInTheCurvesOwnColour) {
  Figure figure;
  figure.x = {.label = "step", .lo = 0, .hi = 1000, .ticks = {}};
  figure.y = {.label = "loss", .lo = 0, .hi = 1, .ticks = {}};
  Curve curve{.id = "a", .label = "a", .colour = 1, .vertices = {}, .theory = {}};
  std::mt19937 random(3);
  std::uniform_real_distribution<double> any(0.2, 0.8);
  for (int i = 0; i <= 1000; ++i) curve.vertices.push_back({static_cast<double>(i), any(random)});
  figure.curves = {curve};
  const QRectF area(40, 10, 400, 300);
  const PlotGeometry paper = layOut(figure, area, {});
  const PlotGeometry screen = layOut(figure, area, {.label_font = {}, .pixels = true});
  ASSERT_EQ(paper.strokes.size(), 1U);
  ASSERT_EQ(screen.strokes.size(), 1U);
  EXPECT_TRUE(paper.strokes[0].inks.empty());
  EXPECT_FALSE(screen.strokes[0].inks.empty());
  EXPECT_EQ(paper.strokes[0].lines, screen.strokes[0].inked);
  EXPECT_TRUE(screen.strokes[0].lines.empty());
  EXPECT_EQ(paper.glyphs.size(), screen.glyphs.size());
  const auto painted = [&](const PlotGeometry& plot) {
    QImage image(460, 320, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    paintPlot(painter, plot, theme(ThemeId::light), QFont());
    return image;
  };
  const auto [mean, far] = difference(painted(paper), painted(screen));
  EXPECT_LT(std::abs(mean), 6);
  EXPECT_LT(far, 0.01);
}

}  // namespace
}  // namespace kappa::ui
