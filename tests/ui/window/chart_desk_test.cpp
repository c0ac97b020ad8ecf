/// The grid of charts with a session behind it, driven by mouse and keys as a user drives it.
#include <gtest/gtest.h>

#include <QApplication>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>
#include <algorithm>

#include "tests/support/scratch.hpp"
#include "tests/ui/await.hpp"
#include "ui/charts/chart_view.hpp"
#include "ui/charts/data_table.hpp"
#include "ui/charts/legend.hpp"
#include "ui/charts/plot_view.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/chart_card.hpp"
#include "ui/window/chart_grid.hpp"

namespace kappa::ui {
namespace {

using test::ScratchDirectory;
using testing::await;

class ChartDesk : public ::testing::Test {
 protected:
  ChartDesk() {
    theme_.choose(ThemeChoice::light);
    grid_.resize(748, 696);
    EXPECT_TRUE(session_.open("conditioning").empty());
    Document document = session_.document();
    std::erase_if(document.probes, [](const Node& probe) { return probe.id == "path"; });
    session_.openDocument(document, "conditioning");
    grid_.show();
    session_.run();
    EXPECT_TRUE(await([&] { return session_.state() == RunState::finished && session_.idle(); }));
    settle();
  }
  static void settle() { QCoreApplication::processEvents(); }
  ChartCard& card(const QString& id) const {
    const auto& cards = grid_.cards();
    const auto found = std::find_if(cards.begin(), cards.end(), [&](ChartCard* c) { return c->look().id == id; });
    EXPECT_NE(found, cards.end()) << id.toStdString();
    return **found;
  }
  QStringList shown() const {
    QStringList ids;
    for (const ChartCard* card : grid_.cards()) ids << card->look().id;
    return ids;
  }
  static const Figure& figure(const ChartCard& card) { return card.view()->figure(); }
  static PlotView& plot(const ChartCard& card) { return *card.view()->plot(); }
  static QPoint pixel(const ChartCard& card, double x, double y) {
    return card.view()->scene().geometry().map.pixel(x, y).toPoint();
  }
  static QPoint centre(const ChartCard& card) { return card.view()->scene().geometry().map.area.center().toPoint(); }
  static void wheel(const ChartCard& card, QPoint at, int notches = 1, Qt::KeyboardModifiers held = {}) {
    QWidget* on = plot(card).viewport();
    QWheelEvent turn(at, on->mapToGlobal(at), {}, {0, 120 * notches}, Qt::NoButton, held, Qt::NoScrollPhase, false);
    QApplication::sendEvent(on, &turn);
  }
  static void hover(const ChartCard& card, QPoint at) {
    QWidget* on = plot(card).viewport();
    QMouseEvent move(QEvent::MouseMove, at, on->mapToGlobal(at), Qt::NoButton, Qt::NoButton, {});
    QApplication::sendEvent(on, &move);
  }
  /// An entry of the card's menu, or of a menu inside it: "Drawn as/Heat map".
  static QAction* entry(QMenu& menu, const QString& path) {
    if (menu.isEmpty() || path.contains(u'/') || !menu.property("open").toBool()) emit menu.aboutToShow();
    menu.setProperty("open", true);
    for (QAction* action : menu.actions()) {
      if (action->text().section(u'\t', 0, 0) != path.section(u'/', 0, 0)) continue;
      return path.contains(u'/') ? entry(*action->menu(), path.section(u'/', 1)) : action;
    }
    return nullptr;
  }
  void choose(const ChartCard& card, const QString& path) {
    emit card.menu()->aboutToShow();
    card.menu()->setProperty("open", true);
    QAction* action = entry(*card.menu(), path);
    ASSERT_TRUE(action) << path.toStdString();
    ASSERT_TRUE(action->isEnabled()) << path.toStdString();
    action->trigger();
    settle();
  }
  QPoint legendCell(const ChartCard& card, std::size_t i) const {
    return card.view()->legend()->layout().cells.at(i).box.center().toPoint();
  }

