/// The history as a list in which a click goes back, and forth again.
#include "ui/documents/history_popup.hpp"

#include <gtest/gtest.h>

#include <QTest>
#include <QUndoView>

#include "tests/support/scratch.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/actions.hpp"
#include "ui/window/main_window.hpp"

namespace kappa::ui {
namespace {

class History : public ::testing::Test {
 protected:
  void steps(std::uint64_t n) {
    Document next = session_.document();
    next.steps = n;
    EXPECT_TRUE(session_.change(next, "change").empty());
  }
  void click(int row) {
    QUndoView& list = *window_.history().list();
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.visualRect(list.model()->index(row, 0)).center());
  }
  QString rowText(int row) {
    QUndoView& list = *window_.history().list();
    return list.model()->index(row, 0).data().toString();
  }
  test::ScratchDirectory folder_;
  AppTheme theme_{*qApp};
  Session session_{QString::fromStdString(folder_ / "recovery")};
  MainWindow window_{session_, theme_};
};

TEST_F(History, ListsEveryEditAndJumps) {
  window_.show();
  for (const std::uint64_t n : {40, 50, 60}) steps(n);
  window_.actions().history->trigger();
  ASSERT_TRUE(window_.history().isVisible());
  QUndoView& list = *window_.history().list();
  ASSERT_EQ(list.model()->rowCount(), 4);
  EXPECT_EQ(rowText(0), "As it was opened");
  EXPECT_EQ(rowText(2), "steps to 50");
  EXPECT_EQ(list.currentIndex().row(), 3);
  click(1);
  EXPECT_EQ(session_.document().steps, 40u);
  EXPECT_EQ(list.currentIndex().row(), 1);
  QTest::keyClick(&list, Qt::Key_Down);
  EXPECT_EQ(session_.document().steps, 50u);
  click(0);
  EXPECT_EQ(session_.document().steps, 300u);
  EXPECT_FALSE(session_.edited());
  click(3);
  EXPECT_EQ(session_.document().steps, 60u);
  EXPECT_EQ(session_.undoStack().undoText(), "steps to 60");
  QTest::keyClick(&list, Qt::Key_Escape);
  EXPECT_FALSE(window_.history().isVisible());
}

TEST_F(History, MovesOfOneSliderAreToldByTheirLast) {
  for (const double rate : {0.9, 0.8, 0.5}) {
    Document next = session_.document();
    next.runs[0].optimizer.params["learning_rate"] = rate;
    EXPECT_TRUE(session_.change(next, "change", "rate").empty());
  }
  EXPECT_EQ(session_.undoStack().count(), 1);
  EXPECT_EQ(rowText(1), "learning rate of Gradient descent to 0.5");
}

}  // namespace
}  // namespace kappa::ui
