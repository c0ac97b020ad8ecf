/// The slider covers its range linearly or by decades, with mouse and keys.
#include "ui/forms/value_slider.hpp"

#include <gtest/gtest.h>

#include <QAccessible>
#include <QApplication>
#include <QSignalSpy>
#include <QTest>

#include "tests/ui/charts/pixels.hpp"

namespace kappa::ui {
namespace {

using testing::count;

TEST(ValueSlider, CoversDecadesEvenly) {
  ValueSlider slider({.lo = 1e-4, .hi = 1, .log = true});
  slider.resize(240, 18);
  slider.setNumber(1e-2);
  EXPECT_EQ(slider.value(), 5000);
  QSignalSpy changed(&slider, &ValueSlider::numberChanged);
  QTest::mouseClick(&slider, Qt::LeftButton, {}, QPoint(120 - 58, 9));
  ASSERT_EQ(changed.count(), 1);
  EXPECT_NEAR(std::log10(slider.number()), -3, 0.1);
  EXPECT_LE(NumberText::shortest(slider.number()).size(), 8);
  QTest::mouseClick(&slider, Qt::LeftButton, {}, QPoint(0, 9));
  EXPECT_DOUBLE_EQ(slider.number(), 1e-4);
  QTest::mouseClick(&slider, Qt::LeftButton, {}, QPoint(239, 9));
  EXPECT_DOUBLE_EQ(slider.number(), 1);
}

TEST(ValueSlider, StepsByKeys) {
  ValueSlider slider({.lo = 0, .hi = 1});
  slider.setNumber(0.5);
  QTest::keyClick(&slider, Qt::Key_Right);
  EXPECT_DOUBLE_EQ(slider.number(), 0.51);
  QTest::keyClick(&slider, Qt::Key_Left, Qt::ShiftModifier);
  EXPECT_DOUBLE_EQ(slider.number(), 0.509);
  QTest::keyClick(&slider, Qt::Key_Home);
  EXPECT_DOUBLE_EQ(slider.number(), 0);
  QTest::keyClick(&slider, Qt::Key_End);
  EXPECT_DOUBLE_EQ(slider.number(), 1);
}

TEST(ValueSlider, KeepsAValueOutsideItsRange) {
  ValueSlider slider({.lo = 1, .hi = 100, .log = true});
  slider.setNumber(1e4);
  EXPECT_DOUBLE_EQ(slider.number(), 1e4);
  EXPECT_EQ(slider.value(), slider.maximum());
}

TEST(ValueSlider, ObeysAssistiveTechnology) {
  ValueSlider slider({.lo = 0, .hi = 200});
  QAccessibleInterface* face = QAccessible::queryAccessibleInterface(&slider);
  ASSERT_NE(face, nullptr);
  ASSERT_NE(face->valueInterface(), nullptr);
  face->valueInterface()->setCurrentValue(5000);
  EXPECT_DOUBLE_EQ(slider.number(), 100);
}

TEST(ValueSlider, FillsItsGrooveWithTheAccent) {
  AppTheme look(*qApp);
  look.choose(ThemeChoice::light);
  ValueSlider slider({.lo = 0, .hi = 1});
  slider.resize(200, 18);
  slider.setNumber(0.25);
  const QColor accent = toColour(theme(ThemeId::light).accent), line = toColour(theme(ThemeId::light).line);
  const QImage image = slider.grab().toImage();
  EXPECT_GT(count(image, accent, QRect(5, 7, 30, 5)), 50);
  EXPECT_EQ(count(image, accent, QRect(100, 0, 100, 18)), 0);
  EXPECT_GT(count(image, line, QRect(100, 7, 80, 5), 6), 150);
}

}  // namespace
}  // namespace kappa::ui
