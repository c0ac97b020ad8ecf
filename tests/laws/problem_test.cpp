/// What every problem keeps: its gradient, its curvature, its batches, its facts and its promise of memory.
#include <gtest/gtest.h>

#include "tests/laws/configurations.hpp"
#include "tests/laws/trial.hpp"
#include "tests/support/problem_check.hpp"

namespace kappa {
namespace {

using namespace laws;

struct Named {
  std::string name;
  std::shared_ptr<const ProblemModel> problem;
  bool is_built = true;  ///< not a view of another
};

/// Small, in every choice that the problem offers, lifted forms included; what the sizes rule out is left out.
std::vector<Named> variants(const std::string& id) {
  std::vector<Named> all;
  for (const Configuration& one : configurations(*Catalog::get().find(Kind::problem, id))) {
    const Node node = small(one.node);
    if (!validate_node(node, "").empty()) continue;
    try {
      all.push_back({id + ", " + one.name, built(node)});
    } catch (const DataError& refused) {
      EXPECT_FALSE(refused.issue.message.empty()) << one.name;
      continue;
    }
    const auto& problem = all.back().problem;
    if (problem->can(Can::lift)) all.push_back({all.back().name + ", lifted", problem->lift(), false});
  }
  return all;
}

/// The gradient on one noise stream; a problem may add noise to it.
arma::vec gradient_on(const ProblemModel& problem, const Blocks& x, std::uint64_t stream) {
  Scratch room;
  Blocks g = zeros_like(x);
  problem.value_gradient(x, g, {{}, Rng(stream, "noise"), room});
  return g.flat();
}
bool is_noisy(const ProblemModel& problem) {
  const Blocks x = support::somewhere(problem);
  return !arma::approx_equal(gradient_on(problem, x, 1), gradient_on(problem, x, 2), "absdiff", 0);
}

class ProblemLaws : public testing::TestWithParam<std::string> {};

TEST_P(ProblemLaws, TheGradientIsTheSlope) {
  const auto all = variants(GetParam());
  ASSERT_FALSE(all.empty());
  for (const auto& [name, problem, is_built] : all) {
    if (!problem->facts().is_gradient || !problem->facts().smooth || is_noisy(*problem)) continue;
    for (const std::uint64_t seed : {7, 8}) {
      const Blocks x = support::somewhere(*problem, 0.5, seed);
      EXPECT_GT(support::taylor_order(*problem, x), 1.8) << name;
      if (problem->samples() > 3) {
        EXPECT_GT(support::taylor_order(*problem, x, {1, 0, 2}), 1.8) << name << ", a batch";
      }
    }
  }
}

/// Noise that a problem adds to its gradient has no mean: 900 draws come as near to the slope as chance lets them.
TEST_P(ProblemLaws, NoiseHasNoMean) {
  for (const auto& [name, problem, is_built] : variants(GetParam())) {
    if (!is_noisy(*problem)) continue;
    const Blocks x = support::somewhere(*problem, 0.5);
    const arma::vec d = unit_vector(Rng(2, "direction"), x.flat().n_elem);
    Blocks plus = x, minus = x;
    plus.flat() += 1e-4 * d;
    minus.flat() -= 1e-4 * d;
    const double slope = (support::value_at(*problem, plus) - support::value_at(*problem, minus)) / 2e-4;
    arma::vec draws(900);
    for (arma::uword i = 0; i < draws.n_elem; ++i) draws[i] = arma::dot(gradient_on(*problem, x, i), d);
    EXPECT_NEAR(arma::mean(draws), slope, 5 * arma::stddev(draws) / 30 + 1e-6 * std::abs(slope)) << name;
  }
}

TEST_P(ProblemLaws, BatchesAndComponentsAverageToTheWhole) {
  for (const auto& [name, problem, is_built] : variants(GetParam())) {
    const Blocks x = support::somewhere(*problem, 0.5);
    if (problem->samples() > 0) {
      EXPECT_LT(support::batches_gap(*problem, x, 5), 1e-10) << name;
      EXPECT_LT(support::batches_gap(*problem, x, 1), 1e-10) << name;
    }
    if (problem->can(Can::components)) {
      EXPECT_LT(support::components_gap(*problem, x), 1e-10) << name;
    }
  }
}

TEST_P(ProblemLaws, HessiansAreSymmetricAndConsistent) {
  for (const auto& [name, problem, is_built] : variants(GetParam())) {
    const Blocks x = support::somewhere(*problem, 0.5);
    if (problem->can(Can::hessian_product) && problem->facts().is_gradient) {
      EXPECT_LT(support::hessian_gap(*problem, x), 1e-6) << name;
      Blocks u = zeros_like(x), v = u, hu = u, hv = u;
      u.flat() = normal_vector(Rng(1, "u"), u.flat().n_elem);
      v.flat() = normal_vector(Rng(1, "v"), v.flat().n_elem);
      problem->hessian_product(x, u, hu);
      problem->hessian_product(x, v, hv);
      const double one = arma::dot(v.flat(), hu.flat()), two = arma::dot(u.flat(), hv.flat());
      EXPECT_NEAR(one, two, 1e-10 * (std::abs(one) + arma::norm(hu.flat()))) << name;
    }
    if (problem->can(Can::hessian)) {
      const arma::mat h = problem->hessian(x);
      EXPECT_LT(arma::norm(h - h.t()), 1e-12 * (1 + arma::norm(h))) << name;
      if (problem->can(Can::hessian_product)) {
        EXPECT_LT(support::dense_gap(*problem, x), 1e-10) << name;
      }
    }
  }
}

/// Over all rows and over a batch: J is the residual's slope (through Q, where the outputs have a curvature), J'r the
/// gradient.
TEST_P(ProblemLaws, ResidualsHaveTheirJacobian) {
  const std::vector<std::uint32_t> some = {1, 0, 2};
  for (const auto& [name, problem, is_built] : variants(GetParam())) {
    if (!problem->can(Can::residual)) continue;
    Scratch room;
    for (const bool batch : {false, true}) {
      if (batch && problem->samples() < 4) continue;
      const Sample sample{batch ? std::span<const std::uint32_t>(some) : std::span<const std::uint32_t>(),
                          Rng(5, "noise"), room, true};
      Blocks x = support::somewhere(*problem, 0.5), near = x, g = zeros_like(x);
      arma::vec r, moved;
      arma::mat j, q;
      problem->residual(x, r, sample);
      problem->jacobian(x, j, sample);
      problem->value_gradient(x, g, sample);
      EXPECT_LT(arma::norm(j.t() * r - g.flat()), 1e-10 * (1 + arma::norm(g.flat()))) << name;
      const arma::vec d = unit_vector(Rng(2, "direction"), x.flat().n_elem);
      near.flat() += 1e-6 * d;
      problem->residual(near, moved, sample);
      arma::vec slope = j * d;
      if (problem->can(Can::curvature)) {
        problem->curvature(x, q, sample);
        slope = q * slope;
      }
      EXPECT_LT(arma::norm((moved - r) / 1e-6 - slope), 1e-4 * (1 + arma::norm(j))) << name;
    }
  }
}

TEST_P(ProblemLaws, FactsAreTrue) {
  for (const auto& [name, problem, is_built] : variants(GetParam())) {
    const Facts& facts = problem->facts();
    const bool smooth = facts.is_gradient && facts.smooth && !is_noisy(*problem);
    const double from = support::value_at(*problem, support::start_of(*problem));
    if (facts.solution) {
      const support::Slope at = support::gradient_at(*problem, *facts.solution);
      if (smooth) {
        EXPECT_LT(arma::norm(at.g.flat()),
                  1e-6 * (1 + arma::norm(support::gradient_at(*problem, support::somewhere(*problem)).g.flat())))
            << name;
      }
      if (facts.minimum) {
        EXPECT_NEAR(at.f, *facts.minimum, 1e-9 * (1 + std::abs(from))) << name;
      }
    }
    if (facts.minimum)
      for (const std::uint64_t seed : {1, 2, 3}) {
        EXPECT_GE(support::value_at(*problem, support::somewhere(*problem, 0.3, seed)), *facts.minimum - 1e-12) << name;
      }
    if (!problem->can(Can::hessian) || !facts.is_gradient) continue;
    const arma::vec curvature =
        arma::eig_sym(arma::symmatu(problem->hessian(facts.solution.value_or(support::start_of(*problem)))));
    if (facts.smoothness) {
      EXPECT_GE(*facts.smoothness, curvature.max() * (1 - 1e-8)) << name;
    }
    if (facts.strong_convexity) {
      EXPECT_LE(*facts.strong_convexity, curvature.min() + 1e-8 * std::abs(curvature.max())) << name;
    }
    if (!facts.hessian_spectrum.is_empty()) {
      EXPECT_LT(arma::norm(facts.hessian_spectrum - curvature), 1e-8 * (1 + curvature.max())) << name;
    }
  }
}

/// A covariance is linear, symmetric and nowhere negative, and belongs to a truth or a solution of the same size.
TEST_P(ProblemLaws, ACovarianceIsOne) {
  for (const auto& [name, problem, is_built] : variants(GetParam())) {
    const Facts& facts = problem->facts();
    if (!facts.covariance) continue;
    const arma::uword d = support::start_of(*problem).flat().n_elem;
    EXPECT_TRUE((facts.truth && facts.truth->flat().n_elem == d) ||
                (facts.solution && facts.solution->flat().n_elem == d))
        << name;
    const arma::vec v = normal_vector(Rng(1, "v"), d), w = normal_vector(Rng(1, "w"), d), of_v = facts.covariance(v);
    ASSERT_EQ(of_v.n_elem, d) << name;
    const double size = arma::norm(of_v) * arma::norm(w) + 1e-300;
    EXPECT_LT(std::abs(arma::dot(w, of_v) - arma::dot(v, facts.covariance(w))), 1e-12 * size) << name;
    EXPECT_GE(arma::dot(v, of_v), -1e-12 * size) << name;
    EXPECT_LT(arma::norm(facts.covariance(arma::vec(2 * v - w)) - 2 * of_v + facts.covariance(w)), 1e-12 * size + 1e-12)
        << name;
  }
}

/// What a problem lacks it cannot do, and it names all values of the setting that would bring it, and no others.
TEST_P(ProblemLaws, WhatASettingTakesAwayItsOtherValuesBring) {
  const Entry& entry = *Catalog::get().find(Kind::problem, GetParam());
  for (const Configuration& one : configurations(entry)) {
    const Node node = small(one.node);
    if (!validate_node(node, "").empty()) continue;
    for (std::uint32_t bit = 1; bit <= static_cast<std::uint32_t>(Can::lifted); bit *= 2) {
      const auto what = static_cast<Can>(bit);
      const auto lack = make_problem(node)->lacks(what);
      if (!lack) continue;
      EXPECT_FALSE(built(node)->can(what)) << one.name;
      const auto field =
          std::find_if(entry.fields.begin(), entry.fields.end(), [&](const Field& f) { return f.id == lack->field; });
      ASSERT_NE(field, entry.fields.end()) << lack->field;
      const auto& choices = std::get<Choices>(field->domain).names;
      EXPECT_FALSE(lack->values.empty());
      for (const std::string& name : choices) {
        Node other = node;
        other.params[field->id] = name;
        const bool named = std::find(lack->values.begin(), lack->values.end(), name) != lack->values.end();
        EXPECT_EQ(!make_problem(other)->lacks(what), named) << one.name << ", " << name << ", " << bit;
        if (named) {
          EXPECT_TRUE(built(other)->can(what)) << one.name << ", " << name << ", " << bit;
        }
      }
      for (const std::string& name : lack->values)
        EXPECT_NE(std::find(choices.begin(), choices.end(), name), choices.end()) << name;
    }
  }
}

TEST_P(ProblemLaws, TheSameDrawIsTheSameProblem) {
  const Node node = small({Kind::problem, GetParam(), {}});
  const auto one = built(node, 4), two = built(node, 4), other = built(node, 5);
  const auto of = [](const ProblemModel& problem) {
    return support::gradient_at(problem, support::somewhere(problem));
  };
  EXPECT_TRUE(same_bits(of(*one).g, of(*two).g));
  EXPECT_EQ(of(*one).f, of(*two).f);
  if (one->samples() == 0) return;  // a problem without data may well be the same for every seed
  EXPECT_NE(of(*one).f, of(*other).f);
}

/// What `build` says it will ask for covers what it dumps, and is not beyond reason.
TEST_P(ProblemLaws, TheFootprintIsPlausible) {
  for (const auto& [name, problem, is_built] : variants(GetParam())) {
    double dumped = 0;
    for (const NamedMatrix& one : problem->data()) dumped += 8.0 * static_cast<double>(one.value.n_elem);
    if (dumped == 0 || !is_built) continue;
    EXPECT_GE(problem->footprint(), 0.5 * dumped) << name;
    EXPECT_LE(problem->footprint(), 1e6 + 100 * dumped) << name;
  }
}

INSTANTIATE_TEST_SUITE_P(Every, ProblemLaws, testing::ValuesIn(ids_of(Kind::problem)),
                         [](const auto& at) { return at.param; });

/// An order's rows depend on the seed and the step, whatever was asked before.
TEST(OrderLaws, TheSameDrawIsTheSameBatch) {
  for (const Entry& entry : Catalog::get().all(Kind::order)) {
    const auto order = make_order(complete_node({Kind::order, entry.id, {}}));
    OrderState through;
    std::vector<std::uint32_t> one, two;
    for (std::uint64_t t = 0; t < 30; ++t) {
      const OrderContext context{t, 23, 5, 9};
      OrderState fresh;
      order->rows(through, context, one);
      order->rows(fresh, context, two);
      EXPECT_EQ(one, two) << entry.id << " at " << t;
      ASSERT_FALSE(one.empty()) << entry.id;
      ASSERT_LE(one.size(), 5u) << entry.id;
      for (const std::uint32_t row : one) ASSERT_LT(row, 23u) << entry.id;
    }
  }
}

}  // namespace
}  // namespace kappa
