/// A lesson taken as a student takes it: by mouse and keys, in the window.
#include <gtest/gtest.h>

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

#include "tests/support/scratch.hpp"
#include "tests/ui/await.hpp"
#include "ui/charts/chart_view.hpp"
#include "ui/charts/plot_view.hpp"
#include "ui/forms/field_row.hpp"
#include "ui/forms/node_form.hpp"
#include "ui/forms/number_field.hpp"
#include "ui/lessons/choice_button.hpp"
#include "ui/lessons/lesson_card.hpp"
#include "ui/lessons/lesson_panel.hpp"
#include "ui/lessons/lesson_player.hpp"
#include "ui/lessons/lessons_page.hpp"
#include "ui/lessons/question_box.hpp"
#include "ui/runs/run_form.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/actions.hpp"
#include "ui/window/chart_card.hpp"
#include "ui/window/chart_grid.hpp"
#include "ui/window/main_window.hpp"
#include "ui/window/setup_panel.hpp"

namespace kappa::ui {
namespace {

using test::ScratchDirectory;
using testing::await;

class LessonTest : public ::testing::Test {
 protected:
  LessonTest() {
    window_.resize(1280, 800);
    window_.show();
    window_.activateWindow();
    QCoreApplication::processEvents();
  }
  void open(const QString& name) {
    window_.actions().lessons->trigger();
    for (LessonCard* card : window_.lessons().cards())
      if (card->entry().name == name) QTest::mouseClick(card, Qt::LeftButton);
    QCoreApplication::processEvents();
  }
  bool finish() {
    QTest::keyClick(&window_, Qt::Key_Space);
    return await([&] { return session_.state() == RunState::finished && session_.idle(); });
  }
  void onward() { QTest::mouseClick(panel().nextButton(), Qt::LeftButton); }
  LessonPanel& panel() { return window_.lessonPanel(); }
  QuestionBox& question() { return *panel().question(); }
  LessonPlayer& player() { return window_.lesson(); }

