/// The longer list of schedules, each against its formula, and all of them beside linear decay's worst-case bound.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "core/base/rng.hpp"
#include "core/catalog/catalog.hpp"
#include "core/kinds/schedule.hpp"
#include "core/linalg/last_iterate.hpp"
#include "core/methods/schedules/refinement.hpp"
#include "core/spec/document.hpp"

namespace kappa {
namespace {

using Settings = std::map<std::string, Value, std::less<>>;

std::shared_ptr<const ScheduleModel> made(const std::string& id, Settings settings = {}) {
  return make_schedule(complete_node({Kind::schedule, id, std::move(settings)}));
}
constexpr double pi = std::numbers::pi;

TEST(StepDecay, DropsAfterEveryPeriod) {
  const auto s = made("step_decay", {{"period", std::int64_t{3}}, {"gamma", 0.5}});
  const double expected[] = {1, 1, 1, 0.5, 0.5, 0.5, 0.25};
  for (std::uint64_t t = 0; t < 7; ++t) EXPECT_DOUBLE_EQ(s->multiplier(t, 100), expected[t]);
}

TEST(Exponential, EndsAtItsFloorOrFollowsItsFactor) {
  const auto to_floor = made("exponential", {{"floor", 0.04}});
  EXPECT_DOUBLE_EQ(to_floor->multiplier(0, 10), 1);
  EXPECT_NEAR(to_floor->multiplier(5, 10), 0.2, 1e-15);
  EXPECT_NEAR(to_floor->multiplier(10, 10), 0.04, 1e-15);
  for (const double gamma : {0.9, 1.2}) {
    const auto by_factor = made("exponential", {{"gamma", gamma}});
    for (std::uint64_t t = 0; t < 9; ++t)
      EXPECT_NEAR(by_factor->multiplier(t, 4), std::pow(gamma, static_cast<double>(t)), 1e-12);
  }
}

TEST(InverseSqrt, RisesToItsWarmupAndFalls) {
  const auto s = made("inverse_sqrt", {{"warmup_steps", std::int64_t{4}}});
  const double expected[] = {0.25, 0.5, 0.75, 1, std::sqrt(0.8), std::sqrt(4.0 / 6)};
  for (std::uint64_t t = 0; t < 6; ++t) EXPECT_DOUBLE_EQ(s->multiplier(t, 10), expected[t]);
  EXPECT_DOUBLE_EQ(made("inverse_sqrt")->multiplier(3, 10), 0.5);
}

TEST(Noam, IsTheTransformersFormula) {
  const auto s = made("noam", {{"model_width", std::int64_t{64}}, {"warmup_steps", std::int64_t{10}}});
  for (std::uint64_t t = 0; t < 40; ++t) {
    const double n = static_cast<double>(t) + 1;
    EXPECT_NEAR(s->multiplier(t, 40), std::pow(64.0, -0.5) * std::min(std::pow(n, -0.5), n * std::pow(10.0, -1.5)),
                1e-15);
  }
  EXPECT_NEAR(made("noam")->multiplier(0, 10), std::pow(512.0, -0.5) * std::pow(4000.0, -1.5), 1e-18);
}

TEST(OneCycle, RisesAndIsAnnihilatedWhileMomentumMirrorsIt) {
  const std::uint64_t horizon = 50;
  const auto rate = made("one_cycle"),
             momentum = made("one_cycle", {{"form", std::string("momentum")}, {"peak", 0.95}});
  const auto half_wave = [](double a, double b, double q) { return b + (a - b) / 2 * (1 + std::cos(pi * q)); };
  const double turn = 0.3 * 50 - 1;
  for (std::uint64_t t = 0; t < horizon; ++t) {
    const double at = static_cast<double>(t);
    const bool up = at <= turn;
    const double q = up ? at / turn : (at - turn) / (49 - turn);
    EXPECT_NEAR(rate->multiplier(t, horizon), up ? half_wave(0.04, 1, q) : half_wave(1, 0.04e-4, q), 1e-14) << t;
    EXPECT_NEAR(momentum->value(t, horizon), up ? half_wave(0.95, 0.85, q) : half_wave(0.85, 0.95, q), 1e-14) << t;
  }
  EXPECT_NEAR(rate->multiplier(14, horizon), 1, 1e-15);
  EXPECT_NEAR(momentum->value(14, horizon), 0.85, 1e-15);
  EXPECT_NEAR(rate->multiplier(49, horizon), 1 / 25e4, 1e-18);
  EXPECT_LT(rate->multiplier(0, 3), 1) << "a run too short to rise begins on the way down";
}

TEST(Polynomial, OfPowerOneIsLinearDecay) {
  for (std::uint64_t t = 0; t <= 10; ++t) {
    const double left = 1 - static_cast<double>(t) / 10;
    EXPECT_DOUBLE_EQ(made("polynomial", {{"power", 1.0}})->multiplier(t, 10), left);
    EXPECT_DOUBLE_EQ(made("polynomial")->multiplier(t, 10), left * left);
  }
}

TEST(CosineRestarts, JumpBackAndShrink) {
  const auto s = made("cosine_restarts", {{"period", std::int64_t{4}}, {"restart_factor", 0.5}});
  for (std::uint64_t t = 0; t < 12; ++t) {
    const double phase = static_cast<double>(t % 4) / 4, factor = t < 4 ? 1 : t < 8 ? 0.5 : 0.25;
    EXPECT_NEAR(s->multiplier(t, 100), factor * (1 + std::cos(pi * phase)) / 2, 1e-15);
  }
}

TEST(Uba, AtTwoIsTheCosine) {
  const auto uba = made("uba", {{"phi", 2.0}}), cosine = made("cosine");
  for (std::uint64_t t = 0; t <= 300; ++t) EXPECT_NEAR(uba->multiplier(t, 300), cosine->multiplier(t, 300), 1e-15);
  const auto bent = made("uba", {{"phi", 5.0}, {"floor", 0.1}});
  for (std::uint64_t t = 0; t <= 20; ++t) {
    const double c = 1 + std::cos(pi * static_cast<double>(t) / 20);
    EXPECT_NEAR(bent->multiplier(t, 20), 0.1 + 0.9 * 2 * c / (10 - 3 * c), 1e-15);
  }
}

TEST(Triangular, SwingsBetweenAQuarterAndOne) {
  const auto s = made("triangular", {{"half_period", std::int64_t{3}}});
  const double expected[] = {0.25, 0.5, 0.75, 1, 0.75, 0.5, 0.25, 0.5};
  for (std::uint64_t t = 0; t < 8; ++t) EXPECT_DOUBLE_EQ(s->multiplier(t, 8), expected[t]);
}

/// The rule in loops, with medians by sorting each window.
std::vector<double> refined_by_hand(const std::vector<double>& norms, double smoothing, double floor, double power) {
  const int n = static_cast<int>(norms.size()), half = std::max(1, static_cast<int>(smoothing * n) / 2);
  std::vector<double> smooth, rate;
  for (int t = 0; t < n; ++t) {
    std::vector<double> window;
    for (int j = t - half; j <= t + half; ++j)
      window.push_back(norms[static_cast<std::size_t>(std::clamp(j, 0, n - 1))]);
    std::sort(window.begin(), window.end());
    smooth.push_back(window[static_cast<std::size_t>(half)]);
  }
  const double most = *std::max_element(smooth.begin(), smooth.end());
  for (double& each : smooth) each = std::max(each, floor * most);
  for (int t = 0; t < n; ++t) {
    double later = 0;
    for (int p = t + 1; p < n; ++p) later += std::pow(smooth[static_cast<std::size_t>(p)], -power);
    rate.push_back(std::pow(smooth[static_cast<std::size_t>(t)], -power) * later);
  }
  const double top = *std::max_element(rate.begin(), rate.end());
  for (double& each : rate) each /= top;
  return rate;
}

TEST(Refined, IsTheRuleByHand) {
  std::vector<double> norms(120);
  Rng rng(5, "norms");
  for (double& each : norms) each = std::abs(rng.normal()) + 0.05;
  for (const double floor : {0.0, 0.3})
    for (const char* weight : {"inverse_square", "inverse"}) {
      const auto s = made("refined", {{"gradient_norms", norms}, {"floor", floor}, {"weight", std::string(weight)}});
      const auto expected = refined_by_hand(norms, 0.1, floor, std::string(weight) == "inverse" ? 1 : 2);
      for (std::uint64_t t = 0; t < 120; ++t) EXPECT_NEAR(s->multiplier(t, 120), expected[t], 1e-12) << t;
    }
}

TEST(Refined, ConstantNormsGiveLinearDecay) {
  for (const std::vector<double>& norms :
       {std::vector<double>{3}, std::vector<double>(50, 0.2), std::vector<double>(7, 1)})
    for (std::uint64_t t = 0; t < 50; ++t)
      EXPECT_NEAR(made("refined", {{"gradient_norms", norms}})->multiplier(t, 50), 1 - static_cast<double>(t) / 49,
                  1e-12);
}

TEST(Refined, WarmsUpWhereNormsFallAndAnnealsWhereTheyRise) {
  std::vector<double> norms(400, 1);
  for (std::size_t t = 0; t < 40; ++t) {
    norms[t] = 4 - 3 * static_cast<double>(t) / 39;
    norms[360 + t] = 1 + 2 * static_cast<double>(t) / 39;
  }
  const auto s = made("refined", {{"gradient_norms", norms}, {"floor", 0.0}});
  EXPECT_EQ(s->multiplier(39, 400), 1);
  EXPECT_NEAR(s->multiplier(0, 400), 0.064, 0.0005);
  EXPECT_NEAR(s->multiplier(200, 400), 0.517, 0.0005);
  EXPECT_NEAR(s->multiplier(380, 400), 0.00224, 0.00005);
}

TEST(Refined, StretchesAListOverTheRun) {
  const std::vector<double> doubled = {2, 2, 2, 2, 1, 1, 1, 1};
  const Settings settings = {{"smoothing", 0.0}, {"floor", 0.0}};
  Settings few = settings, many = settings;
  few["gradient_norms"] = std::vector<double>{2, 1};  // medians of three leave both of two stairs as they are
  many["gradient_norms"] = doubled;
  for (std::uint64_t t = 0; t < 8; ++t)
    EXPECT_NEAR(made("refined", few)->multiplier(t, 8), made("refined", many)->multiplier(t, 8), 1e-12) << t;
  EXPECT_EQ(made("refined")->multiplier(0, 1), 1);
  for (const double each : schedules::smoothed_norms({0, 0, 0}, 0.1, 0)) EXPECT_EQ(each, 1);
}

/// At the defaults no built-in has a better worst case than linear decay. Below some thirty steps that is not so: there
/// the last rate of linear decay, 1/T, is still a large one.
TEST(Schedules, LinearDecayHasTheBestBound) {
  for (const arma::uword horizon : {30, 60, 100, 400}) {
    const auto optimum = [&](const std::string& id) {
      const auto schedule = made(id);
      arma::vec s(horizon);
      for (arma::uword t = 0; t < horizon; ++t) s[t] = schedule->multiplier(t, horizon);
      EXPECT_GE(s.min(), 0) << id;
      return base_rate(s).optimum();
    };
    const double linear = optimum("linear_decay");
    for (const Entry& entry : Catalog::get().all(Kind::schedule))
      EXPECT_GE(optimum(entry.id), linear * (1 - 1e-12)) << entry.id << " over " << horizon << " steps";
  }
}

TEST(Schedules, AreNeverNegativeOrUndefined) {
  for (const Entry& entry : Catalog::get().all(Kind::schedule))
    for (const std::int64_t warmup : {0, 1, 5})
      for (const std::uint64_t horizon : {1, 2, 3, 17})
        for (std::uint64_t t = 0; t <= horizon; ++t) {
          const double s = made(entry.id, {{"warmup_steps", warmup}})->multiplier(t, horizon);
          EXPECT_TRUE(s >= 0 && s <= 1 + 1e-12) << entry.id << " t " << t << " of " << horizon << ": " << s;
        }
}

/// Warm-up and cool-down share the run: the multiplier rises through the warm-up and falls after it.
TEST(Schedules, WarmupAndCooldownFitIntoTheRun) {
  for (const double share : {0.2, 0.7, 1.0}) {
    const auto s = made("wsd", {{"cooldown_fraction", share}, {"warmup_steps", std::int64_t{8}}});
    for (std::uint64_t t = 1; t < 20; ++t) {
      const double rise = s->multiplier(t, 20) - s->multiplier(t - 1, 20);
      EXPECT_TRUE(t < 8 ? rise > 0 : rise <= 0) << share << " at " << t;
    }
  }
}

}  // namespace
}  // namespace kappa
