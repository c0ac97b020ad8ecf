/// Drives one optimizer by hand on a small least-squares problem, beside re-computations in plain loops.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/kinds/optimizer.hpp"

namespace kappa::by_hand {

using Vec = std::vector<double>;

inline Vec random_vec(std::size_t n, std::uint64_t seed) {
  Rng rng(seed, "by hand");
  Vec v(n);
  rng.fill_normal(v);
  return v;
}

/// f(x) = 1/(2n) sum (a_i . x - y_i)^2 over blocks of any shapes, with every ability that the methods ask for.
struct Toy {
  std::vector<BlockShape> shapes = {{"x", 4, 1, Role::vector}};
  std::vector<Vec> a;
  Vec y;
  Facts known;
  double one_norm = 0;  ///< of the proximal part

  void build(Rng) {}
  Blocks start(Rng) const { return Blocks(shapes); }
  std::uint64_t row_count() const { return a.size(); }
  std::uint64_t components() const { return a.size(); }
  Facts facts() const { return known; }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& sample) const {
    std::vector<std::uint32_t> rows(sample.rows.begin(), sample.rows.end());
    for (std::uint32_t i = 0; sample.rows.empty() && i < a.size(); ++i) rows.push_back(i);
    const Vec point(x.flat().begin(), x.flat().end());
    const Vec slope = gradient(point, rows);
    std::copy(slope.begin(), slope.end(), g.flat().begin());
    return value(point, rows);
  }
  double component_gradient(std::uint64_t i, const Blocks& x, Blocks& g) const {
    const Vec point(x.flat().begin(), x.flat().end());
    const Vec slope = gradient(point, {static_cast<std::uint32_t>(i)});
    std::copy(slope.begin(), slope.end(), g.flat().begin());
    return value(point, {static_cast<std::uint32_t>(i)});
  }
  double smooth_gradient(const Blocks& x, Blocks& g, const Sample& sample) const {
    return value_gradient(x, g, sample);
  }
  void prox(const Blocks& x, double step, Blocks& out) const {
    for (arma::uword k = 0; k < x.flat().n_elem; ++k) {
      const double v = x.flat()[k], cut = step * one_norm;
      out.flat()[k] = v > cut ? v - cut : v < -cut ? v + cut : 0;
    }
  }

  double residual(const Vec& x, std::uint32_t i) const {
    double r = -y[i];
    for (std::size_t k = 0; k < x.size(); ++k) r += a[i][k] * x[k];
    return r;
  }
  double value(const Vec& x, const std::vector<std::uint32_t>& rows) const {
    double sum = 0;
    for (const std::uint32_t i : rows) sum += residual(x, i) * residual(x, i) / 2;
    return sum / static_cast<double>(rows.size());
  }
  Vec gradient(const Vec& x, const std::vector<std::uint32_t>& rows) const {
    Vec g(x.size());
    for (const std::uint32_t i : rows)
      for (std::size_t k = 0; k < x.size(); ++k) g[k] += residual(x, i) * a[i][k] / static_cast<double>(rows.size());
    return g;
  }
  std::vector<std::uint32_t> all() const {
    std::vector<std::uint32_t> rows(a.size());
    for (std::uint32_t i = 0; i < rows.size(); ++i) rows[i] = i;
    return rows;
  }
};

inline Toy toy(std::vector<BlockShape> shapes, std::size_t rows = 30) {
  Toy t;
  t.shapes = std::move(shapes);
  std::size_t d = 0;
  for (const BlockShape& s : t.shapes) d += s.rows * s.cols;
  for (std::size_t i = 0; i < rows; ++i) t.a.push_back(random_vec(d, 100 + i));
  t.y = random_vec(rows, 7);
  return t;
}
inline Toy toy(std::size_t d = 5) { return toy({{"x", d, 1, Role::vector}}); }

using Settings = std::map<std::string, Value, std::less<>>;

/// What a run does between two probes, and nothing else.
class Hand {
 public:
  Hand(const Method& method, Settings settings, const Toy& problem, const Vec& x0)
      : problem_(model_of(problem)), x_(problem.shapes), g_(zeros_like(x_)), out_(zeros_like(x_)) {
    Node node{Kind::optimizer, "by_hand", std::move(settings)};
    model_ = std::get<Maker<OptimizerModel>>(method.make)(node);
    std::copy(x0.begin(), x0.end(), x_.flat().begin());
    state_ = model_->init(x_);
    oracle_ = std::make_unique<Oracle>(*problem_, 3, model_->needs(), &counts, nullptr);
  }

  Step step(const std::vector<std::uint32_t>& rows = {}) {
    rows_ = rows;
    oracle_->begin(t_, rows_);
    double f = 0;
    if (has(model_->needs(), Needs::gradient)) f = oracle_->value_gradient(x_, g_);
    log.wants_blocks = true;
    const Step how = model_->step(state_, {t_, horizon, f, x_, g_, *oracle_, Rng(3, "step", t_), &log}, out_);
    if (how == Step::to) x_.flat() = out_.flat();
    if (how == Step::by) x_.flat() += out_.flat();
    ++t_;
    return how;
  }

  Vec x() const { return {x_.flat().begin(), x_.flat().end()}; }
  Vec judged() const {
    const arma::vec& flat = model_->iterate(state_, x_).flat();
    return {flat.begin(), flat.end()};
  }
  Vec g() const { return {g_.flat().begin(), g_.flat().end()}; }
  const OptimizerModel& model() const { return *model_; }

  Counts counts;
  StepLog log;
  std::uint64_t horizon = 60;

 private:
  std::shared_ptr<const ProblemModel> problem_;
  std::shared_ptr<const OptimizerModel> model_;
  Blocks x_, g_, out_;
  AnyState state_;
  std::unique_ptr<Oracle> oracle_;
  std::vector<std::uint32_t> rows_;
  std::uint64_t t_ = 0;
};

inline void expect_near(const Vec& found, const Vec& expected, double tolerance, const std::string& where) {
  ASSERT_EQ(found.size(), expected.size()) << where;
  for (std::size_t k = 0; k < found.size(); ++k)
    EXPECT_NEAR(found[k], expected[k], tolerance * (1 + std::abs(expected[k]))) << where << ", coordinate " << k;
}

/// `tied`: each step starts where the method stands, for methods that blow up differences near a minimum.
enum class Way : std::uint8_t { free, tied };

/// Sixty full-batch steps beside `next(x, g, t)`, which gives the next point from this one, t from 1.
template <class Next>
void expect_path(const Method& method, const Settings& settings, const Toy& problem, Next next,
                 double tolerance = 1e-11, Way path = Way::free) {
  std::size_t d = problem.a.front().size();
  Vec x = random_vec(d, 1);
  Hand hand(method, settings, problem, x);
  for (int t = 1; t <= 60; ++t) {
    x = next(x, problem.gradient(x, problem.all()), t);
    hand.step();
    expect_near(hand.x(), x, tolerance, "step " + std::to_string(t));
    if (testing::Test::HasFailure()) return;
    if (path == Way::tied) x = hand.x();
  }
}

}  // namespace kappa::by_hand
