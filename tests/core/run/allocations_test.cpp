/// Steps ask for no memory: counted for every first-order optimizer of the catalogue, and for gradients of problems.
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/catalog/catalog.hpp"
#include "core/run/run.hpp"
#include "core/spec/document.hpp"
#include "tests/laws/configurations.hpp"
#include "tests/support/allocations.hpp"

namespace kappa {
namespace {

/// ½ Σ hᵢ (xᵢ − cᵢ)², written so that it needs no room of its own; rows are there to be drawn and change nothing.
struct Plain {
  std::vector<BlockShape> shapes;

  void build(Rng) {}
  Blocks start(Rng rng) const {
    Blocks x(shapes);
    rng.fill_normal({x.flat().memptr(), x.flat().n_elem});
    return x;
  }
  std::uint64_t row_count() const { return 24; }
  double value(const Blocks& x, const Sample&) const {
    double f = 0;
    for (arma::uword i = 0; i < x.flat().n_elem; ++i) f += bend(i) * off(x, i) * off(x, i) / 2;
    return f;
  }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& sample) const {
    for (arma::uword i = 0; i < x.flat().n_elem; ++i) g.flat()[i] = bend(i) * off(x, i);
    return value(x, sample);
  }
  Facts facts() const {
    Facts known;
    known.smoothness = bend(7);
    known.strong_convexity = bend(0);
    known.minimum = 0;
    return known;
  }

