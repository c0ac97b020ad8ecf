/// Notices coalesce, fold, and go one by one.
#include "ui/window/message_strip.hpp"

#include <gtest/gtest.h>

#include <QLabel>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

namespace kappa::ui {
namespace {

class MessageStripTest : public ::testing::Test {
 protected:
  MessageStripTest() {
    strip_.resize(900, 40);
    strip_.show();
  }
  QStringList shown() const {
    QStringList texts;
    for (const QLabel* label : strip_.findChildren<QLabel*>())
      if (label->isVisible()) texts << label->text();
    return texts;
  }
  QToolButton* named(const QString& name) const {
    for (QToolButton* button : strip_.findChildren<QToolButton*>())
      if (button->isVisible() && (button->text() == name || button->accessibleName() == name)) return button;
    return nullptr;
  }
  MessageStrip strip_;
};

TEST_F(MessageStripTest, TheNewestShowsWithTheNumberOfOthers) {
  strip_.tell("one");
  EXPECT_EQ(named("1 more"), nullptr);
  strip_.tell("two");
  strip_.tellRun("three");
  EXPECT_EQ(shown(), QStringList{"three"});
  ASSERT_NE(named("2 more"), nullptr);
  QTest::mouseClick(&strip_, Qt::LeftButton, {}, {4, 4});
  EXPECT_EQ(shown().size(), 3);
  ASSERT_NE(named("fold"), nullptr);
  QTest::mouseClick(named("fold"), Qt::LeftButton);
  EXPECT_EQ(shown(), QStringList{"three"});
}

TEST_F(MessageStripTest, TheSameAgainIsCounted) {
  for (int i = 0; i < 4; ++i) strip_.tell("disk full");
  strip_.tell("other");
  strip_.tell("disk full");
  EXPECT_EQ(strip_.count(), 2);
  EXPECT_EQ(shown(), QStringList{"disk full (5 times)"});
}

TEST_F(MessageStripTest, NumbersDoNotMakeAnotherProblem) {
  strip_.tellRun("GD failed at step 12");
  strip_.tellRun("GD failed at step 340");
  EXPECT_EQ(shown(), QStringList{"GD failed at step 340 (2 times)"});
}

TEST_F(MessageStripTest, EachIsPutAwayByItself) {
  strip_.tell("one");
  strip_.tell("two");
  QTest::mouseClick(named("Put the message away"), Qt::LeftButton);
  EXPECT_EQ(shown(), QStringList{"one"});
  QTest::mouseClick(named("Put the message away"), Qt::LeftButton);
  EXPECT_FALSE(strip_.isVisible());
  strip_.tell("three");
  EXPECT_EQ(shown(), QStringList{"three"});
}

TEST_F(MessageStripTest, OnlyWhatASourceSaidIsTakenBack) {
  strip_.tell("window");
  strip_.tellRun("run failed");
  strip_.tell({});
  EXPECT_EQ(shown(), QStringList{"run failed"});
  strip_.tellRun({});  // another run begins: it may fail in the same way
  EXPECT_EQ(shown(), QStringList{"run failed"});
  strip_.tellRun("run failed");
  strip_.runWentWell();
  EXPECT_EQ(shown(), QStringList{"run failed (2 times)"});
  strip_.tellRun({});
  strip_.runWentWell();
  EXPECT_FALSE(strip_.isVisible());
}

TEST_F(MessageStripTest, AChoiceActsOnceAndPutsItsNoticeAway) {
  int chosen = 0;
  strip_.add({"recovery", "Recovered", false, {{"Open", [&] { ++chosen; }}}});
  auto* open = strip_.findChild<QPushButton*>();
  ASSERT_NE(open, nullptr);
  QTest::mouseClick(open, Qt::LeftButton);
  EXPECT_EQ(chosen, 1);
  EXPECT_EQ(strip_.count(), 0);
}

TEST_F(MessageStripTest, ManyProblemsDoNotFillTheWindow) {
  for (char16_t letter = u'a'; letter <= u'z'; ++letter) strip_.tell(QString(QChar(letter)));
  EXPECT_LE(strip_.count(), 8);
  EXPECT_EQ(strip_.text(), "z");
}

}  // namespace
}  // namespace kappa::ui
