/// Reading numbers off a trace: where to look, what is missing, and one number of many.
#include "core/kinds/reading.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/memory_view.hpp"

namespace kappa {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

test::MemoryView trace() {
  test::MemoryView view;
  view.put("GD", "loss", {5, 3, 1, 2}, 0, 10).put("Adam", "loss", {9, 8, 7, 6}, 0, 10);
  view.put_curve("GD", "risk", {{0.5, 1.5}, {4, 2}})
      .put_spectrum("GD", "spectrum", 0, {9, 8})
      .put_spectrum("GD", "spectrum", 4, {3, 1});
  return view;
}

TEST(Points, AreASeriesACurveOrTheLastSpectrum) {
  const auto view = trace();
  EXPECT_THAT(points_of(view, "GD", 0, "loss")->x, ElementsAre(0, 10, 20, 30));
  EXPECT_THAT(points_of(view, "GD", 0, "risk")->x, ElementsAre(0.5, 1.5));
  EXPECT_THAT(points_of(view, "GD", 0, "spectrum")->x, ElementsAre(1, 2));
  EXPECT_THAT(points_of(view, "GD", 0, "spectrum")->y, ElementsAre(3, 1));
  EXPECT_FALSE(points_of(view, "GD", 1, "loss"));
}

TEST(ReadAt, FindsTheValueMeant) {
  const auto view = trace();
  EXPECT_EQ(read_at(view, "GD", 0, "loss", At::last, 0).value, 2);
  EXPECT_EQ(read_at(view, "GD", 0, "loss", At::first, 0).value, 5);
  EXPECT_EQ(read_at(view, "GD", 0, "loss", At::best, 0).value, 1);
  EXPECT_EQ(read_at(view, "GD", 0, "loss", At::worst, 0).value, 5);
  EXPECT_EQ(read_at(view, "GD", 0, "loss", At::step, 10).value, 3);
  EXPECT_EQ(read_at(view, "GD", 0, "loss", At::step, 19).value, 3);
  EXPECT_THAT(read_at(view, "GD", 0, "loss", At::step, 31).missing, HasSubstr("step 31"));
  EXPECT_THAT(read_at(view, "GD", 0, "nothing", At::last, 0).missing, HasSubstr("\"nothing\""));
  EXPECT_THAT(read_at(view, "SGD", 0, "loss", At::last, 0).missing, HasSubstr("no run \"SGD\""));
}

TEST(Excerpts, KeepToTheirWindow) {
  const auto view = trace();
  EXPECT_THAT(excerpt(view, "GD", 0, "loss", {10, 20}).xy.y, ElementsAre(3, 1));
  EXPECT_THAT(excerpt(view, "GD", 0, "loss", {15, 0}).xy.y, ElementsAre(1, 2));
  EXPECT_THAT(excerpt(view, "GD", 0, "loss", {100, 0}).missing, HasSubstr("window"));
}

TEST(Gather, GoesOverRunsAndRepeats) {
  test::MemoryView view;
  for (std::uint32_t r = 0; r < 3; ++r) view.put("a", "loss", {1.0 + r * r}, r).put("b", "loss", {10.0 * (r + 1)}, r);
  const auto last = [&](std::string_view run, std::uint32_t r) { return read_at(view, run, r, "loss", At::last, 0); };
  EXPECT_THAT(gather(view, {"a", "b"}, Over::every, last).values, ElementsAre(1, 2, 5, 10, 20, 30));
  EXPECT_THAT(gather(view, {"a", "b"}, Over::median, last).values, ElementsAre(2, 20));
  EXPECT_THAT(gather(view, {"b"}, Over::mean, last).values, ElementsAre(20));
  EXPECT_FALSE(gather(view, {}, Over::mean, last).missing.empty());
  view.put("a", "loss", {nan_value}, 2);
  EXPECT_TRUE(std::isnan(gather(view, {"a"}, Over::median, last).values[0]));
}

TEST(ChosenRuns, AreNamedOrAll) {
  const auto view = trace();
  EXPECT_THAT(chosen_runs(view, "", {}), ElementsAre("GD", "Adam"));
  EXPECT_THAT(chosen_runs(view, "Adam", {}), ElementsAre("Adam"));
  EXPECT_THAT(chosen_runs(view, "", {"Adam"}), ElementsAre("Adam"));
}

TEST(Deciding, TakesTheValueNearestToFailing) {
  EXPECT_EQ(largest_of({1, 3, 2}), 3);
  EXPECT_EQ(smallest_of({2, 1, 3}), 1);
  EXPECT_EQ(least_inside({0.4, 0.9, 0.5}, 0, 1), 0.9);
  EXPECT_EQ(least_inside({0.4, -2, 1.5}, 0, 1), -2);
  EXPECT_TRUE(std::isnan(largest_of({1, nan_value, 5})));
  EXPECT_TRUE(std::isnan(least_inside({nan_value, 0.5}, 0, 1)));
  EXPECT_TRUE(std::isnan(smallest_of({})));
}

TEST(Words, SayWhoseNumbers) {
  EXPECT_EQ(in_words({"GD"}, Over::every, 1), " of GD");
  EXPECT_EQ(in_words({"GD", "Adam", "SGD"}, Over::median, 5), " of GD, Adam and SGD, median of 5 repeats");
  EXPECT_EQ(in_words(At::step, 30), "at step 30");
}

}  // namespace
}  // namespace kappa
