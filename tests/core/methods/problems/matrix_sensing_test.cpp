/// Matrix sensing, full and sampled, factored and lifted: derivatives, facts, and the dump by plain loops.
#include <gtest/gtest.h>

#include "core/linalg/spectrum.hpp"
#include "tests/support/problem_check.hpp"

namespace kappa::problems {
Method matrix_sensing();
}

namespace kappa {
namespace {

using namespace support;
using problems::matrix_sensing;

std::shared_ptr<const ProblemModel> made(const std::string& observation, Given more = {}) {
  Given given = {{"dimension", std::int64_t{6}},     {"true_rank", std::int64_t{2}}, {"rank", std::int64_t{3}},
                 {"measurements", std::int64_t{15}}, {"observation", observation},   {"init_scale", 0.5}};
  for (auto& [key, value] : more) given.insert_or_assign(key, value);
  return built(matrix_sensing(), std::move(given));
}

TEST(MatrixSensing, DerivativesAreTrue) {
  for (const char* observation : {"full", "sampled"}) {
    const auto p = made(observation, {{"noise", 0.1}});
    const Blocks x = somewhere(*p);
    EXPECT_NEAR(taylor_order(*p, x), 2, 0.1) << observation;
    EXPECT_LT(hessian_gap(*p, x), 1e-7) << observation;
    EXPECT_EQ(value_at(*p, x), gradient_at(*p, x).f) << observation;
    const auto lifted = p->lift();
    const Blocks z = somewhere(*lifted);
    EXPECT_NEAR(taylor_order(*lifted, z), 2, 0.05) << observation;
    EXPECT_LT(hessian_gap(*lifted, z), 1e-8) << observation;
  }
  const auto p = made("sampled");
  const Blocks x = somewhere(*p), z = somewhere(*p->lift());
  const Rows rows = {3, 14, 3};
  EXPECT_NEAR(taylor_order(*p, x, rows), 2, 0.1);
  EXPECT_NEAR(taylor_order(*p->lift(), z, rows), 2, 0.05);
  EXPECT_LT(components_gap(*p, x), 1e-13);
  EXPECT_LT(batches_gap(*p, x, 4), 1e-13);
  EXPECT_LT(batches_gap(*p->lift(), z, 4), 1e-13);
}

/// Enough measurements to be kept as triangles.
TEST(MatrixSensing, PackedMeasurementsGiveTheSameProblem) {
  const auto p = made("sampled", {{"dimension", std::int64_t{10}}, {"measurements", std::int64_t{40}}, {"noise", 0.1}});
  const auto lifted = p->lift();
  const Blocks x = somewhere(*p), z = somewhere(*lifted);
  const Rows rows = {3, 39, 3};
  const arma::mat a = dumped(*p, "measurements"), y = dumped(*p, "y"), factor = x.block(0), free = z.block(0);
  const arma::vec r = a * arma::vectorise(factor * factor.t()) - y, q = a * arma::vectorise(free) - y;
  const arma::mat g = arma::reshape(a.t() * r, 10, 10) * factor, h = 0.5 * arma::reshape(a.t() * q, 10, 10);
  const Slope at_x = gradient_at(*p, x), at_z = gradient_at(*lifted, z);
  EXPECT_NEAR(at_x.f, 0.25 * arma::dot(r, r), 1e-14 * at_x.f);
  EXPECT_NEAR(at_z.f, 0.25 * arma::dot(q, q), 1e-14 * at_z.f);
  EXPECT_LT(arma::norm(at_x.g.block(0) - g, "fro"), 1e-14 * arma::norm(g, "fro"));
  EXPECT_LT(arma::norm(at_z.g.block(0) - h, "fro"), 1e-14 * arma::norm(h, "fro"));
  EXPECT_EQ(value_at(*p, x), at_x.f);
  EXPECT_EQ(value_at(*lifted, z, rows), gradient_at(*lifted, z, rows).f);
  EXPECT_NEAR(taylor_order(*p, x, rows), 2, 0.1);
  EXPECT_LT(hessian_gap(*p, x), 1e-7);
  EXPECT_LT(hessian_gap(*lifted, z), 1e-8);
  EXPECT_LT(components_gap(*p, x), 1e-13);
  EXPECT_LT(batches_gap(*lifted, z, 4), 1e-13);
}

TEST(MatrixSensing, DumpGivesTheLossByPlainLoops) {
  const auto p = made("sampled", {{"noise", 0.3}}), full = made("full");
  const Blocks x = somewhere(*p);
  const arma::mat factor = x.block(0), a = dumped(*p, "measurements"), y = dumped(*p, "y"),
                  truth = dumped(*full, "truth");
  ASSERT_EQ(a.n_rows, 15u);
  ASSERT_EQ(a.n_cols, 36u);
  ASSERT_EQ(y.n_rows, 15u);
  double z[6][6] = {};
  for (int i = 0; i < 6; ++i)
    for (int j = 0; j < 6; ++j)
      for (int k = 0; k < 3; ++k) z[i][j] += factor(i, k) * factor(j, k);
  double f = 0, g = 0;
  for (int m = 0; m < 15; ++m) {
    double r = -y(m, 0);
    for (int i = 0; i < 6; ++i)
      for (int j = 0; j < 6; ++j) {
        r += a(m, 6 * i + j) * z[i][j];
        EXPECT_EQ(a(m, 6 * i + j), a(m, 6 * j + i));
      }
    f += r * r / 4;
  }
  for (int i = 0; i < 6; ++i)
    for (int j = 0; j < 6; ++j) g += std::pow(z[i][j] - truth(i, j), 2) / 4;
  EXPECT_NEAR(value_at(*p, x), f, 1e-13 * f);
  EXPECT_NEAR(value_at(*full, x), g, 1e-13 * g);
  EXPECT_EQ(arma::norm(dumped(*p, "truth") - truth, "fro"), 0);
}

TEST(MatrixSensing, TruthHasTheChosenSpectrum) {
  const auto p =
      made("full", {{"dimension", std::int64_t{9}}, {"true_rank", std::int64_t{3}}, {"condition_number", 5.0}});
  const arma::vec s = singular_values(p->facts().truth_matrix);
  const double expected[] = {1, 0.6, 0.2};
  for (int i = 0; i < 3; ++i) {
    EXPECT_NEAR(s[i], expected[i], 1e-14);
    EXPECT_NEAR(p->facts().truth_spectrum[i], expected[i], 1e-14);
  }
  EXPECT_LT(s[3], 1e-15);
  EXPECT_EQ(*p->facts().truth_rank, 3u);
}

TEST(MatrixSensing, TruthFallsAsItIsTold) {
  const auto p = made("full", {{"dimension", std::int64_t{9}},
                               {"true_rank", std::int64_t{3}},
                               {"condition_number", 4.0},
                               {"spectrum", std::string("geometric")}});
  const arma::vec s = singular_values(p->facts().truth_matrix);
  const double expected[] = {1, 0.5, 0.25};
  for (int i = 0; i < 3; ++i) {
    EXPECT_NEAR(s[i], expected[i], 1e-14);
    EXPECT_NEAR(p->facts().truth_spectrum[i], expected[i], 1e-14);
  }
}

TEST(MatrixSensing, SolutionsAreMinima) {
  for (const char* observation : {"full", "sampled"})
    for (const auto& p : {made(observation), made(observation)->lift()}) {
      const Facts& facts = p->facts();
      ASSERT_TRUE(facts.solution && facts.minimum) << observation;
      EXPECT_LT(std::abs(value_at(*p, *facts.solution) - *facts.minimum), 1e-28) << observation;
      EXPECT_LT(arma::norm(gradient_at(*p, *facts.solution).g.flat()), 1e-14) << observation;
      EXPECT_LT(arma::norm(p->estimate(*facts.solution) - facts.truth_matrix, "fro"), 1e-14) << observation;
    }
  EXPECT_FALSE(made("sampled", {{"noise", 0.1}})->facts().minimum.has_value());
}

TEST(MatrixSensing, TooFewColumnsKeepTheLeadingPart) {
  const auto p = made("full", {{"dimension", std::int64_t{8}},
                               {"true_rank", std::int64_t{4}},
                               {"rank", std::int64_t{2}},
                               {"condition_number", 4.0}});
  EXPECT_NEAR(*p->facts().minimum, 0.25 * (0.5 * 0.5 + 0.25 * 0.25), 1e-15);
  EXPECT_NEAR(value_at(*p, *p->facts().solution), *p->facts().minimum, 1e-15);
  EXPECT_LT(arma::norm(gradient_at(*p, *p->facts().solution).g.flat()), 1e-14);
}

TEST(MatrixSensing, LiftSeesTheSameLoss) {
  for (const char* observation : {"full", "sampled"}) {
    const auto p = made(observation), lifted = p->lift();
    const Blocks x = somewhere(*p);
    const arma::mat square = p->estimate(x);
    Blocks z = start_of(*lifted);
    EXPECT_EQ(arma::norm(z.flat()), 0);
    EXPECT_EQ(z.shape(0).name, "Z");
    z.block(0) = square;
    EXPECT_NEAR(value_at(*lifted, z), value_at(*p, x), 1e-13 * value_at(*p, x)) << observation;
    EXPECT_EQ(arma::norm(lifted->estimate(z) - square, "fro"), 0);
    const Slope at_z = gradient_at(*lifted, z), at_x = gradient_at(*p, x);  // blocks look at them
    const arma::mat gz = at_z.g.block(0), gx = at_x.g.block(0), factor = x.block(0);
    EXPECT_LT(arma::norm(2 * gz * factor - gx, "fro"), 1e-12 * arma::norm(gx, "fro")) << observation;
    Blocks v = z, out = z;  // L bounds the curvature
    for (std::uint64_t seed = 1; seed < 5; ++seed) {
      v.flat() = unit_vector(Rng(seed, "v"), 36);
      lifted->hessian_product(z, v, out);
      EXPECT_LE(arma::dot(v.flat(), out.flat()), *lifted->facts().smoothness * (1 + 1e-9));
    }
  }
}

TEST(MatrixSensing, StartIsASmallGaussianFactor) {
  const auto p =
      built(matrix_sensing(), {{"dimension", std::int64_t{100}}, {"rank", std::int64_t{50}}, {"init_scale", 1e-3}});
  const Blocks x = start_of(*p);
  EXPECT_NEAR(arma::norm(x.flat()) / 1e-3, std::sqrt(50.0), 0.3);
  EXPECT_EQ(x.shape(0).name, "X");
  EXPECT_GT(arma::norm(x.flat() - start_of(*p, 2).flat()), 0);
}

TEST(MatrixSensing, NoiseChangesOnlyY) {
  const auto quiet = made("sampled"), noisy = made("sampled", {{"noise", 0.5}});
  for (const char* name : {"truth", "measurements"})
    EXPECT_EQ(arma::norm(dumped(*quiet, name) - dumped(*noisy, name), "fro"), 0) << name;
  EXPECT_GT(arma::norm(dumped(*quiet, "y") - dumped(*noisy, "y")), 0.1);
}

TEST(MatrixSensing, FootprintGrowsWithTheMeasurements) {
  const auto model = std::get<MakeProblem>(matrix_sensing().make)(Node{Kind::problem,
                                                                       "",
                                                                       {{"dimension", std::int64_t{2000}},
                                                                        {"measurements", std::int64_t{10'000}},
                                                                        {"observation", std::string("sampled")}}});
  EXPECT_GT(model->footprint(), 3e11);
  EXPECT_LT(model->footprint(), 3.3e11);  // half of what whole measurements would ask for
}

}  // namespace
}  // namespace kappa
