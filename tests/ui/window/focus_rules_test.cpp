/// A click leaves the space bar to the run, what disappears leaves the focus where it was, and keys do what is in
/// sight.
#include "ui/window/focus_rules.hpp"

#include <QContextMenuEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSet>
#include <QTimer>
#include <QToolButton>

#include "tests/ui/runs/desk.hpp"
#include "ui/forms/choice_field.hpp"
#include "ui/gallery/gallery_card.hpp"
#include "ui/gallery/gallery_page.hpp"
#include "ui/lessons/choice_button.hpp"
#include "ui/lessons/lesson_panel.hpp"
#include "ui/lessons/lesson_player.hpp"
#include "ui/lessons/question_box.hpp"
#include "ui/window/info_panel.hpp"
#include "ui/window/presenter.hpp"
#include "ui/window/run_bar.hpp"
#include "ui/window/scrubber.hpp"
#include "ui/window/top_bar.hpp"

namespace kappa::ui {
namespace {

using testing::await;

class FocusRulesTest : public testing::Desk {
 protected:
  /// To whatever has the focus, as the keyboard does.
  void press(Qt::Key key) {
    QWidget* there = window_.focusWidget();
    QTest::keyClick(there ? there : &window_, key);
    QCoreApplication::processEvents();
  }
  bool inFocus(const QWidget* place) const {
    const QWidget* there = window_.focusWidget();
    return there && (there == place || place->isAncestorOf(there));
  }
};

TEST_F(FocusRulesTest, SpaceRunsAfterAClickOnAnotherButton) {
  ASSERT_TRUE(walkTo(5));
  QTest::mouseClick(button<QPushButton>("Fork here"), Qt::LeftButton);
  ASSERT_TRUE(await([&] { return session_.document().runs.size() == 4; }));
  press(Qt::Key_Space);
  EXPECT_EQ(session_.document().runs.size(), 4u);
  EXPECT_TRUE(await([&] { return session_.state() == RunState::finished; }));
}

TEST_F(FocusRulesTest, AClickOnAButtonEndsTyping) {
  NumberField& number = field("learning_rate");
  number.setFocus();
  number.selectAll();
  QTest::keyClicks(&number, "0.25");
  QTest::mouseClick(button<QToolButton>("Step"), Qt::LeftButton);
  EXPECT_FALSE(number.hasFocus());
  press(Qt::Key_Space);
  EXPECT_TRUE(await([&] { return session_.state() == RunState::finished; }));
  EXPECT_EQ(number.value(), 0.25);
}

TEST_F(FocusRulesTest, ANumberThatIsEnteredLeavesTheSpaceBarToTheRun) {
  NumberField& number = field("learning_rate");
  number.setFocus();
  number.selectAll();
  QTest::keyClicks(&number, "0.25");
  press(Qt::Key_Space);
  EXPECT_EQ(session_.state(), RunState::ready) << "not while it is being typed";
  press(Qt::Key_Backspace);
  press(Qt::Key_Return);
  ASSERT_TRUE(number.hasFocus());
  ASSERT_TRUE(await([&] { return !session_.rebuilding(); }));
  press(Qt::Key_Space);
  EXPECT_TRUE(await([&] { return session_.state() == RunState::finished; }));
  EXPECT_EQ(number.value(), 0.25);
  EXPECT_EQ(number.text(), "0.25");
}

TEST_F(FocusRulesTest, TheEndOfTheRunPressesNothingElse) {
  auto* step = button<QToolButton>("Step");
  step->setFocus(Qt::TabFocusReason);
  ASSERT_TRUE(finish());
  ASSERT_TRUE(await([&] { return !step->isEnabled(); }));
  EXPECT_TRUE(inFocus(window_.findChild<RunBar*>()));
  EXPECT_FALSE(qobject_cast<QAbstractButton*>(window_.focusWidget()));
}

TEST_F(FocusRulesTest, ReturnPressesTheButtonInFocus) {
  auto* step = button<QToolButton>("Step");
  step->setFocus(Qt::TabFocusReason);
  press(Qt::Key_Return);
  EXPECT_TRUE(await([&] { return session_.lastStep() == 1; }));
}

TEST_F(FocusRulesTest, ThePredictionLeavesTheSpaceBarToTheRun) {
  ASSERT_TRUE(window_.openLesson("conditioning"));
  window_.lesson().goTo(1);
  auto* box = window_.findChild<QuestionBox*>();
  ASSERT_FALSE(box->findChildren<ChoiceButton*>().isEmpty());
  box->findChildren<ChoiceButton*>()[2]->setFocus(Qt::TabFocusReason);
  press(Qt::Key_Space);
  auto* predict = button<QPushButton>("Predict");
  predict->setFocus(Qt::TabFocusReason);
  press(Qt::Key_Return);
  ASSERT_FALSE(window_.lesson().waits());
  press(Qt::Key_Space);
  EXPECT_EQ(window_.lesson().step(), 1u);
  EXPECT_TRUE(await([&] { return session_.state() == RunState::finished; }));
}

TEST_F(FocusRulesTest, TheoryWaitsForThePrediction) {
  ASSERT_TRUE(window_.openLesson("learning_rate"));
  EXPECT_TRUE(session_.figureOptions().theory);
  window_.lesson().goTo(2);
  EXPECT_FALSE(session_.figureOptions().theory);
  QTest::mouseClick(button<QPushButton>("Skip"), Qt::LeftButton);
  EXPECT_TRUE(session_.figureOptions().theory);
  window_.lesson().goTo(4);
  EXPECT_FALSE(session_.figureOptions().theory);
  window_.lesson().leave();
  EXPECT_TRUE(session_.figureOptions().theory);
}

TEST_F(FocusRulesTest, WhatALessonHandsOverIsInSightOnAProjector) {
  window_.resize(1024, 768);
  ASSERT_TRUE(window_.openLesson("learning_rate"));
  EXPECT_TRUE(window_.setup().isHidden());
  window_.lesson().goTo(6);
  EXPECT_FALSE(window_.setup().isHidden());
}

TEST_F(FocusRulesTest, ArrowsMoveInTheGalleryAndRunNothing) {
  window_.showGallery();
  EXPECT_TRUE(inFocus(&window_.gallery()));
  const auto& cards = window_.gallery().cards();
  cards.front()->setFocus(Qt::TabFocusReason);
  press(Qt::Key_Right);
  EXPECT_EQ(window_.focusWidget(), cards[1]);
  press(Qt::Key_Down);
  const QWidget* below = window_.focusWidget();
  EXPECT_GT(below->y(), cards[1]->y());
  press(Qt::Key_Up);
  EXPECT_EQ(window_.focusWidget()->y(), cards[1]->y());
  press(Qt::Key_Home);
  EXPECT_EQ(window_.focusWidget(), cards.front());
  EXPECT_EQ(session_.lastStep(), 0u);
  EXPECT_TRUE(window_.actions().gallery->isChecked());
}

TEST_F(FocusRulesTest, TabReadsThePanelDownwardsAfterAnotherOptimizerIsChosen) {
  auto* optimizer = named<ChoiceField>("Optimizer");
  ASSERT_NE(optimizer, nullptr);
  optimizer->setFocus(Qt::TabFocusReason);
  optimizer->choose("heavy_ball");
  emit optimizer->activated(optimizer->currentIndex());
  QCoreApplication::processEvents();
  optimizer = named<ChoiceField>("Optimizer");
  optimizer->setFocus(Qt::TabFocusReason);
  for (int i = 0; i < 6; ++i) {
    press(Qt::Key_Tab);
    const QWidget* there = window_.focusWidget();
    ASSERT_TRUE(window_.setup().isAncestorOf(there)) << i;
    EXPECT_GE(there->mapTo(window_.setup().widget(), QPoint()).y(),
              optimizer->mapTo(window_.setup().widget(), QPoint()).y());
  }
}

TEST_F(FocusRulesTest, TabGoesRoundAndBack) {
  button<QToolButton>("Step")->setFocus(Qt::TabFocusReason);
  QSet<QWidget*> seen;
  for (int i = 0; i < 400 && !seen.contains(window_.focusWidget()); ++i) {
    seen << window_.focusWidget();
    EXPECT_FALSE(qobject_cast<QScrollArea*>(window_.focusWidget()));
    press(Qt::Key_Tab);
  }
  EXPECT_EQ(window_.focusWidget(), button<QToolButton>("Step"));
  EXPECT_GT(seen.size(), 25);
  QTest::keyClick(window_.focusWidget(), Qt::Key_Backtab, Qt::ShiftModifier);
  EXPECT_TRUE(seen.contains(window_.focusWidget()));
}

TEST_F(FocusRulesTest, ARunIsRecolouredByKeysAlone) {
  ASSERT_TRUE(walkTo(5));
  table().setFocus();
  const std::string label = session_.document().runs[session_.chosenRun()].label;
  const int before = session_.colourOf(label);
  QTest::keyClick(&table(), Qt::Key_F10, Qt::ShiftModifier);
  auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
  ASSERT_NE(menu, nullptr);
  for (int i = 0; i < 3; ++i) QTest::keyClick(menu, Qt::Key_Down);
  ASSERT_NE(menu->activeAction(), nullptr);
  EXPECT_EQ(menu->activeAction()->text(), "Colour and marker");
  QTest::keyClick(menu, Qt::Key_Right);
  QWidget* colours = QApplication::activePopupWidget();
  ASSERT_NE(colours, menu);
  for (int i = 0; i < 5; ++i) QTest::keyClick(colours, Qt::Key_Down);
  QTest::keyClick(colours, Qt::Key_Return);
  EXPECT_NE(session_.colourOf(label), before);
  EXPECT_TRUE(table().hasFocus());
}

TEST_F(FocusRulesTest, F6GoesRoundThePartsOfTheWindow) {
  ASSERT_TRUE(walkTo(5));
  auto& info = *window_.findChild<InfoPanel*>();
  auto& bar = *window_.findChild<RunBar*>();
  window_.setup().setFocus();
  const QWidget* parts[] = {&window_.charts(), &info, &bar, window_.findChild<TopBar*>(), &window_.setup()};
  for (const QWidget* part : parts) {
    press(Qt::Key_F6);
    EXPECT_TRUE(inFocus(part)) << part->metaObject()->className();
    EXPECT_NE(window_.focusWidget(), part) << "what is in it has the focus, where that is seen";
  }
  for (const QWidget* part : {parts[3], parts[2], parts[1]}) {
    QTest::keyClick(window_.focusWidget(), Qt::Key_F6, Qt::ShiftModifier);
    EXPECT_TRUE(inFocus(part)) << part->metaObject()->className();
  }
  EXPECT_EQ(session_.lastStep(), 5u);
}

TEST_F(FocusRulesTest, AltOpensTheMenus) {
  QMenu* menu = button<QToolButton>("View")->menu();
  bool opened = false;
  QObject::connect(menu, &QMenu::aboutToShow, menu, [&] {
    opened = true;
    QTimer::singleShot(0, menu, &QWidget::close);
  });
  QTest::keyClick(&window_, Qt::Key_V, Qt::AltModifier);
  EXPECT_TRUE(await([&] { return opened; }));
}

TEST_F(FocusRulesTest, LettersChooseInAListOfChoices) {
  auto* choice = window_.setup().findChild<ChoiceField*>();
  choice->setFocus(Qt::TabFocusReason);
  ASSERT_TRUE(walkTo(3));
  press(Qt::Key_F);  // elsewhere it forks
  EXPECT_EQ(session_.document().runs.size(), 3u);
}

TEST_F(FocusRulesTest, HomeInTheTableGoesToItsFirstRow) {
  ASSERT_TRUE(finish());
  table().setFocus(Qt::TabFocusReason);
  press(Qt::Key_Home);
  EXPECT_EQ(session_.state(), RunState::finished);
  EXPECT_EQ(table().currentItem(), table().topLevelItem(0));
}

TEST_F(FocusRulesTest, TheTableIsSortedByItsMenu) {
  ASSERT_TRUE(walkTo(20));
  table().setFocus(Qt::TabFocusReason);
  QContextMenuEvent asked(QContextMenuEvent::Keyboard, QPoint(5, 5), table().viewport()->mapToGlobal(QPoint(5, 5)));
  QCoreApplication::sendEvent(table().viewport(), &asked);
  auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
  ASSERT_NE(menu, nullptr);
  for (QAction* one : menu->actions()) {
    if (one->text() != "Sort by") continue;
    ASSERT_EQ(one->menu()->actions().front()->text(), "Run");
    one->menu()->actions().front()->trigger();
  }
  menu->close();
  EXPECT_EQ(table().labels(), QStringList({"Adam", "GD", "Heavy ball"}));
}

TEST_F(FocusRulesTest, TheScrubberKeepsRoomOnAProjector) {
  theme_.choose(ThemeChoice::projector);
  window_.resize(1024, 768);
  QCoreApplication::processEvents();
  EXPECT_GE(window_.findChild<Scrubber*>()->width(), 160);
  window_.presenter().start(false);
  QCoreApplication::processEvents();
  EXPECT_GE(window_.findChild<Scrubber*>()->width(), 160);
  for (const QLabel* label : window_.findChild<RunBar*>()->findChildren<QLabel*>())
    EXPECT_TRUE(label->text() != "Speed" || label->isVisible());
  window_.presenter().stop();
  theme_.choose(ThemeChoice::light);
}

}  // namespace
}  // namespace kappa::ui
