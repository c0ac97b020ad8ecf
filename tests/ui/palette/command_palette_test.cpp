/// The palette holds every action, every experiment and every field, and is driven by the keyboard alone.
#include "ui/palette/command_palette.hpp"

#include <gtest/gtest.h>

#include <QApplication>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QTest>
#include <algorithm>

#include "tests/support/scratch.hpp"
#include "ui/forms/field_editor.hpp"
#include "ui/forms/field_row.hpp"
#include "ui/forms/node_form.hpp"
#include "ui/palette/fuzzy.hpp"
#include "ui/palette/palette_items.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/actions.hpp"
#include "ui/window/document_files.hpp"
#include "ui/window/habits.hpp"
#include "ui/window/main_window.hpp"
#include "ui/window/setup_panel.hpp"

namespace kappa::ui {
namespace {

TEST(Fuzzy, WordsAndBeginningsGoFirst) {
  EXPECT_FALSE(fuzzyScore("xyz", "Learning rate"));
  EXPECT_TRUE(fuzzyScore("", "anything"));
  EXPECT_GT(*fuzzyScore("rate", "Learning rate"), *fuzzyScore("rate", "Separate"));
  EXPECT_GT(*fuzzyScore("lr", "Learning rate"), *fuzzyScore("lr", "Color bar"));
  EXPECT_TRUE(fuzzyScore("rate learn", "Learning rate η"));
  EXPECT_TRUE(fuzzyScore("sv as", "Save as"));
  EXPECT_FALSE(fuzzyScore("save xx", "Save as"));
}

class PaletteTest : public ::testing::Test {
 protected:
  PaletteTest() {
    session_.open("conditioning");
    window_.resize(1280, 800);
    window_.show();
    window_.showSetup();
    window_.activateWindow();
    QCoreApplication::processEvents();
  }
  CommandPalette& open() {
    QTest::keyClick(&window_, Qt::Key_K, Qt::ControlModifier);
    QCoreApplication::processEvents();
    return window_.habits().palette();
  }
  void type(const QString& text) { QTest::keyClicks(window_.habits().palette().field(), text); }
  void press(Qt::Key key) { QTest::keyClick(window_.habits().palette().field(), key); }
  QString first() { return window_.habits().palette().list()->currentIndex().data(Qt::DisplayRole).toString(); }

  test::ScratchDirectory folder_;
  AppTheme theme_{*qApp};
  Session session_{QString::fromStdString(folder_ / "recovery")};
  MainWindow window_{session_, theme_};
};

TEST_F(PaletteTest, HoldsEveryAction) {
  CommandPalette& palette = open();
  ASSERT_TRUE(palette.isVisible());
  const auto& items = palette.items();
  const auto held = [&](const QAction* action) {
    return std::any_of(items.begin(), items.end(), [&](const PaletteItem& item) { return item.action == action; });
  };
  int counted = 0;
  for (const QAction* action : window_.actions().findChildren<QAction*>()) {
    if (action->isSeparator() || action->text().isEmpty()) continue;
    ++counted;
    EXPECT_TRUE(held(action)) << action->text().toStdString();
  }
  for (const QMenu* menu : window_.findChildren<QMenu*>())
    for (const QAction* action : menu->actions()) {
      if (action->isSeparator() || action->menu() || action->text().isEmpty() || !action->isVisible()) continue;
      EXPECT_TRUE(held(action)) << action->text().toStdString();
    }
  EXPECT_GE(counted, 20);
  for (const PaletteItem& item : items) EXPECT_FALSE(item.title.isEmpty());
}

TEST_F(PaletteTest, HoldsExperimentsAndFields) {
  const auto& items = open().items();
  const auto count = [&](const QString& context) {
    return std::count_if(items.begin(), items.end(), [&](const PaletteItem& item) { return item.context == context; });
  };
  EXPECT_EQ(static_cast<std::size_t>(count("Experiment")), gallery().size());
  EXPECT_GE(count("Field"), 10);
}

TEST_F(PaletteTest, FieldsThatAreNotReadHaveNothingToOffer) {
  QStringList pins, read;
  for (const PaletteItem& item : actionItems(window_))
    if (item.title == "Keep in sight while presenting") pins << item.context;
  for (FieldEditor* editor : window_.setup().problemForm()->editors())
    if (editor->row() && !editor->isHidden() && editor->row()->editor()->isEnabled()) read << editor->row()->name();
  EXPECT_FALSE(read.isEmpty());
  EXPECT_LT(read.size(), static_cast<qsizetype>(window_.setup().problemForm()->editors().size()))
      << "some are not read";
  pins.sort();
  read.sort();
  EXPECT_EQ(pins, read);
}

TEST_F(PaletteTest, EnterDoesWhatIsChosen) {
  open();
  type("proj");
  EXPECT_EQ(first(), "Projector");
  press(Qt::Key_Return);
  EXPECT_EQ(theme_.id(), ThemeId::projector);
  EXPECT_FALSE(window_.habits().palette().isVisible());
}

TEST_F(PaletteTest, JumpsToAField) {
  open();
  type("dimension");
  press(Qt::Key_Return);
  QCoreApplication::processEvents();
  const QWidget* focus = QApplication::focusWidget();
  ASSERT_NE(focus, nullptr);
  EXPECT_TRUE(focus->accessibleName().startsWith("Dimension"))
      << focus->metaObject()->className() << " " << focus->accessibleName().toStdString();
}

TEST_F(PaletteTest, OpensAnExperiment) {
  open();
  type("sensing");
  ASSERT_FALSE(first().isEmpty());
  press(Qt::Key_Return);
  EXPECT_NE(session_.name(), "conditioning");
}

TEST_F(PaletteTest, ArrowsGoRoundAndEscapeGoesBack) {
  window_.setup().setFocus();
  QWidget* before = QApplication::focusWidget();
  CommandPalette& palette = open();
  const QString top = first();
  press(Qt::Key_Down);
  EXPECT_NE(first(), top);
  press(Qt::Key_Up);
  EXPECT_EQ(first(), top);
  press(Qt::Key_Up);
  EXPECT_EQ(palette.list()->currentIndex().row(), palette.list()->model()->rowCount() - 1);
  press(Qt::Key_Down);
  EXPECT_EQ(first(), top);
  type("qqqq");
  EXPECT_EQ(first(), "Nothing fits.");
  press(Qt::Key_Return);
  EXPECT_TRUE(palette.isVisible());
  press(Qt::Key_Escape);
  EXPECT_FALSE(palette.isVisible());
  EXPECT_EQ(QApplication::focusWidget(), before);
}

TEST_F(PaletteTest, LettersAndSpaceAreTextWhileItIsOpen) {
  open();
  QTest::keyClick(window_.habits().palette().field(), Qt::Key_Space);
  EXPECT_EQ(session_.state(), RunState::ready);
  EXPECT_EQ(window_.habits().palette().field()->text(), " ");
}

TEST_F(PaletteTest, WhatEveryChartHasSaysOfWhichChart) {
  open();
  QStringList told;
  for (const PaletteItem& item : window_.habits().palette().items())
    if (item.title.startsWith("Show everything")) told << item.context;
  EXPECT_GE(told.size(), 2);
  EXPECT_EQ(told.removeDuplicates(), 0) << told.join('\n').toStdString();
}

}  // namespace
}  // namespace kappa::ui
