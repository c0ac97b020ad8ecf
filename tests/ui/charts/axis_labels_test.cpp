/// Labels of axes on narrow and wide plots: none over another, and as many as there is room for.
#include "ui/charts/axis_labels.hpp"

#include <gtest/gtest.h>

#include "core/lab.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

const QFontMetricsF& metrics() {
  static const QFontMetricsF of_ui(uiFont(12));
  return of_ui;
}

Axis numbers() {
  Axis axis;
  axis.hi = 1000;
  for (int i = 0; i <= 10; ++i) axis.ticks.push_back({100.0 * i, std::to_string(100 * i)});
  return axis;
}

Axis names(int count) {
  Axis axis;
  axis.lo = 0.5, axis.hi = count + 0.5;
  axis.named = true;
  for (int i = 1; i <= count; ++i) axis.ticks.push_back({1.0 * i, "a rather long name, number " + std::to_string(i)});
  return axis;
}

AxisMap mapOf(const Axis& axis, double pixels) { return {.lo = axis.lo, .hi = axis.hi, .from = 0, .to = pixels}; }

/// Pixels between the extents of neighbours; the smallest.
double smallestGap(const std::vector<AxisLabel>& labels, double pixels) {
  double smallest = pixels;
  for (std::size_t i = 1; i < labels.size(); ++i)
    smallest = std::min(smallest, (labels[i].fraction - labels[i - 1].fraction) * pixels -
                                      0.5 * (metrics().horizontalAdvance(labels[i].text) +
                                             metrics().horizontalAdvance(labels[i - 1].text)));
  return smallest;
}

TEST(AxisLabels, NumbersBelowNeverTouch) {
  const Axis axis = numbers();
  std::size_t before = 0;
  for (const double pixels : {20.0, 90.0, 200.0, 400.0, 900.0}) {
    const auto labels = labelsBelow(axis, mapOf(axis, pixels), metrics(), 50, 16);
    ASSERT_FALSE(labels.empty()) << pixels;
    EXPECT_GE(smallestGap(labels, pixels), 14) << pixels;
    EXPECT_GE(labels.size(), before) << "more room, more labels: " << pixels;
    before = labels.size();
  }
  EXPECT_EQ(before, 11u);
}

TEST(AxisLabels, NamesAreShortenedBeforeTheyAreThinned) {
  const Axis axis = names(6);
  const auto narrow = labelsBelow(axis, mapOf(axis, 480), metrics(), 50, 16);
  ASSERT_EQ(narrow.size(), 6u);
  EXPECT_TRUE(narrow[2].text.endsWith(QChar(0x2026))) << narrow[2].text.toStdString();
  EXPECT_GE(smallestGap(narrow, 480), 0);
  const auto wide = labelsBelow(axis, mapOf(axis, 3000), metrics(), 50, 16);
  ASSERT_EQ(wide.size(), 6u);
  EXPECT_EQ(wide[2].text.toStdString(), axis.ticks[2].label);
  const Axis many = names(80);
  const auto thinned = labelsBelow(many, mapOf(many, 480), metrics(), 50, 16);
  EXPECT_LT(thinned.size(), 20u);
  EXPECT_GE(thinned.size(), 4u);
}

TEST(AxisLabels, ThoseBesideStandAboveEachOther) {
  for (const Axis& axis : {numbers(), names(80)}) {
    for (const double pixels : {30.0, 200.0, 700.0}) {
      const auto labels = labelsBeside(axis, mapOf(axis, pixels), metrics(), 60);
      ASSERT_FALSE(labels.empty());
      for (std::size_t i = 1; i < labels.size(); ++i)
        EXPECT_GE((labels[i].fraction - labels[i - 1].fraction) * pixels, metrics().height() - 1e-6);
      const double widest = axis.named ? 60 : 1e9;
      for (const AxisLabel& label : labels) EXPECT_LE(metrics().horizontalAdvance(label.text), widest);
    }
  }
}

TEST(AxisLabels, WhatLiesBeyondTheMapHasNone) {
  Axis axis = numbers();
  axis.lo = 250, axis.hi = 650;
  const auto labels = labelsBelow(axis, mapOf(axis, 900), metrics(), 50, 16);
  ASSERT_EQ(labels.size(), 4u);
  EXPECT_EQ(labels.front().text, "300");
  EXPECT_TRUE(labelsBelow(Axis{}, mapOf(Axis{}, 900), metrics(), 50, 16).empty());
}

}  // namespace
}  // namespace kappa::ui
