/// Conditions stand under their fields before the first run, follow the slider, and the best values are a click away.
#include "ui/window/advice_notes.hpp"

#include <gtest/gtest.h>

#include <QApplication>
#include <QPushButton>
#include <QTest>

#include "tests/support/scratch.hpp"
#include "tests/ui/await.hpp"
#include "ui/forms/field_row.hpp"
#include "ui/forms/node_form.hpp"
#include "ui/forms/number_field.hpp"
#include "ui/forms/value_slider.hpp"
#include "ui/runs/run_form.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/setup_panel.hpp"

namespace kappa::ui {
namespace {

using testing::await;

class AdviceNotesTest : public ::testing::Test {
 protected:
  AdviceNotesTest() {
    panel_.resize(272, 900);
    panel_.show();
    session_.open("conditioning");
    await([&] { return session_.adviceOn(0) && session_.adviceOn(1) && session_.adviceOn(2); });
  }
  FieldRow& row(const char* field) { return *panel_.runForm()->form()->editor(field)->row(); }
  QPushButton* action(const char* field) { return row(field).findChild<QPushButton*>(); }
  double value(std::size_t run, const char* field) {
    return std::get<double>(session_.document().runs[run].optimizer.params.at(field));
  }
  void type(const char* field, const QString& text) {
    NumberField& number = *row(field).numberField();
    number.selectAll();
    QTest::keyClicks(&number, text);
    QTest::keyClick(&number, Qt::Key_Return);
  }

  test::ScratchDirectory folder_;
  AppTheme theme_{*qApp};
  Session session_{QString::fromStdString(folder_ / "recovery")};
  SetupPanel panel_{session_, theme_};
};

TEST_F(AdviceNotesTest, SaysWhatHoldsBeforeTheFirstRun) {
  EXPECT_EQ(session_.state(), RunState::ready);
  EXPECT_EQ(row("learning_rate").shownSentence(), "η < 2/L: 1.98 < 2.00 holds");
  EXPECT_EQ(action("learning_rate")->text(), "at its best");
  EXPECT_FALSE(action("learning_rate")->isEnabled());
}

TEST_F(AdviceNotesTest, FollowsWhatIsTyped) {
  type("learning_rate", "2.5");
  EXPECT_TRUE(await([&] { return row("learning_rate").shownSentence() == "η < 2/L: 2.50 > 2.00 fails"; }, 2000))
      << row("learning_rate").shownSentence().toStdString();
  EXPECT_EQ(action("learning_rate")->text(), "snap to best");
}

TEST_F(AdviceNotesTest, FollowsTheSliderWithinAFewFrames) {
  ValueSlider* slider = row("learning_rate").slider();
  ASSERT_NE(slider, nullptr);
  const QString before = row("learning_rate").shownSentence();
  QTest::keyClick(slider, Qt::Key_Right);
  EXPECT_TRUE(await([&] { return row("learning_rate").shownSentence() != before; }, 1000));
}

TEST_F(AdviceNotesTest, SnapsAndTakesItBackInOneEdit) {
  type("learning_rate", "0.5");
  ASSERT_TRUE(await([&] { return action("learning_rate")->isEnabled(); }));
  const int edits = session_.undoStack().index();
  QTest::mouseClick(action("learning_rate"), Qt::LeftButton);
  EXPECT_NEAR(value(0, "learning_rate"), 2 / 1.01, 1e-9);
  EXPECT_EQ(session_.undoStack().index(), edits + 1);
  EXPECT_TRUE(await([&] { return row("learning_rate").shownSentence() == "η < 2/L: 1.98 < 2.00 holds"; }));
  session_.undoStack().undo();
  EXPECT_EQ(value(0, "learning_rate"), 0.5);
}

TEST_F(AdviceNotesTest, AStepAndItsMomentumSnapTogether) {
  session_.chooseRun(1);
  type("learning_rate", "1");
  type("momentum", "0.2");
  ASSERT_TRUE(await([&] { return action("momentum")->isEnabled(); }));
  const int edits = session_.undoStack().index();
  QTest::mouseClick(action("momentum"), Qt::LeftButton);
  EXPECT_NEAR(value(1, "learning_rate"), 4 / (1.1 * 1.1), 1e-9);
  EXPECT_NEAR(value(1, "momentum"), std::pow(9.0 / 11, 2), 1e-9);
  EXPECT_EQ(session_.undoStack().index(), edits + 1);
  session_.undoStack().undo();
  EXPECT_EQ(value(1, "momentum"), 0.2);
}

TEST_F(AdviceNotesTest, SnappingWhileItRunsIsALiveEdit) {
  session_.setSpeed(100);
  session_.run();
  ASSERT_TRUE(await([&] { return session_.lastStep() >= 3; }));
  type("learning_rate", "0.5");
  ASSERT_TRUE(await([&] { return action("learning_rate")->isEnabled(); }));
  QTest::mouseClick(action("learning_rate"), Qt::LeftButton);
  const auto snapped = [&] {
    const Document lived = session_.recorded();
    return !lived.events.empty() && std::abs(std::get<double>(lived.events.back().value) - 2 / 1.01) < 1e-9;
  };
  EXPECT_TRUE(await(snapped, 5000));
  EXPECT_EQ(session_.state(), RunState::running);
  session_.stop();
  EXPECT_TRUE(await([&] { return session_.state() == RunState::finished; }));
  type("learning_rate", "3");  // the runs are over; theory still has its say
  EXPECT_TRUE(await([&] { return row("learning_rate").shownSentence().endsWith("fails"); }));
}

TEST_F(AdviceNotesTest, AnotherConditionNumberMovesTheBest) {
  auto* condition = panel_.problemForm()->editor("condition_number")->row()->numberField();
  condition->selectAll();
  QTest::keyClicks(condition, "10");
  ASSERT_TRUE(await([&] { return action("learning_rate")->isEnabled(); }));
  QTest::mouseClick(action("learning_rate"), Qt::LeftButton);
  EXPECT_NEAR(value(0, "learning_rate"), 2 / 1.1, 1e-9);
}

TEST_F(AdviceNotesTest, AnotherMethodForgetsWhatWasSaidOfTheOld) {
  session_.chooseRun(2);
  EXPECT_TRUE(row("learning_rate").shownSentence().isEmpty());
  EXPECT_FALSE(action("learning_rate")->isVisible());
}

}  // namespace
}  // namespace kappa::ui
