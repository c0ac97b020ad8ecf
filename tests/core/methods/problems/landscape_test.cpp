/// The landscapes: values at the classic starts and optima, derivatives against differences.
#include <gtest/gtest.h>

#include "core/linalg/spectrum.hpp"
#include "core/run/runner.hpp"
#include "tests/support/documents.hpp"
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

TEST(Landscape, AFormulaIsAsGoodAsABuiltInFunction) {
  const auto own = made("custom", {{"expression", std::string("(1-x)^2 + 100*(y-x^2)^2")}});
  const auto built_in = made("rosenbrock");
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const Blocks x = somewhere(*built_in, 0.7, seed);
    const Slope a = gradient_at(*own, x), b = gradient_at(*built_in, x);
    EXPECT_NEAR(a.f, b.f, 1e-12 * (1 + b.f));
    EXPECT_LT(arma::norm(a.g.flat() - b.g.flat()), 1e-12 * (1 + arma::norm(b.g.flat())));
    EXPECT_LT(arma::norm(own->hessian(x) - built_in->hessian(x)), 1e-11 * arma::norm(built_in->hessian(x)));
    EXPECT_LT(hessian_gap(*own, x), 1e-6);
  }
  EXPECT_FALSE(own->facts().solution.has_value()) << "nobody said where it is";
}

TEST(Landscape, TheStartAndTheWidthDecideThePicture) {
  EXPECT_EQ(made("rosenbrock", {{"start_x", 8.0}})->plane().x1, 8.8) << "a start outside is taken in";
  EXPECT_EQ(made("rosenbrock", {{"start_x", 8.0}, {"extent", 1.5}})->plane().x1, 1.5);
  EXPECT_EQ(made("rosenbrock", {{"start_x", 1.9}})->plane().x1, 2) << "one inside moves nothing";
}

std::string formula(const std::string& text) {
  return R"({"kappascope": 1, "study": "descent", "seed": 1, "steps": 30,
    "problem": {"type": "landscape", "function": "custom", "expression": ")" +
         text + R"(", "start_x": 1.5},
    "runs": [{"label": "GD", "optimizer": {"type": "gradient_descent", "learning_rate": 0.5}}],
    "probes": [{"type": "path"}]})";
}

TEST(Landscape, AWrongFormulaIsAnIssueOfTheDocument) {
  const auto read = parse_document(formula("x^2 + sin(y"));
  const Issues* issues = issues_of(read);
  ASSERT_NE(issues, nullptr);
  ASSERT_EQ(issues->size(), 1u);
  EXPECT_EQ(issues->front().path, "/problem/expression");
  EXPECT_EQ(issues->front().message, "column 12: the formula ends, expected an operator or ')'");
}

TEST(Landscape, AFormulaThatIsNoNumberDivergesAndNothingWorse) {
  for (const char* text : {"log(x - 2)", "-x^4 - y^4", "sqrt(x - 1.4)", "1/(x - 1.5)"}) {
    Runner runner(testing::document_of(formula(text)), {.threads = 1});
    ASSERT_TRUE(runner.wait(std::chrono::seconds(30))) << text;
    EXPECT_EQ(runner.status().runs.at(0).ended, Ended::diverged) << text << ": " << runner.status().runs[0].why;
  }
}

}  // namespace
}  // namespace kappa
