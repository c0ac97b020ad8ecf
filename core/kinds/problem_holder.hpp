/// The erased problem over a concrete one: each optional ability is detected here, once.
#pragma once

#include <memory>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "core/kinds/problem.hpp"

namespace kappa {

template <class P>
class ProblemHolder final : public ProblemModel {
 public:
  explicit ProblemHolder(P p, bool lifted = false) : p_(std::move(p)), lifted_(lifted) {}

  void build(Rng rng) override { p_.build(rng); }
  Blocks start(Rng rng) const override { return p_.start(rng); }
  bool can(Can what) const override { return offers(what) && !lacks(what); }
  std::optional<Lack> lacks(Can what) const override {
    if constexpr (requires(const P p) { p.lacks(what); })
      return p_.lacks(what);
    else
      return std::nullopt;
  }
  double footprint() const override {
    if constexpr (requires(const P p) { p.footprint(); })
      return p_.footprint();
    else
      return 0;
  }
  std::uint64_t samples() const override {
    if constexpr (requires(const P p) { p.row_count(); })
      return p_.row_count();
    else
      return 0;
  }
  double value(const Blocks& x, const Sample& s) const override {
    if constexpr (requires(const P p) { p.value(x, s); })
      return p_.value(x, s);
    else {
      Blocks g = zeros_like(x);
      return p_.value_gradient(x, g, s);
    }
  }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const override {
    return p_.value_gradient(x, g, s);
  }
  const Facts& facts() const override {
    std::call_once(once_, [this] {
      if constexpr (requires(const P p) { p.facts(); }) facts_ = p_.facts();
    });
    return facts_;
  }
  void hessian_product(const Blocks& x, const Blocks& v, Blocks& out) const override {
    if constexpr (has_hessian_product)
      p_.hessian_product(x, v, out);
    else
      refuse("Hessian products");
  }
  arma::mat hessian(const Blocks& x) const override {
    if constexpr (requires(const P p) { p.hessian(x); })
      return p_.hessian(x);
    else
      refuse("a Hessian");
  }
  std::uint64_t components() const override {
    if constexpr (requires(const P p) { p.components(); })
      return p_.components();
    else
      return 0;
  }
  double component_gradient(std::uint64_t i, const Blocks& x, Blocks& g) const override {
    if constexpr (requires(const P p) { p.component_gradient(i, x, g); })
      return p_.component_gradient(i, x, g);
    else
      refuse("component gradients");
  }
  void residual(const Blocks& x, arma::vec& r, const Sample& s) const override {
    if constexpr (requires(const P p) { p.residual(x, r, s); })
      p_.residual(x, r, s);
    else
      refuse("residuals");
  }
  void jacobian(const Blocks& x, arma::mat& j, const Sample& s) const override {
    if constexpr (requires(const P p) { p.jacobian(x, j, s); })
      p_.jacobian(x, j, s);
    else
      refuse("a Jacobian");
  }
  void curvature(const Blocks& x, arma::mat& q, const Sample& s) const override {
    if constexpr (requires(const P p) { p.curvature(x, q, s); })
      p_.curvature(x, q, s);
    else
      refuse("a curvature of its outputs");
  }
  void resampled_gradient(const Blocks& x, Blocks& g, const Sample& s, Rng labels) const override {
    if constexpr (requires(const P p) { p.resampled_gradient(x, g, s, labels); })
      p_.resampled_gradient(x, g, s, labels);
    else
      refuse("labels to draw");
  }
  double smooth_gradient(const Blocks& x, Blocks& g, const Sample& s) const override {
    if constexpr (has_prox)
      return p_.smooth_gradient(x, g, s);
    else
      refuse("a smooth part");
  }
  void prox(const Blocks& x, double step, Blocks& out) const override {
    if constexpr (has_prox)
      p_.prox(x, step, out);
    else
      refuse("a proximal map");
  }
  void project(const Blocks& x, Blocks& out) const override {
    if constexpr (requires(const P p) { p.project(x, out); })
      p_.project(x, out);
    else
      refuse("a projection");
  }
  void solve_block(std::size_t i, const Blocks& x, Blocks& out) const override {
    if constexpr (requires(const P p) { p.solve_block(i, x, out); })
      p_.solve_block(i, x, out);
    else
      refuse("block solves");
  }
  arma::mat estimate(const Blocks& x) const override {
    if constexpr (requires(const P p) { p.estimate(x); })
      return p_.estimate(x);
    else
      refuse("an estimate");
  }
  double test_loss(const Blocks& x) const override {
    if constexpr (requires(const P p) { p.test_loss(x); })
      return p_.test_loss(x);
    else
      refuse("a test loss");
  }
  std::shared_ptr<const ProblemModel> lift() const override {
    if constexpr (requires(const P p) { p.lift(); })
      return lifted_model(p_.lift());
    else
      refuse("a lifted form");
  }
  Plane plane() const override {
    if constexpr (requires(const P p) { p.plane(); })
      return *p_.plane();
    else
      refuse("a plane");
  }
  std::vector<NamedMatrix> data() const override {
    if constexpr (requires(const P p) { p.data(); })
      return p_.data();
    else
      return {};
  }

