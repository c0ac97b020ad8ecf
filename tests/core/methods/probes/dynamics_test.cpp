/// Probes of curvature, kernels and risk on a whole frame, against dense computations.
#include <gtest/gtest.h>

#include <cmath>

#include "core/linalg/path_barrier.hpp"
#include "core/random/matrices.hpp"
#include "tests/laws/rugged.hpp"
#include "tests/support/probe_bench.hpp"
#include "tests/support/problem_check.hpp"

namespace kappa {
namespace {

using test::Bench;
using test::Emitted;
using test::probe_node;

double only(const Emitted& emitted, const std::string& name) {
  EXPECT_EQ(emitted.scalars.count(name), 1u) << name << " " << emitted.refusal;
  return emitted.scalars.count(name) ? emitted.scalars.at(name) : std::nan("");
}

/// A bent problem away from its solution; its numbers by dense linear algebra.
struct Dense {
  laws::Rugged problem = laws::rugged();
  Bench bench;
  arma::mat hessian, jacobian;
  arma::vec values;   ///< descending
  arma::mat vectors;  ///< in the same order
  Dense() {
    bench.x = problem.start(Rng(5, "init"));
    bench.problem = model_of(problem);
    bench.update = zeros_like(bench.x);
    bench.update->flat() = 0.3 * normal_vector(Rng(5, "update"), bench.x.flat().n_elem);
    bench.g = zeros_like(bench.x);
    bench.g->flat() = normal_vector(Rng(5, "gradient"), bench.x.flat().n_elem);
    hessian = problem.hessian(bench.x);
    std::tie(values, vectors) = spectrum_at(bench.x);
    Scratch room;
    problem.jacobian(bench.x, jacobian, {{}, Rng(0, ""), room});
  }
  std::pair<arma::vec, arma::mat> spectrum_at(const Blocks& x) const {
    arma::vec ascending;
    arma::mat q;
    arma::eig_sym(ascending, q, arma::symmatu(problem.hessian(x)));
    return {arma::reverse(ascending), arma::fliplr(q)};
  }
  arma::vec gradient() const {
    Scratch room;
    Blocks g = zeros_like(bench.x);
    problem.value_gradient(bench.x, g, {{}, Rng(0, ""), room});
    return g.flat();
  }
};

TEST(DynamicsProbes, DominantCurvatureIsTheLargestInSize) {
  const Dense dense;
  const double expected =
      std::abs(dense.values.front()) > std::abs(dense.values.back()) ? dense.values.front() : dense.values.back();
  EXPECT_NEAR(only(dense.bench.show(
                       probe_node("dominant_curvature", {{"iterations", std::int64_t{1000}}, {"tolerance", 1e-13}})),
                   "dominant_curvature"),
              expected, 1e-6 * std::abs(expected));
  Bench down = test::two_blocks();
  down.problem = model_of(test::bowl({-9, 1, 4}));
  down.x = single_block("x", arma::vec{1, 2, 3});
  EXPECT_NEAR(only(down.show(probe_node("dominant_curvature", {{"tolerance", 1e-14}})), "dominant_curvature"), -9,
              1e-6);
  EXPECT_NEAR(only(down.show(probe_node("sharpness")), "sharpness"), 4, 1e-10);
}

TEST(DynamicsProbes, HessianTraceIsWithinItsError) {
  const Dense dense;
  const Emitted seen = dense.bench.show(probe_node("hessian_trace", {{"draws", std::int64_t{400}}}));
  const double error = only(seen, "hessian_trace_standard_error");
  EXPECT_GT(error, 0);
  EXPECT_NEAR(only(seen, "hessian_trace"), arma::trace(dense.hessian), 4 * error);
  const arma::mat off = dense.hessian - arma::diagmat(dense.hessian);
  EXPECT_NEAR(error, std::sqrt(2 * arma::accu(arma::square(off)) / 400), 0.3 * error) << "the variance is 2|off|²";
  Bench diagonal = test::two_blocks();  // signs square to one: no error at all
  const Emitted exact = diagonal.show(probe_node("hessian_trace", {{"draws", std::int64_t{3}}}));
  EXPECT_NEAR(only(exact, "hessian_trace"), 8, 1e-13);
  EXPECT_NEAR(only(exact, "hessian_trace_standard_error"), 0, 1e-13);
}

TEST(DynamicsProbes, GaussNewtonSharpnessIsTheKernelsNorm) {
  Dense dense;
  const double largest = arma::eig_sym(arma::symmatu(dense.jacobian * dense.jacobian.t())).max();
  EXPECT_NEAR(only(dense.bench.show(probe_node("gauss_newton_sharpness")), "gauss_newton_sharpness"), largest,
              1e-12 * largest);
  const Node scaled = probe_node("scaled_gauss_newton_sharpness");
  EXPECT_FALSE(dense.bench.show(scaled).refusal.empty());
  dense.bench.optimizer.rate = 0.8;  // at step 3: a quarter of it
  EXPECT_NEAR(only(dense.bench.show(scaled), "scaled_gauss_newton_sharpness"), 0.2 * largest, 1e-12 * largest);
  EXPECT_FALSE(test::two_blocks().show(probe_node("gauss_newton_sharpness")).refusal.empty());
}

TEST(DynamicsProbes, GaussNewtonSharpnessSeesTheOutputsCurvature) {
  Bench bench;
  auto problem =
      make_problem({Kind::problem,
                    "softmax_regression",
                    {{"samples", std::int64_t{15}}, {"features", std::int64_t{4}}, {"classes", std::int64_t{3}}}});
  problem->build(Rng(2, "problem"));
  bench.x = problem->start(Rng(1, "init"));
  bench.x.flat() = normal_vector(Rng(1, "x"), bench.x.flat().n_elem);
  Scratch room;
  arma::mat j, q;
  problem->jacobian(bench.x, j, {{}, Rng(0, ""), room});
  problem->curvature(bench.x, q, {{}, Rng(0, ""), room});
  bench.problem = std::move(problem);
  EXPECT_NEAR(only(bench.show(probe_node("gauss_newton_sharpness")), "gauss_newton_sharpness"),
              arma::eig_sym(arma::symmatu(j.t() * q * j)).max(), 1e-9);
  EXPECT_FALSE(bench.show(probe_node("kernel_alignment")).refusal.empty());
}

TEST(DynamicsProbes, SubspacesOfTheTopEigenvectors) {
  const Dense dense;
  const arma::mat top = dense.vectors.head_cols(4);
  const auto share = [&](const arma::vec& g) { return std::pow(arma::norm(top.t() * g) / arma::norm(g), 2); };
  const std::map<std::string, Value, std::less<>> four = {{"directions", std::int64_t{4}}};
  EXPECT_NEAR(only(dense.bench.show(probe_node("gradient_subspace_overlap", four)), "gradient_subspace_overlap"),
              share(dense.gradient()), 1e-9);
  auto of_step = four;
  of_step["gradient"] = std::string("step");
  EXPECT_NEAR(only(dense.bench.show(probe_node("gradient_subspace_overlap", of_step)), "gradient_subspace_overlap"),
              share(dense.bench.g->flat()), 1e-9);
  Blocks next = dense.bench.x;
  next.flat() += dense.bench.update->flat();
  const arma::mat after = dense.spectrum_at(next).second.head_cols(4);
  const double persistence = arma::accu(arma::square(top.t() * after)) / 4;
  EXPECT_LT(persistence, 0.9999);
  EXPECT_NEAR(only(dense.bench.show(probe_node("subspace_persistence", four)), "subspace_persistence"), persistence,
              1e-9);
}

TEST(DynamicsProbes, KernelsAndFreedomOfARegression) {
  Bench bench;
  auto problem =
      make_problem({Kind::problem,
                    "linear_regression",
                    {{"samples", std::int64_t{12}}, {"features", std::int64_t{5}}, {"regularization", 0.2}}});
  problem->build(Rng(2, "problem"));
  arma::mat x, y;
  for (const NamedMatrix& one : problem->data()) {
    if (one.name == "X") x = one.value;
    if (one.name == "y") y = one.value;
  }
  bench.x = problem->start(Rng(1, "init"));
  bench.problem = std::move(problem);
  const arma::mat k = x * x.t();
  EXPECT_NEAR(only(bench.show(probe_node("kernel_alignment")), "kernel_alignment"),
              arma::as_scalar(y.t() * k * y) / (arma::dot(y, y) * arma::norm(k, "fro")), 1e-12);
  double freedom = 0;
  for (const double s : arma::eig_sym(arma::symmatu(x.t() * x / 12))) freedom += (s + 0.2) / (s + 0.2 + 0.05);
  EXPECT_NEAR(
      only(bench.show(probe_node("effective_degrees_of_freedom", {{"penalty", 0.05}})), "effective_degrees_of_freedom"),
      freedom, 1e-11)
      << "the penalty's rows are rows of J";
}

TEST(DynamicsProbes, Risks) {
  Bench bench;
  auto problem = make_problem({Kind::problem, "quadratic", {{"dimension", std::int64_t{6}}, {"rotate", true}}});
  problem->build(Rng(2, "problem"));
  bench.x = problem->start(Rng(1, "init"));
  const arma::vec error = bench.x.flat() - problem->facts().solution->flat();
  const double expected = arma::dot(error, problem->hessian(bench.x) * error);
  bench.problem = std::move(problem);
  EXPECT_NEAR(only(bench.show(probe_node("population_risk")), "population_risk"), expected, 1e-12 * expected);
  const Bench blocks = test::two_blocks();  // its test loss is twice the sum of all entries, its centre zero
  EXPECT_NEAR(only(blocks.show(probe_node("excess_risk")), "excess_risk"), 48, 1e-13);
  EXPECT_FALSE(blocks.show(probe_node("population_risk")).refusal.empty());
}

/// Where the rows have their covariance exactly and no noise, the loss is half the population's risk.
TEST(DynamicsProbes, ThePopulationRiskOfARegressionNeedsNoTestRows) {
  const auto of = [](const Node& node) {
    Bench bench;
    auto problem = make_problem(node);
    problem->build(Rng(2, "problem"));
    bench.x = support::somewhere(*problem);
    bench.problem = std::move(problem);
    return bench;
  };
  for (const char* id : {"linear_regression", "lasso", "lp_regression", "matrix_least_squares"}) {
    Node node{Kind::problem,
              id,
              {{"samples", std::int64_t{20}},
               {"condition_number", 30.0},
               {"spectrum", std::string("geometric")},
               {"exact_spectrum", true},
               {"rotate", true},
               {"noise", 0.0}}};
    if (node.id == "matrix_least_squares") {
      node.params["rows"] = std::int64_t{3};
      node.params["columns"] = std::int64_t{5};
    } else {
      node.params["features"] = std::int64_t{5};
    }
    if (node.id == "lasso") node.params["regularization"] = 0.0;
    if (node.id == "lp_regression") {
      node.params["p"] = 2.0;
      node.params["unit_rows"] = true;
    }
    const Bench bench = of(node);
    const double expected = 2 * support::value_at(*bench.problem, bench.x);
    EXPECT_NEAR(only(bench.show(probe_node("population_risk")), "population_risk"), expected, 1e-11 * expected) << id;
  }
  const Bench chebyshev = of({Kind::problem, "chebyshev_regression", {}});
  const arma::vec away = chebyshev.x.flat() - chebyshev.problem->facts().truth->flat();
  EXPECT_NEAR(only(chebyshev.show(probe_node("population_risk")), "population_risk"), arma::dot(away, away) / 3, 1e-12);
  const Bench generated = of({Kind::problem, "linear_regression", {{"design", std::string("generator")}}});
  EXPECT_NE(generated.show(probe_node("population_risk")).refusal, "");
}

TEST(DynamicsProbes, KernelsAndFreedomOfANetworkHangOnItsLoss) {
  for (const bool squared : {true, false}) {
    Bench bench;
    auto problem = make_problem({Kind::problem,
                                 "mlp_regression",
                                 {{"widths", std::vector<double>{3}},
                                  {"samples", std::int64_t{8}},
                                  {"loss", std::string(squared ? "squared" : "cross_entropy")}}});
    problem->build(Rng(2, "problem"));
    bench.x = problem->start(Rng(1, "init"));
    bench.problem = std::move(problem);
    for (const char* id : {"kernel_alignment", "effective_degrees_of_freedom"})
      EXPECT_EQ(bench.show(probe_node(id)).refusal.empty(), squared) << id;
  }
}

TEST(DynamicsProbes, TailIndexOfTheRowsGradients) {
  const Dense dense;
  const arma::vec mean = dense.gradient();
  const auto n = static_cast<arma::uword>(dense.problem.components());
  arma::vec sizes(n);
  Blocks one = zeros_like(dense.bench.x);
  for (arma::uword i = 0; i < n; ++i) {
    dense.problem.component_gradient(i, dense.bench.x, one);
    sizes[i] = arma::norm(one.flat() - mean);
  }
  sizes = arma::sort(sizes, "descend");
  const auto k = static_cast<arma::uword>(std::llround(0.2 * static_cast<double>(n)));
  double sum = 0;
  for (arma::uword i = 0; i < k; ++i) sum += std::log(sizes[i] / sizes[k]);
  EXPECT_NEAR(only(dense.bench.show(probe_node("tail_index", {{"share", 0.2}})), "tail_index"), k / sum, 1e-10);
}

TEST(DynamicsProbes, SupportRecoveryCountsBothMistakes) {
  struct Sparse : test::Bowl {
    Facts facts() const {
      Facts facts;
      facts.truth = single_block("x", arma::vec{1, -1, 0, 0, 2});
      return facts;
    }
  };
  Bench bench;
  Sparse problem;
  problem.h = arma::eye(5, 5);
  problem.center = single_block("x", arma::vec(5, arma::fill::zeros));
  bench.problem = model_of(problem);
  const auto score = [&](const arma::vec& x) {
    bench.x = single_block("x", x);
    return only(bench.show(probe_node("support_recovery")), "support_recovery");
  };
  EXPECT_EQ(score({3, 1, 0, 0, -1}), 1);
  EXPECT_NEAR(score({3, 0, 0, 0, -1}), 2.0 * 2 / (2 + 3), 1e-15);
  EXPECT_NEAR(score({3, 1, 1, 1, 1}), 2.0 * 3 / (5 + 3), 1e-15);
  EXPECT_EQ(score({3, 1, 1e-4, -1e-4, 1}), 1) << "below a thousandth of the largest";
  EXPECT_EQ(score({0, 0, 0, 0, 0}), 0);
}

TEST(DynamicsProbes, BarrierOnTheWayToTheSolution) {
  const Dense dense;
  Scratch room;
  arma::vec losses(5);
  Blocks at = dense.bench.x;
  for (arma::uword i = 0; i < 5; ++i) {
    at.flat() =
        dense.bench.x.flat() + 0.25 * static_cast<double>(i) * (dense.problem.solution.flat() - dense.bench.x.flat());
    losses[i] = dense.problem.value(at, {{}, Rng(0, ""), room});
  }
  EXPECT_NEAR(
      only(dense.bench.show(probe_node("linear_path_barrier", {{"points", std::int64_t{5}}})), "linear_path_barrier"),
      path_barrier(losses), 1e-12);
  EXPECT_EQ(only(test::two_blocks().show(probe_node("linear_path_barrier")), "linear_path_barrier"), 0)
      << "a bowl has no hills";
}

}  // namespace
}  // namespace kappa
