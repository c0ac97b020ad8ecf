/// Group actions: a linear map of the parameters, a factor on the objective, and any problem seen through them.
#pragma once

#include <armadillo>
#include <cmath>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "core/kinds/problem.hpp"
#include "core/random/matrices.hpp"

namespace kappa::laws {

struct Action {
  Law law = Law::none;
  const char* name = "";
  arma::mat map, inverse;
  double factor = 1;
  bool isometry = true;

  Blocks operator()(const Blocks& x) const { return by(map, x); }
  Blocks back(const Blocks& x) const { return by(inverse, x); }

 private:
  static Blocks by(const arma::mat& m, const Blocks& x) {
    Blocks out = x;
    out.flat() = m * x.flat();
    return out;
  }
};

inline arma::mat some_matrix(arma::uword n, const char* stream) {
  return arma::reshape(normal_vector(Rng(5, stream), n * n), n, n);
}
inline arma::mat some_rotation(arma::uword n, const char* stream) {
  arma::mat q, r;
  arma::qr(q, r, some_matrix(n, stream));
  return q;
}

/// The same small map on every matrix block, from the left or the right; vectors stay.
inline arma::mat on_matrices(const Layout& layout, bool left) {
  arma::mat map(layout.size(), layout.size(), arma::fill::eye);
  for (const BlockShape& shape : layout.shapes()) {
    if (shape.role == Role::vector || shape.cols == 1) continue;
    const arma::mat u = some_rotation(left ? shape.rows : shape.cols, left ? "left" : "right");
    const arma::mat block = left ? arma::mat(arma::kron(arma::eye(shape.cols, shape.cols), u))
                                 : arma::mat(arma::kron(u, arma::eye(shape.rows, shape.rows)));
    const arma::uword first = shape.offset, last = shape.offset + shape.rows * shape.cols - 1;
    map.submat(first, first, last, last) = block;
  }
  return map;
}

inline std::vector<Action> all_actions(const Layout& layout) {
  const arma::uword d = layout.size();
  const arma::mat eye(d, d, arma::fill::eye);
  std::vector<std::uint32_t> order(d);
  for (std::uint32_t i = 0; i < d; ++i) order[i] = i;
  Rng(3, "order").shuffle(order);
  arma::mat permuted(d, d, arma::fill::zeros), flipped = eye;
  for (arma::uword i = 0; i < d; ++i) permuted(i, order[i]) = 1;
  Rng coin(6, "coin");
  for (arma::uword i = 0; i < d; ++i) flipped(i, i) = coin.rademacher();
  const arma::mat turn = some_rotation(d, "turn"), left = on_matrices(layout, true), right = on_matrices(layout, false);
  const arma::mat stretch = eye + 0.4 / std::sqrt(static_cast<double>(d)) * some_matrix(d, "stretch");
  return {{Law::permutation, "permutation", permuted, permuted.t()},
          {Law::sign, "sign", flipped, flipped},
          {Law::rotation, "rotation", turn, turn.t()},
          {Law::left_rotation, "left_rotation", left, left.t()},
          {Law::right_rotation, "right_rotation", right, right.t()},
          {Law::scale_f, "scale_f", eye, eye, 3.7},
          {Law::affine, "affine", stretch, arma::inv(stretch), 1, false}};
}

/// c f(T⁻¹ y), and all that follows from it.
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
    if (facts.solution) facts_.solution = t_(*facts.solution);
    if (facts.truth) facts_.truth = t_(*facts.truth);
    if (facts.hessian_spectrum.is_empty()) return;
    facts_.hessian_spectrum *= t_.factor;
    if (!t_.isometry && facts.solution)
      facts_.hessian_spectrum = arma::eig_sym(arma::symmatu(hessian(*facts_.solution)));
  }

  void build(Rng) override {}
  Blocks start(Rng rng) const override { return t_(base_->start(rng)); }
  bool can(Can what) const override {
    const bool metric = what == Can::prox || what == Can::project || what == Can::solve_block;
    return base_->can(what) && !(metric && !t_.isometry) && what != Can::plane;
  }
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
  std::shared_ptr<const ProblemModel> lift() const override { throw std::logic_error("lifted before it is moved"); }
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

}  // namespace kappa::laws
