/// Chebyshev iteration and conjugate gradients: the polynomials they are known to be, and their bounds.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/laws/trial.hpp"
#include "tests/support/bowl.hpp"

namespace kappa {
namespace {

using Given = std::map<std::string, Value, std::less<>>;

struct Walk {
  std::vector<arma::vec> x;  ///< from step 0 on
  std::optional<Outcome> outcome;
};

/// Every point of a run, by as many runs.
Walk walk(const test::Bowl& bowl, const char* id, std::uint64_t steps, Given given = {}) {
  Walk out;
  const Node node = complete_node({Kind::optimizer, id, std::move(given)});
  for (std::uint64_t t = 0; t <= steps; ++t) {
    const laws::Ending ending = laws::run({.problem = model_of(bowl), .optimizer = node, .steps = t});
    EXPECT_EQ(ending.refusal, "");
    out.x.push_back(ending.x.flat());
    out.outcome = ending.outcome;
  }
  return out;
}

/// T_t by its cosine, or its hyperbolic cosine outside of [-1, 1].
double chebyshev(int t, double x) {
  return std::abs(x) <= 1 ? std::cos(t * std::acos(x))
                          : (x > 0 || t % 2 == 0 ? 1 : -1) * std::cosh(t * std::acosh(std::abs(x)));
}

TEST(Chebyshev, IsItsPolynomial) {
  const std::vector<double> spectrum = {0.05, 0.2, 0.7, 1.1, 2};
  const test::Bowl bowl = test::bowl(spectrum);
  arma::vec values;
  arma::mat axes;
  arma::eig_sym(values, axes, bowl.h);
  const Walk seen = walk(bowl, "chebyshev", 25);
  const arma::vec first = axes.t() * (seen.x[0] - bowl.center.flat());
  for (int t = 0; t <= 25; ++t) {
    const arma::vec left = axes.t() * (seen.x[static_cast<std::size_t>(t)] - bowl.center.flat());
    for (arma::uword i = 0; i < values.n_elem; ++i) {
      const double at = (2 + 0.05 - 2 * values[i]) / (2 - 0.05), pole = (2 + 0.05) / (2 - 0.05);
      EXPECT_NEAR(left[i], chebyshev(t, at) / chebyshev(t, pole) * first[i], 1e-12) << t << ", " << values[i];
    }
  }
}

TEST(Chebyshev, IsOneGradientStepWhereAllCurvaturesAreOne) {
  const test::Bowl bowl = test::bowl({3, 3, 3});
  const Walk seen = walk(bowl, "chebyshev", 3);
  EXPECT_LT(arma::norm(seen.x[1] - bowl.center.flat()), 1e-14);
  EXPECT_TRUE(seen.x[3].is_finite());
  const Walk given = walk(test::bowl({1, 2}), "chebyshev", 4, {{"largest", 5.0}, {"smallest", 5.0}});
  const test::Bowl two = test::bowl({1, 2});
  arma::vec x = given.x[0];
  for (int t = 1; t <= 4; ++t) {
    x -= two.h * (x - two.center.flat()) / 5;
    EXPECT_LT(arma::norm(given.x[static_cast<std::size_t>(t)] - x), 1e-13);
  }
}

/// r ← r − aAp, p ← r + βp, as in a book.
TEST(ConjugateGradient, IsHestenesAndStiefelsRecursion) {
  const test::Bowl bowl = test::bowl({0.01, 0.1, 0.3, 0.5, 0.8, 1});
  const Walk seen = walk(bowl, "conjugate_gradient", 6);
  arma::vec x = seen.x[0], r = bowl.h * (bowl.center.flat() - x), p = r;
  for (std::size_t t = 1; t <= 6; ++t) {
    const arma::vec ap = bowl.h * p;
    const double a = arma::dot(r, r) / arma::dot(p, ap);
    const arma::vec next = r - a * ap;
    x += a * p;
    p = next + arma::dot(next, next) / arma::dot(r, r) * p;
    r = next;
    EXPECT_LT(arma::norm(seen.x[t] - x), 1e-10) << t;
  }
  EXPECT_LT(arma::norm(seen.x[6] - bowl.center.flat()), 1e-10);
}

TEST(ConjugateGradient, EndsAfterAsManyStepsAsThereAreDistinctEigenvalues) {
  const test::Bowl bowl = test::bowl({0.1, 0.1, 0.1, 1, 1, 4, 4, 4});
  const Walk seen = walk(bowl, "conjugate_gradient", 3);
  EXPECT_GT(arma::norm(seen.x[2] - bowl.center.flat()), 1e-3);
  EXPECT_LT(arma::norm(seen.x[3] - bowl.center.flat()), 1e-12);
}

TEST(ConjugateGradient, NoMethodOfGradientsIsLowerInTheNormOfH) {
  const test::Bowl bowl = test::bowl({0.01, 0.03, 0.1, 0.3, 0.6, 1});
  const auto energy = [&](const arma::vec& x) {
    return arma::dot(x - bowl.center.flat(), bowl.h * (x - bowl.center.flat()));
  };
  const Walk best = walk(bowl, "conjugate_gradient", 5), other = walk(bowl, "chebyshev", 5);
  for (std::size_t t = 1; t <= 5; ++t) EXPECT_LE(energy(best.x[t]), energy(other.x[t]) * (1 + 1e-12)) << t;
}

}  // namespace
}  // namespace kappa
