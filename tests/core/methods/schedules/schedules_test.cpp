/// Each schedule against its formula by hand, and all of them on runs of one, two and three steps.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "core/kinds/schedule.hpp"

namespace kappa::schedules {
Method constant();
Method cosine();
Method linear_decay();
Method linear_warmup();
Method wsd();
}  // namespace kappa::schedules

namespace kappa {
namespace {

using Settings = std::map<std::string, Value, std::less<>>;

std::shared_ptr<const ScheduleModel> made(const Method& method, Settings settings = {}) {
  return std::get<Maker<ScheduleModel>>(method.make)(Node{Kind::schedule, "by_hand", std::move(settings)});
}

TEST(Constant, IsThePeak) {
  const auto schedule = made(schedules::constant(), {{"peak", 0.3}});
  for (const std::uint64_t t : {0u, 5u, 10u}) EXPECT_EQ(schedule->value(t, 10), 0.3);
}

TEST(Constant, WarmsUpLikeEverySchedule) {
  const auto schedule = made(schedules::constant(), {{"peak", 2.0}, {"warmup_steps", std::int64_t{4}}});
  const double expected[] = {0.5, 1, 1.5, 2, 2, 2};
  for (std::uint64_t t = 0; t < 6; ++t) EXPECT_DOUBLE_EQ(schedule->value(t, 6), expected[t]);
}

TEST(LinearWarmup, UsesTheWarmupOnce) {
  const auto schedule = made(schedules::linear_warmup(), {{"warmup_steps", std::int64_t{4}}});
  const double expected[] = {0.25, 0.5, 0.75, 1, 1, 1};
  for (std::uint64_t t = 0; t < 6; ++t) EXPECT_DOUBLE_EQ(schedule->multiplier(t, 6), expected[t]);
  EXPECT_EQ(made(schedules::linear_warmup())->multiplier(0, 6), 1);
}

TEST(LinearDecay, EndsOneStepAboveZero) {
  const auto schedule = made(schedules::linear_decay());
  for (std::uint64_t t = 0; t < 8; ++t) EXPECT_DOUBLE_EQ(schedule->multiplier(t, 8), 1 - static_cast<double>(t) / 8);
  EXPECT_DOUBLE_EQ(schedule->multiplier(7, 8), 1.0 / 8);
  EXPECT_EQ(schedule->multiplier(8, 8), 0);
}

TEST(Cosine, FallsToItsFloor) {
  const auto schedule = made(schedules::cosine(), {{"floor", 0.1}});
  for (std::uint64_t t = 0; t <= 20; ++t) {
    const double wave = (1 + std::cos(std::numbers::pi * static_cast<double>(t) / 20)) / 2;
    EXPECT_DOUBLE_EQ(schedule->multiplier(t, 20), 0.1 + 0.9 * wave);
  }
}

TEST(Wsd, CoolsDownOverItsLastFifth) {
  const std::pair<const char*, double (*)(double)> shapes[] = {
      {"linear", [](double u) { return 1 - u; }},
      {"sqrt", [](double u) { return 1 - std::sqrt(u); }},
      {"cosine", [](double u) { return (1 + std::cos(std::numbers::pi * u)) / 2; }},
      {"square", [](double u) { return 1 - u * u; }},
      {"exponential", [](double u) { return std::pow(0.01, u); }}};
  for (const auto& [name, shape] : shapes) {
    const auto schedule = made(schedules::wsd(), {{"shape", std::string(name)}, {"floor", 0.2}});
    for (std::uint64_t t = 0; t < 16; ++t) EXPECT_EQ(schedule->multiplier(t, 20), 1) << name;
    for (std::uint64_t j = 1; j <= 4; ++j)
      EXPECT_DOUBLE_EQ(schedule->multiplier(15 + j, 20), 0.2 + 0.8 * shape(static_cast<double>(j) / 5))
          << name << " " << j;
  }
}

TEST(Wsd, RoundsItsCooldownAndLeavesRoomForTheWarmup) {
  const auto third = made(schedules::wsd());  // round(0.2 * 13) = 3
  EXPECT_EQ(third->multiplier(9, 13), 1);
  EXPECT_DOUBLE_EQ(third->multiplier(10, 13), 0.75);
  EXPECT_DOUBLE_EQ(third->multiplier(12, 13), 0.25);
  const auto crowded = made(schedules::wsd(), {{"cooldown_fraction", 0.8}, {"warmup_steps", std::int64_t{6}}});
  EXPECT_DOUBLE_EQ(crowded->multiplier(5, 10), 1);  // 6 steps up, so 4 are left to come down
  EXPECT_DOUBLE_EQ(crowded->multiplier(6, 10), 0.8);
  const auto none = made(schedules::wsd(), {{"cooldown_fraction", 0.0}});
  EXPECT_EQ(none->multiplier(9, 10), 1);
  const auto whole = made(schedules::wsd(), {{"cooldown_fraction", 1.0}});
  EXPECT_DOUBLE_EQ(whole->multiplier(0, 3), 0.75);
}

TEST(Schedules, AreSaneOnTheShortestRuns) {
  for (const Method& method : {schedules::constant(), schedules::cosine(), schedules::linear_decay(),
                               schedules::linear_warmup(), schedules::wsd()})
    for (const std::int64_t warmup : {0, 1, 5})
      for (std::uint64_t horizon = 1; horizon <= 3; ++horizon)
        for (std::uint64_t t = 0; t <= horizon; ++t) {
          const double s = made(method, {{"warmup_steps", warmup}})->multiplier(t, horizon);
          EXPECT_TRUE(s >= 0 && s <= 1) << method.card.title << " t " << t << " of " << horizon << ": " << s;
        }
}

}  // namespace
}  // namespace kappa
