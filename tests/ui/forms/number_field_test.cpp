/// The field accepts at once, refuses in place and can be taken back.
#include "ui/forms/number_field.hpp"

#include <gtest/gtest.h>

#include <QApplication>
#include <QTest>
#include <QWheelEvent>
#include <vector>

namespace kappa::ui {
namespace {

class NumberFieldTest : public ::testing::Test {
 protected:
  NumberFieldTest() {
    field_.setValue(0.1);
    QObject::connect(&field_, &NumberField::valueChanged, [this](std::optional<double> v) { changes_.push_back(v); });
    QObject::connect(&field_, &NumberField::committed, [this](std::optional<double> v) { commits_.push_back(v); });
    field_.show();
    field_.activateWindow();
    field_.setFocus();
    QCoreApplication::processEvents();
  }
  void type(const QString& text) {
    field_.selectAll();
    QTest::keyClicks(&field_, text);
  }

  NumberField field_{NumberRange{.lo = 1e-6, .hi = 10, .log = true}};
  std::vector<std::optional<double>> changes_, commits_;
};

TEST_F(NumberFieldTest, IsEightyPixelsWideAndShowsTheShortestNumber) {
  EXPECT_EQ(field_.width(), 80);
  EXPECT_EQ(field_.text(), "0.1");
  field_.setValue(1e-5);
  EXPECT_EQ(field_.text(), "1e-5");
  EXPECT_TRUE(changes_.empty()) << "set by the program, not by the user";
}

TEST_F(NumberFieldTest, TakesScientificNotation) {
  type("1e-3");
  EXPECT_EQ(field_.value(), 1e-3);
  ASSERT_FALSE(changes_.empty());
  EXPECT_EQ(changes_.back(), 1e-3);
  EXPECT_TRUE(commits_.empty());
  QTest::keyClick(&field_, Qt::Key_Return);
  EXPECT_EQ(commits_, std::vector<std::optional<double>>{1e-3});
  EXPECT_EQ(field_.text(), "0.001");
}

TEST_F(NumberFieldTest, RefusesInPlaceAndKeepsTheLastGoodValue) {
  type("99");
  EXPECT_TRUE(field_.problem().contains("at most 10"));
  EXPECT_TRUE(field_.property("invalid").toBool());
  EXPECT_EQ(field_.text(), "99");
  EXPECT_EQ(field_.value(), 9.0) << "the 9 before it was good";
  QTest::keyClick(&field_, Qt::Key_Return);
  EXPECT_EQ(field_.text(), "99");
  EXPECT_TRUE(commits_.empty());
  QTest::keyClick(&field_, Qt::Key_Escape);
  EXPECT_EQ(field_.text(), "0.1");
  EXPECT_EQ(field_.problem(), QString());
  EXPECT_EQ(changes_.back(), 0.1);
}

TEST_F(NumberFieldTest, SaysWhenItIsNoNumber) {
  type("1e");
  EXPECT_FALSE(field_.problem().isEmpty());
  QTest::keyClicks(&field_, "-3");
  EXPECT_EQ(field_.problem(), QString());
  EXPECT_EQ(field_.value(), 1e-3);
}

TEST_F(NumberFieldTest, StepsByKeysAndWheel) {
  QTest::keyClick(&field_, Qt::Key_Up, Qt::ControlModifier);
  EXPECT_DOUBLE_EQ(field_.value().value(), 1);
  QTest::keyClick(&field_, Qt::Key_PageDown);
  EXPECT_DOUBLE_EQ(field_.value().value(), 0.1);
  const auto turn = [this] {
    QWheelEvent event(QPointF(5, 5), field_.mapToGlobal(QPointF(5, 5)), {}, {0, 120}, Qt::NoButton, {},
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(&field_, &event);
  };
  turn();
  EXPECT_NEAR(field_.value().value(), 0.112, 1e-12);
  field_.clearFocus();
  turn();
  EXPECT_NEAR(field_.value().value(), 0.112, 1e-12) << "a form that scrolls past must not change";
}

TEST_F(NumberFieldTest, KnowsAutomatic) {
  field_.setRange({.lo = 1e-6, .hi = 10, .log = true, .automatic = true});
  type("auto");
  EXPECT_EQ(field_.value(), std::nullopt);
  EXPECT_EQ(field_.problem(), QString());
  ASSERT_FALSE(changes_.empty());
  EXPECT_EQ(changes_.back(), std::nullopt);
  QTest::keyClick(&field_, Qt::Key_Up);
  EXPECT_TRUE(field_.value().has_value());
}

TEST_F(NumberFieldTest, ShowsSixDigitsUntilItHasTheFocus) {
  const double exact = 1.9801980198019802;
  field_.clearFocus();
  field_.setValue(exact);
  EXPECT_EQ(field_.text(), "1.9802");
  EXPECT_EQ(field_.value(), exact);
  field_.setFocus();
  EXPECT_EQ(field_.text(), "1.9801980198019802");
  field_.clearFocus();
  EXPECT_EQ(field_.text(), "1.9802");
  EXPECT_EQ(field_.value(), exact);
  EXPECT_TRUE(changes_.empty());
  EXPECT_TRUE(commits_.empty());
  field_.setValue(1234567);
  EXPECT_EQ(field_.text(), "1234567");
}

}  // namespace
}  // namespace kappa::ui
