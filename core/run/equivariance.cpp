/// Actions as dense matrices: exact, and made for problems of a few dozen parameters.
#include "core/run/equivariance.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "core/random/matrices.hpp"
#include "core/run/planner.hpp"

namespace kappa {

namespace {

Blocks mapped(const arma::mat& m, const Blocks& x) {
  Blocks out = x;
  out.flat() = m * x.flat();
  return out;
}

class Moved final : public ProblemModel {
 public:
  Moved(std::shared_ptr<const ProblemModel> base, Action action) : base_(std::move(base)), t_(std::move(action)) {
    const Facts& facts = base_->facts();
    facts_ = facts;
    const double stretch = t_.isometry ? 1 : std::pow(arma::norm(t_.inverse), 2);
    const double squeeze = t_.isometry ? 1 : 1 / std::pow(arma::norm(t_.map), 2);
    if (facts.minimum) facts_.minimum = t_.factor * *facts.minimum;
    if (facts.smoothness) facts_.smoothness = t_.factor * stretch * *facts.smoothness;
    if (facts.strong_convexity) facts_.strong_convexity = t_.factor * squeeze * *facts.strong_convexity;
    if (facts.best_learning_rate) facts_.best_learning_rate = *facts.best_learning_rate / (t_.factor * stretch);
    if (!facts.component_smoothness.is_empty()) facts_.component_smoothness *= t_.factor * stretch;
    if (facts.solution) facts_.solution = t_(*facts.solution);
    if (facts.truth) facts_.truth = t_(*facts.truth);
    if (facts.covariance)
      facts_.covariance = [of_base = facts.covariance, inverse = t_.inverse](const arma::vec& v) {
        return arma::vec(inverse.t() * of_base(inverse * v));
      };
    if (facts.hessian_spectrum.is_empty()) return;
    facts_.hessian_spectrum *= t_.factor;
    if (!t_.isometry && facts.solution && base_->can(Can::hessian))
      facts_.hessian_spectrum = arma::eig_sym(arma::symmatu(hessian(*facts_.solution)));
  }

  void build(Rng) override {}
  Blocks start(Rng rng) const override { return t_(base_->start(rng)); }
  bool can(Can what) const override {
    const bool metric = what == Can::prox || what == Can::project || what == Can::solve_block;
    return base_->can(what) && !(metric && !t_.isometry) && what != Can::plane;
  }
  std::optional<Lack> lacks(Can what) const override { return base_->lacks(what); }
  double footprint() const override { return base_->footprint(); }
  std::uint64_t samples() const override { return base_->samples(); }
  double value(const Blocks& y, const Sample& s) const override { return t_.factor * base_->value(t_.back(y), s); }
  double value_gradient(const Blocks& y, Blocks& g, const Sample& s) const override {
    return pulled(g, [&](Blocks& own) { return base_->value_gradient(t_.back(y), own, s); });
  }
  const Facts& facts() const override { return facts_; }
  void hessian_product(const Blocks& y, const Blocks& v, Blocks& out) const override {
    pulled(out, [&](Blocks& own) {
      base_->hessian_product(t_.back(y), t_.back(v), own);
      return 0.0;
    });
  }
  arma::mat hessian(const Blocks& y) const override {
    return t_.factor * t_.inverse.t() * base_->hessian(t_.back(y)) * t_.inverse;
  }
  std::uint64_t components() const override { return base_->components(); }
  double component_gradient(std::uint64_t i, const Blocks& y, Blocks& g) const override {
    return pulled(g, [&](Blocks& own) { return base_->component_gradient(i, t_.back(y), own); });
  }
  void residual(const Blocks& y, arma::vec& r, const Sample& s) const override {
    base_->residual(t_.back(y), r, s);
    r *= std::sqrt(t_.factor);
  }
  void jacobian(const Blocks& y, arma::mat& j, const Sample& s) const override {
    base_->jacobian(t_.back(y), j, s);
    j = std::sqrt(t_.factor) * j * t_.inverse;
  }
  /// J'QJ takes the factor from J alone: Q stays.
  void curvature(const Blocks& y, arma::mat& q, const Sample& s) const override { base_->curvature(t_.back(y), q, s); }
  void resampled_gradient(const Blocks& y, Blocks& g, const Sample& s, Rng labels) const override {
    pulled(g, [&](Blocks& own) {
      base_->resampled_gradient(t_.back(y), own, s, labels);
      return 0.0;
    });
  }
  double smooth_gradient(const Blocks& y, Blocks& g, const Sample& s) const override {
    return pulled(g, [&](Blocks& own) { return base_->smooth_gradient(t_.back(y), own, s); });
  }
  void prox(const Blocks& y, double step, Blocks& out) const override {
    pushed(out, [&](Blocks& own) { base_->prox(t_.back(y), t_.factor * step, own); });
  }
  void project(const Blocks& y, Blocks& out) const override {
    pushed(out, [&](Blocks& own) { base_->project(t_.back(y), own); });
  }
  void solve_block(std::size_t i, const Blocks& y, Blocks& out) const override {
    pushed(out, [&](Blocks& own) { base_->solve_block(i, t_.back(y), own); });
  }
  arma::mat estimate(const Blocks& y) const override { return base_->estimate(t_.back(y)); }
  double test_loss(const Blocks& y) const override { return t_.factor * base_->test_loss(t_.back(y)); }
  /// However its factors are moved, the estimate stays: over it there is only the factor on f.
  std::shared_ptr<const ProblemModel> lift() const override {
    auto over_estimate = base_->lift();
    if (t_.factor == 1) return over_estimate;
    const arma::uword d = over_estimate->start(Rng(0, "lift")).flat().n_elem;
    const arma::mat eye(d, d, arma::fill::eye);
    return moved(std::move(over_estimate), {Law::scale_f, "scale_f", eye, eye, t_.factor});
  }
  Plane plane() const override { throw std::logic_error("a moved plane is not drawn"); }
  std::vector<NamedMatrix> data() const override { return {}; }

