/// Scaled gradient descent, its damped forms and singular value projection against solves in plain loops.
#include "tests/core/methods/optimizers/drive.hpp"

namespace kappa::optimizers {
Method scaled_gd();
Method prec_gd();
Method scaled_gd_lambda();
Method singular_value_projection();
}  // namespace kappa::optimizers

namespace kappa {
namespace {

using namespace by_hand;

/// (X'X + lambda I) for n x r column-major X.
std::vector<Vec> gram(const double* x, std::size_t n, std::size_t r, double lambda) {
  std::vector<Vec> s(r, Vec(r));
  for (std::size_t i = 0; i < r; ++i) {
    for (std::size_t j = 0; j < r; ++j)
      for (std::size_t k = 0; k < n; ++k) s[i][j] += x[k + i * n] * x[k + j * n];
    s[i][i] += lambda;
  }
  return s;
}

/// By elimination with pivoting.
Vec solved(std::vector<Vec> s, Vec b) {
  const std::size_t r = b.size();
  for (std::size_t k = 0; k < r; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k + 1; i < r; ++i)
      if (std::abs(s[i][k]) > std::abs(s[pivot][k])) pivot = i;
    std::swap(s[k], s[pivot]);
    std::swap(b[k], b[pivot]);
    for (std::size_t i = k + 1; i < r; ++i) {
      const double f = s[i][k] / s[k][k];
      for (std::size_t j = k; j < r; ++j) s[i][j] -= f * s[k][j];
      b[i] -= f * b[k];
    }
  }
  for (std::size_t k = r; k-- > 0;) {
    for (std::size_t j = k + 1; j < r; ++j) b[k] -= s[k][j] * b[j];
    b[k] /= s[k][k];
  }
  return b;
}

/// x - eta g S^-1, row by row of the n x r block at x.
void scaled_step(const double* x, const double* g, double* next, std::size_t n, std::size_t r, double eta,
                 const std::vector<Vec>& s) {
  for (std::size_t i = 0; i < n; ++i) {
    Vec row(r);
    for (std::size_t j = 0; j < r; ++j) row[j] = g[i + j * n];
    const Vec d = solved(s, row);
    for (std::size_t j = 0; j < r; ++j) next[i + j * n] = x[i + j * n] - eta * d[j];
  }
}

TEST(ScaledGd, DividesByTheGramMatrix) {
  expect_path(
      optimizers::scaled_gd(), {{"learning_rate", 0.1}}, toy({{"X", 5, 2, Role::hidden}}),
      [](const Vec& x, const Vec& g, int) {
        Vec next(x.size());
        scaled_step(x.data(), g.data(), next.data(), 5, 2, 0.1, gram(x.data(), 5, 2, 0));
        return next;
      },
      1e-9);
}

TEST(ScaledGd, DividesEachOfTwoFactorsByTheOther) {
  const Toy problem = toy({{"F", 4, 2, Role::hidden}, {"G", 3, 2, Role::hidden}});
  expect_path(
      optimizers::scaled_gd_lambda(), {{"learning_rate", 0.1}, {"damping", 0.5}}, problem,
      [](const Vec& x, const Vec& g, int) {
        Vec next(x.size());
        scaled_step(x.data(), g.data(), next.data(), 4, 2, 0.1, gram(x.data() + 8, 3, 2, 0.5));
        scaled_step(x.data() + 8, g.data() + 8, next.data() + 8, 3, 2, 0.1, gram(x.data(), 4, 2, 0.5));
        return next;
      },
      1e-10);
}

TEST(ScaledGd, ReadsRankDeficientFactorsByThePseudoInverse) {
  const Toy problem = toy({{"X", 3, 2, Role::hidden}});
  const Vec x0 = {1, 2, 2, 1, 2, 2};  // both columns are v, |v|^2 = 9: (X'X)^+ has 1/36 everywhere
  Hand hand(optimizers::scaled_gd(), {{"learning_rate", 0.3}}, problem, x0);
  const Vec g = problem.gradient(x0, problem.all());
  hand.step();
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 2; ++j)
      EXPECT_NEAR(hand.x()[i + 3 * j], x0[i + 3 * j] - 0.3 * (g[i] + g[i + 3]) / 36, 1e-13);
  Hand zero(optimizers::scaled_gd(), {}, problem, Vec(6));
  zero.step();
  EXPECT_EQ(zero.x(), Vec(6));
}

TEST(ScaledGdLambda, DampsByAFifthOfTheTruthsSmallestSingularValue) {
  Toy problem = toy({{"X", 5, 3, Role::hidden}});
  problem.known.truth_spectrum = {4.0, 1.5, 1e-17, 0.0};
  const auto next = [](const Vec& x, const Vec& g, int) {
    Vec out(x.size());
    scaled_step(x.data(), g.data(), out.data(), 5, 3, 0.05, gram(x.data(), 5, 3, 0.3));
    return out;
  };
  expect_path(optimizers::scaled_gd_lambda(), {{"learning_rate", 0.05}}, problem, next, 1e-10);
  problem.known.truth_rank = 2;
  expect_path(optimizers::scaled_gd_lambda(), {{"learning_rate", 0.05}}, problem, next, 1e-10);
  Hand blind(optimizers::scaled_gd_lambda(), {}, toy({{"X", 5, 3, Role::hidden}}), random_vec(15, 1));
  EXPECT_THROW(blind.step(), Refused);
}

