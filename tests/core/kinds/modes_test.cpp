/// Errors in eigenvector coordinates and their recursions, against the matrices themselves.
#include "core/kinds/modes.hpp"

#include <gtest/gtest.h>

#include "tests/support/bowl.hpp"

namespace kappa {
namespace {

TEST(Modes, AddUpToTheLoss) {
  test::Bowl bowl = test::bowl({0.1, 1, 4});
  bowl.minimum = 0.7;
  const auto problem = model_of(bowl);
  const Blocks x = problem->start(Rng(1, "init"));
  const auto modes = modes_at(*problem, x);
  ASSERT_TRUE(modes);
  EXPECT_NEAR(modes->eigenvalues[0], 4, 1e-14);
  EXPECT_NEAR(modes->eigenvalues[2], 0.1, 1e-14);
  EXPECT_NEAR(arma::norm(modes->error), std::sqrt(3.0), 1e-14);
  Scratch scratch;
  EXPECT_NEAR(modes->loss(modes->error), bowl.value(x, {{}, Rng(1, ""), scratch}), 1e-14);
  EXPECT_FALSE(modes_at(*problem, x, 2));
}

/// A bowl that keeps its facts to itself.
struct Silent : test::Bowl {
  Facts facts() const {
    Facts facts;
    facts.hessian_spectrum = arma::eig_sym(h);
    return facts;
  }
};

TEST(Modes, ComeFromTheGradientWhereNoSolutionIsKnown) {
  Silent silent{test::bowl({0, 1, 4})};
  silent.minimum = 2;
  const auto problem = model_of(silent);
  const Blocks x = problem->start(Rng(1, "init"));
  const auto modes = modes_at(*problem, x);
  const auto known = modes_at(*model_of(static_cast<test::Bowl>(silent)), x);
  ASSERT_TRUE(modes && known);
  EXPECT_NEAR(modes->minimum, 2, 1e-13);
  EXPECT_EQ(modes->eigenvalues[2], 0);
  for (arma::uword i = 0; i < 2; ++i) EXPECT_NEAR(std::abs(modes->error[i]), std::abs(known->error[i]), 1e-13);
}

struct Counted : test::Bowl {
  int* asked = nullptr;
  arma::mat hessian(const Blocks&) const {
    ++*asked;
    return h;
  }
};

TEST(Modes, EigenvectorsAreFoundOnceForAllPoints) {
  int asked = 0;
  const test::Bowl bowl = test::bowl({0.1, 1, 4});
  const auto problem = model_of(Counted{bowl, &asked});
  Blocks x = problem->start(Rng(1, "init"));
  const arma::vec first = modes_at(*problem, x)->error;
  x.flat() = 3 * x.flat() - 2 * bowl.center.flat();
  EXPECT_LT(arma::abs(modes_at(*problem, x)->error - 3 * first).max(), 1e-13);
  EXPECT_EQ(asked, 1);
}

TEST(Curvature, IsOverThePositiveEigenvalues) {
  Facts facts;
  EXPECT_FALSE(curvature_of(facts));
  facts.hessian_spectrum = {-1e-18, 0, 0.5, 2};
  const auto curvature = curvature_of(facts);
  ASSERT_TRUE(curvature);
  EXPECT_EQ(curvature->largest, 2);
  EXPECT_EQ(curvature->smallest, 0.5);
  facts.hessian_spectrum = {-1, 2};
  EXPECT_FALSE(curvature_of(facts));
}

TEST(Recursion, JumpsAreSingleSteps) {
  const auto problem = model_of(test::bowl({0.1, 1, 4}));
  const auto modes = modes_at(*problem, problem->start(Rng(1, "init")));
  const auto transition = [](double lambda) { return arma::mat22{{1 - 0.2 * lambda, -0.1}, {lambda, 0.5}}; };
  const arma::vec still(3, arma::fill::zeros);
  const std::vector<double> single =
      recursion_losses(*modes, still, transition, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13});
  const std::vector<double> jumps = recursion_losses(*modes, still, transition, {0, 6, 7, 13});
  ASSERT_EQ(jumps.size(), 4u);
  EXPECT_EQ(jumps[0], single[0]);
  EXPECT_NEAR(jumps[1], single[6], 1e-14 * single[6]);
  EXPECT_NEAR(jumps[2], single[7], 1e-14 * single[7]);
  EXPECT_NEAR(jumps[3], single[13], 1e-13 * single[13]);
}

TEST(SpectralRadius, IsTheLargestRoot) {
  const auto problem = model_of(test::bowl({1, 4}));
  const auto modes = modes_at(*problem, problem->start(Rng(1, "init")));
  const auto transition = [](double lambda) { return arma::mat22{{1 - 0.3 * lambda, -0.3 * 0.5}, {lambda, 0.5}}; };
  double largest = 0;
  for (const double lambda : {1.0, 4.0})
    for (const auto& z : arma::cx_vec(arma::eig_gen(arma::mat(transition(lambda)))))
      largest = std::max(largest, std::abs(z));
  EXPECT_NEAR(spectral_radius(*modes, transition), largest, 1e-12);
}

}  // namespace
}  // namespace kappa