  ScratchDirectory folder_;
  AppTheme theme_{*qApp};
  Session session_{QString::fromStdString(folder_ / "recovery")};
  MainWindow window_{session_, theme_};
};

TEST_F(LessonTest, EveryLessonIsListedWithWhatItIsAboutAndItsSteps) {
  window_.actions().lessons->trigger();
  QCoreApplication::processEvents();
  ASSERT_GE(window_.lessons().cards().size(), 6u);
  for (const LessonCard* card : window_.lessons().cards()) {
    EXPECT_FALSE(card->entry().title.isEmpty());
    EXPECT_FALSE(card->entry().about.isEmpty());
    EXPECT_FALSE(card->entry().picture.isEmpty()) << card->entry().name.toStdString();
    EXPECT_TRUE(card->accessibleDescription().contains(QString::number(card->entry().steps)));
    EXPECT_GE(card->height(), card->heightForWidth(card->width()));
  }
}

TEST_F(LessonTest, RunsWaitForThePredictionAndTheTruthStandsBesideIt) {
  open("conditioning");
  ASSERT_TRUE(player().isOpen());
  EXPECT_TRUE(panel().isVisible());
  EXPECT_FALSE(question().isVisible());
  ASSERT_TRUE(finish());
  onward();
  ASSERT_EQ(player().step(), 1u);
  EXPECT_TRUE(panel().text()->text().contains("<b>34</b>")) << panel().text()->text().toStdString();

  EXPECT_TRUE(question().isVisible());
  EXPECT_FALSE(window_.actions().run->isEnabled());
  QTest::keyClick(&window_, Qt::Key_Space);
  EXPECT_EQ(session_.state(), RunState::ready);
  EXPECT_FALSE(question().predictButton()->isEnabled());
  QTest::mouseClick(question().choices()[1], Qt::LeftButton);
  EXPECT_TRUE(question().predictButton()->isEnabled());
  QTest::mouseClick(question().predictButton(), Qt::LeftButton);
  EXPECT_TRUE(window_.actions().run->isEnabled());
  EXPECT_TRUE(question().told().contains("run it"));

  ASSERT_TRUE(finish());
  EXPECT_TRUE(question().told().contains("<b>329</b>")) << question().told().toStdString();
  EXPECT_EQ(question().choices()[1]->verdict(), ChoiceButton::Verdict::wrong);
  EXPECT_EQ(question().choices()[2]->verdict(), ChoiceButton::Verdict::right);
  EXPECT_TRUE(question().choices()[1]->isChecked()) << "the guess stays in sight";
}

TEST_F(LessonTest, APredictedNumberIsComparedWithTheRun) {
  open("conditioning");
  player().goTo(2);
  QTest::keyClicks(question().number(), "3000");
  QTest::keyClick(question().number(), Qt::Key_Return);
  ASSERT_FALSE(player().waits());
  panel().setFocus();
  ASSERT_TRUE(finish());
  EXPECT_TRUE(question().told().contains("3281")) << question().told().toStdString();
  EXPECT_TRUE(question().told().contains("very close")) << question().told().toStdString();
}

TEST_F(LessonTest, AQuestionMayBeSkipped) {
  open("learning_rate");
  QTest::keyClick(&window_, Qt::Key_Right, Qt::AltModifier);
  ASSERT_TRUE(player().waits());
  QTest::mouseClick(question().passButton(), Qt::LeftButton);
  EXPECT_TRUE(window_.actions().run->isEnabled());
  ASSERT_TRUE(finish());
  EXPECT_TRUE(player().knowsTruth());
}

TEST_F(LessonTest, NothingBesideTheFieldsAnswersBeforeThePrediction) {
  open("learning_rate");
  FieldRow& rate = *window_.setup().runForm()->form()->editor("learning_rate")->row();
  ASSERT_TRUE(await([&] { return session_.adviceOn(0) != nullptr; }));
  EXPECT_TRUE(rate.shownSentence().contains("2/L")) << "a step that asks nothing says what is assumed";
  session_.step(3);
  ASSERT_TRUE(await([&] { return session_.lastStep() == 3 && session_.idle(); }));
  EXPECT_TRUE(window_.actions().fork->isEnabled());
  onward();
  ASSERT_TRUE(player().waits());
  session_.step(3);  // whoever asks for it
  ASSERT_TRUE(await([&] { return session_.lastStep() == 3 && session_.idle(); }));
  EXPECT_EQ(rate.shownSentence(), "");
  EXPECT_FALSE(window_.actions().fork->isEnabled());
  const std::size_t runs = session_.document().runs.size();
  QTest::keyClick(&window_, Qt::Key_F);
  EXPECT_EQ(session_.document().runs.size(), runs);
  QTest::mouseClick(question().passButton(), Qt::LeftButton);
  EXPECT_TRUE(rate.shownSentence().contains("2/L")) << rate.shownSentence().toStdString();
  EXPECT_TRUE(window_.actions().fork->isEnabled());
}

TEST_F(LessonTest, NumbersAreDotsUntilTheRunKnowsThem) {
  open("momentum");
  player().goTo(2);
  EXPECT_TRUE(panel().text()->text().contains(QChar(0x2026)));
  ASSERT_TRUE(finish());
  EXPECT_FALSE(panel().text()->text().contains(QChar(0x2026))) << panel().text()->text().toStdString();
  EXPECT_TRUE(panel().text()->text().contains("<b>7.42</b>"));
}

TEST_F(LessonTest, KeysTurnTheSteps) {
  open("adam");
  panel().setFocus();
  QTest::keyClick(&panel(), Qt::Key_PageDown);
  EXPECT_EQ(player().step(), 1u);
  QTest::keyClick(&window_, Qt::Key_Right, Qt::AltModifier);
  EXPECT_EQ(player().step(), 2u);
  QTest::keyClick(&window_, Qt::Key_Left, Qt::AltModifier);
  EXPECT_EQ(player().step(), 1u);
  QTest::keyClick(&panel(), Qt::Key_PageUp);
  EXPECT_EQ(player().step(), 0u);
  EXPECT_FALSE(panel().backButton()->isEnabled());
}

TEST_F(LessonTest, EndAndHomeGoToTheLastCardAndTheFirst) {
  window_.actions().lessons->trigger();
  QCoreApplication::processEvents();
  const auto cards = window_.lessons().cards();
  cards.front()->setFocus();
  QTest::keyClick(cards.front(), Qt::Key_End);
  EXPECT_EQ(window_.focusWidget(), cards.back());
  EXPECT_FALSE(cards.back()->visibleRegion().isEmpty());
  QTest::keyClick(cards.back(), Qt::Key_Home);
  EXPECT_EQ(window_.focusWidget(), cards.front());
}

TEST_F(LessonTest, WhatWasKeptBeforeGivesNothingAway) {
  ASSERT_TRUE(session_.open("conditioning").empty());
  window_.showSetup();
  ASSERT_TRUE(finish());
  session_.keepResult();
  ASSERT_EQ(session_.kept().all().size(), 1u);
  open("conditioning");
  EXPECT_TRUE(session_.figureOptions().kept.empty());
  player().leave();
  EXPECT_EQ(session_.figureOptions().kept.size(), 1u);
}

TEST_F(LessonTest, OnAChartTheKeysTurnTheLessonAndBackspaceItsZoom) {
  open("adam");
  player().goTo(1);
  if (player().waits()) QTest::mouseClick(question().passButton(), Qt::LeftButton);
  panel().setFocus();
  ASSERT_TRUE(finish());
  ChartCard& card = *window_.charts().cards().front();
  PlotView* plot = card.view()->plot();
  plot->setFocus();
  QTest::keyClick(plot, Qt::Key_Plus);
  ASSERT_FALSE(card.zoom().whole());
  QTest::keyClick(plot, Qt::Key_Left, Qt::AltModifier);
  EXPECT_EQ(player().step(), 0u);
  plot->setFocus();
  QTest::keyClick(plot, Qt::Key_Right, Qt::AltModifier);
  EXPECT_EQ(player().step(), 1u);
  ChartCard& shown = *window_.charts().cards().front();
  shown.view()->plot()->setFocus();
  QTest::keyClick(shown.view()->plot(), Qt::Key_0);
  QTest::keyClick(shown.view()->plot(), Qt::Key_Plus);
  EXPECT_FALSE(shown.zoom().whole());
  QTest::keyClick(shown.view()->plot(), Qt::Key_Backspace);
  EXPECT_TRUE(shown.zoom().whole());
  EXPECT_EQ(player().step(), 1u);
}

TEST_F(LessonTest, WhatIsLockedCannotBeChanged) {
  open("conditioning");
  FieldEditor* kappa = window_.setup().problemForm()->editor("condition_number");
  EXPECT_FALSE(kappa->isEnabled());
  Document other = session_.document();
  other.problem = *with_value(other.problem, "condition_number", 7.0);
  EXPECT_FALSE(session_.change(other, "try").empty()) << "whoever asks for it";
  player().goTo(player().lesson().steps.size() - 1);
  EXPECT_TRUE(kappa->isEnabled());
  EXPECT_TRUE(session_.change(other, "try").empty());
}

TEST_F(LessonTest, ChangedSettingsComeBackByOneButton) {
  open("conditioning");
  player().goTo(player().lesson().steps.size() - 1);
  EXPECT_FALSE(panel().restoreButton()->isVisible());
  NumberField& kappa = *window_.setup().problemForm()->editor("condition_number")->row()->numberField();
  kappa.setFocus();
  kappa.selectAll();
  QTest::keyClicks(&kappa, "20");
  QTest::keyClick(&kappa, Qt::Key_Return);
  ASSERT_TRUE(player().strays());
  EXPECT_TRUE(panel().restoreButton()->isVisible());
  EXPECT_TRUE(panel().text()->text().contains("<b>20</b>")) << "the text speaks of what is set";
  QTest::mouseClick(panel().restoreButton(), Qt::LeftButton);
  EXPECT_FALSE(player().strays());
  EXPECT_EQ(std::get<double>(session_.document().problem.params.at("condition_number")), 100.0);
}

TEST_F(LessonTest, OnlyTheChartsOfTheStepAreShown) {
  open("conditioning");
  const auto shown = [&] {
    QStringList ids;
    for (const ChartCard* card : window_.charts().cards())
      if (!card->isHidden()) ids << QString::fromStdString(card->spec().id);
    return ids;
  };
  EXPECT_EQ(shown(), QStringList{"loss"});
  player().goTo(3);
  QCoreApplication::processEvents();
  EXPECT_EQ(shown().size(), 2);
  EXPECT_TRUE(shown().contains("error_spectrum"));
}

TEST_F(LessonTest, LeavingLiftsLocksAndBringsChartsBack) {
  const std::size_t before = [&] {
    session_.open("conditioning");
    return session_.figures().size();
  }();
  open("conditioning");
  QTest::mouseClick(panel().leaveButton(), Qt::LeftButton);
  EXPECT_FALSE(player().isOpen());
  EXPECT_FALSE(panel().isVisible());
  EXPECT_TRUE(session_.locks().isEmpty());
  EXPECT_FALSE(session_.view().contains("charts"));
  EXPECT_TRUE(window_.actions().run->isEnabled());
  EXPECT_TRUE(window_.setup().problemForm()->editor("condition_number")->isEnabled());
  EXPECT_FALSE(session_.edited()) << "a lesson is nothing to save";
  window_.showSetup();
  std::size_t visible = 0;
  for (const ChartCard* card : window_.charts().cards()) visible += !card->isHidden();
  EXPECT_EQ(visible, before);
}

TEST_F(LessonTest, AnotherDocumentEndsTheLesson) {
  open("muon");
  ASSERT_TRUE(session_.open("rosenbrock").empty());
  EXPECT_FALSE(player().isOpen());
  EXPECT_TRUE(session_.locks().isEmpty());
  EXPECT_FALSE(panel().isVisible());
}

TEST_F(LessonTest, EveryLessonCanBeTakenFromTheFirstStepToTheLast) {
  for (const LessonCard* card : window_.lessons().cards()) {
    open(card->entry().name);
    ASSERT_TRUE(player().isOpen());
    for (int step = 0; step < card->entry().steps; ++step) {
      if (player().waits()) QTest::mouseClick(question().passButton(), Qt::LeftButton);
      panel().setFocus();
      if (session_.state() != RunState::finished) {
        ASSERT_TRUE(finish()) << card->entry().name.toStdString() << " " << step + 1;
      }
      EXPECT_FALSE(panel().text()->text().contains(QChar(0x2026)))
          << card->entry().name.toStdString() << " " << step + 1 << panel().text()->text().toStdString();
      EXPECT_FALSE(question().told().contains(QChar(0x2026))) << question().told().toStdString();
      onward();
    }
    EXPECT_FALSE(player().isOpen()) << "the last step ends it";
  }
}

}  // namespace
}  // namespace kappa::ui
