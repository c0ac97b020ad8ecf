/// A formula takes effect as it is typed; what cannot be read is told at the field, with the cursor where it stops.
#include <gtest/gtest.h>

#include <QApplication>
#include <QLineEdit>
#include <QTest>

#include "ui/forms/field_row.hpp"
#include "ui/forms/node_form.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

class FormulaFieldTest : public ::testing::Test {
 protected:
  FormulaFieldTest() {
    form_.setNode(complete_node({Kind::problem, "landscape", {{"function", std::string("custom")}}}));
    form_.resize(240, 400);
    form_.show();
    edit_ = qobject_cast<QLineEdit*>(form_.editor("expression")->row()->editor());
  }
  QString sentence() const { return form_.editor("expression")->row()->shownSentence(); }
  void type(const char* text) {
    edit_->setFocus();
    edit_->selectAll();
    QTest::keyClicks(edit_, text);
  }

  std::vector<std::string> told_;
  NodeForm form_{Kind::problem, [this](const FieldEdit& edit) {
                   if (edit.path == "expression") told_.push_back(std::get<std::string>(edit.value));
                   return QString();
                 }};
  QLineEdit* edit_ = nullptr;
};

TEST_F(FormulaFieldTest, TakesEffectAsItIsTyped) {
  ASSERT_NE(edit_, nullptr);
  type("x^2+y");
  ASSERT_FALSE(told_.empty());
  EXPECT_EQ(told_.front(), "x");
  EXPECT_EQ(told_.back(), "x^2+y");
  for (const std::string& text : told_) EXPECT_NE(text, "x^") << "half a formula is not told";
  EXPECT_EQ(sentence(), "");
}

TEST_F(FormulaFieldTest, SaysWhereItCannotBeReadAndPutsTheCursorThere) {
  type("x + foo(y)");
  told_.clear();
  QTest::keyClick(edit_, Qt::Key_Return);
  EXPECT_TRUE(told_.empty());
  EXPECT_TRUE(sentence().contains("Column 5")) << sentence().toStdString();
  EXPECT_TRUE(sentence().contains("sin")) << "and what would be understood";
  EXPECT_EQ(edit_->cursorPosition(), 4);
  EXPECT_EQ(edit_->text(), "x + foo(y)") << "nobody's typing is thrown away";
  type("x + sin(y)");
  EXPECT_EQ(told_.back(), "x + sin(y)");
  EXPECT_EQ(sentence(), "");
}

TEST_F(FormulaFieldTest, HasTheWidthOfTheRow) {
  QCoreApplication::processEvents();
  EXPECT_GT(edit_->width(), 200);
}

TEST_F(FormulaFieldTest, IsShownOnlyForAFunctionOfOnesOwn) {
  EXPECT_TRUE(edit_->isEnabled());
  form_.setNode(complete_node({Kind::problem, "landscape", {{"function", std::string("beale")}}}));
  EXPECT_FALSE(form_.editor("expression")->isVisible());
}

TEST_F(FormulaFieldTest, BlanksAtTheEndsAreNoEdit) {
  type("x^2+y");
  told_.clear();
  QTest::keyClicks(edit_, "  ");
  QTest::keyClick(edit_, Qt::Key_Home);
  QTest::keyClicks(edit_, " ");
  QTest::keyClick(edit_, Qt::Key_Return);
  EXPECT_TRUE(told_.empty()) << told_.front();
  EXPECT_EQ(edit_->text(), "x^2+y");
}

TEST_F(FormulaFieldTest, IsSetInTheThemesSize) {
  AppTheme theme(*qApp);
  for (const ThemeChoice choice : {ThemeChoice::projector, ThemeChoice::light}) {
    theme.choose(choice);
    QCoreApplication::processEvents();
    EXPECT_EQ(QFontInfo(edit_->font()).pixelSize(), typeOf(theme.id()).body);
  }
}

}  // namespace
}  // namespace kappa::ui
