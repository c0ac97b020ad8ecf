/// Medians and bands agree with sorting by hand.
#include "core/figure/repeats.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/core/figure/recorder.hpp"

namespace kappa {
namespace {

/// The definition: position p (n - 1) in the sorted values, linear in between.
double by_hand(std::vector<double> values, double p) {
  std::sort(values.begin(), values.end());
  const double at = p * static_cast<double>(values.size() - 1);
  const double below = std::floor(at);
  const double a = values[static_cast<std::size_t>(below)];
  const double b = values[std::min(values.size() - 1, static_cast<std::size_t>(below) + 1)];
  return a * (1 - (at - below)) + b * (at - below);
}

RC_GTEST_PROP(Quantile, AgreesWithItsDefinition, ()) {
  auto values = *rc::gen::nonEmpty(rc::gen::container<std::vector<double>>(
      rc::gen::map(rc::gen::inRange(-1000, 1000), [](int i) { return i / 8.0; })));
  const double p = *rc::gen::element(0.0, 0.1, 0.5, 0.9, 1.0);
  const double expected = by_hand(values, p);
  std::sort(values.begin(), values.end());
  RC_ASSERT(std::abs(quantile(values, p) - expected) < 1e-9);
}

RC_GTEST_PROP(Summarise, TakesEveryStepOverTheRepeatsThatHaveIt, ()) {
  test::Recorder recorder;
  const auto repeats = *rc::gen::inRange<std::uint32_t>(1, 8);
  std::vector<std::vector<double>> by_step(60);
  for (std::uint32_t k = 0; k < repeats; ++k) {
    const auto length = *rc::gen::inRange<std::uint64_t>(1, 60);
    for (std::uint64_t t = 0; t < length; ++t) {
      const double v = *rc::gen::inRange(0, 1000);
      recorder.series("r", t, v, k, repeats);
      by_step[t].push_back(v);
    }
  }
  std::vector<const Column*> columns;
  for (std::uint32_t k = 0; k < repeats; ++k) columns.push_back(recorder.trace.series(0, k, "loss"));
  const Summary summary = summarise(columns);
  for (std::size_t i = 0; i < summary.x.size(); ++i) {
    const auto& values = by_step[static_cast<std::size_t>(summary.x[i])];
    RC_ASSERT(std::abs(summary.median[i] - by_hand(values, 0.5)) < 1e-9);
    RC_ASSERT(std::abs(summary.lower[i] - by_hand(values, 0.1)) < 1e-9);
    RC_ASSERT(std::abs(summary.upper[i] - by_hand(values, 0.9)) < 1e-9);
  }
  RC_ASSERT(summary.x.size() ==
            std::size_t(std::count_if(by_step.begin(), by_step.end(), [](const auto& v) { return !v.empty(); })));
}

/// Falling series that end at steps of their own, as runs that stop at a loss do.
struct Falling {
  test::Recorder recorder;
  std::vector<const Column*> columns;
  std::vector<std::vector<double>> values;
};

void record(Falling& all, std::uint32_t repeats) {
  for (std::uint32_t k = 0; k < repeats; ++k) {
    const auto length = *rc::gen::inRange<std::size_t>(1, 60);
    double v = *rc::gen::inRange(500, 1000);
    all.values.emplace_back();
    for (std::size_t t = 0; t < length; ++t, v -= *rc::gen::inRange(0, 9)) {
      all.recorder.series("r", t, v, k, repeats);
      all.values.back().push_back(v);
    }
  }
  for (std::uint32_t k = 0; k < repeats; ++k) all.columns.push_back(all.recorder.trace.series(0, k, "loss"));
}

RC_GTEST_PROP(Summarise, ARepeatThatHasEndedKeepsItsLastValue, ()) {
  const auto repeats = *rc::gen::inRange<std::uint32_t>(1, 8);
  Falling all;
  record(all, repeats);
  std::vector<bool> ended;
  for (std::uint32_t k = 0; k < repeats; ++k) ended.push_back(*rc::gen::arbitrary<bool>());
  const Summary summary = summarise(all.columns, 200000, ended);
  for (std::size_t i = 0; i < summary.x.size(); ++i) {
    std::vector<double> there;
    for (std::uint32_t k = 0; k < repeats; ++k) {
      const auto& own = all.values[k];
      if (summary.x[i] < static_cast<double>(own.size()))
        there.push_back(own[static_cast<std::size_t>(summary.x[i])]);
      else if (ended[k])
        there.push_back(own.back());
    }
    RC_ASSERT(std::abs(summary.median[i] - by_hand(there, 0.5)) < 1e-9);
    RC_ASSERT(std::abs(summary.lower[i] - by_hand(there, 0.1)) < 1e-9);
    RC_ASSERT(std::abs(summary.upper[i] - by_hand(there, 0.9)) < 1e-9);
  }
}

RC_GTEST_PROP(Summarise, TheMedianOfEndedRepeatsThatFallNeverRises, ()) {
  Falling all;
  const auto repeats = *rc::gen::inRange<std::uint32_t>(1, 8);
  record(all, repeats);
  const Summary summary = summarise(all.columns, 200000, std::vector<bool>(repeats, true));
  for (const auto* line : {&summary.median, &summary.lower, &summary.upper})
    RC_ASSERT(std::is_sorted(line->rbegin(), line->rend()));
  RC_ASSERT(summary.repeats == repeats);
}

TEST(Summarise, ARepeatThatEndedWithoutANumberCountsAsWorstFromThenOn) {
  test::Recorder recorder;
  for (std::uint64_t t = 0; t < 4; ++t) recorder.series("r", t, 1, 0, 3);
  for (std::uint64_t t = 0; t < 2; ++t) recorder.series("r", t, t == 0 ? 2 : test::nan, 1, 3);
  for (std::uint64_t t = 0; t < 2; ++t) recorder.series("r", t, 3, 2, 3);
  const Column* columns[] = {recorder.trace.series(0, 0, "loss"), recorder.trace.series(0, 1, "loss"),
                             recorder.trace.series(0, 2, "loss")};
  const Summary summary = summarise(columns, 200000, {true, true, true});
  EXPECT_EQ(summary.median, (std::vector<double>{2, 3, 3, 3}));
  EXPECT_EQ(summarise(columns, 200000, {true, true}).median, (std::vector<double>{2, 3, test::inf, test::inf}))
      << "the third is still at work and says nothing yet";
}

TEST(Summarise, KeepsCadencesApart) {
  test::Recorder recorder;
  for (std::uint64_t t : {0, 10, 20}) recorder.series("r", t, 1, 0, 2);
  for (std::uint64_t t : {0, 5, 10, 15, 20}) recorder.series("r", t, 3, 1, 2);
  const Column* columns[] = {recorder.trace.series(0, 0, "loss"), recorder.trace.series(0, 1, "loss"), nullptr};
  const Summary summary = summarise(columns);
  EXPECT_EQ(summary.x, (std::vector<double>{0, 5, 10, 15, 20}));
  EXPECT_EQ(summary.median, (std::vector<double>{2, 3, 2, 3, 2}));
  EXPECT_EQ(summary.repeats, 2u);
}

TEST(Summarise, ADivergedRepeatCountsAsWorst) {
  test::Recorder recorder;
  const double values[] = {1, 2, test::nan, test::inf, 3};
  for (std::uint32_t k = 0; k < 5; ++k) recorder.series("r", 0, values[k], k, 5);
  std::vector<const Column*> columns;
  for (std::uint32_t k = 0; k < 5; ++k) columns.push_back(recorder.trace.series(0, k, "loss"));
  const Summary summary = summarise(columns);
  EXPECT_EQ(summary.median[0], 3);
  EXPECT_EQ(summary.upper[0], test::inf);
  EXPECT_DOUBLE_EQ(summary.lower[0], 1.4);
}

TEST(Summarise, LongSeriesKeepTheirEnds) {
  test::Recorder recorder;
  for (std::uint64_t t = 0; t <= 9999; ++t)
    for (std::uint32_t k = 0; k < 2; ++k) recorder.series("r", t, static_cast<double>(t), k, 2);
  const Column* columns[] = {recorder.trace.series(0, 0, "loss"), recorder.trace.series(0, 1, "loss")};
  const Summary summary = summarise(columns, 1000);
  EXPECT_LE(summary.x.size(), 1002u);
  EXPECT_EQ(summary.x.front(), 0);
  EXPECT_EQ(summary.x.back(), 9999);
}

TEST(Summarise, CurvesMeetWhereTheirAbscissasDo) {
  const XY curves[] = {{{1, 2, 3}, {1, 2, 3}}, {{1, 3}, {5, 7}}};
  const Summary summary = summarise(curves);
  EXPECT_EQ(summary.x, (std::vector<double>{1, 2, 3}));
  EXPECT_EQ(summary.median, (std::vector<double>{3, 2, 5}));
}

RC_GTEST_PROP(MakeBand, HoldsEverythingItStandsFor, ()) {
  Summary summary;
  const auto n = *rc::gen::inRange(1, 500);
  for (int i = 0; i < n; ++i) {
    summary.x.push_back(i);
    summary.lower.push_back(*rc::gen::inRange(-100, 0));
    summary.upper.push_back(*rc::gen::inRange(0, 100));
    summary.median.push_back(0);
  }
  const Band band = make_band(summary, 20);
  RC_ASSERT(band.x.size() == std::size_t(std::min(n, 20)));
  RC_ASSERT(*std::min_element(band.lower.begin(), band.lower.end()) ==
            *std::min_element(summary.lower.begin(), summary.lower.end()));
  RC_ASSERT(*std::max_element(band.upper.begin(), band.upper.end()) ==
            *std::max_element(summary.upper.begin(), summary.upper.end()));
  RC_ASSERT(std::is_sorted(band.x.begin(), band.x.end()));
}

}  // namespace
}  // namespace kappa
