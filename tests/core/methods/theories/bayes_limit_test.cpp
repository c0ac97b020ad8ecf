/// The Bayes limit beside the best weights on very many rows.
#include <gtest/gtest.h>

#include "core/catalog/catalog.hpp"
#include "core/kinds/theory.hpp"
#include "core/spec/document.hpp"
#include "tests/support/problem_check.hpp"

namespace kappa::problems {
Method logistic_regression();
}  // namespace kappa::problems

namespace kappa {
namespace {

TEST(BayesLimit, IsWhatTheBestWeightsGetOnTestRows) {
  for (const char* measure : {"loss", "error"})
    for (const double flips : {0.0, 0.1}) {
      const support::Given given = {{"samples", std::int64_t{10}},
                                    {"features", std::int64_t{3}},
                                    {"test_samples", std::int64_t{400000}},
                                    {"labels", std::string("overlapping")},
                                    {"separation", 1.1},
                                    {"test_measure", std::string(measure)},
                                    {"noise", flips}};
      const auto problem = support::built(problems::logistic_regression(), given, 3);
      const Node setting = complete_node({Kind::problem, "logistic_regression", given});
      const Node optimizer = complete_node({Kind::optimizer, "adam", {}});
      const auto model = make_optimizer(optimizer), other = make_optimizer(optimizer);
      const Blocks start = support::start_of(*problem);
      const TheorySetup setup{*problem, setting, *model, optimizer, 10, 0, start, 0};
      const auto theory = make_theory(complete_node({Kind::theory, "bayes_limit", {}}));
      ASSERT_TRUE(theory->applies(setup));
      const double limit = theory->curves(setup).at(0).y.at(0);
      if (flips == 0 || std::string(measure) == "error") {
        EXPECT_NEAR(problem->test_loss(*problem->facts().truth) / limit, 1, 0.02) << measure;
      } else {
        EXPECT_GT(problem->test_loss(*problem->facts().truth), limit);  // flips bend the log odds: no weights reach it
        EXPECT_LT(limit, std::log(2.0));
      }
    }
}

}  // namespace
}  // namespace kappa
