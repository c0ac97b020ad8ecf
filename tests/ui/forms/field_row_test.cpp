/// Rows keep field, slider and sentence together; chips, switches and choices work by keyboard.
#include "ui/forms/field_row.hpp"

#include <gtest/gtest.h>

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "tests/ui/charts/pixels.hpp"
#include "ui/forms/card.hpp"
#include "ui/forms/choice_field.hpp"
#include "ui/forms/flag_field.hpp"
#include "ui/forms/group_head.hpp"
#include "ui/forms/number_field.hpp"
#include "ui/forms/run_chip.hpp"
#include "ui/forms/value_slider.hpp"

namespace kappa::ui {
namespace {

using testing::count;

TEST(FieldRow, KeepsFieldAndSliderInStep) {
  auto* field = new NumberField({.lo = 1e-4, .hi = 1, .log = true});
  field->setValue(0.01);
  FieldRow row("Learning rate η", field);
  row.setSlider(new ValueSlider);
  EXPECT_DOUBLE_EQ(row.slider()->number(), 0.01);
  int changes = 0, commits = 0;
  QObject::connect(field, &NumberField::valueChanged, [&] { ++changes; });
  QObject::connect(field, &NumberField::committed, [&] { ++commits; });
  QTest::keyClick(row.slider(), Qt::Key_End);
  EXPECT_EQ(field->text(), "1");
  EXPECT_EQ(field->value(), 1.0);
  EXPECT_EQ(changes, 1);
  EXPECT_EQ(commits, 1);
  field->selectAll();
  QTest::keyClicks(field, "0.001");
  EXPECT_DOUBLE_EQ(row.slider()->number(), 0.001);
}

TEST(FieldRow, ShowsTheErrorFirstAndThenTheNote) {
  auto* field = new NumberField({.lo = 0, .hi = 1});
  FieldRow row("Momentum β", field);
  row.setHelp("How much of the last step is kept.");
  row.setNote("β < 1 holds", Tone::good);
  EXPECT_EQ(row.shownSentence(), "β < 1 holds");
  field->selectAll();
  QTest::keyClicks(field, "2");
  EXPECT_TRUE(row.shownSentence().contains("at most 1"));
  EXPECT_EQ(field->accessibleDescription(), row.shownSentence());
  QTest::keyClick(field, Qt::Key_Escape);
  EXPECT_EQ(row.shownSentence(), "β < 1 holds");
  EXPECT_EQ(field->accessibleDescription(), "How much of the last step is kept.");
  EXPECT_EQ(field->accessibleName(), "Momentum β");
  EXPECT_EQ(row.toolTip(), "How much of the last step is kept.");
}

TEST(FieldRow, OffersAnAction) {
  FieldRow row("Learning rate η", new NumberField);
  QSignalSpy triggered(&row, &FieldRow::actionTriggered);
  row.setAction("snap to best");
  auto* button = row.findChild<QPushButton*>();
  EXPECT_FALSE(button->isHidden());
  button->click();
  EXPECT_EQ(triggered.count(), 1);
  row.setAction({});
  EXPECT_TRUE(button->isHidden());
}

TEST(FieldRow, GreysWhatIsIgnoredAndSaysWhy) {
  auto* field = new NumberField;
  FieldRow row("Radius", field);
  row.setHelp("Of the ball.");
  row.setIgnored(true, "Read only when the constraint is a ball.");
  EXPECT_FALSE(field->isEnabled());
  EXPECT_EQ(row.toolTip(), "Read only when the constraint is a ball.");
  row.setIgnored(false);
  EXPECT_TRUE(field->isEnabled());
  EXPECT_EQ(row.toolTip(), "Of the ball.");
}

TEST(FlagField, LooksLockedWhetherItIsOnOrOff) {
  for (const bool on : {false, true}) {
    FlagField field;
    field.setChecked(on);
    field.resize(field.sizeHint());
    const QImage open = field.grab().toImage();
    field.setEnabled(false);
    EXPECT_NE(field.grab().toImage(), open) << (on ? "on" : "off");
  }
}

TEST(ChoiceField, ChoosesByIdAndTellsOnlyWhatTheUserDid) {
  ChoiceField field;
  field.setChoices({{"constant", "Constant"}, {"cosine", "Cosine"}});
  QSignalSpy chosen(&field, &ChoiceField::chosen);
  EXPECT_TRUE(field.choose("cosine"));
  EXPECT_FALSE(field.choose("nonsense"));
  EXPECT_EQ(field.chosenId(), "cosine");
  EXPECT_EQ(chosen.count(), 0);
  QTest::keyClick(&field, Qt::Key_Up);
  ASSERT_EQ(chosen.count(), 1);
  EXPECT_EQ(chosen[0][0].toString(), "constant");
  field.setChoices({{"cosine", "Cosine"}, {"constant", "Constant"}});
  EXPECT_EQ(field.chosenId(), "constant") << "a new list keeps the choice";
}

TEST(FlagField, TogglesBySpaceAndLooksDifferent) {
  AppTheme look(*qApp);
  look.choose(ThemeChoice::light);
  FlagField field;
  field.resize(field.sizeHint());
  const QColor accent = toColour(theme(ThemeId::light).accent);
  EXPECT_EQ(count(field.grab().toImage(), accent), 0);
  QTest::keyClick(&field, Qt::Key_Space);
  EXPECT_TRUE(field.isChecked());
  EXPECT_GT(count(field.grab().toImage(), accent), 150);
}

TEST(RunChip, ShowsItsColourInEveryTheme) {
  AppTheme look(*qApp);
  RunChip chip(look);
  chip.resize(240, 32);
  chip.setRun("Heavy ball", "η 3.31  β 0.67", 1, Marker::square);
  EXPECT_EQ(chip.accessibleName(), "Heavy ball");
  EXPECT_EQ(chip.accessibleDescription(), "η 3.31  β 0.67");
  for (const auto& [choice, id] :
       {std::pair{ThemeChoice::light, ThemeId::light}, std::pair{ThemeChoice::dark, ThemeId::dark}}) {
    look.choose(choice);
    const QImage image = chip.grab().toImage();
    EXPECT_GT(count(image, runColour(theme(id), 1), QRect(8, 8, 16, 16)), 40);
    EXPECT_TRUE(testing::near(image.pixelColor(120, 4), toColour(theme(id).field), 2));
  }
  QTest::keyClick(&chip, Qt::Key_Space);
  EXPECT_TRUE(chip.isChecked());
}

TEST(GroupHead, IsSmallAndKeepsItsLetters) {
  AppTheme look(*qApp);
  look.choose(ThemeChoice::light);
  GroupHead head("Problem");
  head.show();
  QCoreApplication::processEvents();
  EXPECT_EQ(head.text(), "Problem");
  EXPECT_EQ(head.font().capitalization(), QFont::MixedCase);  // a capital κ would read K
  EXPECT_EQ(head.font().pixelSize(), 11);
}

TEST(Card, HasRoundCornersOnThePanelColour) {
  AppTheme look(*qApp);
  look.choose(ThemeChoice::light);
  QWidget window;
  window.resize(200, 120);
  Card card(&window);
  card.setGeometry(20, 20, 160, 80);
  window.show();
  QCoreApplication::processEvents();
  const QImage image = window.grab().toImage();
  const Theme& t = theme(ThemeId::light);
  EXPECT_EQ(image.pixelColor(100, 60), toColour(t.panel));
  EXPECT_EQ(image.pixelColor(20, 20), toColour(t.window)) << "the corner is cut";
  EXPECT_EQ(image.pixelColor(100, 20), toColour(t.line));
}

/// A name is read whole: beside its label, or below it where the type is large.
TEST(FieldRow, ALineThatFitsItsTextIsNeverTooNarrowForIt) {
  auto* line = new QLineEdit("Gradient descent");
  FieldRow row("Name", line);
  row.fit(136);
  row.setFixedSize(240, 90);
  row.show();
  for (const int size : {13, 19, 24}) {
    for (QWidget* one : {static_cast<QWidget*>(line), static_cast<QWidget*>(&row)}) {
      QFont font = one->font();
      font.setPixelSize(size);
      one->setFont(font);
    }
    QCoreApplication::processEvents();
    EXPECT_GE(line->width(), line->fontMetrics().horizontalAdvance(line->text()) + 10) << size;
    EXPECT_LE(line->width(), row.width()) << size;
  }
  EXPECT_GT(line->y(), 20) << "below its label by now";
}

}  // namespace
}  // namespace kappa::ui
