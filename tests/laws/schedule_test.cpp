/// Every schedule is a finite, bounded multiplier on the whole of a run, however short the run is.
#include <gtest/gtest.h>

#include <cmath>

#include "core/kinds/schedule.hpp"
#include "tests/laws/configurations.hpp"

namespace kappa {
namespace {

using namespace laws;

class ScheduleLaws : public testing::TestWithParam<std::string> {};

TEST_P(ScheduleLaws, IsFiniteOnTheWholeRun) {
  for (const Configuration& one : configurations(*Catalog::get().find(Kind::schedule, GetParam()))) {
    for (const std::int64_t warmup : {0, 1, 4, 100}) {
      Node node = one.node;
      node.params["warmup_steps"] = warmup;
      const auto schedule = make_schedule(node);
      for (const std::uint64_t horizon : {1, 2, 3, 10, 1000})
        for (std::uint64_t t = 0; t <= horizon; ++t) {
          const double multiplier = schedule->multiplier(t, horizon);
          ASSERT_TRUE(std::isfinite(multiplier))
              << one.name << ", step " << t << " of " << horizon << ", warm-up " << warmup;
          ASSERT_GE(multiplier, 0) << one.name << ", step " << t << " of " << horizon << ", warm-up " << warmup;
        }
    }
  }
}

TEST_P(ScheduleLaws, ValueIsPeakTimesMultiplier) {
  const Node plain = complete_node({Kind::schedule, GetParam(), {}});
  const Node tall =
      complete_node({Kind::schedule, GetParam(), {{"peak", 10 * std::get<double>(plain.params.at("peak"))}}});
  const auto low = make_schedule(plain), high = make_schedule(tall);
  const double peak = std::get<double>(plain.params.at("peak"));
  for (std::uint64_t t = 0; t <= 10; ++t) {
    EXPECT_DOUBLE_EQ(low->value(t, 10), peak * low->multiplier(t, 10)) << t;
    EXPECT_EQ(low->multiplier(t, 10), low->multiplier(t, 10)) << "a schedule has no memory";
    EXPECT_NEAR(high->value(t, 10), 10 * low->value(t, 10), 9.1 * peak) << t;  // a floor may be absolute
  }
}

/// A multiplier is nowhere above one, unless the schedule lives on that: a step of 1 is what its peak means.
TEST_P(ScheduleLaws, ReachesItsPeakAndNotMore) {
  const auto schedule = make_schedule(complete_node({Kind::schedule, GetParam(), {}}));
  double highest = 0;
  for (std::uint64_t t = 0; t < 1000; ++t) highest = std::max(highest, schedule->multiplier(t, 1000));
  EXPECT_GT(highest, 0);
  EXPECT_LE(highest, 1 + 1e-12);
}

INSTANTIATE_TEST_SUITE_P(Every, ScheduleLaws, testing::ValuesIn(ids_of(Kind::schedule)),
                         [](const auto& at) { return at.param; });

}  // namespace
}  // namespace kappa
