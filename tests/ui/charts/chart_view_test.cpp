/// The card shows, reads out and asks for zooms; hidden or unchanged it does nothing.
#include "ui/charts/chart_view.hpp"

#include <gtest/gtest.h>

#include <QApplication>
#include <QGraphicsTextItem>
#include <QSignalSpy>
#include <QTest>
#include <QTextDocument>
#include <QWheelEvent>
#include <cmath>

#include "tests/core/figure/recorder.hpp"
#include "tests/ui/charts/pixels.hpp"
#include "ui/charts/legend.hpp"
#include "ui/charts/plot_view.hpp"
#include "ui/charts/state_label.hpp"
#include "ui/forms/elided_label.hpp"

namespace kappa::ui {
namespace {

using namespace testing;

Figure runs(int curves, int vertices) {
  Figure figure = blank(Scale::log, 1e-16, 10);
  figure.sentence = "Loss of some runs.";
  for (int r = 0; r < curves; ++r) {
    std::vector<Vertex> line;
    for (int i = 0; i < vertices; ++i) {
      const double x = 100.0 * i / (vertices - 1);
      line.push_back({x, std::pow(10.0, -x * (r + 1) / (8.0 * curves))});
    }
    figure.curves.push_back(curve(r, std::move(line)));
    figure.curves.back().marker = run_marker(r);
    figure.legend.push_back({"run " + std::to_string(r), "", r, run_marker(r), {}});
  }
  return figure;
}

class ChartViewTest : public ::testing::Test {
 protected:
  ChartViewTest() {
    theme_.choose(ThemeChoice::light);
    chart_.resize(520, 400);
  }
  void open(const Figure& figure) {
    chart_.show(figure);
    chart_.show();
    QCoreApplication::processEvents();
  }
  PlotView& view() { return *chart_.findChild<PlotView*>(); }
  QPoint pixel(double x, double y) const { return chart_.scene().geometry().map.pixel(x, y).toPoint(); }
  void hover(QPoint at) {
    QMouseEvent move(QEvent::MouseMove, at, view().viewport()->mapToGlobal(at), Qt::NoButton, Qt::NoButton, {});
    QApplication::sendEvent(view().viewport(), &move);
  }
  void wheel(QPoint at, Qt::KeyboardModifiers held = {}) {
    QWheelEvent turn(at, view().viewport()->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, held, Qt::NoScrollPhase,
                     false);
    QApplication::sendEvent(view().viewport(), &turn);
  }

  AppTheme theme_{*qApp};
  ChartView chart_{theme_};
};

TEST_F(ChartViewTest, DoesNothingWhileHiddenAndCatchesUpWhenShown) {
  chart_.show(runs(2, 50));
  chart_.show(runs(3, 50));
  EXPECT_EQ(chart_.layouts(), 0);
  open(runs(3, 50));
  EXPECT_GT(chart_.layouts(), 0);
  EXPECT_EQ(chart_.scene().figure().curves.size(), 3U);
}

TEST_F(ChartViewTest, DoesNothingForTheSameFigureEvenWithGaps) {
  Figure figure = runs(2, 50);
  figure.curves[0].vertices[10].y = std::nan("");
  open(figure);
  const int before = chart_.layouts();
  chart_.show(figure);
  EXPECT_EQ(chart_.layouts(), before);
  figure.curves[1].vertices[3].y *= 1.0000001;
  chart_.show(figure);
  EXPECT_EQ(chart_.layouts(), before + 1);
}

TEST_F(ChartViewTest, IsNamedByItsTitleAndDescribedByItsSentence) {
  open(runs(1, 50));
  EXPECT_EQ(chart_.accessibleName(), "Loss");
  EXPECT_EQ(chart_.accessibleDescription(), "Loss of some runs.");
  EXPECT_EQ(view().accessibleName(), "Loss");
}

TEST_F(ChartViewTest, ReadsOutTheNearestRecordedX) {
  open(runs(2, 11));
  QSignalSpy moved(&chart_, &ChartView::cursorMoved);
  hover(pixel(42, 1e-2));
  ASSERT_EQ(moved.count(), 1);
  EXPECT_DOUBLE_EQ(moved[0][0].toDouble(), 40);
  EXPECT_EQ(chart_.scene().overlay().rows().size(), 2U);
  EXPECT_TRUE(chart_.scene().overlay().readoutText().contains("run 1"));
}

TEST_F(ChartViewTest, TheReadoutLeavesTheCurvesInSight) {
  for (const QSize size : {QSize(760, 460), QSize(380, 200), QSize(340, 160)}) {
    chart_.resize(size);
    open(runs(5, 101));
    for (const int step : {2, 50, 98}) {
      hover(pixel(step, 1e-2));
      const auto place = chart_.scene().overlay().readoutPlace();
      ASSERT_TRUE(place);
      const QRectF plot = chart_.scene().geometry().map.area, hidden = place->box & plot;
      EXPECT_EQ(place->strip, size.width() < 700);
      EXPECT_LE(hidden.width() * hidden.height(), 0.45 * plot.width() * plot.height()) << size.width();
      EXPECT_TRUE(chart_.scene().sceneRect().contains(place->box)) << size.width() << ' ' << step;
    }
    EXPECT_EQ(chart_.scene().overlay().rows().size(), 5U) << "all values, with a name or without";
  }
}

TEST_F(ChartViewTest, AClickPicksAndADragAsksForTheFrame) {
  open(runs(1, 101));
  QSignalSpy picked(&chart_, &ChartView::cursorPicked), zoomed(&chart_, &ChartView::zoomRequested);
  QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, pixel(30, 1e-5));
  ASSERT_EQ(picked.count(), 1);
  EXPECT_NEAR(picked[0][0].toDouble(), 30, 0.5);

