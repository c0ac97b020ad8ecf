/// Numbers in their shortest form, and back to the same bits.
#include "core/trace/number.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <charconv>
#include <cmath>
#include <cstring>

#include "tests/support/columns.hpp"

namespace kappa {
namespace {

std::string text(double value) {
  std::string out;
  append_number(out, value);
  return out;
}

TEST(Number, ShortestForm) {
  EXPECT_EQ(text(0.1), "0.1");
  EXPECT_EQ(text(-0.0), "-0");
  EXPECT_EQ(text(1.0), "1");
  EXPECT_EQ(text(1e300), "1e+300");
  EXPECT_EQ(text(5e-324), "5e-324");
  EXPECT_EQ(text(1.0 / 3), "0.3333333333333333");
  EXPECT_EQ(text(-1.7976931348623157e308), "-1.7976931348623157e+308");
  EXPECT_EQ(text(HUGE_VAL), "inf");
  EXPECT_EQ(text(-HUGE_VAL), "-inf");
  EXPECT_EQ(text(std::nan("")), "nan");
  EXPECT_EQ(text(-std::nan("")), "nan");
}

TEST(Number, Integers) {
  std::string out;
  append_number(out, UINT64_MAX);
  out += ' ';
  append_number(out, INT64_MIN);
  out += ' ';
  append_number(out, 0u);
  EXPECT_EQ(out, "18446744073709551615 -9223372036854775808 0");
}

RC_GTEST_PROP(Number, ReadsBackToTheSameBits, ()) {
  const auto bits = *rc::gen::arbitrary<std::uint64_t>() << *rc::gen::inRange(0, 64);
  double value = 0;
  std::memcpy(&value, &bits, sizeof value);
  const std::string out = text(value);
  double back = 0;
  const auto [stop, error] = std::from_chars(out.data(), out.data() + out.size(), back);
  RC_ASSERT(error == std::errc());
  RC_ASSERT(stop == out.data() + out.size());
  RC_ASSERT(test::same(value, back));
}

}  // namespace
}  // namespace kappa
