/// Tests of the ground truths.
#include "core/random/truths.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace kappa {
namespace {

RC_GTEST_PROP(Truths, HaveTheirNorm, (std::uint64_t seed)) {
  const Rng rng(seed, "truth");
  const arma::uword d = *rc::gen::inRange(1, 30), k = *rc::gen::inRange(1, 30);
  const double norm = *rc::gen::inRange(1, 100) / 10.0;
  for (const arma::vec& w : {dense_truth(rng, d, norm), sparse_truth(rng, d, k, norm),
                             powerlaw_truth(rng, d, 1.5, norm), adversarial_truth(d, k, norm)}) {
    RC_ASSERT(w.n_elem == d);
    RC_ASSERT(std::abs(arma::norm(w) - norm) < 1e-12 * norm);
  }
  const arma::vec sparse = arma::abs(sparse_truth(rng, d, k, norm));
  const arma::uvec support = arma::find(sparse);
  RC_ASSERT(support.n_elem == std::min(d, k));
  RC_ASSERT(arma::range(arma::vec(sparse(support))) < 1e-12);
}

TEST(Truths, Shapes) {
  const arma::vec w = arma::abs(powerlaw_truth(Rng(1, "t"), 5, 2, 3));
  for (arma::uword i = 0; i < 5; ++i) EXPECT_NEAR(w(i) / w(0), std::pow(i + 1.0, -2), 1e-14);
  const arma::vec a = adversarial_truth(5, 3, std::sqrt(3.0));
  EXPECT_LT(arma::norm(a - arma::vec{1, -1, 1, 0, 0}), 1e-14);
}

TEST(Truths, SparseSupportIsUniformAndSignsFair) {
  arma::vec hits(6, arma::fill::zeros);
  double sum = 0;
  for (std::uint64_t seed = 0; seed < 6000; ++seed) {
    const arma::vec w = sparse_truth(Rng(seed, "t"), 6, 2, std::sqrt(2.0));
    hits += arma::abs(w);
    sum += arma::accu(w);
  }
  EXPECT_NEAR(hits.min(), 2000, 200);
  EXPECT_NEAR(hits.max(), 2000, 200);
  EXPECT_NEAR(sum, 0, 5 * std::sqrt(12000.0));
}

TEST(Truths, Degenerate) {
  EXPECT_TRUE(dense_truth(Rng(1, "t"), 0).is_empty());
  EXPECT_EQ(arma::norm(sparse_truth(Rng(1, "t"), 4, 0)), 0.0);
  EXPECT_EQ(arma::norm(adversarial_truth(4, 0)), 0.0);
  EXPECT_EQ(arma::norm(dense_truth(Rng(1, "t"), 4, 0.0)), 0.0);
}

}  // namespace
}  // namespace kappa
