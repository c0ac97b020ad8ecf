/// Spiked matrix target: a matrix to be found under normal gradient noise and rare rank-one spikes.
#include <cmath>

#include "core/kinds/problem.hpp"
#include "core/random/matrices.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

enum class Target : std::uint8_t { normal, low_rank };

struct SpikedMatrixTarget {
  std::int64_t rows = 40;
  std::int64_t columns = 40;
  Target target = Target::normal;
  double target_scale = 10;
  double spike_strength = 3;
  double noise = 0.02;
  double spike_probability = 0.2;
  double spike_size = 20;

  void build(Rng rng) {
    const auto m = static_cast<arma::uword>(rows), n = static_cast<arma::uword>(columns);
    truth_ = normal_matrix(rng.child("truth"), m, n);
    if (target == Target::normal) {
      truth_ /= std::sqrt(static_cast<double>(n));
      return;
    }
    arma::vec u(m), v(n);
    Rng left = rng.child("left"), right = rng.child("right");
    for (double& each : u) each = left.rademacher();
    for (double& each : v) each = right.rademacher();
    truth_ = target_scale * (spike_strength * u * v.t() + truth_);
  }
  Blocks start(Rng) const { return Blocks({{"W", truth_.n_rows, truth_.n_cols, Role::hidden}}); }

  double value(const Blocks& x, const Sample& s) const {
    s.scratch.m = x.block(0) - truth_;
    return 0.5 * arma::dot(s.scratch.m, s.scratch.m);
  }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    const double f = value(x, s);
    arma::mat out = g.block(0);
    out = s.scratch.m;
    if (s.noiseless) return f;
    if (noise > 0) out += noise * normal_matrix(s.noise.child("noise"), out.n_rows, out.n_cols);
    Rng coin = s.noise.child("spike");
    if (coin.uniform() < spike_probability) {
      const double size = spike_size * coin.rademacher();
      out +=
          size * unit_vector(s.noise.child("left"), out.n_rows) * unit_vector(s.noise.child("right"), out.n_cols).t();
    }
    return f;
  }
  void hessian_product(const Blocks&, const Blocks& v, Blocks& out) const { out.flat() = v.flat(); }
  arma::mat estimate(const Blocks& x) const {
    arma::mat copy;
    copy = x.block(0);  // a block returned as it is would look at x
    return copy;
  }
  Facts facts() const {
    Facts facts;
    facts.minimum = 0.0;
    facts.smoothness = facts.strong_convexity = facts.best_learning_rate = 1.0;
    facts.best_momentum = 0.0;
    facts.hessian_spectrum = arma::vec(truth_.n_elem, arma::fill::ones);
    Blocks at({{"W", truth_.n_rows, truth_.n_cols, Role::hidden}});
    at.block(0) = truth_;
    facts.solution = facts.truth = at;
    facts.truth_matrix = truth_;
    return facts;
  }
  double footprint() const { return 8 * 5 * static_cast<double>(rows) * static_cast<double>(columns); }
  std::vector<NamedMatrix> data() const { return {{"truth", truth_}}; }

 private:
  arma::mat truth_;
};

}  // namespace KAPPA_FILE

Method spiked_matrix_target() {
  using S = KAPPA_FILE::SpikedMatrixTarget;
  return problem<S>(
      {.title = "Spiked matrix target",
       .idea =
           "Find a matrix under gradient noise that now and then has one enormous direction: what spectral clipping "
           "is for.",
       .equation = "f(W) = ½‖W − W*‖²,  G = W − W* + σN + (with probability p) ± a ûv̂ᵀ;  W* = N/√n or c(b uvᵀ + N), "
                   "u, v random signs",
       .cite = {{"Jiang, Semenov, Stich", 2026, "Enhancing LLM Training via Spectral Clipping", "arXiv:2603.14315"}}},
      {{&S::rows, "rows", "m", count(1, 2'000, true), "rows of W"},
       {&S::columns, "columns", "n", count(1, 2'000, true), "columns of W"},
       {&S::target, "target", "W*", choices({"normal", "low_rank"}),
        "normal entries over √n, or a strong rank one in noise"},
       {&S::target_scale,
        "target_scale",
        "c",
        from_zero(1e-2, 1e3),
        "size of the second kind of target",
        {.when = When{"target", {"low_rank"}}}},
       {&S::spike_strength,
        "spike_strength",
        "b",
        from_zero(1e-2, 1e2),
        "weight of its rank one",
        {.when = When{"target", {"low_rank"}}}},
       {&S::noise, "noise", "σ", from_zero(1e-4, 10), "of every entry of the gradient"},
       {&S::spike_probability, "spike_probability", "p", range(0, 1), "share of the steps with a spike"},
       {&S::spike_size, "spike_size", "a", from_zero(1e-2, 1e4), "spectral norm of a spike"}});
}

}  // namespace kappa::problems
