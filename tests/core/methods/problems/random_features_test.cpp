/// Random features: data by plain loops, derivatives, every target, and gradient descent on it beside its closed form.
#include <gtest/gtest.h>

#include <cmath>

#include "core/catalog/catalog.hpp"
#include "core/linalg/descent_path.hpp"
#include "core/run/planner.hpp"
#include "core/run/run.hpp"
#include "core/spec/document.hpp"
#include "core/stream/sink.hpp"
#include "tests/support/problem_check.hpp"

namespace kappa::problems {
Method random_features();
}  // namespace kappa::problems

namespace kappa {
namespace {

using namespace support;
using problems::random_features;

std::map<std::string, arma::mat> dumped(const ProblemModel& problem) {
  std::map<std::string, arma::mat> out;
  for (NamedMatrix& one : problem.data()) out[one.name] = one.value;
  return out;
}

Given given(const char* target, Given more = {}) {
  Given all = {{"samples", std::int64_t{25}},       {"inputs", std::int64_t{4}},     {"features", std::int64_t{12}},
               {"test_samples", std::int64_t{300}}, {"target", std::string(target)}, {"noise", 0.0}};
  for (auto& [key, value] : more) all.insert_or_assign(key, value);
  return all;
}

TEST(RandomFeatures, TargetsAreWhatTheySay) {
  const auto linear = dumped(*built(random_features(), given("linear")));
  EXPECT_LT(arma::norm(linear.at("inputs") * linear.at("truth") - linear.at("y")), 1e-12);
  EXPECT_LT(arma::norm(linear.at("inputs_test") * linear.at("truth") - linear.at("y_test")), 1e-12);
  const auto within = built(random_features(), given("features"));
  EXPECT_LT(value_at(*within, *within->facts().truth), 1e-24);
  EXPECT_LT(within->test_loss(*within->facts().truth), 1e-24);
  for (const char* target : {"sine", "step", "polynomial", "runge"}) {
    const auto data = dumped(*built(random_features(), given(target, {{"placement", std::string("equispaced")}})));
    const arma::mat& x = data.at("inputs");
    ASSERT_EQ(x.n_cols, 1u);
    EXPECT_EQ(x(0, 0), -1);
    const std::string name = target;
    for (arma::uword i = 0; i < x.n_rows; ++i) {
      const double at = x(i, 0);
      const double expected = name == "sine"    ? std::sin(2 * std::acos(-1.0) * at)
                              : name == "step"  ? (at > 0   ? 1
                                                   : at < 0 ? -1
                                                            : 0)
                              : name == "runge" ? 1 / (1 + 25 * at * at)
                                                : at - at * at * at;
      EXPECT_NEAR(data.at("y")(i, 0), expected, 1e-14) << name;
    }
  }
}

TEST(RandomFeatures, ATeacherIsANetwork) {
  const auto data = dumped(*built(
      random_features(), given("teacher", {{"teacher_width", std::int64_t{50}}, {"samples", std::int64_t{4000}}})));
  EXPECT_GT(arma::as_scalar(arma::var(data.at("y"))), 0.05);
  const arma::mat a = arma::join_rows(data.at("inputs"), arma::ones(4000));
  const arma::vec r = a * arma::solve(a, data.at("y")) - data.at("y");
  EXPECT_GT(arma::norm(r) / arma::norm(data.at("y")), 0.05);  // not linear
}

/// 1/(2n) |Φw − y|² by loops over the dumped projection; noise in y but not in the test.
TEST(RandomFeatures, LossByLoops) {
  const auto problem =
      built(random_features(), given("linear", {{"noise", 0.5}, {"bias_scale", 0.8}, {"regularization", 0.2}}));
  const auto data = dumped(*problem);
  const Blocks w = somewhere(*problem);
  const auto mean_square = [&](const arma::mat& inputs, const arma::mat& y) {
    double sum = 0;
    for (arma::uword i = 0; i < inputs.n_rows; ++i) {
      double out = 0;
      for (arma::uword j = 0; j < 12; ++j) {
        double z = data.at("feature_offsets")(j, 0);
        for (arma::uword k = 0; k < 4; ++k) z += data.at("feature_weights")(j, k) * inputs(i, k);
        out += std::max(z, 0.0) / std::sqrt(12.0) * w.flat()[j];
      }
      sum += (out - y(i, 0)) * (out - y(i, 0));
    }
    return sum / static_cast<double>(inputs.n_rows);
  };
  const double penalty = 0.1 * arma::dot(w.flat(), w.flat());
  EXPECT_NEAR(value_at(*problem, w), 0.5 * mean_square(data.at("inputs"), data.at("y")) + penalty, 1e-12);
  EXPECT_NEAR(problem->test_loss(w), 0.5 * mean_square(data.at("inputs_test"), data.at("y_test")), 1e-12);
  EXPECT_LT(arma::norm(data.at("inputs_test") * data.at("truth") - data.at("y_test")), 1e-12);
  EXPECT_NEAR(arma::norm(data.at("inputs") * data.at("truth") - data.at("y")) / 5, 0.5, 0.2);
}

TEST(RandomFeatures, NormalisedFeaturesHaveOneDeviation) {
  const arma::mat x = dumped(*built(random_features(), given("linear", {{"normalise", true}}))).at("X");
  EXPECT_LT(arma::abs(arma::mean(x, 0)).max(), 1e-14);
  EXPECT_LT(arma::abs(arma::stddev(x, 1, 0) - 1 / std::sqrt(12.0)).max(), 1e-14);
}

TEST(RandomFeatures, DataDoNotDependOnTheNumberOfFeatures) {
  const auto few = dumped(*built(random_features(), given("linear"))),
             many = dumped(*built(random_features(), given("linear", {{"features", std::int64_t{40}}})));
  EXPECT_EQ(arma::norm(few.at("inputs") - many.at("inputs")), 0);
  EXPECT_EQ(arma::norm(few.at("y") - many.at("y")), 0);
  EXPECT_EQ(arma::norm(few.at("feature_weights") - many.at("feature_weights").head_rows(12)), 0);
}

/// Thousands of real steps of the catalogue's method against one formula, below, at and beyond p = n.
TEST(RandomFeatures, GradientDescentIsItsClosedForm) {
  for (const std::int64_t p : {10, 25, 60}) {
    const auto problem = built(random_features(), given("linear", {{"features", p}, {"noise", 0.3}}));
    const auto data = dumped(*problem);
    const DescentPath path(data.at("X"), data.at("y"));
    const double step = 1.3 / std::pow(path.singular_values()[0], 2);
    const Blocks start = somewhere(*problem);
    for (const std::uint64_t steps : {1, 30, 3000}) {
      DescentSpec spec{.problem = problem,
                       .optimizer = node(Kind::optimizer, "gradient_descent", {{"learning_rate", 25 * step}}),
                       .steps = steps,
                       .start = start};
      kappa::Run run(plan_descent("stepped", spec, 1, 0));
      NoSink nowhere;
      ASSERT_TRUE(run.advance(steps + 1, nowhere).has_value());
      const arma::vec closed = path.after(static_cast<double>(steps), step, start.flat());
      EXPECT_LT(arma::norm(run.judged().flat() - closed), 1e-9 * (1 + arma::norm(closed))) << p << ", " << steps;
    }
  }
}

}  // namespace
}  // namespace kappa
