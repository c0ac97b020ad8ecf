/// Steps that are measured instead of chosen: exact search, Wolfe, Polyak, Barzilai–Borwein, beside plain loops.
#include "tests/core/methods/optimizers/drive.hpp"

namespace kappa::optimizers {
Method barzilai_borwein();
Method polyak_step();
Method steepest_descent_exact();
Method wolfe();
}  // namespace kappa::optimizers

namespace kappa {
namespace {

using namespace by_hand;

double dot(const Vec& a, const Vec& b) {
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
  return sum;
}
Vec moved(const Vec& x, double length, const Vec& g) {
  Vec out = x;
  for (std::size_t k = 0; k < x.size(); ++k) out[k] -= length * g[k];
  return out;
}
Vec minus(const Vec& a, const Vec& b) { return moved(a, 1, b); }
Value word(const char* text) { return std::string(text); }

TEST(Wolfe, FollowsItsSearch) {
  const Toy problem = toy();
  for (const double first : {1.0, 1e-3, 500.0})
    for (const double c2 : {0.9, 0.3}) {
      int doubled = 0, halved = 0;
      expect_path(
          optimizers::wolfe(), {{"initial_step", first}, {"sufficient_decrease", 0.1}, {"curvature", c2}}, problem,
          [&](const Vec& x, const Vec& g, int) {
            double lo = 0, hi = INFINITY, a = first;
            for (int trial = 0; trial < 80; ++trial) {
              const Vec there = moved(x, a, g);
              const double slope = -dot(g, g), promised = 0.1 * a * slope;
              if (problem.value(there, problem.all()) > problem.value(x, problem.all()) + promised) {
                hi = a;
                ++halved;
              } else if (-dot(problem.gradient(there, problem.all()), g) < c2 * slope) {
                lo = a;
                ++doubled;
              } else {
                break;
              }
              a = std::isinf(hi) ? 2 * lo : (lo + hi) / 2;
            }
            return moved(x, a, g);
          },
          1e-7, Way::tied);
      EXPECT_GT(first < 1 ? doubled : halved, first == 1 ? -1 : 0) << "the search never went that way";
    }
}

TEST(Wolfe, ItsStepsMeetBothConditions) {
  const Toy problem = toy();
  Hand hand(optimizers::wolfe(), {}, problem, random_vec(5, 4));
  for (int t = 0; t < 20; ++t) {
    const Vec before = hand.x(), g = problem.gradient(before, problem.all());
    ASSERT_EQ(hand.step(), Step::by);
    const double a = hand.log.numbers.at("learning_rate");
    const Vec there = problem.gradient(hand.x(), problem.all());
    EXPECT_LE(problem.value(hand.x(), problem.all()), problem.value(before, problem.all()) - 1e-4 * a * dot(g, g));
    EXPECT_GE(-dot(there, g), -0.9 * dot(g, g));
  }
}

TEST(Wolfe, RefusesConditionsThatNoStepMayMeet) {
  Hand hand(optimizers::wolfe(), {{"sufficient_decrease", 0.5}, {"curvature", 0.4}}, toy(), random_vec(5, 4));
  EXPECT_THROW(hand.step(), Refused);
}

TEST(Wolfe, GivesUpAfterEightyTrialsWhereNothingIsLower) {
  Toy problem = toy({{"x", 1, 1, Role::vector}}, 1);
  problem.a = {{1}};
  problem.y = {0};
  Hand hand(optimizers::wolfe(), {{"initial_step", 1e60}}, problem, {1});
  EXPECT_EQ(hand.step(), Step::done);  // 80 halvings of 1e60 are still far too long
  EXPECT_EQ(hand.counts.losses, 80u);
  EXPECT_FALSE(hand.log.why.empty());
}

TEST(PolyakStep, IsTheGapOverTheSquaredGradient) {
  const Toy problem = toy();
  for (const double c : {1.0, 0.5, 2.0})
    expect_path(
        optimizers::polyak_step(), {{"minimum", -0.3}, {"divisor", c}}, problem,
        [&](const Vec& x, const Vec& g, int) {
          return moved(x, (problem.value(x, problem.all()) + 0.3) / (c * dot(g, g)), g);
        },
        1e-9, Way::tied);
}

TEST(PolyakStep, TakesTheProblemsMinimumAndNeverLeadsAway) {
  Toy problem = toy();
  const Vec truth = random_vec(5, 9);
  for (std::size_t i = 0; i < problem.a.size(); ++i) problem.y[i] = dot(problem.a[i], truth);
  problem.known.minimum = 0;
  Hand hand(optimizers::polyak_step(), {}, problem, random_vec(5, 4));
  for (int t = 0; t < 40; ++t) {
    const Vec before = minus(hand.x(), truth);
    ASSERT_EQ(hand.step(), Step::by);
    const Vec after = minus(hand.x(), truth);
    EXPECT_LT(dot(after, after), dot(before, before)) << t;
  }
}

TEST(PolyakStep, StopsAtTheMinimumAndSkipsABatchBelowIt) {
  const Toy problem = toy();
  const Vec x = random_vec(5, 4);
  Hand whole(optimizers::polyak_step(), {{"minimum", 1e6}}, problem, x);
  EXPECT_EQ(whole.step(), Step::done);
  EXPECT_FALSE(whole.log.why.empty());
  Hand batch(optimizers::polyak_step(), {{"minimum", 1e6}}, problem, x);
  EXPECT_EQ(batch.step({1, 2}), Step::by);
  EXPECT_EQ(batch.x(), x);
}

TEST(PolyakStep, RefusesAProblemWhoseMinimumIsUnknown) {
  Hand hand(optimizers::polyak_step(), {}, toy(), random_vec(5, 4));
  EXPECT_THROW(hand.step(), Refused);
}

TEST(BarzilaiBorwein, FollowsBothFormulas) {
  const Toy problem = toy();
  for (const char* formula : {"bb1", "bb2"}) {
    Vec last_x, last_g;
    expect_path(
        optimizers::barzilai_borwein(), {{"formula", word(formula)}, {"initial_step", 0.05}}, problem,
        [&](const Vec& x, const Vec& g, int) {
          double a = 0.05;
          if (!last_x.empty()) {
            const Vec s = minus(x, last_x), y = minus(g, last_g);
            const double one = dot(s, s) / dot(s, y), two = dot(s, y) / dot(y, y);
            const double ratio = formula[2] == '1' ? one : two;
            if (std::isfinite(ratio) && ratio > 0) a = ratio;
          }
          last_x = x;
          last_g = g;
          return moved(x, a, g);
        },
        1e-7);
  }
}

TEST(BarzilaiBorwein, BeginsWithOneOverL) {
  Toy problem = toy();
  problem.known.smoothness = 40;
  Hand hand(optimizers::barzilai_borwein(), {}, problem, random_vec(5, 4));
  hand.step();
  EXPECT_DOUBLE_EQ(hand.log.numbers.at("learning_rate"), 1 / 40.0);
}

TEST(BarzilaiBorwein, StopsWhereTheGradientIsZero) {
  Toy problem = toy({{"x", 1, 1, Role::vector}}, 1);
  problem.a = {{1}};
  problem.y = {0};
  Hand hand(optimizers::barzilai_borwein(), {{"initial_step", 1.0}}, problem, {1});
  EXPECT_EQ(hand.step(), Step::by);
  EXPECT_EQ(hand.x()[0], 0);
  EXPECT_EQ(hand.step(), Step::done);
}

/// Curvature is negative everywhere: s·y is never above zero.
TEST(BarzilaiBorwein, FallsBackToItsFirstStep) {
  struct Hill {
    void build(Rng) {}
    Blocks start(Rng) const { return single_block("x", arma::vec{1}); }
    double value_gradient(const Blocks& x, Blocks& g, const Sample&) const {
      g.flat() = -x.flat();
      return -0.5 * x.flat()[0] * x.flat()[0];
    }
  };
  const auto problem = model_of(Hill{});
  const auto model = std::get<Maker<OptimizerModel>>(optimizers::barzilai_borwein().make)(
      Node{Kind::optimizer, "by_hand", {{"initial_step", 0.25}}});
  Blocks x = problem->start(Rng(1, "")), g = x, out = x;
  AnyState state = model->init(x);
  Oracle oracle(*problem, 1, model->needs(), nullptr, nullptr);
  for (std::uint64_t t = 0; t < 4; ++t) {
    oracle.begin(t, {});
    const double f = oracle.value_gradient(x, g), before = x.flat()[0];
    ASSERT_EQ(model->step(state, {t, 4, f, x, g, oracle, Rng(1, "step", t)}, out), Step::by);
    x.flat() += out.flat();
    EXPECT_DOUBLE_EQ(x.flat()[0], 1.25 * before);
  }
}

TEST(SteepestDescentExact, ZigZagsByKantorovichsFactor) {
  struct Valley {
    double kappa = 100;
    void build(Rng) {}
    Blocks start(Rng) const { return single_block("x", arma::vec{kappa, 1}); }
    double value_gradient(const Blocks& x, Blocks& g, const Sample&) const {
      const double a = x.flat()[0], b = x.flat()[1];
      g.flat() = {a, kappa * b};
      return 0.5 * (a * a + kappa * b * b);
    }
    void hessian_product(const Blocks&, const Blocks& v, Blocks& out) const {
      out.flat() = {v.flat()[0], kappa * v.flat()[1]};
    }
  };
  const auto problem = model_of(Valley{});
  const auto model =
      std::get<Maker<OptimizerModel>>(optimizers::steepest_descent_exact().make)(Node{Kind::optimizer, "by_hand", {}});
  Blocks x = problem->start(Rng(1, "")), g = x, out = x;
  AnyState state = model->init(x);
  Oracle oracle(*problem, 1, model->needs(), nullptr, nullptr);
  double last = 0;
  for (std::uint64_t t = 0; t < 20; ++t) {
    oracle.begin(t, {});
    const double f = oracle.value_gradient(x, g);
    if (t > 0) {
      EXPECT_NEAR(f / last, 9801.0 / 10201, 1e-12);
    }
    last = f;
    ASSERT_EQ(model->step(state, {t, 20, f, x, g, oracle, Rng(1, "step", t)}, out), Step::by);
    x.flat() += out.flat();
  }
}

}  // namespace
}  // namespace kappa