 private:
  /// What its kind can do, whatever the settings say.
  bool offers(Can what) const {
    switch (what) {
      case Can::samples:
        return samples() > 0;
      case Can::hessian_product:
        return has_hessian_product;
      case Can::hessian:
        return requires(const P p, const Blocks& x) { p.hessian(x); };
      case Can::components:
        return components() > 0;
      case Can::residual:
        return requires(const P p, const Blocks& x, arma::vec& r, const Sample& s) { p.residual(x, r, s); };
      case Can::half_square:
        return can(Can::residual) && !can(Can::curvature);
      case Can::prox:
        return has_prox;
      case Can::project:
        return requires(const P p, const Blocks& x, Blocks& o) { p.project(x, o); };
      case Can::solve_block:
        return requires(const P p, const Blocks& x, Blocks& o) { p.solve_block(std::size_t{}, x, o); };
      case Can::estimate:
        return requires(const P p, const Blocks& x) { p.estimate(x); };
      case Can::test_loss:
        return has_test_loss();
      case Can::lift:
        return requires(const P p) { p.lift(); };
      case Can::lifted:
        return lifted_;
      case Can::plane:
        return has_plane();
      case Can::data_file:
        return requires(P p) { p.data_file; };
      case Can::curvature:
        return requires(const P p, const Blocks& x, arma::mat& q, const Sample& s) { p.curvature(x, q, s); };
      case Can::resampled_gradient:
        return requires(const P p, const Blocks& x, Blocks& g, const Sample& s) {
          p.resampled_gradient(x, g, s, Rng(0, ""));
        };
    }
    return false;
  }
  template <class Lifted>
  static std::shared_ptr<const ProblemModel> lifted_model(Lifted built) {
    return std::make_shared<const ProblemHolder<Lifted>>(std::move(built), true);
  }
  static constexpr bool has_hessian_product = requires(const P p, const Blocks& x, const Blocks& v, Blocks& o) {
    p.hessian_product(x, v, o);
  };
  static constexpr bool has_prox = requires(const P p, const Blocks& x, Blocks& o, const Sample& s) {
    p.smooth_gradient(x, o, s);
    p.prox(x, 1.0, o);
  };
  bool has_test_loss() const {
    if constexpr (requires(const P p) { p.has_test_loss(); })
      return p_.has_test_loss();
    else
      return requires(const P p, const Blocks& x) { p.test_loss(x); };
  }
  bool has_plane() const {
    if constexpr (requires(const P p) { p.plane(); })
      return p_.plane().has_value();
    else
      return false;
  }
  [[noreturn]] static void refuse(const char* what) {
    throw std::logic_error(std::string("this problem has no ") + what);
  }

  P p_;
  bool lifted_;
  mutable std::once_flag once_;
  mutable Facts facts_;
};

template <class P>
std::shared_ptr<const ProblemModel> model_of(P built) {
  return std::make_shared<const ProblemHolder<P>>(std::move(built));
}

template <ProblemMethod P>
Method problem(Card card, Params<P> params) {
  std::vector<Field> fields = fields_of(params);
  return {.kind = Kind::problem,
          .card = std::move(card),
          .fields = std::move(fields),
          .make = MakeProblem([params = std::move(params)](const Node& node) -> std::unique_ptr<ProblemModel> {
            return std::make_unique<ProblemHolder<P>>(bind(params, node));
          })};
}

}  // namespace kappa
