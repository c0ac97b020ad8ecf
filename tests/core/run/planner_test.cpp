/// What an optimizer needs is looked for in the problem as it is configured, and told where the setting stands.
#include "core/run/planner.hpp"

#include <gtest/gtest.h>

#include "core/kinds/oracle.hpp"
#include "tests/support/documents.hpp"

namespace kappa {
namespace {

using testing::document_of;

std::string one_run(const std::string& problem, const std::string& optimizer, const std::string& more = "",
                    const std::string& own = "") {
  return R"({"kappascope": 1, "seed": 7, "steps": 5, )" + more + R"("problem": )" + problem +
         R"(, "runs": [{"label": "it", "optimizer": {"type": ")" + optimizer + "\"}" + own + "}]}";
}

/// What stands in the way of the first run; an empty message: nothing.
Issue trouble_of(const std::string& json) {
  const Document document = document_of(json);
  ProblemCache problems;
  try {
    Run run(plan_run(document, 0, 0, problems));
  } catch (const DataError& error) {
    return error.issue;
  } catch (const Refused& refused) {
    return {"", refused.what, ""};
  }
  return {};
}

constexpr const char* small_network =
    R"({"type": "mlp_regression", "widths": [3], "samples": 8, "loss": "cross_entropy"})";

TEST(Planner, TellsWhichSettingTheProblemWouldNeed) {
  const Issue shared = trouble_of(one_run(small_network, "levenberg_marquardt"));
  EXPECT_EQ(shared.path, "/problem/loss");
  EXPECT_EQ(shared.message,
            "this optimizer needs a loss that is ½|r|², which mlp_regression has only with loss = squared");
  const Issue own = trouble_of(one_run(small_network, "levenberg_marquardt", "", R"(, "problem": {"inputs": 4})"));
  EXPECT_EQ(own.path, "/runs/0/problem/loss");
  EXPECT_EQ(
      trouble_of(one_run(R"({"type": "landscape", "function": "saddle"})", "gauss_newton_exact")).message,
      "this optimizer needs residuals and a Jacobian, which landscape has only with function = rosenbrock, beale, "
      "himmelblau or booth");
  EXPECT_EQ(trouble_of(one_run(R"({"type": "matrix_sensing", "observation": "full"})", "svrg")).path,
            "/problem/observation");
}

TEST(Planner, NoSettingHelpsWhereTheKindCannot) {
  const Issue none = trouble_of(one_run(R"({"type": "quadratic", "dimension": 4})", "levenberg_marquardt"));
  EXPECT_EQ(none.path, "");
  EXPECT_EQ(none.message, "this optimizer needs residuals and a Jacobian, which quadratic does not have");
}

TEST(Planner, TheConfiguredProblemIsAsked) {
  const std::string squared = R"({"type": "mlp_regression", "widths": [3], "samples": 8})";
  for (const char* id : {"levenberg_marquardt", "spectral_regressor", "gauss_newton_exact", "sophia_g"})
    EXPECT_EQ(trouble_of(one_run(squared, id)).message, "") << id;
  EXPECT_EQ(trouble_of(one_run(small_network, "gauss_newton_exact")).message, "");
}

TEST(Planner, ABatchNeedsSamplesThatASettingMayBring) {
  const Issue none = trouble_of(
      one_run(R"({"type": "matrix_sensing", "observation": "full"})", "gradient_descent", R"("batch": {"size": 4}, )"));
  EXPECT_EQ(none.message,
            "this problem has no samples to draw a batch from: set /batch/size to 0, or observation = sampled");
}

}  // namespace
}  // namespace kappa