TEST(ScaledGdLambda, WithoutDampingIsScaledGd) {
  const Toy problem = toy({{"X", 5, 2, Role::hidden}});
  Hand damped(optimizers::scaled_gd_lambda(), {{"damping", 0.0}, {"learning_rate", 0.1}}, problem, random_vec(10, 1));
  Hand plain(optimizers::scaled_gd(), {{"learning_rate", 0.1}}, problem, random_vec(10, 1));
  for (int t = 0; t < 20; ++t) {
    damped.step();
    plain.step();
  }
  expect_near(damped.x(), plain.x(), 1e-9, "after 20 steps");
}

TEST(PrecGd, IsDampedByTheRootOfTheLoss) {
  const Toy problem = toy({{"X", 5, 2, Role::hidden}});
  expect_path(optimizers::prec_gd(), {{"learning_rate", 0.1}}, problem, [&](const Vec& x, const Vec& g, int) {
    Vec next(x.size());
    const double damping = std::sqrt(problem.value(x, problem.all()));
    scaled_step(x.data(), g.data(), next.data(), 5, 2, 0.1, gram(x.data(), 5, 2, damping));
    return next;
  });
}

TEST(PrecGd, ScalesEachFactorByTheOther) {
  const Toy problem = toy({{"F", 4, 2, Role::hidden}, {"G", 3, 2, Role::hidden}});
  expect_path(optimizers::prec_gd(), {{"learning_rate", 0.1}}, problem, [&](const Vec& x, const Vec& g, int) {
    Vec next(x.size());
    const double damping = std::sqrt(problem.value(x, problem.all()));
    scaled_step(x.data(), g.data(), next.data(), 4, 2, 0.1, gram(x.data() + 8, 3, 2, damping));
    scaled_step(x.data() + 8, g.data() + 8, next.data() + 8, 3, 2, 0.1, gram(x.data(), 4, 2, damping));
    return next;
  });
}

/// 3 x 3 estimates; a step of -2 eta g turns Z into I - 2vv' times (5, -4, 1) times itself.
TEST(SingularValueProjection, KeepsTheEigenvaluesOfLargestModulus) {
  const double v[3] = {2.0 / 3, 1.0 / 3, 2.0 / 3}, d[3] = {5, -4, 1};
  const auto rebuilt = [&](std::size_t kept) {
    Vec z(9);
    for (std::size_t i = 0; i < 3; ++i)
      for (std::size_t j = 0; j < 3; ++j)
        for (std::size_t k = 0; k < kept; ++k)
          z[i + 3 * j] += ((i == k) - 2 * v[i] * v[k]) * d[k] * ((j == k) - 2 * v[j] * v[k]);
    return z;
  };
  Toy problem = toy({{"X", 3, 3, Role::hidden}}, 9);
  for (std::size_t i = 0; i < 9; ++i)
    for (std::size_t k = 0; k < 9; ++k) problem.a[i][k] = i == k ? std::sqrt(4.5) : 0;  // f = 1/4 |Z - M|^2
  const Vec target = rebuilt(3), x0 = random_vec(9, 1);
  for (std::size_t i = 0; i < 9; ++i) problem.y[i] = std::sqrt(4.5) * target[i];
  Hand told(optimizers::singular_value_projection(), {{"learning_rate", 1.0}, {"rank", std::int64_t{2}}}, problem, x0);
  told.step();
  expect_near(told.x(), rebuilt(2), 1e-13, "rank two");
  problem.known.truth_rank = 1;
  Hand knows(optimizers::singular_value_projection(), {{"learning_rate", 1.0}}, problem, x0);
  knows.step();
  expect_near(knows.x(), rebuilt(1), 1e-13, "rank one");
  Hand whole(optimizers::singular_value_projection(), {{"learning_rate", 1.0}, {"rank", std::int64_t{50}}}, problem,
             x0);
  whole.step();
  expect_near(whole.x(), target, 1e-13, "more than there are");
}

TEST(SingularValueProjection, RefusesWhatItDoesNotKnow) {
  Hand blind(optimizers::singular_value_projection(), {}, toy({{"X", 3, 3, Role::hidden}}), random_vec(9, 1));
  EXPECT_THROW(blind.step(), Refused);
  Hand wide(optimizers::singular_value_projection(), {{"rank", std::int64_t{1}}}, toy({{"X", 2, 3, Role::hidden}}),
            random_vec(6, 1));
  EXPECT_THROW(wide.step(), Refused);
  Toy askew = toy({{"X", 3, 3, Role::hidden}});
  askew.known.truth_matrix = arma::mat(3, 3, arma::fill::eye);
  askew.known.truth_matrix(0, 2) = 0.5;
  Hand leaning(optimizers::singular_value_projection(), {{"rank", std::int64_t{1}}}, askew, random_vec(9, 1));
  EXPECT_THROW(leaning.step(), Refused);
}

}  // namespace
}  // namespace kappa
