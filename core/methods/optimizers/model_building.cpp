/// SGD with model building (SMB): a step that does not lower the batch's loss is redone by a quadratic model per block.
#include <algorithm>
#include <cmath>

#include "core/kinds/optimizer.hpp"
#include "core/linalg/model_step.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct ModelBuilding {
  double learning_rate = 2;
  double sufficient_decrease = 0.1;
  double zeta = 0.99;
  bool auto_schedule = false;
  bool independent_batch = false;

  static constexpr std::uint64_t epoch = 500;  ///< steps between two corrections of the rate
  static constexpr double largest_rate = 20;

  struct State {
    Blocks trial, g, refused;    ///< the last: gradient of the batch whose step was refused
    std::optional<double> rate;  ///< the automatic one, once it has been corrected
    bool waiting = false;        ///< for an independent batch to build the model from
    std::uint64_t t = 0, models = 0;
  };
  State init(const Blocks& x0) const { return {x0, zeros_like(x0), zeros_like(x0), {}}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const double rate = auto_schedule ? s.rate.value_or(learning_rate) : learning_rate;
    const double size = arma::dot(c.g.flat(), c.g.flat());
    out.flat() = -rate * c.g.flat();
    s.trial.flat() = c.x.flat() + out.flat();
    const bool asks = !s.waiting && std::sqrt(size) >= 1e-8;
    const bool refused = asks && !(c.oracle.value(s.trial) <= c.f - sufficient_decrease * rate * size);
    const bool modelled = s.waiting || (refused && !independent_batch);
    s.waiting = refused && independent_batch;
    if (refused) s.refused.flat() = c.g.flat();
    if (s.waiting) out.flat().zeros();
    if (modelled) {
      c.oracle.value_gradient(s.trial, s.g);
      rebuild(s, c, out);
    }
    c.report("model_step", modelled ? 1 : 0);
    c.report("step_size", rate);
    count(s, rate, modelled);
    return Step::by;
  }
  /// A block has a model of its own: what mixes blocks changes the steps that are redone.
  Law laws() const { return Law::sign | Law::left_rotation | Law::right_rotation; }

 private:
  /// Each block on its own: the step −ηg becomes the minimiser of a model through both gradients. Its slope is that of
  /// the batch whose step was refused, be it this one or the last.
  void rebuild(State& s, const StepContext& c, Blocks& out) const {
    for (std::size_t i = 0; i < out.count(); ++i) {
      const BlockShape& shape = out.shape(i);
      if (shape.rows * shape.cols == 0) continue;
      arma::vec room = part(s.trial, shape), step = part(out, shape);  // what was tried is not needed any more
      model_step(step, part(c.g, shape), part(s.g, shape), part(s.refused, shape), zeta, room);
      step = room;
    }
  }
  /// The block as a vector over the numbers of `all`.
  static arma::vec part(const Blocks& all, const BlockShape& shape) {
    return {const_cast<double*>(all.flat().memptr()) + shape.offset, shape.rows * shape.cols, false, true};
  }
  void count(State& s, double rate, bool modelled) const {
    s.models += modelled ? 1 : 0;
    if (++s.t % epoch != 0) return;
    const double most = independent_batch ? 0.025 : 0.05;  // of the steps; there every model takes two
    const bool many = static_cast<double>(s.models) > most * static_cast<double>(epoch);
    if (auto_schedule) s.rate = many ? rate * 0.9 : std::min(rate / 0.9, largest_rate);
    s.models = 0;
  }
};

}  // namespace KAPPA_FILE

Method model_building() {
  using KAPPA_FILE::ModelBuilding;
  return optimizer<ModelBuilding>(
      {.title = "SGD with model building (SMB)",
       .idea = "Try the SGD step; if the same batch says it is bad, bend and shorten it by what the second gradient "
               "tells.",
       .equation = "s = −ηg;  if f(x+s) > f − cη‖g‖²:  s ← c_s s + c_g g + c_y (∇f(x+s) − g),  per block",
       .cite = {{"Birbil, Martin, Onay, Öztoprak", 2021, "Bolstering Stochastic Gradient Descent with Model Building",
                 "arXiv:2111.07058"}},
       .needs = Needs::gradient | Needs::value | Needs::extra_gradient},
      {{&ModelBuilding::learning_rate, "learning_rate", "η", from_zero(1e-4, 10), "step size tried first"},
       {&ModelBuilding::sufficient_decrease, "sufficient_decrease", "c", range(0, 1),
        "share of η‖g‖² by which the loss has to fall"},
       {&ModelBuilding::zeta, "zeta", "ζ", Range{.lo = 0, .hi = 1, .open_lo = true, .open_hi = true},
        "how much shorter than the first the model's step has to be"},
       {&ModelBuilding::auto_schedule, "auto_schedule", "", Flag{},
        "every 500 steps η × 0.9 if more than 5% of them were redone, else η / 0.9, at most 20; 2.5% with an "
        "independent batch"},
       {&ModelBuilding::independent_batch, "independent_batch", "", Flag{},
        "a refused step waits for the next batch: y and σ come from it, the slope g from the batch that refused"}});
}

}  // namespace kappa::optimizers
