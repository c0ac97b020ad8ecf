/// Landscapes under paths: one for all runs of a problem, another where a run has its own, and no bit of a run changes.
#include "core/run/plane.hpp"

#include <gtest/gtest.h>

#include "core/run/runner.hpp"
#include "tests/support/documents.hpp"

namespace kappa {
namespace {

using testing::document_of;

std::string race(const std::string& problem, const std::string& own, const std::string& probes) {
  return R"({"kappascope": 1, "study": "descent", "seed": 3, "steps": 12, "problem": )" + problem +
         R"(, "runs": [{"label": "A", "optimizer": {"type": "gradient_descent", "learning_rate": 0.3}},
                       {"label": "B", "optimizer": {"type": "adam", "learning_rate": 0.05}},
                       {"label": "C", "optimizer": {"type": "gradient_descent", "learning_rate": 0.1})" +
         own + R"(}], "probes": [{"type": "loss"})" + probes + "]}";
}
const std::string bowl = R"({"type": "quadratic", "dimension": 10, "condition_number": 20})";
const std::string path = R"(, {"type": "path"})";

std::shared_ptr<const Trace> trace_of(const Document& document, unsigned threads = 2) {
  Runner runner(document, {.threads = threads});
  EXPECT_TRUE(runner.wait(std::chrono::seconds(60)));
  return runner.trace();
}

TEST(Planes, RunsOnOneProblemShareALandscape) {
  const auto trace = trace_of(document_of(race(bowl, "", path)));
  EXPECT_EQ(trace->field(0, 0, "landscape").size(), 101u * 101u);
  for (std::uint32_t run = 1; run < 3; ++run) {
    EXPECT_TRUE(trace->field(run, 0, "landscape").empty()) << "once is enough";
    EXPECT_EQ(trace->field(run, 0, "plane").at(0).value, 0);
    EXPECT_EQ(trace->field(run, 0, "path").size(), 13u);
    EXPECT_EQ(trace->field(run, 0, "path")[0].x, trace->field(0, 0, "path")[0].x) << "all set out together";
  }
  EXPECT_EQ(trace->field(0, 0, "optimum").at(0).value, 0);
}

TEST(Planes, ARunWithAProblemOfItsOwnHasItsOwn) {
  const auto trace = trace_of(document_of(race(bowl, R"(, "problem": {"condition_number": 200})", path)));
  EXPECT_EQ(trace->field(1, 0, "plane").at(0).value, 0);
  EXPECT_EQ(trace->field(2, 0, "plane").at(0).value, 2);
  EXPECT_EQ(trace->field(2, 0, "landscape").size(), 101u * 101u);
}

TEST(Planes, TheLandscapeIsTheLossOnThePlane) {
  const auto trace = trace_of(document_of(race(bowl, "", path)));
  double least = 1e300, most = 0;
  for (const FieldCell& cell : trace->field(0, 0, "landscape")) {
    const double f = 0.5 * (cell.x * cell.x / 20 + cell.y * cell.y);  // curvatures from 1/20 to 1
    least = std::min(least, std::abs(cell.value - f)), most = std::max(most, std::abs(cell.value - f));
  }
  EXPECT_LT(most, 1e-12);
  const auto cells = trace->field(0, 0, "path");
  EXPECT_NEAR(cells[0].x, -1, 1e-12);
  EXPECT_NEAR(cells[0].y, 1, 1e-12);
  EXPECT_NEAR(cells[1].y, 1 - 0.3, 1e-12) << "one step along the steepest direction";
  EXPECT_NEAR(cells[1].x, -(1 - 0.3 / 20), 1e-12);
}

TEST(Planes, APathChangesNoBitAndThreadsNone) {
  const Document with = document_of(race(bowl, "", path)), without = document_of(race(bowl, "", ""));
  const auto seen = trace_of(with), alone = trace_of(without), single = trace_of(with, 1);
  for (std::uint32_t run = 0; run < 3; ++run) {
    const Column &a = *seen->series(run, 0, "loss"), &b = *alone->series(run, 0, "loss");
    ASSERT_EQ(a.size(), b.size());
    for (std::uint64_t i = 0; i < a.size(); ++i) EXPECT_EQ(a.value(i), b.value(i));
  }
  const auto left = seen->field(0, 0, "landscape"), right = single->field(0, 0, "landscape");
  ASSERT_EQ(left.size(), right.size());
  for (std::size_t i = 0; i < left.size(); ++i) ASSERT_EQ(left[i].value, right[i].value);
}

TEST(Planes, AForkGoesOnWithItsParentsPlane) {
  const auto trace = trace_of(document_of(
      race(bowl, R"(}, {"label": "D", "fork": {"run": "A", "step": 5}, "optimizer": {"learning_rate": 0.6})", path)));
  ASSERT_EQ(trace->field(3, 0, "plane").size(), 3u);
  EXPECT_EQ(trace->field(3, 0, "plane")[0].value, 0);
  EXPECT_EQ(trace->field(3, 0, "path")[0].x, trace->field(0, 0, "path")[5].x);
}

TEST(Planes, EveryProblemHasOne) {
  for (const char* problem :
       {R"({"type": "linear_regression", "samples": 40, "features": 6})",
        R"({"type": "matrix_sensing", "dimension": 6, "rank": 3, "init_scale": 0.1})",
        R"({"type": "logistic_regression", "samples": 40, "features": 5})",
        R"({"type": "matrix_least_squares", "rows": 3, "columns": 4, "samples": 30})",
        R"({"type": "lasso", "samples": 40, "features": 6})", R"({"type": "landscape", "function": "beale"})"}) {
    const auto trace = trace_of(document_of(race(problem, "", path)));
    EXPECT_GT(trace->field(0, 0, "landscape").size(), 100u) << problem;
    EXPECT_EQ(trace->field(1, 0, "path").size(), 13u) << problem;
    for (const FieldCell& cell : trace->field(0, 0, "landscape")) ASSERT_FALSE(std::isnan(cell.value)) << problem;
  }
}

TEST(Planes, ALandscapeOfTwoParametersReachesBeyondTheSidesOfItsFrame) {
  const auto trace = trace_of(document_of(race(R"({"type": "landscape", "function": "himmelblau"})", "", path)));
  const auto frame = trace->field(0, 0, "plane"), grid = trace->field(0, 0, "landscape");
  ASSERT_EQ(frame.size(), 3u);
  EXPECT_EQ(frame[1].x, -5);
  EXPECT_EQ(frame[2].y, 5);
  EXPECT_LT(grid.front().x, -8) << "pictures are wider than high";
  EXPECT_LT(grid.front().y, -8) << "or higher than wide";
  EXPECT_LE(grid.size(), 128u * 128u);
}

TEST(Planes, ANegativeLossIsNoGoalReached) {
  const auto trace = trace_of(document_of(race(R"({"type": "landscape", "function": "saddle"})", "", path)));
  EXPECT_EQ(trace->field(0, 0, "path").size(), 13u);
}

}  // namespace
}  // namespace kappa
