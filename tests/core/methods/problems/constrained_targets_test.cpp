/// The constrained quadratic and the spiked matrix target: their truths, noise and spikes.
#include <gtest/gtest.h>

#include <cmath>

#include "core/linalg/spectrum.hpp"
#include "tests/support/problem_check.hpp"

namespace kappa {
namespace problems {
Method constrained_quadratic();
Method spiked_matrix_target();
}  // namespace problems
namespace {

using namespace support;

Value word(const char* text) { return std::string(text); }

TEST(ConstrainedQuadratic, ItsTruthIsTheBestFeasiblePoint) {
  for (const char* constraint : {"box", "ball", "none"}) {
    const auto problem =
        built(problems::constrained_quadratic(), {{"dimension", std::int64_t{8}}, {"constraint", word(constraint)}});
    const Blocks best = *problem->facts().truth;
    const double least = value_at(*problem, best);
    Blocks near = best;
    for (std::uint64_t k = 0; k < 200; ++k) {
      near.flat() = best.flat() + 0.1 * normal_vector(Rng(k, "near"), 8);
      Blocks inside = near;
      problem->project(near, inside);
      EXPECT_GE(value_at(*problem, inside), least - 1e-12 * std::abs(least)) << constraint;
    }
    Blocks again = best;
    problem->project(best, again);
    EXPECT_LT(arma::norm(again.flat() - best.flat()), 1e-14) << "the truth is feasible";
  }
}

TEST(ConstrainedQuadratic, ConstraintsShareOneObjective) {
  const auto free = built(problems::constrained_quadratic(), {{"constraint", word("none")}, {"start_scale", 5.0}});
  const auto box = built(problems::constrained_quadratic(), {{"start_scale", 5.0}});
  const Blocks x = start_of(*free);
  EXPECT_EQ(arma::norm(x.flat() - start_of(*box).flat()), 0.0);
  EXPECT_EQ(value_at(*free, x), value_at(*box, x));
  EXPECT_LT(arma::norm(gradient_at(*free, *free->facts().truth).g.flat()), 1e-11);
  EXPECT_GT(arma::abs(free->facts().truth->flat()).max(), 1) << "its bottom lies outside of the box";
  const auto ridge = built(problems::constrained_quadratic(), {{"ridge", 2.0}, {"start_scale", 5.0}});
  EXPECT_NEAR(value_at(*ridge, x), value_at(*box, x) + arma::dot(x.flat(), x.flat()), 1e-11 * value_at(*ridge, x));
}

TEST(ConstrainedQuadratic, ItsPlaneHoldsAllThatMatters) {
  for (const char* constraint : {"box", "ball", "none"}) {
    const auto two = built(problems::constrained_quadratic(),
                           {{"dimension", std::int64_t{2}}, {"constraint", word(constraint)}, {"radius", 0.7}});
    const auto free = built(problems::constrained_quadratic(),
                            {{"dimension", std::int64_t{2}}, {"constraint", word("none")}, {"radius", 0.7}});
    ASSERT_TRUE(two->can(Can::plane)) << constraint;
    const Plane seen = two->plane();
    for (const auto& point : {start_of(*two), *two->facts().truth, *free->facts().truth}) {
      EXPECT_LT(arma::abs(point.flat()).max(), seen.x1) << constraint;
      EXPECT_GT(seen.x1, 0.7) << constraint;
    }
    EXPECT_EQ(seen.x0, -seen.x1);
    EXPECT_EQ(seen.y1 - seen.y0, seen.x1 - seen.x0);
  }
  EXPECT_FALSE(built(problems::constrained_quadratic(), {})->can(Can::plane));
}

TEST(SpikedMatrixTarget, AddsNoiseAndSpikesAtTheirShares) {
  const auto problem =
      built(problems::spiked_matrix_target(), {{"rows", std::int64_t{12}}, {"columns", std::int64_t{9}}});
  const Blocks x = start_of(*problem);
  const arma::mat truth = problem->facts().truth_matrix;
  Scratch room;
  Blocks g = zeros_like(x);
  int spikes = 0, up = 0;
  double square = 0;
  for (std::uint64_t t = 0; t < 2000; ++t) {
    problem->value_gradient(x, g, {{}, Rng(1, "noise", t), room});
    const arma::mat noise = g.block(0) + truth;  // x = 0
    const arma::vec s = singular_values(noise);
    if (s[0] > 10) {
      ++spikes;
      up += noise(0, 0) > 0;
      EXPECT_NEAR(s[0], 20, 0.3);
      EXPECT_LT(s[1], 0.3);
    } else {
      square += arma::accu(arma::square(noise)) / static_cast<double>(noise.n_elem);
    }
  }
  EXPECT_NEAR(spikes, 400, 60);
  EXPECT_NEAR(up, spikes / 2, 50);
  EXPECT_NEAR(std::sqrt(square / (2000 - spikes)), 0.02, 0.0005);
  problem->value_gradient(x, g, {{}, Rng(1, "noise"), room, true});
  EXPECT_EQ(arma::norm(g.block(0) + truth, "fro"), 0.0) << "a probe sees the objective itself";
}

TEST(SpikedMatrixTarget, TheSecondTargetIsAStrongRankOneInNoise) {
  const auto problem = built(problems::spiked_matrix_target(), {{"target", word("low_rank")}});
  const arma::vec s = singular_values(problem->facts().truth_matrix);
  EXPECT_NEAR(s[0], 10 * 3 * 40, 60);
  EXPECT_LT(s[1], 10 * 2 * std::sqrt(40.0) * 1.1);
  const auto normal = built(problems::spiked_matrix_target());
  const arma::mat truth = normal->facts().truth_matrix;
  EXPECT_NEAR(arma::norm(truth, "fro"), std::sqrt(40.0), 0.6);
}

}  // namespace
}  // namespace kappa