 private:
  static double bend(arma::uword i) { return 0.5 + 0.1 * static_cast<double>(i % 8); }
  static double off(const Blocks& x, arma::uword i) { return x.flat()[i] - 0.01 * static_cast<double>(i % 5); }
};

/// More numbers than Armadillo keeps without asking for memory.
std::shared_ptr<const ProblemModel> vector_problem() { return model_of(Plain{{{"x", 40, 1, Role::vector}}}); }
std::shared_ptr<const ProblemModel> matrix_problem() {
  return model_of(Plain{{{"W", 12, 9, Role::hidden}, {"V", 8, 11, Role::hidden}, {"b", 20, 1, Role::vector}}});
}

constexpr std::uint64_t first_steps = 2, counted_steps = 30;

/// What the steps after the first ones ask for, with loss and gradient norm recorded; -1 when it ended before, none
/// where the optimizer wants a problem of another kind.
std::optional<std::int64_t> asked(const Node& optimizer, std::shared_ptr<const ProblemModel> problem,
                                  std::uint64_t batch) {
  RunPlan plan;
  plan.optimizer = optimizer;
  plan.problem = std::move(problem);
  plan.batch = batch;
  if (batch > 0) plan.order = make_order(complete_node({Kind::order, "random_reshuffling", {}}));
  for (const char* probe : {"loss", "gradient_norm"})
    plan.probes.push_back(make_probe(complete_node({Kind::probe, probe, {}})));
  plan.stop.diverged_above = 1e300;
  try {
    NoSink sink;
    Run run(plan);
    if (run.advance(first_steps, sink)) return -1;
    std::int64_t sum = 0;
    for (std::uint64_t t = 0; t < counted_steps; ++t) {
      const std::uint64_t before = test::allocations();
      const bool ended = run.advance(1, sink).has_value();
      if (ended) return t < 3 ? -1 : sum;  // a line search that has arrived
      sum += static_cast<std::int64_t>(test::allocations() - before);
    }
    return sum;
  } catch (const Refused&) {
    return std::nullopt;
  }
}

/// Asks for values and gradients, and nothing more.
bool is_first_order(Needs needs) {
  constexpr Needs cheap = Needs::gradient | Needs::value | Needs::extra_gradient | Needs::facts;
  return has(needs, Needs::gradient) && (static_cast<unsigned>(needs) & ~static_cast<unsigned>(cheap)) == 0;
}

/// By id, or id and configuration: why its steps on matrices ask for memory.
const std::map<std::string, std::string, std::less<>>& exceptions() {
  static const std::map<std::string, std::string, std::less<>> reasons = {
      {"lion_kappa: kappa nuclear", "an SVD"},
      {"muon_exact", "an SVD"},
      {"muon_sphere: by svd", "an SVD"},
      {"norm_constraint", "projections by an SVD or by products of their own"},
      {"prec_gd", "inverts a Gram matrix"},
      {"scaled_gd", "inverts a Gram matrix"},
      {"scaled_gd_lambda", "inverts a Gram matrix"},
      {"scion", "an SVD"},
      {"shampoo", "roots of its preconditioners"},
      {"soap", "products with the bases of its preconditioners, and their refreshment"},
      {"spectra", "clips by an SVD or by products of their own"},
      {"spectral_descent", "an SVD"},
      {"symmetry_update", "maps of a matrix to a matrix, most of them by an SVD"},
  };
  return reasons;
}

bool is_excepted(const std::string& id, const std::string& configuration) {
  return exceptions().contains(id) || exceptions().contains(id + ": " + configuration);
}

class Allocations : public testing::TestWithParam<std::string> {};

TEST_P(Allocations, AStepAsksForNone) {
  const Entry& entry = *Catalog::get().find(Kind::optimizer, GetParam());
  for (const laws::Configuration& one : laws::configurations(entry)) {
    if (!is_first_order(make_optimizer(one.node)->needs())) continue;
    for (const std::uint64_t batch : {0, 5}) {
      SCOPED_TRACE(one.name + (batch > 0 ? ", minibatches" : ""));
      if (is_excepted(entry.id, one.name)) {
        if (const auto some = asked(one.node, matrix_problem(), batch)) {
          EXPECT_EQ(*some != 0, test::counts_allocations()) << "is not an exception any more";
        }
        continue;
      }
      EXPECT_EQ(asked(one.node, vector_problem(), batch).value_or(0), 0) << "on a vector";
      EXPECT_EQ(asked(one.node, matrix_problem(), batch).value_or(0), 0) << "on matrices";
    }
  }
}

std::vector<std::string> first_order_ids() {
  std::vector<std::string> ids;
  for (const Entry& entry : Catalog::get().all(Kind::optimizer))
    if (is_first_order(entry.card.needs)) ids.push_back(entry.id);
  return ids;
}

INSTANTIATE_TEST_SUITE_P(Optimizers, Allocations, testing::ValuesIn(first_order_ids()),
                         [](const auto& one) { return one.param; });

/// What gradients after the first ones ask for, at points of their own, on all rows or on a few.
std::uint64_t asked_by_gradients(const ProblemModel& problem, const std::vector<std::uint32_t>& rows) {
  constexpr double away = 1e-3;
  Blocks x = problem.start(Rng(1, "start")), g = zeros_like(x);
  Scratch room;
  const Sample sample{rows, Rng(1, "noise"), room};
  std::uint64_t before = 0;
  for (std::uint64_t i = 0; i < first_steps + counted_steps; ++i) {
    if (i == first_steps) before = test::allocations();
    x.flat() += away;
    problem.value_gradient(x, g, sample);
  }
  return test::allocations() - before;
}

class GradientAllocations : public testing::TestWithParam<const char*> {};

TEST_P(GradientAllocations, AskForNone) {
  auto problem = make_problem(complete_node({Kind::problem, GetParam(), {}}));
  problem->build(Rng(1, "problem"));
  EXPECT_EQ(asked_by_gradients(*problem, {}), 0u);
  if (problem->samples() > 9) {
    EXPECT_EQ(asked_by_gradients(*problem, {3, 1, 4, 9, 2, 6}), 0u) << "minibatches";
  }
}

/// All but networks of several layers, problems that draw matrices of noise, and what is not made to be descended.
INSTANTIATE_TEST_SUITE_P(Problems, GradientAllocations,
                         testing::Values("asymmetric_sensing", "chebyshev_regression", "constrained_quadratic",
                                         "diagonal_finite_sum", "finite_sum_quadratic", "gapped_quadratic", "landscape",
                                         "lasso", "linear_network_datum", "linear_regression", "logistic_regression",
                                         "lp_regression", "matrix_completion", "matrix_factorization",
                                         "matrix_least_squares", "matrix_sensing", "multi_task_quadratic",
                                         "multi_task_valley", "quadratic", "quadratic_model", "random_features",
                                         "ridge_regression", "scale_invariant_regression", "softmax_regression",
                                         "two_layer_classifier"),
                         [](const auto& one) { return std::string(one.param); });

TEST(AllocationCount, AreCounted) {
  const std::uint64_t before = test::allocations();
  const auto by_new = std::make_unique<int>(1);
  const arma::vec by_armadillo(100);
  EXPECT_EQ(test::allocations(), before + (test::counts_allocations() ? 2 : 0));  // a sanitizer brings its own
}

TEST(AllocationCount, NoneOnLandscapes) {
  for (const char* function : {"rosenbrock", "beale", "himmelblau", "booth", "rastrigin"}) {
    auto problem = make_problem(complete_node({Kind::problem, "landscape", {{"function", std::string(function)}}}));
    problem->build(Rng(1, "problem"));
    const Node gd = complete_node({Kind::optimizer, "gradient_descent", {{"learning_rate", 1e-4}}});
    EXPECT_EQ(asked(gd, std::move(problem), 0), 0) << function;
  }
}

}  // namespace
}  // namespace kappa
