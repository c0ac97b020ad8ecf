/// Every element of a figure shows, in its colour, where it belongs, in each theme.
#include <gtest/gtest.h>

#include <QGraphicsTextItem>
#include <cmath>
#include <limits>

#include "tests/ui/charts/pixels.hpp"
#include "ui/charts/plot_geometry.hpp"

namespace kappa::ui {
namespace {

using namespace testing;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double inf = std::numeric_limits<double>::infinity();

class PlotPainter : public ::testing::TestWithParam<ThemeId> {};

INSTANTIATE_TEST_SUITE_P(Themes, PlotPainter, ::testing::ValuesIn(all_themes),
                         [](const auto& param_info) { return std::string(theme(param_info.param).name); });

TEST_P(PlotPainter, DrawsACurveWhereItsValuesAre) {
  Figure figure = blank(Scale::linear, 0, 1);
  figure.curves = {curve(1, {{0, 0.25}, {50, 0.25}, {100, 0.75}})};
  const Plot plot = draw(figure, GetParam());
  const QColor colour = run(GetParam(), 1);
  EXPECT_GT(count(plot.image, colour, plot.around(25, 0.25)), 8);
  EXPECT_GT(count(plot.image, colour, plot.around(75, 0.5)), 5);
  EXPECT_EQ(count(plot.image, colour, plot.around(25, 0.75)), 0);
}

TEST_P(PlotPainter, DrawsTheoryThinAndDashed) {
  Figure figure = blank(Scale::linear, 0, 1);
  figure.curves = {curve(0, {{0, 0.5}, {100, 0.5}})};
  figure.curves[0].label.clear();
  const Theme& look = theme(GetParam());
  // Share of columns with ink, and how often ink begins.
  const auto inked = [&](const Plot& plot) {
    int columns = 0, begins = 0;
    bool before = false;
    for (int x = plot.area().left() + 2; x < plot.area().right() - 2; ++x) {
      const QRect column(x, plot.at(0, 0.5).y() - 2, 1, 5);
      const bool ink = count(plot.image, toColour(look.panel), column, 40) < 5;
      columns += ink, begins += ink && !before;
      before = ink;
    }
    return std::pair(static_cast<double>(columns) / (plot.area().width() - 4), begins);
  };
  const auto [full, once] = inked(draw(figure, GetParam()));
  EXPECT_GT(full, 0.98);
  EXPECT_EQ(once, 1);
  for (const TheoryKind kind : {TheoryKind::exact, TheoryKind::bound, TheoryKind::guide}) {
    figure.curves[0].theory = kind;
    const auto [share, dashes] = inked(draw(figure, GetParam()));
    EXPECT_LT(share, 0.9);
    EXPECT_GT(share, 0.25);
    EXPECT_GT(dashes, 25);
  }
}

Curve place(double x, const Figure& figure) {
  Curve line = curve(neutral, {{x, figure.y.lo}, {x, figure.y.hi}});
  line.theory = TheoryKind::exact, line.upright = true, line.label = "threshold", line.id = std::to_string(x);
  return line;
}

TEST_P(PlotPainter, DrawsAPlaceOnTheAxisFromTheBottomToTheTop) {
  Figure figure = blank(Scale::log, 1e-4, 1);
  figure.curves = {place(40, figure)};
  figure.curves[0].label.clear();
  const Plot plot = draw(figure, GetParam());
  const QColor colour = run(GetParam(), neutral);
  for (const double y : {1e-4, 1e-2, 1.0}) EXPECT_GT(count(plot.image, colour, plot.around(40, y, 8), 60), 3) << y;
  EXPECT_EQ(count(plot.image, colour, plot.around(60, 1e-2, 8), 60), 0);
}

TEST_P(PlotPainter, OnAHeatMapATheoryIsWhite) {
  Figure figure = blank(Scale::linear, 0, 1);
  figure.heats = {{.id = "h", .label = "h", .rows = 1, .cols = 1, .x0 = 0, .x1 = 100, .y0 = 0, .y1 = 1, .values = {1}}};
  figure.curves = {place(40, figure)};
  figure.curves[0].label.clear();
  const Plot plot = draw(figure, GetParam());
  EXPECT_GT(count(plot.image, Qt::white, plot.around(40, 0.5, 8), 60), 3);
  EXPECT_EQ(count(plot.image, Qt::white, plot.around(60, 0.5, 8), 60), 0);
}

TEST(PlotLabels, APlaceIsNamedOnceBesideItsLine) {
  Figure figure = blank(Scale::linear, 0, 1);
  for (const double x : {2.0, 40.0, 98.0}) {
    figure.curves = {place(x, figure)};
    const PlotGeometry plot = layOut(figure, {50, 10, 400, 300}, {});
    ASSERT_EQ(plot.labels.size(), 1U) << x;
    const double line = plot.map.x.pixel(x);
    EXPECT_TRUE(plot.labels[0].box.right() < line || plot.labels[0].box.left() > line) << x;
    EXPECT_TRUE(plot.map.area.contains(plot.labels[0].box)) << x;
  }
  figure.curves = {place(40, figure), place(80, figure)};
  EXPECT_EQ(layOut(figure, {50, 10, 400, 300}, {}).named, std::vector<std::string>{figure.curves[0].id});
}

TEST_P(PlotPainter, DrawsBandsBehindAndLighter) {
  Figure figure = blank(Scale::log, 1e-4, 1);
  Band band;
  band.colour = 2;
  band.x = {0, 50, 100};
  band.lower = {1e-3, 1e-3, 0};
  band.upper = {1e-1, 1e-1, 1e-1};
  figure.bands = {band};
  const Plot plot = draw(figure, GetParam());
  const Theme& look = theme(GetParam());
  const QColor tint = toColour(mix(look.runs[2], look.panel, 0.18));
  EXPECT_GT(count(plot.image, tint, plot.around(25, 2e-2), 6), 60);
  EXPECT_GT(count(plot.image, tint, plot.around(98, 2e-4), 6), 20) << "a lower end of zero reaches the floor";
  EXPECT_EQ(count(plot.image, tint, plot.around(25, 3e-4), 6), 0);
}

TEST_P(PlotPainter, DrawsBarsGhostsAndTheZeroAmongThem) {
  Figure figure = blank(Scale::log, 1e-16, 1);
  figure.x = {"index", Scale::linear, 0.5, 4.5, {}};
  Bars ghost, bars;
  ghost.ghost = true;
  ghost.values = {1, 1, 1, 1};
  bars.colour = 0;
  bars.values = {1e-4, 1e-15, 0, 1e-20};
  figure.bars = {ghost, bars};
  const Plot plot = draw(figure, GetParam());
  const QColor colour = run(GetParam(), 0);
  EXPECT_GT(count(plot.image, colour, plot.around(1, 1e-8)), 60);
  EXPECT_EQ(count(plot.image, colour, plot.around(1, 1e-2)), 0);
  const auto low = [&](int index) {
    const QRect area = plot.area();
    return count(plot.image, colour, QRect(plot.at(index, 1e-8).x() - 30, area.bottom() - 11, 60, 12));
  };
  EXPECT_GT(low(2), 100) << "1e-15 is a bar of its own height";
  EXPECT_GT(low(3), 10) << "a zero is a mark";
  EXPECT_LT(low(3), 60);
  EXPECT_GT(low(4), 60) << "what is under the floor stands on it";
  const Theme& look = theme(GetParam());
  EXPECT_GT(count(plot.image, toColour(mix(look.line, look.grid, 0.5)), plot.around(1, 1e-2), 3), 60);
}

TEST_P(PlotPainter, DrawsHeatInViridisAndLeavesNanBlank) {
  Figure figure = blank(Scale::linear, 0.5, 2.5);
  Heat heat;
  heat.rows = 2, heat.cols = 2;
  heat.x0 = 0, heat.x1 = 100, heat.y0 = 0.5, heat.y1 = 2.5;
  heat.values = {0, 1, 0.5, nan};
  figure.heats = {heat};
  const Plot plot = draw(figure, GetParam());
  EXPECT_TRUE(near(plot.image.pixelColor(plot.at(25, 1)), toColour(viridis(0)), 2));
  EXPECT_TRUE(near(plot.image.pixelColor(plot.at(75, 1)), toColour(viridis(1)), 2));
  EXPECT_TRUE(near(plot.image.pixelColor(plot.at(25, 2)), toColour(viridis(0.5)), 2));
  EXPECT_TRUE(near(plot.image.pixelColor(plot.at(75, 2)), toColour(theme(GetParam()).panel), 2));
}

TEST_P(PlotPainter, DrawsPathsLevelsAndPoints) {
  Figure figure = blank(Scale::linear, -1, 1);
  figure.x = {"x", Scale::linear, -1, 1, {}};
  figure.equal_aspect = true;
  Path path;
  path.colour = 3;
  path.vertices = {{-0.8, 0.5}, {0.5, 0.5}, {0.5, -0.5}};
  figure.paths = {path};
  figure.levels = {{1.0, {{-0.9, -0.8}, {0.9, -0.8}}}};
  figure.points = {{"", 0, 0, neutral}};
  const Plot plot = draw(figure, GetParam());
  const Theme& look = theme(GetParam());
  EXPECT_GT(count(plot.image, run(GetParam(), 3), plot.around(-0.4, 0.5)), 8);
  EXPECT_GT(count(plot.image, run(GetParam(), 3), plot.around(0.5, -0.5)), 20) << "the present point";
  EXPECT_TRUE(near(plot.image.pixelColor(plot.at(-0.8, 0.5)), toColour(look.panel))) << "the start is a ring";
  EXPECT_GT(count(plot.image, run(GetParam(), 3), plot.around(-0.8, 0.5, 8)), 20);
  EXPECT_GT(count(plot.image, toColour(mix(look.muted, look.panel, 0.28)), plot.around(0.3, -0.8), 40), 5);
  EXPECT_GT(count(plot.image, toColour(look.text), plot.around(0, 0)), 12);
  const double across = plot.at(1, 0).x() - plot.at(-1, 0).x(), down = plot.at(0, -1).y() - plot.at(0, 1).y();
  EXPECT_NEAR(across, down, 2);
}

TEST_P(PlotPainter, SaysWhatToPressWhenThereIsNothing) {
  Figure figure = blank(Scale::log, 1e-8, 1);
  const Plot silent = draw(figure, GetParam());
  figure.empty = "Press Run to see the first steps.";
  const Plot plot = draw(figure, GetParam());
  const QRect middle(plot.area().center() - QPoint(120, 14), QSize(240, 28));
  const QColor muted = toColour(theme(GetParam()).muted);
  EXPECT_GT(count(plot.image, muted, middle, 60), count(silent.image, muted, middle, 60) + 80);
}

TEST(PlotValues, AZeroIsAMarkAtTheFloorAndDoesNotEraseTheCurve) {
  Figure figure = blank(Scale::log, 1e-16, 1);
  figure.curves = {curve(0, {{0, 1}, {40, 1e-8}, {41, 0}, {42, 1e-8}, {100, 1e-8}})};
  const Plot plot = draw(figure);
  const QColor colour = run(ThemeId::light, 0);
  EXPECT_GT(count(plot.image, colour, plot.around(20, 1e-4)), 5);
  EXPECT_GT(count(plot.image, colour, plot.around(80, 1e-8)), 8);
  const QRect floor(plot.at(41, 1e-16) - QPoint(6, 11), QSize(13, 12));
  EXPECT_GT(count(plot.image, colour, floor), 15);
}

TEST(PlotValues, NotANumberIsAGapWithAMark) {
  Figure figure = blank(Scale::linear, 0, 1);
  figure.curves = {curve(1, {{0, 0.5}, {30, 0.5}, {31, nan}, {69, nan}, {70, 0.5}, {100, 0.5}})};
  const Plot plot = draw(figure);
  const QColor colour = run(ThemeId::light, 1);
  EXPECT_GT(count(plot.image, colour, plot.around(15, 0.5)), 8);
  EXPECT_GT(count(plot.image, colour, plot.around(85, 0.5)), 8);
  EXPECT_EQ(count(plot.image, colour, plot.around(50, 0.5, 12)), 0);
  EXPECT_GT(count(plot.image, colour, QRect(plot.at(31, 1) - QPoint(6, 0), QSize(13, 12)), 60), 6);
}

TEST(PlotValues, InfinityIsAMarkAtTheCeiling) {
  Figure figure = blank(Scale::log, 1e-4, 1e4);
  figure.curves = {curve(1, {{0, 1}, {50, 1e3}, {51, inf}})};
  const Plot plot = draw(figure);
  EXPECT_GT(count(plot.image, run(ThemeId::light, 1), QRect(plot.at(51, 1e4) - QPoint(6, 0), QSize(13, 12))), 15);
}

TEST(PlotValues, SixteenDecadesDownIsDrawnAsSuch) {
  Figure figure = blank(Scale::log, 1e-20, 1);
  figure.curves = {curve(2, {{0, 1e-16}, {100, 1e-16}})};
  const Plot plot = draw(figure);
  const QPoint at = plot.at(50, 1e-16);
  EXPECT_NEAR(at.y(), plot.map.area.top() + 0.8 * plot.map.area.height(), 1.0);
  EXPECT_GT(count(plot.image, run(ThemeId::light, 2), plot.around(50, 1e-16)), 8);
}

TEST(PlotValues, AnAxisOfThreeHundredDecadesIsStraightAndLabelled) {
  Figure figure = blank(Scale::log, 1e-300, 1);
  std::vector<Vertex> line;
  for (int i = 0; i <= 100; ++i) line.push_back({static_cast<double>(i), std::pow(10.0, -3.0 * i)});
  figure.curves = {curve(0, line)};
  const Plot plot = draw(figure);
  for (const double share : {0.1, 0.5, 0.9}) {
    const QPointF at(plot.map.area.left() + share * plot.map.area.width(),
                     plot.map.area.top() + share * plot.map.area.height());
    EXPECT_GT(count(plot.image, run(ThemeId::light, 0), QRect(at.toPoint() - QPoint(3, 3), QSize(7, 7))), 8);
  }
  FigureScene scene(false);
  scene.resize({480, 320}, 1);
  scene.setFigure(figure);
  QStringList labels;
  for (QGraphicsItem* item : scene.items())
    if (const auto* text = qgraphicsitem_cast<QGraphicsTextItem*>(item); text && text->isVisible())
      labels << text->toPlainText();
  EXPECT_TRUE(labels.contains(QStringLiteral("10⁻³⁰⁰"))) << labels.join(u' ').toStdString();
  EXPECT_TRUE(labels.contains(QStringLiteral("10⁰"))) << labels.join(u' ').toStdString();
}

TEST(PlotValues, ASinglePointIsADot) {
  Figure figure = blank(Scale::linear, 0, 1);
  figure.curves = {curve(0, {{50, 0.5}})};
  const Plot plot = draw(figure);
  EXPECT_GT(count(plot.image, run(ThemeId::light, 0), plot.around(50, 0.5)), 12);
}

TEST(PlotValues, AnAllZeroCurveLiesFullWidthOnTheFloor) {
  Figure figure = blank(Scale::linear, 0, 1);
  figure.curves = {curve(0, {{0, 0}, {100, 0}})};
  const Plot plot = draw(figure);
  const QRect floor(plot.area().left(), plot.area().bottom() - 3, plot.area().width(), 8);
  EXPECT_GT(count(plot.image, run(ThemeId::light, 0), floor), 1.5 * plot.area().width());
}

TEST(PlotValues, AnAllZeroCurveOnALogAxisIsARowOfMarks) {
  Figure figure = blank(Scale::log, 1e-16, 1);
  std::vector<Vertex> zeros;
  for (int i = 0; i <= 100; ++i) zeros.push_back({static_cast<double>(i), 0});
  figure.curves = {curve(0, zeros)};
  const Plot plot = draw(figure);
  const QRect floor(plot.area().left(), plot.area().bottom() - 11, plot.area().width(), 12);
  EXPECT_GT(count(plot.image, run(ThemeId::light, 0), floor), 500);
}

TEST(PlotValues, ACurveOfNothingButNanStillLeavesItsMark) {
  Figure figure = blank(Scale::log, 1e-16, 1);
  figure.curves = {curve(1, {{10, nan}, {20, nan}})};
  const Plot plot = draw(figure);
  EXPECT_GT(count(plot.image, run(ThemeId::light, 1), {}, 60), 6);
}

TEST(PlotValues, MarksOfTheFigureAreDrawnInTheirColour) {
  for (const MarkKind kind : {MarkKind::zero, MarkKind::negative, MarkKind::not_a_number, MarkKind::infinite,
                              MarkKind::diverged, MarkKind::edit, MarkKind::fork, MarkKind::reached}) {
    Figure figure = blank(Scale::log, 1e-8, 1);
    figure.marks = {{kind, 50, 1e-4, 1, ""}};
    const Plot plot = draw(figure);
    const QRect column(plot.at(50, 1e-4).x() - 8, plot.area().top(), 17, plot.area().height());
    EXPECT_GT(count(plot.image, run(ThemeId::light, 1), column, 60), 8) << static_cast<int>(kind);
  }
}

TEST(PlotValues, WhatAMarkSaysStaysOnThePlot) {
  const std::string text = "GD at one and a half times 2/L leaves the picture at step 43";
  for (const ThemeId id : all_themes)
    for (const int width : {640, 380, 220})
      for (const double x : {2.0, 43.0, 98.0}) {
        Figure figure = blank(Scale::log, 1e-8, 1);
        figure.y.ticks.clear();
        figure.x.label.clear();
        const QSize size(width, 260);
        const QImage bare = draw(figure, id, size).image;
        figure.marks = {{MarkKind::diverged, x, 1, 1, text}};
        const Plot plot = draw(figure, id, size);
        QRect inked;
        for (int row = 0; row < size.height(); ++row)
          for (int col = 0; col < size.width(); ++col)
            if (bare.pixel(col, row) != plot.image.pixel(col, row)) inked |= QRect(col, row, 1, 1);
        EXPECT_GE(inked.left(), plot.area().left() - 4) << width << ' ' << x;
        EXPECT_LE(inked.right(), plot.area().right() + 4) << width << ' ' << x;
        const QFontMetricsF metrics(uiFont(typeOf(id).head));
        const double wanted =
            std::min(metrics.horizontalAdvance(QString::fromStdString(text)), plot.map.area.width() - 2);
        EXPECT_GE(inked.width(), 0.9 * wanted) << "all of it, or as much as the plot holds";
      }
}

TEST(PlotValues, WhatLiesOutsideIsPointedTo) {
  Figure figure = blank(Scale::linear, 0, 1);
  Path path;
  path.colour = 1;
  path.vertices = {{40, 0.5}, {41, 0.5}};
  figure.paths = {path};
  const struct { double x, y; } sides[] = {{50, 1}, {50, 0}, {0, 0.5}, {100, 0.5}};
  std::vector<QImage> pictures;
  for (const auto& side : sides) {
    figure.marks = {{MarkKind::below, side.x, side.y, 1, "out"}};
    const Plot plot = draw(figure);
    const QRect at = plot.around(side.x, side.y, 12).intersected(plot.area().adjusted(-1, -1, 1, 1));
    EXPECT_GT(count(plot.image, run(ThemeId::light, 1), at, 60), 6) << side.x << ' ' << side.y;
    pictures.push_back(plot.image.copy(at));
  }
  EXPECT_NE(pictures[0].mirrored(), pictures[0]) << "it has a direction";
}

TEST(PlotValues, ThinBarsLeaveNoGapBetweenThem) {
  for (const int n : {90, 101, 137, 333}) {
    Figure figure = blank(Scale::linear, 0, 1);
    figure.x = {"index", Scale::linear, 0.5, n + 0.5, {}};
    Bars bars;
    bars.colour = 0;
    bars.values.assign(static_cast<std::size_t>(n), 1.0);
    figure.bars = {bars};
    const Plot plot = draw(figure);
    const QRect row(plot.area().left() + 3, plot.area().center().y(), plot.area().width() - 6, 1);
    EXPECT_EQ(count(plot.image, run(ThemeId::light, 0), row), row.width()) << n;
  }
}

TEST(PlotValues, NoTwoMarkersLookAlike) {
  std::vector<QImage> pictures;
  for (int i = 0; i < 8; ++i) {
    Figure figure = blank(Scale::linear, 0, 1);
    figure.curves = {curve(0, {{0, 0.5}, {100, 0.5}})};
    figure.curves[0].marker = static_cast<Marker>(i + 1);
    pictures.push_back(draw(figure).image);
    for (int j = 0; j < i; ++j) EXPECT_NE(pictures[static_cast<std::size_t>(j)], pictures.back()) << i << ' ' << j;
  }
}

Figure plane() {
  Figure figure = blank(Scale::linear, 0, 100);
  figure.paths = {{"a/path", "a", 0, {{0, 0}, {50, 50}}}};
  figure.points = {{"optimum", 50, 50, neutral}};
  return figure;
}

TEST(PlotLabels, WhatIsSaidOfAPlaneIsSaidInFullOnGroundOfItsOwn) {
  Figure figure = plane();
  figure.note = "2.1 / L has left the picture. 2.5 / L has left the picture.";
  for (const double width : {140.0, 220.0, 600.0}) {
    const PlotGeometry out = layOut(figure, {40, 10, width, 300}, {.label_font = uiFont(13)});
    QStringList said;
    for (const Label& label : out.labels) {
      EXPECT_TRUE(out.map.area.contains(label.box)) << width << " " << label.text.toStdString();
      EXPECT_GE(label.box.width(), QFontMetricsF(uiFont(13)).horizontalAdvance(label.text)) << width;
      EXPECT_TRUE(label.ground);
      if (label.text != "optimum") said << label.text;
    }
    EXPECT_EQ(said.join(u' ').toStdString(), figure.note) << width;
  }
}

TEST(PlotLabels, APointsNameKeepsOffThePathThatEndsThere) {
  Figure figure = plane();
  figure.paths.push_back({"b/path", "b", 1, {{100, 100}, {52, 53}}});  // where the name would stand
  const PlotGeometry out = layOut(figure, {40, 10, 400, 300}, {.label_font = uiFont(13)});
  ASSERT_EQ(out.labels.size(), 1u);
  const QRectF box = out.labels[0].box;
  for (const Stroke& stroke : out.strokes)
    for (const QLineF& line : stroke.lines)
      for (int i = 0; i <= 100; ++i) EXPECT_FALSE(box.contains(line.pointAt(0.01 * i)));
  for (const Glyph& end : out.ends) EXPECT_FALSE(box.contains(end.at));
}

}  // namespace
}  // namespace kappa::ui
