/// Quadratic model: outputs that are quadratic in the parameters, the least that shows progressive sharpening.
#include <cmath>
#include <optional>

#include "core/kinds/problem.hpp"
#include "core/random/matrices.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

enum class Form { two_parameters, random };

struct QuadraticModel {
  Form form = Form::two_parameters;
  double epsilon = 0.05;
  double target = 0;
  double start_low = 1.1;
  double start_high = 1.6;
  std::int64_t outputs = 20;
  std::int64_t dimension = 60;
  double slope = 0.6;

  void build(Rng rng) {
    if (form == Form::two_parameters) {
      bends_ = arma::diagmat(arma::vec{-epsilon, 1});
      slopes_.zeros(2, 1);
      at_zero_ = arma::vec{-target};
      return;
    }
    const auto p = static_cast<arma::uword>(dimension), d = static_cast<arma::uword>(outputs);
    const double size = std::sqrt(static_cast<double>(p));
    bends_.set_size(p, p * d);
    for (arma::uword a = 0; a < d; ++a) {
      const arma::mat m = normal_matrix(rng.child("bend", a), p, p);
      bends_.cols(a * p, (a + 1) * p - 1) = (m + m.t()) / (std::sqrt(2.0) * size);
    }
    slopes_ = slope / size * normal_matrix(rng.child("slope"), p, d);
    at_zero_ = normal_vector(rng.child("output"), d);
  }
  /// Two parameters start high on the flat axis; the random model at zero.
  Blocks start(Rng rng) const {
    if (form == Form::random) return single_block("theta", arma::vec(bends_.n_rows, arma::fill::zeros));
    const double height = rng.uniform(start_low, std::max(start_low, start_high));
    return single_block("theta", arma::vec{std::sqrt(2 * height / epsilon), rng.uniform(0.05, 0.3)});
  }

  double value(const Blocks& x, const Sample& s) const {
    outputs_at(x, s);
    return 0.5 * arma::dot(s.scratch.a, s.scratch.a);
  }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    const double f = value(x, s);
    g.flat() = s.scratch.m * s.scratch.a;
    return f;
  }
  void residual(const Blocks& x, arma::vec& r, const Sample& s) const {
    outputs_at(x, s);
    r = s.scratch.a;
  }
  void jacobian(const Blocks& x, arma::mat& j, const Sample& s) const {
    outputs_at(x, s);
    j = s.scratch.m.t();
  }
  void hessian_product(const Blocks& x, const Blocks& v, Blocks& out) const {
    Scratch room;
    outputs_at(x, {{}, Rng(0, "hessian"), room});
    out.flat() = room.m * (room.m.t() * v.flat()) + bent(v.flat()) * room.a;
  }
  arma::mat hessian(const Blocks& x) const {
    Scratch room;
    outputs_at(x, {{}, Rng(0, "hessian"), room});
    arma::mat h = room.m * room.m.t();
    const arma::uword p = bends_.n_rows;
    for (arma::uword a = 0; a < room.a.n_elem; ++a) h += room.a[a] * bends_.cols(a * p, (a + 1) * p - 1);
    return arma::symmatu(h);
  }
  Facts facts() const {
    Facts facts;
    if (form == Form::two_parameters) facts.minimum = 0.0;
    return facts;
  }
  std::optional<Plane> plane() const {
    if (form == Form::random) return std::nullopt;
    const double reach = 1.2 * std::sqrt(2 * std::max(start_low, start_high) / epsilon);
    return Plane{-reach, reach, -2.5, 2.5};
  }
  double footprint() const {
    const double p = static_cast<double>(dimension), d = static_cast<double>(outputs);
    return form == Form::random ? 8 * (p * p * d + 3 * p * p + 5 * p * d) : 1000;
  }
  /// The rows of Q are those of Q₁, then of Q₂, ...
  std::vector<NamedMatrix> data() const { return {{"Q", bends_.t()}, {"G", slopes_.t()}, {"z0", at_zero_}}; }

 private:
  /// Column a is Q_a v.
  arma::mat bent(const arma::vec& v) const { return arma::reshape(bends_.t() * v, bends_.n_rows, at_zero_.n_elem); }
  /// Outputs in scratch.a, the transposed Jacobian in scratch.m.
  void outputs_at(const Blocks& x, const Sample& s) const {
    arma::mat& jacobian = s.scratch.m;
    jacobian = bent(x.flat());
    s.scratch.a = at_zero_ + arma::vec((slopes_ + 0.5 * jacobian).t() * x.flat());
    jacobian += slopes_;
  }

  arma::mat bends_;   ///< Q₁, Q₂, ... side by side
  arma::mat slopes_;  ///< G transposed
  arma::vec at_zero_;
};

}  // namespace KAPPA_FILE

Method quadratic_model() {
  using M = KAPPA_FILE::QuadraticModel;
  const auto under = [](const char* form) { return Extra{.when = When{"form", {form}}}; };
  return problem<M>(
      {.title = "Quadratic model",
       .idea = "Squared error of outputs that are quadratic in the parameters: the slope changes as they learn, and "
               "nothing else does.",
       .equation = "f(θ) = ½|z|²,  zₐ = z⁰ₐ + Gₐ·θ + ½ θᵀQₐθ;  two parameters: z = ½(θ₂² − εθ₁²) − E",
       .cite = {{"Agarwala, Pedregosa, Pennington", 2022,
                 "Second-order regression models exhibit progressive sharpening to the edge of stability",
                 "arXiv:2210.04860"}}},
      {{&M::form, "form", "", choices({"two_parameters", "random"}),
        "one output of two parameters, or many with random slopes and bends"},
       {&M::epsilon, "epsilon", "ε", log_range(1e-4, 10), "how much weaker the first parameter bends, the other way",
        under("two_parameters")},
       {&M::target, "target", "E", range(-100, 100), "what the output shall be", under("two_parameters")},
       {&M::start_low, "start_low", "", from_zero(1e-2, 10), "the start is θ₁ = √(2u/ε) with u from here",
        under("two_parameters")},
       {&M::start_high, "start_high", "", from_zero(1e-2, 10), "to here, and θ₂ in [0.05, 0.3]",
        under("two_parameters")},
       {&M::outputs, "outputs", "D", count(1, 1'000, true), "outputs", under("random")},
       {&M::dimension, "dimension", "P", count(1, 5'000, true), "parameters", under("random")},
       {&M::slope, "slope", "", from_zero(1e-2, 10), "entries of G are N(0, slope²/P); Qₐ = (M + Mᵀ)/√(2P)",
        under("random")}});
}

}  // namespace kappa::problems
