/// SPECTRA: any optimizer whose updates, and by choice gradients, have their singular values clipped softly.
#include <algorithm>
#include <cmath>

#include "core/kinds/optimizer.hpp"
#include "core/linalg/soft_clip.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

enum class Where : std::uint8_t { update, gradient, both };
enum class By : std::uint8_t { newton_schulz, svd };

struct Spectra {
  double learning_rate = 0.01;
  double weight_decay = 0.0;
  double clip = 10;
  Where where = Where::update;
  double gradient_clip = 1;
  By by = By::newton_schulz;
  std::int64_t newton_schulz_steps = 10;
  bool shape_factor = true;
  std::int64_t clip_warmup_steps = 0;
  double peak_learning_rate = 0.01;
  OptimizerSlot base{.initial = {Kind::optimizer, "adamw", {{"learning_rate", 1.0}, {"weight_decay", 0.0}}},
                     .model = nullptr};

  struct State {
    Blocks g;
    AnyState inner;
  };
  State init(const Blocks& x0) const {
    if (base.judges_another()) throw Refused{"the base must judge the point that it steps, which is changed here"};
    return {zeros_like(x0), base.init(x0)};
  }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const bool first = where != Where::update, last = where != Where::gradient;
    if (first) {
      s.g.flat() = c.g.flat();
      clipped(s.g, gradient_clip);
    }
    const Step how = first ? base.step(s.inner, c.with(c.f, s.g), out) : base.step(s.inner, c, out);
    if (how == Step::done) return how;
    if (how == Step::to) out.flat() -= c.x.flat();
    if (last) clipped(out, limit(c.t));
    for (std::size_t i = 0; i < out.count(); ++i) {
      arma::mat update = out.block(i);
      update = learning_rate * (factor(c.x.shape(i)) * update - weight_decay * c.x.block(i));
    }
    return Step::by;
  }
  Law laws() const { return base.laws() & (Law::left_rotation | Law::right_rotation); }

 private:
  static bool is_matrix(const BlockShape& shape) { return shape.role != Role::vector && shape.cols > 1; }
  double factor(const BlockShape& shape) const {
    if (!shape_factor || !is_matrix(shape)) return 1;
    return std::sqrt(std::max(1.0, static_cast<double>(shape.rows) / static_cast<double>(shape.cols)));
  }
  /// While the learning rate warms up, the product of both stays what it is at the peak.
  double limit(std::uint64_t t) const {
    if (t >= static_cast<std::uint64_t>(clip_warmup_steps) || !(learning_rate > 0)) return clip;
    return clip * peak_learning_rate / learning_rate;
  }
  void clipped(Blocks& all, double c) const {
    for (std::size_t i = 0; i < all.count(); ++i) {
      arma::mat block = all.block(i);
      if (!is_matrix(all.shape(i)))
        block = soft_clip_vector(arma::vectorise(block), c);
      else if (by == By::svd)
        block = soft_clip(block, c);
      else
        block = soft_clip_products(block, c, static_cast<int>(newton_schulz_steps));
    }
  }
};

}  // namespace KAPPA_FILE

Method spectra() {
  using KAPPA_FILE::Spectra;
  return optimizer<Spectra>(
      {.title = "SPECTRA",
       .idea = "Cap the singular values of what any optimizer proposes, so that weight decay λ keeps ‖W‖₂ below c/λ.",
       .equation = "U from the base,  H_c(U) = (I + UUᵀ/c²)^(−1/2) U,  W ← (1 − ηλ)W − η max(1, m/n)^½ H_c(U);  "
                   "vectors longer than c: u/√(1 + ‖u‖²/c²)",
       .cite = {{"Jiang, Semenov, Stich", 2026, "Enhancing LLM Training via Spectral Clipping", "arXiv:2603.14315"}}},
      {{&Spectra::learning_rate, "learning_rate", "η", from_zero(1e-6, 10),
        "step size; the base's own is a factor of U"},
       {&Spectra::weight_decay, "weight_decay", "λ", from_zero(1e-6, 10), "decoupled decay: W ← W(1 − ηλ) first"},
       {&Spectra::clip, "clip", "c", from_zero(1e-3, 1e3), "limit of the update's singular values"},
       {&Spectra::where, "where", "", choices({"update", "gradient", "both"}), "what is clipped"},
       {&Spectra::gradient_clip,
        "gradient_clip",
        "",
        from_zero(1e-3, 1e3),
        "limit of the gradient's singular values",
        {.when = When{"where", {"gradient", "both"}}}},
       {&Spectra::by, "by", "", choices({"newton_schulz", "svd"}), "products only, or exactly"},
       {&Spectra::newton_schulz_steps,
        "newton_schulz_steps",
        "",
        count(0, 60),
        "large ‖U‖/c need more: about log(‖U‖²/c²)/log 2.25, and six",
        {.when = When{"by", {"newton_schulz"}}}},
       {&Spectra::shape_factor, "shape_factor", "", Flag{}, "multiply by √max(1, m/n)"},
       {&Spectra::clip_warmup_steps,
        "clip_warmup_steps",
        "",
        count(0, 1'000'000'000),
        "so many steps the limit is c times the peak learning rate over the present one",
        {.unit = "steps"}},
       {&Spectra::peak_learning_rate,
        "peak_learning_rate",
        "",
        from_zero(1e-6, 10),
        "what that warm-up heads for",
        {.fixed = true}},
       {&Spectra::base, "base", "", Slot{Kind::optimizer}, "proposes U: its update with learning rate 1"}});
}

}  // namespace kappa::optimizers
