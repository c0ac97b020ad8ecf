/// The spectral regressor lands on what normal equations and scaled least squares say, from any start, and is done.
#include <gtest/gtest.h>

#include "core/kinds/optimizer.hpp"
#include "tests/support/problem_check.hpp"

namespace kappa {
namespace optimizers {
Method spectral_regressor();
}
namespace problems {
Method linear_regression();
Method ridge_regression();
}  // namespace problems
namespace {

using namespace support;

const Given kData = {{"samples", std::int64_t{30}}, {"features", std::int64_t{6}}, {"condition_number", 100.0}};

/// Where it lands from a point that is not zero.
arma::vec landing(const ProblemModel& problem, Given settings) {
  const auto model =
      std::get<Maker<OptimizerModel>>(optimizers::spectral_regressor().make)(Node{Kind::optimizer, "", settings});
  Blocks x = somewhere(problem), out = zeros_like(x), g = out;
  AnyState state = model->init(x);
  Counts counts;
  Oracle oracle(problem, 1, model->needs(), &counts, nullptr);
  oracle.begin(0, {});
  const StepContext context{0, 2, 0, x, g, oracle, Rng(1, "step")};
  EXPECT_EQ(model->step(state, context, out), Step::to);
  Blocks unread = out;
  EXPECT_EQ(model->step(state, context, unread), Step::done);
  return out.flat();
}

TEST(SpectralRegressor, RidgeIsTheSolutionOfRidgeRegression) {
  const auto plain = built(problems::linear_regression(), kData);
  Given penalised = kData;
  penalised.insert_or_assign("regularization", 0.02);
  const auto ridge = built(problems::ridge_regression(), penalised);
  const arma::vec found = landing(*plain, {{"filter", std::string("ridge")}, {"strength", 0.02}});
  EXPECT_LT(arma::norm(found - ridge->facts().solution->flat()), 1e-12);
}

TEST(SpectralRegressor, LeastSquaresAndItsShrunkCopy) {
  const auto plain = built(problems::linear_regression(), kData);
  const arma::vec solution = plain->facts().solution->flat();
  EXPECT_LT(arma::norm(landing(*plain, {{"filter", std::string("least_squares")}}) - solution), 1e-12);
  EXPECT_LT(arma::norm(landing(*plain, {{"filter", std::string("spectral")}, {"shrinkage", 0.3}}) - 0.7 * solution),
            1e-12);
}

TEST(SpectralRegressor, NuclearKeepsStrongDirections) {
  const auto plain = built(problems::linear_regression(), kData);
  const arma::mat x = dumped(*plain, "X") / std::sqrt(30.0);
  arma::vec values;
  arma::mat vectors;
  arma::eig_sym(values, vectors, arma::mat(x.t() * x));
  const double lambda = 1 / values[3];  // the three weakest are cut
  const arma::vec found = vectors.t() * landing(*plain, {{"filter", std::string("nuclear")}, {"strength", lambda}});
  const arma::vec solution = vectors.t() * plain->facts().solution->flat();
  for (arma::uword i = 0; i < 6; ++i) EXPECT_NEAR(found[i], solution[i] * std::min(1.0, lambda * values[i]), 1e-11);
}

}  // namespace
}  // namespace kappa
