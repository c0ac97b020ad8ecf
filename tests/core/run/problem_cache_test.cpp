/// Problems are built once, by the check of a document's inputs already, and shared with its runs.
#include "core/run/problem_cache.hpp"

#include <gtest/gtest.h>

#include "core/run/dump.hpp"
#include "core/run/runner.hpp"
#include "core/spec/document.hpp"

namespace kappa {
namespace {

Document race() {
  const auto read = parse_document(R"({"kappascope": 1, "steps": 3, "theories": "none",
    "problem": {"type": "quadratic", "dimension": 4},
    "runs": [{"label": "one", "optimizer": {"type": "gradient_descent"}},
             {"label": "two", "optimizer": {"type": "heavy_ball"}}]})");
  return complete(std::get<Document>(read));
}

TEST(ProblemCache, OneForANodeAndASeed) {
  ProblemCache problems;
  const Node node = race().problem,
             other = complete_node({Kind::problem, "quadratic", {{"dimension", std::int64_t{5}}}});
  const auto first = problems.get(node, 1);
  EXPECT_EQ(problems.get(node, 1), first);
  EXPECT_NE(problems.get(node, 2), first);
  EXPECT_NE(problems.get(other, 1), first);
}

TEST(ProblemCache, ARunnerTakesOverWhatTheCheckHasBuilt) {
  const Document document = race();
  const auto checked = check_inputs(document);
  ASSERT_EQ(issues_of(checked), nullptr);
  const auto& problems = std::get<std::shared_ptr<ProblemCache>>(checked);
  const auto problem = problems->get(document.problem, document.seed);
  const long held = problem.use_count();
  Runner runner(document, {.threads = 1, .problems = problems});
  ASSERT_TRUE(runner.wait(std::chrono::seconds(60)));
  EXPECT_GE(problem.use_count(), held + 2) << "each run holds the same one";
}

}  // namespace
}  // namespace kappa
