/// Numbers are read as people write them, and written back in the fewest digits.
#include "ui/forms/number_text.hpp"

#include <gtest/gtest.h>

#include <QRandomGenerator>
#include <bit>
#include <cmath>

namespace kappa::ui {
namespace {

TEST(NumberText, ReadsWhatPeopleWrite) {
  const std::pair<const char*, double> written[] = {
      {"1e-3", 1e-3},   {"1e−3", 1e-3},  {"0.001", 1e-3},   {".5", 0.5},     {" 30 ", 30},
      {"-2.5", -2.5},   {"−2", -2},      {"1E5", 1e5},      {"10^-3", 1e-3}, {"10⁻³", 1e-3},
      {"2·10⁻³", 2e-3}, {"2×10^4", 2e4}, {"20 000", 20000}, {"+7", 7}};
  for (const auto& [text, value] : written) {
    const auto read = NumberText::parse(QString::fromUtf8(text));
    ASSERT_TRUE(read.has_value()) << text;
    EXPECT_DOUBLE_EQ(*read, value) << text;
  }
}

TEST(NumberText, RefusesWhatIsNoNumber) {
  for (const char* text : {"", " ", "abc", "1e", "1e400", "nan", "inf", "--1", "1,5", "1.2.3", "0x10", "e5x"})
    EXPECT_FALSE(NumberText::parse(QString::fromUtf8(text)).has_value()) << text;
}

TEST(NumberText, WritesTheShortestAndReadsItBackExactly) {
  EXPECT_EQ(NumberText::shortest(0.1), "0.1");
  EXPECT_EQ(NumberText::shortest(100), "100");
  EXPECT_EQ(NumberText::shortest(100000), "100000");
  EXPECT_EQ(NumberText::shortest(1e-16), "1e-16");
  EXPECT_EQ(NumberText::shortest(1e-5), "1e-5");
  EXPECT_EQ(NumberText::shortest(1e20), "1e20");
  EXPECT_EQ(NumberText::shortest(-1.98), "-1.98");
  EXPECT_EQ(NumberText::shortest(0), "0");
  QRandomGenerator random(11);
  for (int i = 0; i < 2000; ++i) {
    const double value = std::bit_cast<double>(random.generate64());
    if (!std::isfinite(value)) continue;
    EXPECT_EQ(NumberText::parse(NumberText::shortest(value)), value) << value;
  }
}

TEST(NumberText, SaysWhatIsWrong) {
  const NumberRange range{.lo = 0, .hi = 1};
  EXPECT_EQ(NumberText::problem(0.5, range), QString());
  EXPECT_EQ(NumberText::problem(0, range), QString());
  EXPECT_EQ(NumberText::problem(1, range), QString());
  EXPECT_TRUE(NumberText::problem(1.5, range).contains("at most 1"));
  EXPECT_TRUE(NumberText::problem(-1, range).contains("at least 0"));
  EXPECT_TRUE(NumberText::problem(2.5, {.lo = 1, .hi = 9, .integer = true}).contains("whole"));
}

TEST(NumberText, StepsInRoundAmountsAndStaysInside) {
  const NumberRange log{.lo = 1e-6, .hi = 10, .log = true}, linear{.lo = 0, .hi = 1};
  const NumberRange whole{.lo = 1, .hi = 1000, .integer = true},
      whole_log{.lo = 1, .hi = 1e6, .log = true, .integer = true};
  EXPECT_DOUBLE_EQ(NumberText::stepped(1, 1, StepSize::coarse, log), 10);
  EXPECT_DOUBLE_EQ(NumberText::stepped(1e-3, -1, StepSize::coarse, log), 1e-4);
  EXPECT_DOUBLE_EQ(NumberText::stepped(1, 20, StepSize::usual, log), 10);
  EXPECT_DOUBLE_EQ(NumberText::stepped(10, 1, StepSize::usual, log), 10);
  EXPECT_DOUBLE_EQ(NumberText::stepped(0.9, 1, StepSize::usual, linear), 0.91);
  EXPECT_DOUBLE_EQ(NumberText::stepped(0.9, 1, StepSize::fine, linear), 0.901);
  EXPECT_DOUBLE_EQ(NumberText::stepped(0, -1, StepSize::usual, linear), 0);
  EXPECT_DOUBLE_EQ(NumberText::stepped(30, 1, StepSize::usual, whole), 31);
  EXPECT_DOUBLE_EQ(NumberText::stepped(30, -1, StepSize::coarse, whole), 20);
  EXPECT_DOUBLE_EQ(NumberText::stepped(2, 1, StepSize::usual, whole_log), 3);
  EXPECT_LE(NumberText::shortest(NumberText::stepped(0.0123456, 1, StepSize::usual, log)).size(), 7);
}

}  // namespace
}  // namespace kappa::ui