 private:
  template <class Ask>
  double pulled(Blocks& g, const Ask& ask) const {
    Blocks own = zeros_like(g);
    const double f = ask(own);
    g.flat() = t_.factor * t_.inverse.t() * own.flat();
    return t_.factor * f;
  }
  template <class Ask>
  void pushed(Blocks& out, const Ask& ask) const {
    Blocks own = zeros_like(out);
    ask(own);
    out.flat() = t_.map * own.flat();
  }

  std::shared_ptr<const ProblemModel> base_;
  Action t_;
  Facts facts_;
};

}  // namespace

Blocks Action::operator()(const Blocks& x) const { return mapped(map, x); }
Blocks Action::back(const Blocks& x) const { return mapped(inverse, x); }

arma::mat on_matrices(const Layout& layout, bool left, const std::function<arma::mat(arma::uword)>& small) {
  arma::mat map(layout.size(), layout.size(), arma::fill::eye);
  for (const BlockShape& shape : layout.shapes()) {
    if (shape.role == Role::vector || shape.cols == 1) continue;
    // Blocks are column-major: vec(UWV) = (Vᵀ ⊗ U) vec(W).
    const arma::mat of_rows(shape.rows, shape.rows, arma::fill::eye), of_cols(shape.cols, shape.cols, arma::fill::eye);
    const arma::uword first = shape.offset, last = shape.offset + shape.rows * shape.cols - 1;
    map.submat(first, first, last, last) =
        left ? arma::kron(of_cols, small(shape.rows)) : arma::kron(arma::mat(small(shape.cols).t()), of_rows);
  }
  return map;
}

std::vector<Action> law_actions(const Layout& layout, const Rng& rng) {
  const arma::uword d = layout.size();
  const arma::mat eye(d, d, arma::fill::eye);
  arma::mat permuted(d, d, arma::fill::zeros), flipped = eye;
  const auto order = permutation(rng.child("order"), static_cast<std::uint32_t>(d));
  Rng coin = rng.child("coin");
  for (arma::uword i = 0; i < d; ++i) {
    permuted(i, order[i]) = 1;
    flipped(i, i) = coin.rademacher();
  }
  const auto rotation_of = [&](const char* stream) {
    return [&rng, stream](arma::uword n) { return haar_orthogonal(rng.child(stream), n); };
  };
  const arma::mat turn = rotation_of("turn")(d), left = on_matrices(layout, true, rotation_of("left")),
                  right = on_matrices(layout, false, rotation_of("right"));
  const arma::mat stretch = eye + 0.4 / std::sqrt(static_cast<double>(d)) * normal_matrix(rng.child("stretch"), d, d);
  return {{Law::permutation, "permutation", permuted, permuted.t()},
          {Law::sign, "sign", flipped, flipped},
          {Law::rotation, "rotation", turn, turn.t()},
          {Law::left_rotation, "left_rotation", left, left.t()},
          {Law::right_rotation, "right_rotation", right, right.t()},
          {Law::scale_f, "scale_f", eye, eye, 3.7},
          {Law::affine, "affine", stretch, arma::inv(stretch), 1, false}};
}

std::shared_ptr<const ProblemModel> moved(std::shared_ptr<const ProblemModel> problem, Action action) {
  return std::make_shared<const Moved>(std::move(problem), std::move(action));
}

std::vector<Blocks> path_of(const std::shared_ptr<const ProblemModel>& problem, const Node& optimizer,
                            const Blocks& start, std::uint64_t steps, std::uint64_t seed, std::uint64_t batch) {
  std::vector<Blocks> points;
  RunPlan plan = plan_descent("path",
                              {.problem = problem,
                               .optimizer = optimizer,
                               .steps = steps,
                               .batch = batch,
                               .start = start,
                               .until =
                                   [&](std::uint64_t, const Blocks& x, double) {
                                     points.push_back(x);
                                     return false;
                                   }},
                              seed, 0);
  plan.silent = true;
  Run run(std::move(plan));
  NoSink nobody;
  run.advance(steps + 1, nobody);
  return points;
}

double equivariance_gap(const Action& action, const std::vector<Blocks>& plain, const std::vector<Blocks>& over_moved) {
  if (plain.size() != over_moved.size() || plain.empty()) return arma::datum::inf;
  const arma::vec start = action(plain.front()).flat();
  double farthest = 0, longest = 0;
  for (std::size_t t = 0; t < plain.size(); ++t) {
    const arma::vec image = action(plain[t]).flat();
    farthest = std::max(farthest, arma::norm(over_moved[t].flat() - image));
    longest = std::max(longest, arma::norm(image - start));
  }
  return farthest / longest;
}

}  // namespace kappa
