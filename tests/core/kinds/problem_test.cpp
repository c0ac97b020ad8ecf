/// A covariance as a map, the risk it gives, and what a problem lacks in words.
#include "core/kinds/problem.hpp"

#include <gtest/gtest.h>

#include "core/random/matrices.hpp"

namespace kappa {
namespace {

TEST(PopulationRisk, IsAQuadraticFormOfTheError) {
  const arma::mat a = normal_matrix(Rng(1, "a"), 4, 3), sigma = a.t() * a;
  const arma::vec w = {1, -2, 3}, truth = {0.5, 0, -1};
  double expected = 0;
  for (arma::uword i = 0; i < 3; ++i)
    for (arma::uword j = 0; j < 3; ++j) expected += (w[i] - truth[i]) * sigma(i, j) * (w[j] - truth[j]);
  const Covariance map = covariance_of(sigma), copy = map;
  EXPECT_NEAR(population_risk(copy, w, truth), expected, 1e-12 * expected);
  EXPECT_EQ(population_risk(map, truth, truth), 0);
  EXPECT_FALSE(Facts{}.covariance);
}

TEST(Lack, NamesTheSettingAndItsValues) {
  EXPECT_EQ(in_words({"loss", {"squared"}}), "loss = squared");
  EXPECT_EQ(in_words({"function", {"beale", "booth"}}), "function = beale or booth");
  EXPECT_EQ(in_words({"function", {"beale", "booth", "saddle"}}), "function = beale, booth or saddle");
}

}  // namespace
}  // namespace kappa