  QTest::mousePress(view().viewport(), Qt::LeftButton, {}, pixel(20, 1e-2));
  QTest::mouseMove(view().viewport(), pixel(60, 1e-9));
  QTest::mouseRelease(view().viewport(), Qt::LeftButton, {}, pixel(60, 1e-9));
  ASSERT_EQ(zoomed.count(), 1);
  EXPECT_NEAR(zoomed[0][0].toDouble(), 20, 0.5);
  EXPECT_NEAR(zoomed[0][1].toDouble(), 60, 0.5);
  EXPECT_NEAR(std::log10(zoomed[0][2].toDouble()), -9, 0.1);
  EXPECT_NEAR(std::log10(zoomed[0][3].toDouble()), -2, 0.1);
  EXPECT_EQ(picked.count(), 1);
}

TEST_F(ChartViewTest, TheWheelZoomsAboutThePointer) {
  open(runs(1, 101));
  QSignalSpy zoomed(&chart_, &ChartView::zoomRequested);
  wheel(pixel(25, 1e-4));
  ASSERT_EQ(zoomed.count(), 1);
  EXPECT_NEAR(zoomed[0][0].toDouble(), 5, 0.3);
  EXPECT_NEAR(zoomed[0][1].toDouble(), 85, 0.3);
  wheel(pixel(25, 1e-4), Qt::ShiftModifier);
  EXPECT_NEAR(zoomed[1][3].toDouble() / 10, 1, 1e-6) << "Shift keeps y";
}

TEST_F(ChartViewTest, OverAnAxisTheWheelZoomsThatAxisAlone) {
  open(runs(1, 101));
  QSignalSpy zoomed(&chart_, &ChartView::zoomRequested);
  const QRectF area = chart_.scene().geometry().map.area;
  const Figure& shown = chart_.figure();
  for (const Qt::KeyboardModifiers held : {Qt::NoModifier, Qt::ShiftModifier, Qt::ControlModifier}) {
    zoomed.clear();
    wheel(QPoint(int(area.center().x()), int(area.bottom()) + 12), held);
    ASSERT_EQ(zoomed.count(), 1);
    EXPECT_GT(zoomed[0][0].toDouble(), shown.x.lo);
    EXPECT_LT(zoomed[0][1].toDouble(), shown.x.hi);
    EXPECT_NEAR(zoomed[0][2].toDouble() / shown.y.lo, 1, 1e-6);
    EXPECT_NEAR(zoomed[0][3].toDouble() / shown.y.hi, 1, 1e-6);
    wheel(QPoint(int(area.left()) - 20, int(area.center().y())), held);
    ASSERT_EQ(zoomed.count(), 2);
    EXPECT_NEAR(zoomed[1][0].toDouble(), shown.x.lo, 1e-6);
    EXPECT_NEAR(zoomed[1][1].toDouble() / shown.x.hi, 1, 1e-6);
    EXPECT_GT(zoomed[1][2].toDouble(), shown.y.lo);
    EXPECT_LT(zoomed[1][3].toDouble(), shown.y.hi);
  }
}

TEST_F(ChartViewTest, OffPlotAndAxesAndWithAltTheWheelIsLeftToThePage) {
  open(runs(1, 101));
  QSignalSpy zoomed(&chart_, &ChartView::zoomRequested);
  const QRectF area = chart_.scene().geometry().map.area;
  wheel(QPoint(int(area.left()) - 20, int(area.bottom()) + 12));
  wheel(QPoint(int(area.right()) + 4, int(area.center().y())));
  wheel(QPoint(int(area.center().x()), int(area.bottom()) + 12), Qt::AltModifier);
  wheel(pixel(25, 1e-4), Qt::AltModifier);
  EXPECT_EQ(zoomed.count(), 0);
  QWheelEvent turn(QPointF(25, 60), view().viewport()->mapToGlobal(QPointF(25, 60)), {}, {0, 120}, Qt::NoButton,
                   Qt::AltModifier, Qt::NoScrollPhase, false);
  QApplication::sendEvent(view().viewport(), &turn);
  EXPECT_FALSE(turn.isAccepted());
  bool told = false;
  for (const auto* label : chart_.findChildren<ElidedLabel*>()) told = told || label->toolTip().contains("with Alt");
  EXPECT_TRUE(told);
}

TEST_F(ChartViewTest, TheMiddleButtonPans) {
  open(runs(1, 101));
  QSignalSpy zoomed(&chart_, &ChartView::zoomRequested);
  const QPoint from = pixel(50, 1e-4), to = pixel(40, 1e-4);
  QTest::mousePress(view().viewport(), Qt::MiddleButton, {}, from);
  QMouseEvent move(QEvent::MouseMove, to, view().viewport()->mapToGlobal(to), Qt::NoButton, Qt::MiddleButton, {});
  QApplication::sendEvent(view().viewport(), &move);
  QTest::mouseRelease(view().viewport(), Qt::MiddleButton, {}, to);
  ASSERT_EQ(zoomed.count(), 1);
  EXPECT_NEAR(zoomed[0][0].toDouble(), 10, 0.5);
}

TEST_F(ChartViewTest, KeysReadZoomAndMaximise) {
  open(runs(1, 11));
  QSignalSpy moved(&chart_, &ChartView::cursorMoved), zoomed(&chart_, &ChartView::zoomRequested);
  QSignalSpy reset(&chart_, &ChartView::zoomReset), maximise(&chart_, &ChartView::maximiseRequested);
  QTest::keyClick(&view(), Qt::Key_Right);
  QTest::keyClick(&view(), Qt::Key_Right);
  QTest::keyClick(&view(), Qt::Key_Right);
  EXPECT_DOUBLE_EQ(moved.last()[0].toDouble(), 20);
  QTest::keyClick(&view(), Qt::Key_Left);
  EXPECT_DOUBLE_EQ(moved.last()[0].toDouble(), 10);
  QTest::keyClick(&view(), Qt::Key_Plus);
  EXPECT_EQ(zoomed.count(), 1);
  QTest::keyClick(&view(), Qt::Key_0);
  EXPECT_EQ(reset.count(), 1);
  QTest::keyClick(&view(), Qt::Key_Return);
  QTest::mouseDClick(view().viewport(), Qt::LeftButton, {}, pixel(50, 1e-4));
  EXPECT_EQ(maximise.count(), 2);
}

TEST_F(ChartViewTest, TheStartCanBeDragged) {
  Figure figure = blank(Scale::linear, -1, 1);
  Path path;
  path.colour = 0;
  path.vertices = {{10, 0.5}, {90, 0}};
  figure.paths = {path};
  chart_.setStartDraggable(true);
  open(figure);
  QSignalSpy dragged(&chart_, &ChartView::startDragged);
  QTest::mousePress(view().viewport(), Qt::LeftButton, {}, pixel(10, 0.5));
  QTest::mouseMove(view().viewport(), pixel(30, -0.5));
  QTest::mouseRelease(view().viewport(), Qt::LeftButton, {}, pixel(30, -0.5));
  ASSERT_GE(dragged.count(), 1);
  EXPECT_NEAR(dragged.last()[0].toDouble(), 30, 0.5);
  EXPECT_NEAR(dragged.last()[1].toDouble(), -0.5, 0.02);
}

TEST_F(ChartViewTest, TheCursorLineHasARingOnEachCurve) {
  open(runs(2, 101));
  const QImage before = view().grab().toImage();
  chart_.setCursorLine(50);
  QCoreApplication::processEvents();
  const QImage after = view().grab().toImage();
  const Theme& look = theme(ThemeId::light);
  const int x = pixel(50, 1).x();
  const QRect line(x - 2, pixel(50, 1).y(), 5, 200);
  EXPECT_GT(count(after, toColour(look.accent), line, 60), count(before, toColour(look.accent), line, 60) + 100);
  for (int r = 0; r < 2; ++r) {
    const double y = std::pow(10.0, -50.0 * (r + 1) / 16);
    EXPECT_TRUE(near(after.pixelColor(pixel(50, y)), toColour(look.panel))) << "a ring is hollow";
  }
}

TEST_F(ChartViewTest, FollowsTheTheme) {
  open(runs(1, 101));
  for (const auto& [choice, id] :
       {std::pair{ThemeChoice::dark, ThemeId::dark}, std::pair{ThemeChoice::light, ThemeId::light}}) {
    theme_.choose(choice);
    QCoreApplication::processEvents();
    const QImage image = chart_.grab().toImage();
    EXPECT_TRUE(near(image.pixelColor(image.width() / 2, image.height() - 3), toColour(theme(id).panel), 2));
    EXPECT_GT(count(image, run(id, 0)), 200);
  }
}

TEST_F(ChartViewTest, TwentyRunsKeepThePlotLarge) {
  open(runs(20, 200));
  EXPECT_GT(chart_.scene().geometry().map.area.height(), 0.6 * chart_.height());
  const auto* legend = chart_.findChild<Legend*>();
  EXPECT_EQ(legend->layout().cells.back().what, LegendCell::What::more);
  EXPECT_TRUE(legend->layout().full.contains("run 19"));
  for (int r = 0; r < 8; ++r) EXPECT_GT(count(chart_.grab().toImage(), run(ThemeId::light, r)), 50) << r;
}

TEST_F(ChartViewTest, TheLegendTakesOneRowHoweverManyRunsThereAre) {
  open(runs(1, 50));
  const int one = chart_.legend()->height();
  const QRectF area = chart_.scene().geometry().map.area;
  chart_.show(runs(20, 50));
  QCoreApplication::processEvents();
  EXPECT_EQ(chart_.legend()->height(), one);
  EXPECT_EQ(chart_.scene().geometry().map.area, area) << "the plot does not move";
}

TEST_F(ChartViewTest, AnotherChartsCursorIsReadOutHere) {
  open(runs(3, 101));
  chart_.setLinkedCursor(50);
  const OverlayItem& overlay = chart_.scene().overlay();
  EXPECT_EQ(overlay.hoverX(), 50);
  ASSERT_EQ(overlay.rows().size(), 3U);
  EXPECT_TRUE(overlay.readoutText().startsWith("step 50"));
  ASSERT_EQ(overlay.rings().size(), 3U);
  for (int r = 0; r < 3; ++r) {
    const QPointF at = chart_.scene().geometry().map.pixel(50, std::pow(10.0, -50.0 * (r + 1) / 24));
    EXPECT_LT(QLineF(overlay.rings()[static_cast<std::size_t>(r)].at, at).length(), 0.5);
  }
  QCoreApplication::processEvents();
  const QPoint ring = overlay.rings()[0].at.toPoint();
  EXPECT_TRUE(near(view().grab().toImage().pixelColor(ring), toColour(theme(ThemeId::light).panel)));
  chart_.setLinkedCursor({});
  EXPECT_FALSE(overlay.hoverX());
}

TEST_F(ChartViewTest, ADoubleClickOnAnAxisShowsAllOfIt) {
  open(runs(1, 101));
  QSignalSpy reset(&chart_, &ChartView::zoomReset), maximise(&chart_, &ChartView::maximiseRequested);
  const QRectF area = chart_.scene().geometry().map.area;
  QTest::mouseDClick(view().viewport(), Qt::LeftButton, {}, QPoint(int(area.center().x()), int(area.bottom()) + 9));
  QTest::mouseDClick(view().viewport(), Qt::LeftButton, {}, QPoint(int(area.left()) - 20, int(area.center().y())));
  ASSERT_EQ(reset.count(), 2);
  EXPECT_EQ(reset[0], QList<QVariant>({true, false}));
  EXPECT_EQ(reset[1], QList<QVariant>({false, true}));
  EXPECT_EQ(maximise.count(), 0);
}

TEST_F(ChartViewTest, AltArrowsGoBackAndForthAndAltDragPans) {
  open(runs(1, 101));
  QSignalSpy back(&chart_, &ChartView::zoomBack), forward(&chart_, &ChartView::zoomForward);
  QSignalSpy zoomed(&chart_, &ChartView::zoomRequested);
  QTest::keyClick(&view(), Qt::Key_Left, Qt::AltModifier);
  QTest::keyClick(&view(), Qt::Key_Right, Qt::AltModifier);
  EXPECT_EQ(back.count(), 1);
  EXPECT_EQ(forward.count(), 1);
  const QPoint from = pixel(50, 1e-4), to = pixel(40, 1e-4);
  QTest::mousePress(view().viewport(), Qt::LeftButton, Qt::AltModifier, from);
  QMouseEvent move(QEvent::MouseMove, to, view().viewport()->mapToGlobal(to), Qt::NoButton, Qt::LeftButton,
                   Qt::AltModifier);
  QApplication::sendEvent(view().viewport(), &move);
  QTest::mouseRelease(view().viewport(), Qt::LeftButton, Qt::AltModifier, to);
  ASSERT_EQ(zoomed.count(), 1);
  EXPECT_NEAR(zoomed[0][0].toDouble(), 10, 0.5);
  EXPECT_TRUE(zoomed[0][4].toBool()) << "part of a movement";
}

TEST_F(ChartViewTest, HomeAndEndReadTheFirstAndTheLastPoint) {
  open(runs(1, 11));
  QSignalSpy moved(&chart_, &ChartView::cursorMoved);
  QTest::keyClick(&view(), Qt::Key_End);
  ASSERT_GE(moved.count(), 1);
  EXPECT_DOUBLE_EQ(moved.last()[0].toDouble(), 100);
  QTest::keyClick(&view(), Qt::Key_Home);
  EXPECT_DOUBLE_EQ(moved.last()[0].toDouble(), 0);
  EXPECT_TRUE(view().accessibleDescription().contains("run 0"));
  QSignalSpy left(&chart_, &ChartView::cursorLeft);
  QTest::keyClick(&view(), Qt::Key_Escape);
  EXPECT_EQ(left.count(), 1);
}

TEST_F(ChartViewTest, ATheoryIsNamedOnThePlotOrInTheLegend) {
  Figure figure = runs(1, 101);
  Curve theory = curve(0, {{0, 1}, {100, 1e-3}});
  theory.id = "t", theory.label = "bound of GD", theory.theory = TheoryKind::bound;
  figure.curves.push_back(theory);
  figure.legend.push_back({.label = "bound of GD", .note = "bound", .theory = TheoryKind::bound, .id = "t"});
  open(figure);
  EXPECT_EQ(chart_.scene().geometry().named, std::vector<std::string>{"t"});
  for (const LegendCell& cell : chart_.legend()->layout().cells) EXPECT_FALSE(cell.text.contains("bound of GD"));
}

TEST_F(ChartViewTest, TheCardIsCarriedByItsTitleOnly) {
  open(runs(1, 101));
  QSignalSpy dragged(&chart_, &ChartView::titleDragged), dropped(&chart_, &ChartView::titleDropped);
  const auto carry = [&](QPoint from, QPoint to) {
    QTest::mousePress(&chart_, Qt::LeftButton, {}, from);
    QTest::mouseMove(&chart_, to);
    QTest::mouseRelease(&chart_, Qt::LeftButton, {}, to);
  };
  carry({60, 14}, {62, 15});
  EXPECT_EQ(dropped.count(), 0) << "a click is no drag";
  carry({60, 14}, {160, 80});
  EXPECT_GE(dragged.count(), 1);
  ASSERT_EQ(dropped.count(), 1);
  EXPECT_EQ(dropped[0][0].toPoint(), chart_.mapToGlobal(QPoint(160, 80)));
}

TEST_F(ChartViewTest, TheTitleIsWholeBeforeTheStateIs) {
  Figure figure = runs(1, 50);
  figure.title = "Spectrum of the error over time";
  figure.state = "of a run whose name is very long indeed";
  open(figure);
  chart_.resize(300, 200);
  QCoreApplication::processEvents();
  for (const auto* label : chart_.findChildren<ElidedLabel*>()) {
    EXPECT_GE(label->width(), label->fontMetrics().horizontalAdvance(label->text())) << label->text().toStdString();
  }
  EXPECT_TRUE(chart_.findChild<StateLabel*>()->shown().endsWith(QChar(0x2026)));
}

TEST_F(ChartViewTest, AStepsNumberIsNeverCut) {
  Figure figure = runs(1, 50);
  figure.title = "Spectrum of the error after a long time";
  figure.state = "step 12 300";
  open(figure);
  chart_.setHint("drag the start", {});
  const auto& label = *chart_.findChild<StateLabel*>();
  const std::pair<int, const char*> widths[] = {
      {900, "step 12 300 · drag the start"}, {420, "step 12 300"}, {300, "12 300"}, {170, "12 300"}};
  for (const auto& [width, text] : widths) {
    chart_.resize(width, 200);
    QCoreApplication::processEvents();
    EXPECT_EQ(label.shown(), text) << width;
    EXPECT_GE(label.width(), label.fontMetrics().horizontalAdvance(label.shown())) << width;
  }
}

/// A map of 24 by 24 named places.
Figure namedMap() {
  test::Recorder r;
  std::vector<FieldCell> cells;
  FigureSpec spec{.id = "defects", .form = FigureForm::heat, .names = {"defects"}};
  for (std::uint32_t i = 0; i < 24; ++i) {
    spec.x_names.push_back("column of number " + std::to_string(i));
    spec.y_names.push_back("row of number " + std::to_string(i));
    for (std::uint32_t j = 0; j < 24; ++j) cells.push_back({0, i, j, double(j), double(i), double(i * j)});
  }
  r.field("grid", "defects", cells);
  return build_figure(spec, r.trace, {});
}

TEST_F(ChartViewTest, NamesOfPlacesNeverOverlapAndTheReadoutHasThemWhole) {
  for (const QSize size : {QSize(240, 180), QSize(380, 260), QSize(900, 600)}) {
    chart_.resize(size);
    open(namedMap());
    std::vector<QRectF> boxes;
    for (const QGraphicsItem* item : chart_.scene().items())
      if (const auto* text = dynamic_cast<const QGraphicsTextItem*>(item); text && text->isVisible()) {
        if (text->toPlainText().isEmpty()) continue;
        const double margin = text->document()->documentMargin();
        boxes.push_back(text->sceneBoundingRect().adjusted(margin, margin + 1, -margin, -margin - 1));
      }
    EXPECT_GE(boxes.size(), 6U) << size.width();
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      EXPECT_TRUE(chart_.scene().sceneRect().contains(boxes[i])) << size.width();
      for (std::size_t j = 0; j < i; ++j) EXPECT_FALSE(boxes[i].intersects(boxes[j])) << size.width();
    }
    const PlotMap& map = chart_.scene().geometry().map;
    EXPECT_GT(map.area.width(), 0.45 * size.width());
    hover(map.pixel(7, 11).toPoint());
    const QString text = chart_.scene().overlay().readoutText();
    EXPECT_TRUE(text.contains("column of number 7") && text.contains("row of number 11")) << text.toStdString();
  }
}

TEST_F(ChartViewTest, AVerticalIsReadWhereOnePoints) {
  Figure figure = runs(1, 11);
  figure.curves[0].id = "run";
  Curve place = curve(0, {{43, figure.y.lo}, {43, figure.y.hi}});
  place.label = "threshold", place.theory = TheoryKind::exact, place.upright = true;
  figure.curves.push_back(place);
  open(figure);
  hover(pixel(43, 1e-2));
  EXPECT_TRUE(chart_.scene().overlay().readoutText().contains("threshold 43"))
      << chart_.scene().overlay().readoutText().toStdString();
  hover(pixel(80, 1e-2));
  EXPECT_FALSE(chart_.scene().overlay().readoutText().contains("threshold"));
}

}  // namespace
}  // namespace kappa::ui
