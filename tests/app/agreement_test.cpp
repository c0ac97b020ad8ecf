/// Trajectories agree with a plain re-computation from the data dump, in another language.
#include <gtest/gtest.h>

#include "tests/support/shell.hpp"

namespace kappa {
namespace {

TEST(Agreement, TrajectoriesFollowAPlainRecomputation) {
  const auto run = support::shell("python3 " KAPPA_SOURCE_DIR "/tests/app/agreement.py " KAPPA_CLI_PATH);
  EXPECT_EQ(run.status, 0) << run.output;
  EXPECT_NE(run.output.find("worst"), std::string::npos) << run.output;
}

TEST(Agreement, StandardOptimizersFollowTheirFormulas) {
  const auto run =
      support::shell("/usr/bin/python3 " KAPPA_SOURCE_DIR "/tests/app/standard_optimizers.py " KAPPA_CLI_PATH);
  EXPECT_EQ(run.status, 0) << run.output;
  EXPECT_NE(run.output.find("worst"), std::string::npos) << run.output;
}

}  // namespace
}  // namespace kappa
