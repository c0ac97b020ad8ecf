/// NorMuon: Muon, and then every row of the update is divided by its own running root mean square.
#include "core/linalg/newton_schulz.hpp"
#include "core/methods/optimizers/muon_shell.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct NorMuon {
  double learning_rate = 0.02;
  double momentum = 0.95;
  double beta2 = 0.95;
  bool nesterov = true;
  std::int64_t newton_schulz_steps = 5;
  NewtonSchulz coefficients = NewtonSchulz::quintic;
  MuonScale scale = MuonScale::original;
  double weight_decay = 0.0;
  OptimizerSlot fallback{.initial = auxiliary_adamw(), .model = nullptr};
  bool first_layer_fallback = false;
  bool last_layer_fallback = false;

  struct State : MatrixMomentum {
    std::vector<arma::vec> v;  ///< of each block, one number a row
  };
  State init(const Blocks& x0) const {
    State s{matrix_momentum(*this, x0), {}};
    for (std::size_t i = 0; i < x0.count(); ++i) s.v.emplace_back(x0.shape(i).rows, arma::fill::zeros);
    return s;
  }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    return step_matrices(*this, nesterov, s, c, out,
                         [&](std::size_t i, const arma::mat& u, const arma::mat& x, arma::mat& update) {
                           newton_schulz(u, static_cast<int>(newton_schulz_steps), coefficients, s.products, update);
                           even_rows(s.v[i], s.spare, update);
                           update = -learning_rate * (shape_factor(scale, c.x.shape(i)) * update + weight_decay * x);
                         });
  }
  Law laws() const { return Law::right_rotation; }

 private:
  /// No bias correction: at the first step every row is exactly normalised. The Frobenius norm stays as it was.
  void even_rows(arma::vec& v, Room& spare, arma::mat& o) const {
    const double size = arma::norm(o, "fro");
    arma::mat row = spare.view(o.n_rows, 1);
    row.zeros();
    for (arma::uword j = 0; j < o.n_cols; ++j) row += arma::square(o.col(j));
    v = beta2 * v + (1 - beta2) / static_cast<double>(o.n_cols) * row;
    row = arma::sqrt(v) + 1e-10;
    for (arma::uword j = 0; j < o.n_cols; ++j) o.col(j) /= row;
    o *= size / (arma::norm(o, "fro") + 1e-10);
  }
};

}  // namespace KAPPA_FILE

Method normuon() {
  using KAPPA_FILE::NorMuon;
  Params<NorMuon> own = {
      {&NorMuon::beta2, "beta2", "β₂", below(0, 1), "memory of the rows' mean squares"},
      {&NorMuon::newton_schulz_steps, "newton_schulz_steps", "k", count(0, 20), "Newton-Schulz steps"},
      {&NorMuon::coefficients, "coefficients", "a, b, c", choices({"quintic", "cubic", "polar_express", "six_step"}),
       "which polynomials NS applies"}};
  return optimizer<NorMuon>(
      {.title = "NorMuon",
       .idea = "Muon leaves some neurons with far longer updates than others: divide each row by its running size. A "
               "wide block's rows are even already, so it shows on tall blocks.",
       .equation = "O = NS(U),  vᵢ ← β₂vᵢ + (1−β₂) meanⱼ Oᵢⱼ²,  Ôᵢⱼ = Oᵢⱼ / √vᵢ,  W ← (1−ηλ)W − η s Ô ‖O‖/‖Ô‖",
       .cite = {{"Li, Liu, Liang, Chen, Zhao", 2025, "NorMuon: Making Muon more efficient and scalable",
                 "arXiv:2510.05491"}}},
      muon_fields<NorMuon>(std::move(own)));
}

}  // namespace kappa::optimizers