  ScratchDirectory folder_;
  AppTheme theme_{*qApp};
  Session session_{QString::fromStdString(folder_ / "recovery")};
  ChartGrid grid_{session_, theme_};
};

TEST_F(ChartDesk, TheFirstFourFillTheViewAndTheFifthStartsBelowIt) {
  EXPECT_EQ(shown(),
            QStringList({"loss", "error_spectrum", "distance_to_truth", "error_spectrum_over_time", "gradient_norm"}));
  const auto& cards = grid_.cards();
  const int height = grid_.viewport()->height();
  for (std::size_t i = 0; i < 4; ++i) EXPECT_LE(cards[i]->geometry().bottom(), height);
  EXPECT_GE(cards[4]->y(), height);
  EXPECT_TRUE(cards[4]->visibleRegion().isEmpty());
}

TEST_F(ChartDesk, TheWheelZoomsInAndThePointsComeBackFinerAndBackspaceUndoesIt) {
  ChartCard& loss = card("loss");
  const Axis before = figure(loss).x;
  const std::string state = figure(loss).state;
  wheel(loss, pixel(loss, 50, 1), 8, Qt::ShiftModifier);
  const Axis after = figure(loss).x;
  EXPECT_GT(after.lo, before.lo);
  EXPECT_LT(after.hi, before.hi);
  EXPECT_LT(after.lo, 50);
  EXPECT_GT(after.hi, 50);
  EXPECT_FALSE(loss.zoom().y) << "Shift leaves the height to the data";
  EXPECT_NE(figure(loss).state, state) << "other points are drawn now";
  wheel(loss, centre(loss), 1, Qt::ControlModifier);
  EXPECT_TRUE(loss.zoom().y);
  QTest::keyClick(&plot(loss), Qt::Key_Backspace);
  EXPECT_TRUE(loss.zoom().whole()) << "wheel turns that follow each other are one movement";
  QTest::keyClick(&plot(loss), Qt::Key_Backspace, Qt::ShiftModifier);
  EXPECT_FALSE(loss.zoom().whole());
  QTest::keyClick(&plot(loss), Qt::Key_Left, Qt::AltModifier);
  EXPECT_TRUE(loss.zoom().whole()) << "as in a browser, where there is no lesson to turn";
  QTest::keyClick(&plot(loss), Qt::Key_Right, Qt::AltModifier);
  EXPECT_FALSE(loss.zoom().whole());
  QTest::keyClick(&plot(loss), Qt::Key_0);
  EXPECT_TRUE(loss.zoom().whole());
  EXPECT_EQ(figure(loss).x.hi, before.hi);
  choose(loss, "Zoom/Back");
  EXPECT_FALSE(loss.zoom().whole());
}

TEST_F(ChartDesk, OutBeyondEverythingIsEverything) {
  ChartCard& loss = card("loss");
  wheel(loss, centre(loss), 3, Qt::ShiftModifier);
  wheel(loss, centre(loss), -9, Qt::ShiftModifier);
  EXPECT_FALSE(loss.zoom().x);
  QTest::keyClick(&plot(loss), Qt::Key_Plus);
  const double width = figure(loss).x.hi - figure(loss).x.lo;
  for (int i = 0; i < 40; ++i) QTest::keyClick(&plot(loss), Qt::Key_Right, Qt::ShiftModifier);
  EXPECT_DOUBLE_EQ(figure(loss).x.hi, 300) << "panning ends where the steps do";
  EXPECT_NEAR(figure(loss).x.hi - figure(loss).x.lo, width, 1e-6);
}

TEST_F(ChartDesk, AFrameZoomsAndADoubleClickOnTheAxisShowsAllOfItAgain) {
  ChartCard& loss = card("loss");
  const QPoint from = pixel(loss, 100, 1e-2), to = pixel(loss, 200, 1e-6);
  QTest::mousePress(plot(loss).viewport(), Qt::LeftButton, {}, from);
  QTest::mouseMove(plot(loss).viewport(), to);
  QTest::mouseRelease(plot(loss).viewport(), Qt::LeftButton, {}, to);
  EXPECT_NEAR(figure(loss).x.lo, 100, 2);
  EXPECT_NEAR(figure(loss).x.hi, 200, 2);
  EXPECT_LT(figure(loss).y.hi, 0.1);
  const QRectF area = loss.view()->scene().geometry().map.area;
  QTest::mouseDClick(plot(loss).viewport(), Qt::LeftButton, {},
                     QPoint(int(area.center().x()), int(area.bottom()) + 10));
  EXPECT_FALSE(loss.zoom().x);
  EXPECT_TRUE(loss.zoom().y);
}

TEST_F(ChartDesk, PointingAtOneChartReadsOutAllOverTheSameAxis) {
  ChartCard &loss = card("loss"), &distance = card("distance_to_truth");
  hover(loss, pixel(loss, 120, 1e-3));
  const auto at = loss.view()->scene().overlay().hoverX();
  ASSERT_TRUE(at);
  EXPECT_NEAR(*at, 120, 1);
  const OverlayItem& other = distance.view()->scene().overlay();
  EXPECT_EQ(other.hoverX(), at);
  EXPECT_EQ(other.rows().size(), 3U);
  EXPECT_EQ(other.rings().size(), 3U);
  EXPECT_EQ(card("error_spectrum_over_time").view()->scene().overlay().hoverX(), at);
  EXPECT_FALSE(card("error_spectrum").view()->scene().overlay().hoverX()) << "an index is no step";
  plot(loss).setFocus();
  QTest::keyClick(&plot(loss), Qt::Key_Right);
  EXPECT_EQ(other.hoverX(), loss.view()->scene().overlay().hoverX());
  EXPECT_NE(other.hoverX(), at);
  QTest::keyClick(&plot(loss), Qt::Key_Escape);
  EXPECT_FALSE(other.hoverX());
}

TEST_F(ChartDesk, ScalesAreTheDocumentsAndCanBeUndone) {
  choose(card("loss"), "Logarithmic values");
  EXPECT_EQ(figure(card("loss")).y.scale, Scale::linear);
  choose(card("loss"), "Logarithmic along x");
  EXPECT_EQ(figure(card("loss")).x.scale, Scale::log);
  EXPECT_NE(session_.document().view.find("\"charts\""), std::string::npos);
  EXPECT_EQ(session_.state(), RunState::finished) << "a view never runs anything again";
  session_.undoStack().undo();
  session_.undoStack().undo();
  settle();
  EXPECT_EQ(figure(card("loss")).y.scale, Scale::log);
  EXPECT_EQ(figure(card("loss")).x.scale, Scale::linear);
}

TEST_F(ChartDesk, SmoothingLiesOverTheRawCurveAndTheBadgeStays) {
  const std::string state = figure(card("loss")).state;
  choose(card("loss"), "Smoothing over the raw curves/Moving median of 21 points");
  const Figure& smooth = figure(card("loss"));
  int raw = 0, over = 0;
  for (const Curve& curve : smooth.curves) raw += curve.faint, over += curve.smoothed;
  EXPECT_EQ(raw, 3);
  EXPECT_EQ(over, 3);
  EXPECT_EQ(smooth.state, state);
  EXPECT_NE(smooth.legend[0].note.find("moving median of 21"), std::string::npos);
  choose(card("loss"), "Smoothing over the raw curves/None");
  for (const Curve& curve : figure(card("loss")).curves) EXPECT_FALSE(curve.smoothed || curve.faint);
}

TEST_F(ChartDesk, AChartIsRemovedAndComesBack) {
  choose(card("distance_to_truth"), "Remove this chart");
  EXPECT_FALSE(shown().contains("distance_to_truth"));
  choose(card("loss"), "Add chart/Distance to truth");
  EXPECT_EQ(shown().mid(0, 2), QStringList({"loss", "distance_to_truth"})) << "behind the one that was asked";
  session_.undoStack().undo();
  session_.undoStack().undo();
  EXPECT_EQ(shown().size(), 5);
}

TEST_F(ChartDesk, WithoutAnyChartThereIsAWayToAddOne) {
  while (!grid_.cards().empty()) choose(*grid_.cards().front(), "Remove this chart");
  const auto buttons = grid_.widget()->findChildren<QToolButton*>(QString(), Qt::FindDirectChildrenOnly);
  ASSERT_EQ(buttons.size(), 1);
  EXPECT_TRUE(buttons[0]->isVisible());
  emit grid_.addMenu()->aboutToShow();
  grid_.addMenu()->actions().front()->trigger();
  EXPECT_EQ(shown(), QStringList({"loss"}));
  EXPECT_FALSE(buttons[0]->isVisible());
}

TEST_F(ChartDesk, AProbeThatIsNotMeasuredYetCanBeAdded) {
  const std::size_t before = session_.document().probes.size();
  QAction* suboptimality = entry(*card("loss").menu(), "Add chart/Measure Suboptimality");
  ASSERT_TRUE(suboptimality);
  suboptimality->trigger();
  EXPECT_EQ(session_.document().probes.size(), before + 1);
  ASSERT_TRUE(await([&] { return shown().contains("suboptimality"); }));
  EXPECT_EQ(shown()[1], "suboptimality");
  session_.undoStack().undo();
  EXPECT_EQ(session_.document().probes.size(), before);
  ASSERT_TRUE(await([&] { return !shown().contains("suboptimality"); }));
}

TEST_F(ChartDesk, ChartsChangePlacesByMenuAndByCarryingTheirTitle) {
  choose(card("loss"), "Move right");
  EXPECT_EQ(shown().mid(0, 2), QStringList({"error_spectrum", "loss"}));
  EXPECT_LT(card("error_spectrum").x(), card("loss").x());
  choose(card("loss"), "Move left");
  EXPECT_EQ(shown().mid(0, 2), QStringList({"loss", "error_spectrum"}));

  ChartView& loss = *card("loss").view();
  const QPoint onto = loss.mapFromGlobal(card("distance_to_truth").mapToGlobal(QPoint(60, 60)));
  QTest::mousePress(&loss, Qt::LeftButton, {}, QPoint(40, 14));
  QTest::mouseMove(&loss, onto);
  QTest::mouseRelease(&loss, Qt::LeftButton, {}, onto);
  EXPECT_EQ(shown()[0], "distance_to_truth");
  EXPECT_EQ(shown()[2], "loss");
  session_.undoStack().undo();
  EXPECT_EQ(shown()[0], "loss");
}

TEST_F(ChartDesk, ADoubleClickMaximisesAndEscapeBringsTheOthersBack) {
  ChartCard& loss = card("loss");
  const QRect place = loss.geometry();
  QTest::mouseDClick(loss.view(), Qt::LeftButton, {}, QPoint(40, 14));
  EXPECT_EQ(grid_.maximised(), &loss);
  EXPECT_GT(loss.width(), 700);
  EXPECT_FALSE(card("error_spectrum").isVisible());
  plot(loss).setFocus();
  QTest::keyClick(&plot(loss), Qt::Key_Escape);
  EXPECT_EQ(grid_.maximised(), nullptr);
  EXPECT_EQ(loss.geometry(), place);
  QTest::mouseDClick(plot(loss).viewport(), Qt::LeftButton, {}, centre(loss));
  EXPECT_EQ(grid_.maximised(), &loss);
  choose(loss, "Back to all charts");
  EXPECT_TRUE(card("error_spectrum").isVisible());
}

TEST_F(ChartDesk, TheLegendHidesARunAndNoOtherCurveChanges) {
  const std::vector<Vertex> before = figure(card("loss")).curves[0].vertices;
  Legend& legend = *card("loss").view()->legend();
  QTest::mouseClick(&legend, Qt::LeftButton, {}, legendCell(card("loss"), 1));
  settle();
  EXPECT_TRUE(session_.isHidden("Heavy ball"));
  const Figure& now = figure(card("loss"));
  EXPECT_EQ(now.legend[1].label, "Heavy ball");
  EXPECT_TRUE(now.legend[1].hidden) << "it stays in its place";
  ASSERT_EQ(now.curves[0].vertices.size(), before.size());
  for (std::size_t i = 0; i < before.size(); ++i) EXPECT_EQ(now.curves[0].vertices[i].y, before[i].y);
  QTest::mouseClick(&legend, Qt::LeftButton, {}, legendCell(card("loss"), 1));
  EXPECT_FALSE(session_.isHidden("Heavy ball"));
  for (const bool alone : {true, false}) {
    QTest::mouseClick(&legend, Qt::LeftButton, {}, legendCell(card("loss"), 2));
    QTest::mouseDClick(&legend, Qt::LeftButton, {}, legendCell(card("loss"), 2));
    settle();
    EXPECT_EQ(session_.isHidden("Gradient descent"), alone) << "the same again brings the others back";
    EXPECT_FALSE(session_.isHidden("Adam"));
  }
  session_.setHidden("Gradient descent", true);
  EXPECT_FALSE(card("loss").figure(400).legend[0].hidden) << "a picture to keep lists what it shows";
}

TEST_F(ChartDesk, TheSpectrumIsBarsOfTheChosenRunOverTheStart) {
  const Figure& bars = figure(card("error_spectrum"));
  ASSERT_EQ(bars.bars.size(), 4U);
  EXPECT_TRUE(bars.bars[0].ghost && !bars.bars[0].points);
  EXPECT_TRUE(!bars.bars[1].points && bars.bars[1].label == "Gradient descent");
  EXPECT_TRUE(bars.bars[2].loose && bars.bars[3].loose);
  session_.chooseRun(2);
  settle();
  EXPECT_EQ(figure(card("error_spectrum")).bars[1].label, "Adam");
  choose(card("error_spectrum"), "Drawn as/Points of all runs");
  for (const Bars& one : figure(card("error_spectrum")).bars) EXPECT_TRUE(one.points && !one.loose);
  choose(card("error_spectrum"), "Behind it: the start");
  for (const Bars& one : figure(card("error_spectrum")).bars) EXPECT_FALSE(one.ghost);
}

TEST_F(ChartDesk, TheHistoryIsAHeatMapOrALineForEachValue) {
  ChartCard& history = card("error_spectrum_over_time");
  EXPECT_EQ(figure(history).title, "Spectrum over time");
  EXPECT_EQ(figure(history).state, "Gradient descent");
  EXPECT_EQ(figure(history).heats.size(), 1U);
  choose(history, "Drawn as/A line for each value");
  EXPECT_EQ(figure(history).heats.size(), 0U);
  EXPECT_EQ(figure(history).curves.size(), 30U);
  EXPECT_EQ(figure(history).y.scale, Scale::log);
  choose(history, "Drawn as/Heat map");
  wheel(history, centre(history), 6);
  EXPECT_GT(figure(history).x.lo, 0);
  EXPECT_GT(figure(history).heats[0].x0, 0) << "cells are made anew for what is seen";
  EXPECT_LT(figure(history).y.hi, 30);
}

TEST_F(ChartDesk, ScrubbingMovesTheLineWithoutDrawingThePlotAgain) {
  ChartView& loss = *card("loss").view();
  session_.setAtStep(100);
  settle();
  const int layouts = loss.layouts();
  session_.setAtStep(150);
  settle();
  EXPECT_EQ(loss.layouts(), layouts);
  EXPECT_EQ(loss.scene().overlay().cursorX(), 150);
  QTest::mouseClick(plot(card("loss")).viewport(), Qt::LeftButton, {}, pixel(card("loss"), 200, 1e-2));
  EXPECT_NEAR(static_cast<double>(*session_.atStep()), 200, 1);
}

TEST_F(ChartDesk, AClickFindsTheStepWhateverTheAxisCounts) {
  for (const CountBy unit : {CountBy::gradients, CountBy::losses, CountBy::epochs, CountBy::seconds}) {
    session_.setCountBy(unit);
    session_.setAtStep({});
    settle();
    ChartCard& loss = card("loss");
    const Curve& curve = figure(loss).curves[0];
    const auto& vertices = curve.vertices;
    if (vertices.back().x <= vertices.front().x) continue;  // nothing of that kind is asked for here
    const Vertex& middle = vertices[vertices.size() / 2];
    QTest::mouseClick(plot(loss).viewport(), Qt::LeftButton, {}, pixel(loss, middle.x, middle.y));
    settle();
    ASSERT_TRUE(session_.atStep()) << static_cast<int>(unit);
    const auto shown = loss.view()->scene().overlay().cursorX();
    ASSERT_TRUE(shown);
    const PlotMap& map = loss.view()->scene().geometry().map;
    EXPECT_NEAR(map.x.pixel(*shown), map.x.pixel(middle.x), 6) << "the line stands where was clicked";
  }
  session_.setCountBy(CountBy::gradients);
  settle();
  QTest::mouseClick(plot(card("loss")).viewport(), Qt::LeftButton, {}, pixel(card("loss"), 200, 1e-2));
  EXPECT_NEAR(static_cast<double>(session_.atStep().value_or(0)), 200, 2) << "a gradient a step";
}

TEST_F(ChartDesk, TheWheelMovesThePageOffPlotsAndAxesAndAboveThemWithAlt) {
  QScrollBar& page = *grid_.verticalScrollBar();
  ASSERT_GT(page.maximum(), 0);
  ChartCard& loss = card("loss");
  const auto moves = [&](QWidget* on, QPoint at, QPoint turn, Qt::KeyboardModifiers held) {
    page.setValue(0);
    QWheelEvent event(at, on->mapToGlobal(at), {}, turn, Qt::NoButton, held, Qt::NoScrollPhase, false);
    QSpontaneKeyEvent::setSpontaneous(&event);  // others are not passed on to what lies behind
    qApp->notify(on, &event);
    return page.value() > 0;
  };
  QWidget* on = plot(loss).viewport();
  EXPECT_FALSE(moves(on, centre(loss), {0, -120}, {}));
  EXPECT_FALSE(loss.zoom().whole());
  QTest::keyClick(&plot(loss), Qt::Key_0);
  EXPECT_TRUE(moves(on, centre(loss), {0, -120}, Qt::AltModifier));
  EXPECT_TRUE(moves(on, centre(loss), {-120, 0}, Qt::AltModifier)) << "Alt turns the wheel sideways on many desks";
  const QRectF area = loss.view()->scene().geometry().map.area;
  const QPoint below(int(area.center().x()), int(area.bottom()) + 12);
  EXPECT_TRUE(moves(on, below, {0, -120}, Qt::AltModifier));
  EXPECT_TRUE(moves(on, {4, below.y()}, {0, -120}, {}));
  EXPECT_TRUE(moves(loss.view(), {40, 14}, {0, -120}, {}));
  EXPECT_TRUE(moves(loss.view()->legend(), {4, 4}, {0, -120}, {}));
  EXPECT_TRUE(loss.zoom().whole());
}

TEST_F(ChartDesk, EveryChartHasASentenceAndATable) {
  for (const ChartCard* one : grid_.cards()) {
    if (one->visibleRegion().isEmpty()) continue;
    EXPECT_FALSE(plot(*one).accessibleName().isEmpty());
    EXPECT_TRUE(plot(*one).accessibleDescription().contains(u'.')) << one->look().id.toStdString();
  }
  choose(card("loss"), QStringLiteral("Data as a table…"));
  const auto tables = grid_.findChildren<DataTable*>();
  ASSERT_EQ(tables.size(), 1);
  EXPECT_FALSE(tables[0]->isModal());
  tables[0]->close();
}

TEST_F(ChartDesk, TheUpdatesSpectrumStandsBesideTheWeights) {
  EXPECT_TRUE(session_.open("muon_race").empty());
  ASSERT_TRUE(shown().contains("singular_values"));
  choose(card("update_singular_values"), "Remove this chart");
  choose(card("singular_values"), "The update's spectrum beside it");
  const QStringList ids = shown();
  EXPECT_EQ(ids.indexOf("update_singular_values"), ids.indexOf("singular_values") + 1);

  Document document = session_.document();
  std::erase_if(document.probes, [](const Node& probe) {
    const auto of = probe.params.find("of");
    return of != probe.params.end() && equal(of->second, Value(std::string("update")));
  });
  session_.openDocument(document, "muon_race");
  ASSERT_FALSE(shown().contains("update_singular_values"));
  choose(card("singular_values"), "The update's spectrum beside it");
  ASSERT_TRUE(await([&] { return shown().contains("update_singular_values"); }));
  EXPECT_EQ(shown().indexOf("update_singular_values"), shown().indexOf("singular_values") + 1);
}

TEST_F(ChartDesk, ADoubleClickMaximisesAndLeavesTheStepThatIsLookedAt) {
  ChartCard& loss = card("loss");
  QWidget* on = plot(loss).viewport();
  const auto twice = [&](QPoint at) {
    QTest::mouseClick(on, Qt::LeftButton, {}, at);
    const QPointF global = on->mapToGlobal(at);
    QMouseEvent second(QEvent::MouseButtonDblClick, at, global, Qt::LeftButton, Qt::LeftButton, {});
    QMouseEvent end(QEvent::MouseButtonRelease, at, global, Qt::LeftButton, Qt::NoButton, {});
    QApplication::sendEvent(on, &second);
    QApplication::sendEvent(on, &end);
    settle();
  };
  QTest::mouseClick(on, Qt::LeftButton, {}, pixel(loss, 120, 1));
  ASSERT_TRUE(session_.atStep()) << "a single click picks at once";
  const auto before = session_.atStep();
  twice(pixel(loss, 210, 1));
  EXPECT_EQ(grid_.maximised(), &loss);
  EXPECT_EQ(session_.atStep(), before);
  session_.setAtStep({});
  twice(pixel(loss, 60, 1));
  EXPECT_EQ(grid_.maximised(), nullptr);
  EXPECT_FALSE(session_.atStep()) << "the newest step is looked at, as before";
}

}  // namespace
}  // namespace kappa::ui
