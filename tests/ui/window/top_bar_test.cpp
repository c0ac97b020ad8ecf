/// What is under the mouse says what it does where the document's name stands, and nothing moves.
#include <gtest/gtest.h>

#include <QApplication>
#include <QLabel>
#include <QMenu>
#include <QTest>
#include <QTimer>
#include <QToolButton>
#include <utility>

#include "tests/support/scratch.hpp"
#include "tests/ui/await.hpp"
#include "ui/forms/group_head.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/actions.hpp"
#include "ui/window/main_window.hpp"
#include "ui/window/play_button.hpp"
#include "ui/window/top_bar.hpp"

namespace kappa::ui {
namespace {

class TopBarTest : public ::testing::Test {
 protected:
  TopBarTest() {
    session_.open("conditioning");
    window_.resize(1280, 800);
    window_.showSetup();
    window_.show();
    QCoreApplication::processEvents();
  }
  QString told() {
    const auto* tip = window_.findChild<QLabel*>("statusTip");
    return tip->isVisible() ? tip->text() : QString();
  }
  void hover(const QWidget& over) {
    QTest::mouseMove(window_.windowHandle(), over.mapTo(&window_, over.rect().center()));
    QCoreApplication::processEvents();
  }
  /// Of the bar that says it: elsewhere notes come when they are computed.
  QList<QRect> places() {
    QList<QRect> all;
    for (const QAbstractButton* one : window_.findChild<TopBar*>()->findChildren<QAbstractButton*>())
      if (one->isVisible()) all << QRect(one->mapTo(&window_, QPoint()), one->size());
    return all;
  }

  test::ScratchDirectory folder_;
  AppTheme theme_{*qApp};
  Session session_{QString::fromStdString(folder_ / "recovery")};
  MainWindow window_{session_, theme_};
};

TEST_F(TopBarTest, AButtonUnderTheMouseSaysWhatItDoes) {
  QList<QRect> before;
  ASSERT_TRUE(testing::await([&] {  // until what the window says by itself has found its place
    QTest::qWait(150);
    return std::exchange(before, places()) == before;
  }));
  hover(*window_.findChild<PlayButton*>());
  EXPECT_EQ(told(), window_.actions().run->statusTip());
  EXPECT_EQ(places(), before);
  hover(window_);
  EXPECT_TRUE(told().isEmpty());
  EXPECT_EQ(places(), before);
}

TEST_F(TopBarTest, SoDoesAMenuEntry) {
  QToolButton* edit = nullptr;
  for (auto* one : window_.findChildren<QToolButton*>())
    if (one->text() == "Edit") edit = one;
  ASSERT_NE(edit, nullptr);
  QStringList seen;
  QTimer::singleShot(50, &window_, [&] {
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    if (!menu) return;
    menu->setActiveAction(window_.actions().share);
    seen << told();
    QTest::keyClick(menu, Qt::Key_Down);
    seen << told();
    QTest::keyClick(menu, Qt::Key_Escape);
  });
  QTest::mouseClick(edit, Qt::LeftButton);
  EXPECT_EQ(seen, (QStringList{window_.actions().share->statusTip(), window_.actions().commandLine->statusTip()}));
  EXPECT_TRUE(told().isEmpty());
}

/// Capitals would make another letter of κ.
TEST_F(TopBarTest, HeadsKeepTheLettersOfTheirText) {
  int heads = 0;
  for (const GroupHead* head : window_.findChildren<GroupHead*>()) {
    EXPECT_EQ(head->font().capitalization(), QFont::MixedCase) << head->text().toStdString();
    EXPECT_GT(head->font().letterSpacing(), 0);
    ++heads;
  }
  EXPECT_GT(heads, 6);
}

}  // namespace
}  // namespace kappa::ui
