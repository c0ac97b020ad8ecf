/// The legend keeps to one row, says what stands for what, and shows, hides and singles out runs by mouse and keys.
#include "ui/charts/legend.hpp"

#include <gtest/gtest.h>

#include <QHelpEvent>
#include <QListWidget>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

#include "tests/ui/charts/pixels.hpp"
#include "ui/charts/legend_popup.hpp"

namespace kappa::ui {
namespace {

using namespace testing;

Figure manyRuns(int n) {
  Figure figure = blank(Scale::log, 1e-8, 1);
  for (int r = 0; r < n; ++r) {
    const std::string name = "run " + std::to_string(r);
    figure.legend.push_back(
        {.label = name, .note = {}, .colour = r, .marker = run_marker(r), .theory = {}, .run = name});
  }
  return figure;
}

class LegendTest : public ::testing::Test {
 protected:
  LegendTest() {
    theme_.choose(ThemeChoice::light);
    legend_.resize(360, legend_.sizeHint().height());
    legend_.show();
  }
  QPoint middle(std::size_t cell) const { return legend_.layout().cells[cell].box.center().toPoint(); }

  AppTheme theme_{*qApp};
  Legend legend_{theme_};
};

TEST_F(LegendTest, AClickHidesOrShowsARunAndADoubleClickSinglesItOut) {
  legend_.setFigure(manyRuns(3), {});
  QSignalSpy toggled(&legend_, &Legend::toggled), singled(&legend_, &Legend::singled);
  QTest::mouseClick(&legend_, Qt::LeftButton, {}, middle(1));
  ASSERT_EQ(toggled.count(), 1);
  EXPECT_EQ(toggled[0][0].toString(), "run 1");
  QTest::mouseClick(&legend_, Qt::LeftButton, {}, middle(2));
  QTest::mouseDClick(&legend_, Qt::LeftButton, {}, middle(2));
  ASSERT_EQ(singled.count(), 1);
  EXPECT_EQ(singled[0][0].toString(), "run 2");
  EXPECT_EQ(toggled.count() % 2, 1) << "the first click of a double click is taken back";
  QTest::mouseClick(&legend_, Qt::LeftButton, {}, QPoint(legend_.width() - 2, 3));
  EXPECT_EQ(toggled.count() % 2, 1) << "nothing beside the entries";
}

TEST_F(LegendTest, TwentyRunsAreOneRowAndAList) {
  legend_.setFigure(manyRuns(20), {});
  const auto& cells = legend_.layout().cells;
  ASSERT_EQ(cells.back().what, LegendCell::What::more);
  EXPECT_EQ(cells.back().text, QStringLiteral("+%1 more").arg(20 - static_cast<int>(cells.size() - 1)));
  for (const LegendCell& cell : cells) EXPECT_LE(cell.box.right(), legend_.width());
  QTest::mouseClick(&legend_, Qt::LeftButton, {}, middle(cells.size() - 1));
  ASSERT_TRUE(legend_.popup());
  QListWidget& list = *legend_.popup()->list();
  EXPECT_EQ(list.count(), 20);
  EXPECT_LT(legend_.popup()->height(), 420) << "it scrolls";
  QSignalSpy toggled(&legend_, &Legend::toggled), singled(&legend_, &Legend::singled);
  list.setCurrentRow(17);
  QTest::keyClick(&list, Qt::Key_Space);
  ASSERT_EQ(toggled.count(), 1);
  EXPECT_EQ(toggled[0][0].toString(), "run 17");
  QTest::keyClick(&list, Qt::Key_Return);
  ASSERT_EQ(singled.count(), 1);
  EXPECT_EQ(singled[0][0].toString(), "run 17");

  Figure figure = manyRuns(20);
  figure.legend[3].hidden = true;
  legend_.setFigure(figure, {});
  EXPECT_EQ(list.item(3)->checkState(), Qt::Unchecked);
  EXPECT_EQ(list.item(4)->checkState(), Qt::Checked);
  EXPECT_EQ(list.currentRow(), 17) << "the list stays where it was";
  EXPECT_EQ(toggled.count(), 1);
  legend_.popup()->close();
}

TEST_F(LegendTest, TheKeyboardReachesEveryEntry) {
  legend_.setFigure(manyRuns(20), {});
  legend_.setFocus();
  QSignalSpy toggled(&legend_, &Legend::toggled), singled(&legend_, &Legend::singled);
  QTest::keyClick(&legend_, Qt::Key_Right);
  QTest::keyClick(&legend_, Qt::Key_Space);
  ASSERT_EQ(toggled.count(), 1);
  EXPECT_EQ(toggled[0][0].toString(), "run 1");
  QTest::keyClick(&legend_, Qt::Key_Return);
  ASSERT_EQ(singled.count(), 1);
  QTest::keyClick(&legend_, Qt::Key_Left);
  QTest::keyClick(&legend_, Qt::Key_Left);
  QTest::keyClick(&legend_, Qt::Key_Space);
  ASSERT_TRUE(legend_.popup()) << "left of the first is the last, which opens the list";
  legend_.popup()->close();
}

TEST_F(LegendTest, SwatchesLookLikeWhatIsDrawn) {
  Figure figure = manyRuns(2);
  figure.legend[0].swatch = Swatch::bar;
  figure.legend[1].swatch = Swatch::loose_points;
  legend_.setFigure(figure, {});
  const QImage image = legend_.grab().toImage();
  const auto swatchOf = [&](std::size_t cell) {
    const QRectF box = legend_.layout().cells[cell].box;
    return QRect(int(box.left()), 0, 17, image.height());
  };
  const int bar = count(image, run(ThemeId::light, 0), swatchOf(0));
  EXPECT_NEAR(bar, 12 * 8, 12);
  const int dot = count(image, run(ThemeId::light, 1), swatchOf(1));
  EXPECT_GT(dot, 10);
  EXPECT_LT(dot, 50) << "no line through it";
}

TEST_F(LegendTest, AHiddenRunIsCrossedOutAndHollow) {
  Figure figure = manyRuns(2);
  figure.legend[1].hidden = true;
  legend_.setFigure(figure, {});
  const QRectF box = legend_.layout().cells[1].box;
  const QRect where(int(box.left()), 0, 17, legend_.height());
  EXPECT_EQ(count(legend_.grab().toImage(), run(ThemeId::light, 1), where), 0);
  EXPECT_TRUE(legend_.accessibleDescription().contains("run 1, hidden"));
}

TEST_F(LegendTest, LongNamesGetASecondRowBeforeTheyAreCut) {
  Figure figure = blank(Scale::log, 1e-8, 1);
  for (const char* name : {"Gradient descent at its best step, κ = 100", "Heavy ball at its best step, κ = 100"})
    figure.legend.push_back({.label = name, .run = name});
  legend_.resize(250, legend_.sizeHint().height());
  const int one = legend_.sizeHint().height();
  legend_.setFigure(figure, {});
  EXPECT_TRUE(legend_.layout().cells[0].cut) << "a low card has no more room";
  legend_.setMostRows(2);
  ASSERT_EQ(legend_.layout().cells.size(), 2U);
  for (std::size_t i : {0U, 1U}) {
    EXPECT_FALSE(legend_.layout().cells[i].cut);
    EXPECT_EQ(legend_.layout().cells[i].text.toStdString(), figure.legend[i].label);
  }
  EXPECT_GT(legend_.sizeHint().height(), one);
  legend_.setFigure(manyRuns(20), {});
  EXPECT_EQ(legend_.sizeHint().height(), one) << "short names take one row, however many there are";
}

TEST_F(LegendTest, ALongNameInTheLastRowLeavesRoomForTheRest) {
  Figure figure = manyRuns(6);
  for (LegendEntry& entry : figure.legend) entry.label += " of a rather long name, median of 5, 10–90 %";
  for (const int width : {240, 300, 360, 420}) {
    for (const int rows : {1, 2}) {
      const LegendLayout layout = layOutLegend(figure, width, uiFont(13), rows);
      ASSERT_FALSE(layout.cells.empty());
      EXPECT_EQ(layout.cells.back().what, LegendCell::What::more);
      for (const LegendCell& cell : layout.cells) EXPECT_LE(cell.box.right(), width) << cell.text.toStdString();
    }
  }
}

TEST_F(LegendTest, ATooltipSaysWhatIsCut) {
  Figure figure = blank(Scale::log, 1e-8, 1);
  figure.legend.push_back(
      {.label = "a theory that is too long for its place in the legend", .note = "bound", .theory = TheoryKind::bound});
  legend_.resize(200, legend_.height());
  legend_.setMostRows(2);
  legend_.setFigure(figure, {});
  ASSERT_EQ(legend_.layout().cells.size(), 1U);
  ASSERT_TRUE(legend_.layout().cells[0].cut);
  QHelpEvent ask(QEvent::ToolTip, middle(0), legend_.mapToGlobal(middle(0)));
  QApplication::sendEvent(&legend_, &ask);
  EXPECT_EQ(QToolTip::text(), QStringLiteral("a theory that is too long for its place in the legend · bound"));
  QToolTip::hideText();
}

TEST_F(LegendTest, AHeatMapsColoursAreNamed) {
  Figure figure = blank(Scale::linear, 0, 1);
  Heat heat;
  heat.rows = heat.cols = 1, heat.values = {1}, heat.lo = 1e-16, heat.hi = 1, heat.scale = Scale::log;
  heat.label = "|error|";
  figure.heats = {heat};
  legend_.setFigure(figure, {});
  ASSERT_EQ(legend_.layout().cells.size(), 1U);
  EXPECT_EQ(legend_.layout().cells[0].text, "log |error|");
  EXPECT_EQ(legend_.layout().cells[0].low, QStringLiteral("10⁻¹⁶"));
}

TEST_F(LegendTest, AHeatMapsColoursStandBeforeWhatLiesOverThem) {
  Figure figure = blank(Scale::linear, 0, 1);
  figure.heats = {{.id = "h", .label = "error", .rows = 1, .cols = 1, .values = {1}}};
  figure.legend.push_back({.label = "threshold", .note = "exact", .theory = TheoryKind::exact});
  for (const int width : {110, 600}) {
    legend_.resize(width, 40);
    legend_.setFigure(figure, {});
    EXPECT_EQ(legend_.layout().cells.at(0).what, LegendCell::What::heat) << width;
  }
}

}  // namespace
}  // namespace kappa::ui
