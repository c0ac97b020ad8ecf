/// The landscapes: values at the classic starts and optima, derivatives against differences.
#include <gtest/gtest.h>

#include "core/linalg/spectrum.hpp"
#include "tests/support/problem_check.hpp"

namespace kappa::problems {
Method landscape();
}

namespace kappa {
namespace {

using namespace support;
using problems::landscape;

struct Known {
  const char* name;
  double start, minimum, box;
};
const Known kKnown[] = {{"quadratic_bowl", 58, 0, 5},
                        {"rosenbrock", 24.2, 0, 2},
                        {"beale", 14.203125, 0, 4.5},
                        {"himmelblau", 170, 0, 5},
                        {"rastrigin", 27.73, 0, 5.12},
                        {"saddle", 1.125, -0.25, 2},
                        {"styblinski_tang", 0, -78.33233140754282, 5},
                        {"booth", 1802, 0, 10},
                        {"three_hump_camel", 9.8667, 0, 5}};

std::shared_ptr<const ProblemModel> made(const char* name, Given more = {}) {
  more.insert_or_assign("function", std::string(name));
  return built(landscape(), std::move(more));
}

TEST(Landscape, StartsAndMinimaAreTheClassicOnes) {
  for (const Known& known : kKnown) {
    const auto p = made(known.name);
    EXPECT_NEAR(value_at(*p, start_of(*p)), known.start, 5e-5) << known.name;
    EXPECT_NEAR(*p->facts().minimum, known.minimum, 1e-13) << known.name;
    const Slope at = gradient_at(*p, *p->facts().solution);
    EXPECT_EQ(at.f, *p->facts().minimum) << known.name;
    EXPECT_LT(arma::norm(at.g.flat()), 1e-12) << known.name;
    EXPECT_GT(symmetric_eigenvalues(p->hessian(*p->facts().solution)).min(), 0) << known.name;
    EXPECT_EQ(p->plane().x1, known.box) << known.name;
    EXPECT_EQ(p->plane().y0, -known.box) << known.name;
  }
}

TEST(Landscape, DerivativesAreTrue) {
  for (const Known& known : kKnown)
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      const auto p = made(known.name);
      const Blocks x = somewhere(*p, 0.7, seed);
      EXPECT_GT(taylor_order(*p, x), 1.8) << known.name;
      EXPECT_LT(hessian_gap(*p, x), 1e-6) << known.name;
      EXPECT_LT(dense_gap(*p, x), 1e-13) << known.name;
      EXPECT_EQ(value_at(*p, x), gradient_at(*p, x).f) << known.name;
      for (arma::uword i = 0; i < 2; ++i) {
        Blocks plus = x, minus = x;
        plus.flat()[i] += 1e-6;
        minus.flat()[i] -= 1e-6;
        const double slope = (value_at(*p, plus) - value_at(*p, minus)) / 2e-6, g = gradient_at(*p, x).g.flat()[i];
        EXPECT_NEAR(slope, g, 1e-7 * (1 + std::abs(g) + std::abs(value_at(*p, x)))) << known.name;
      }
    }
}

TEST(Landscape, HimmelblauHasFourWells) {
  const auto p = made("himmelblau");
  const double wells[4][2] = {{3, 2},
                              {-2.805118086952745, 3.131312518250573},
                              {-3.779310253377747, -3.283185991286170},
                              {3.584428340330492, -1.848126526964404}};
  for (const auto& well : wells) EXPECT_LT(value_at(*p, single_block("x", arma::vec{well[0], well[1]})), 1e-13);
}

TEST(Landscape, StartMayBeChosenByHalves) {
  const Blocks x = start_of(*made("rosenbrock", {{"start_x", 0.5}}));
  EXPECT_EQ(x.flat()[0], 0.5);
  EXPECT_EQ(x.flat()[1], 1);
  EXPECT_EQ(start_of(*made("rosenbrock", {{"start_x", std::string("auto")}})).flat()[0], -1.2);
}

TEST(Landscape, QuadraticsKnowTheirCurvature) {
  const Facts bowl = made("quadratic_bowl", {{"condition_number", 400.0}})->facts();
  EXPECT_EQ(*bowl.smoothness, 400);
  EXPECT_EQ(*bowl.strong_convexity, 1);
  const Facts booth = made("booth")->facts();
  EXPECT_NEAR(*booth.smoothness, 18, 1e-13);
  EXPECT_NEAR(*booth.strong_convexity, 2, 1e-13);
  EXPECT_FALSE(made("rosenbrock")->facts().smoothness.has_value());
}

}  // namespace
}  // namespace kappa
