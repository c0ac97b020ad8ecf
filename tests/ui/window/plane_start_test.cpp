/// The start of the paths is dragged with the mouse and moved with the keys; the runs follow, and undo brings it back.
#include "ui/window/plane_start.hpp"

#include <gtest/gtest.h>

#include <QLabel>
#include <QTest>
#include <cmath>

#include "tests/support/scratch.hpp"
#include "tests/ui/await.hpp"
#include "ui/charts/chart_view.hpp"
#include "ui/charts/plot_view.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/chart_card.hpp"
#include "ui/window/chart_grid.hpp"

namespace kappa::ui {
namespace {

using test::ScratchDirectory;
using testing::await;

class PlaneStartTest : public ::testing::Test {
 protected:
  void open(const char* name) {
    ASSERT_TRUE(session_.open(name).empty());
    grid_.resize(900, 900);
    grid_.show();
    session_.run();
    ASSERT_TRUE(await([&] { return session_.state() == RunState::finished && session_.idle(); }));
    for (ChartCard* card : grid_.findChildren<ChartCard*>())
      if (card->spec().form == FigureForm::plane) card_ = card;
    ASSERT_NE(card_, nullptr) << "no landscape";
    ASSERT_TRUE(await([&] { return !card_->view()->figure().paths.empty(); }, 5000))
        << card_->view()->figure().sentence;
    grid_.ensureWidgetVisible(card_);
    QCoreApplication::processEvents();
  }
  const PlotGeometry& geometry() const { return card_->view()->scene().geometry(); }
  QPoint ring() const { return geometry().starts.at(0).at.toPoint(); }
  QWidget* picture() const { return card_->view()->plot()->viewport(); }
  double field(const char* id) const { return std::get<double>(session_.document().problem.params.at(id)); }
  /// Where the paths begin on the picture, in the plane's own units.
  double beginsAt() {
    const auto& paths = card_->view()->figure().paths;
    const bool blank = paths.empty() || paths[0].vertices.empty();
    blank_ = blank_ || blank;
    return blank ? std::nan("") : paths[0].vertices[0].x;
  }
  void drag(QPoint from, QPoint to, int moves = 4) {
    QTest::mousePress(picture(), Qt::LeftButton, {}, from);
    for (int i = 1; i <= moves; ++i) {
      QMouseEvent move(QEvent::MouseMove, QPointF(from + (to - from) * i / moves),
                       picture()->mapToGlobal(QPointF(from + (to - from) * i / moves)), Qt::NoButton, Qt::LeftButton,
                       Qt::NoModifier);
      QCoreApplication::sendEvent(picture(), &move);
    }
  }

  ScratchDirectory folder_;
  AppTheme theme_{*qApp};
  Session session_{QString::fromStdString(folder_ / "recovery")};
  ChartGrid grid_{session_, theme_};
  ChartCard* card_ = nullptr;
  bool blank_ = false;  ///< the paths were gone for a moment
};

TEST_F(PlaneStartTest, ADragMovesTheStartAndTheRunsFollowWhileItLasts) {
  open("quadratic_bowl");
  const double x = field("start_x"), before = beginsAt();
  EXPECT_EQ(before, x);
  const QPoint from = ring();
  drag(from, from + QPoint(60, 25));
  EXPECT_GT(field("start_x"), x);
  EXPECT_LT(field("start_y"), 1.5) << "down is less";
  EXPECT_TRUE(await([&] { return beginsAt() == field("start_x"); })) << "the button is still down";
  QTest::mouseRelease(picture(), Qt::LeftButton, {}, from + QPoint(60, 25));
  ASSERT_TRUE(await([&] { return session_.state() == RunState::finished && session_.idle(); }));
  EXPECT_FALSE(blank_) << "nothing blinks while it is dragged";
  EXPECT_NEAR(ring().x(), from.x() + 60, 2);
  EXPECT_NEAR(ring().y(), from.y() + 25, 2);
  EXPECT_EQ(session_.trace().series(0, 0, "loss")->value(0),
            (field("start_x") * field("start_x") + 20 * field("start_y") * field("start_y")) / 2);

  EXPECT_EQ(session_.undoStack().count(), 1) << "one drag is one edit";
  session_.undoStack().undo();
  EXPECT_EQ(field("start_x"), x);
  EXPECT_TRUE(await([&] { return beginsAt() == x; }));
}

TEST_F(PlaneStartTest, TwoDragsAreTwoEdits) {
  open("quadratic_bowl");
  for (int i = 0; i < 2; ++i) {
    const QPoint from = ring();
    drag(from, from + QPoint(30, 0));
    QTest::mouseRelease(picture(), Qt::LeftButton, {}, from + QPoint(30, 0));
    ASSERT_TRUE(await([&] { return session_.state() == RunState::finished && session_.idle(); }));
  }
  EXPECT_EQ(session_.undoStack().count(), 2);
}

TEST_F(PlaneStartTest, ArrowKeysMoveItToo) {
  open("quadratic_bowl");
  const double x = field("start_x"), y = field("start_y");
  QWidget* view = card_->view()->plot();
  QTest::keyClick(view, Qt::Key_Right);
  QTest::keyClick(view, Qt::Key_Right);
  QTest::keyClick(view, Qt::Key_Down);
  const double coarse = field("start_x") - x;
  EXPECT_GT(coarse, 0);
  EXPECT_LT(field("start_y"), y);
  QTest::keyClick(view, Qt::Key_Left, Qt::ControlModifier);
  EXPECT_LT(field("start_x") - x, coarse);
  EXPECT_GT(field("start_x") - x, coarse / 2) << "with Ctrl by less";
  EXPECT_EQ(session_.undoStack().count(), 1);
  EXPECT_TRUE(await([&] { return session_.state() == RunState::finished && beginsAt() == field("start_x"); }));
}

TEST_F(PlaneStartTest, ElsewhereADragIsAZoomAsEver) {
  open("quadratic_bowl");
  const double x = field("start_x");
  const QPoint from = ring() + QPoint(80, 60);
  const double lo = card_->view()->figure().x.lo;
  drag(from, from + QPoint(90, 80));
  QTest::mouseRelease(picture(), Qt::LeftButton, {}, from + QPoint(90, 80));
  EXPECT_EQ(field("start_x"), x);
  EXPECT_GT(card_->view()->figure().x.lo, lo);
}

TEST_F(PlaneStartTest, IsOfferedOnlyWhereTheDocumentSaysWhereItStarts) {
  open("quadratic_bowl");
  const auto says = [&] {
    for (const QLabel* label : card_->view()->findChildren<QLabel*>())
      if (label->toolTip().contains("arrow keys")) return true;
    return false;
  };
  EXPECT_TRUE(says());
  Document document = session_.document();
  document.init = complete_node({Kind::init, "zeros", {}});
  ASSERT_TRUE(session_.change(document, "another start").empty());
  EXPECT_FALSE(says());
  EXPECT_FALSE(startCanMove(session_.document()));
  session_.undoStack().undo();
  EXPECT_TRUE(says());
}

TEST_F(PlaneStartTest, TheCurvatureReshapesTheBowlAtOnce) {
  open("quadratic_bowl");
  const auto highest = [&] { return card_->view()->figure().levels.back().value; };
  const double before = highest();
  Document document = session_.document();
  document.problem.params["condition_number"] = 60.0;
  ASSERT_TRUE(session_.change(document, "narrower").empty());
  EXPECT_TRUE(await([&] { return highest() > 1.5 * before; }, 5000));
}

}  // namespace
}  // namespace kappa::ui
