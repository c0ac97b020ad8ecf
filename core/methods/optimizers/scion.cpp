/// Scion: every layer steps to the extreme point of a norm ball of its own, constrained to the ball or not.
#include <cmath>

#include "core/kinds/optimizer.hpp"
#include "core/linalg/polar.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

enum class Plain : std::uint8_t { rms, sign };

struct Scion {
  double learning_rate = 1e-3;
  double averaging = 0.1;
  double radius = 50;
  double last_radius = 3000;
  Plain vector_norm = Plain::rms;
  bool constrained = true;

  struct State {
    Blocks m;
  };
  State init(const Blocks& x0) const { return {zeros_like(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    s.m.flat() = (1 - averaging) * s.m.flat() + averaging * c.g.flat();
    for (std::size_t i = 0; i < c.x.count(); ++i) {
      const BlockShape& shape = c.x.shape(i);
      const arma::mat x = c.x.block(i);
      arma::mat update = out.block(i);
      extreme(s.m.block(i), shape, update);
      update *= -learning_rate * (shape.role == Role::last ? last_radius : radius);
      if (constrained) update -= learning_rate * x;
    }
    c.show("momentum", s.m);
    return Step::by;
  }
  Law laws() const { return Law::left_rotation | Law::right_rotation | Law::scale_f; }

 private:
  /// The point of the unit ball that M points to.
  void extreme(const arma::mat& m, const BlockShape& shape, arma::mat& out) const {
    const auto rows = static_cast<double>(shape.rows), cols = static_cast<double>(shape.cols);
    if (shape.role == Role::last) {
      out = arma::sign(m) / cols;
    } else if (shape.role == Role::hidden && shape.cols > 1) {
      out = std::sqrt(rows / cols) * polar(m);
    } else if (vector_norm == Plain::sign) {
      out = arma::sign(m);
    } else if (const double size = arma::norm(m, "fro"); size > 0) {
      out = std::sqrt(rows * cols) / size * m;
    } else {
      out.zeros();
    }
  }
};

}  // namespace KAPPA_FILE

Method scion() {
  using KAPPA_FILE::Scion;
  return optimizer<Scion>(
      {.title = "Scion",
       .idea = "Follow the linear minimization oracle of a norm fit for each layer: spectral for hidden ones, RMS or "
               "sign for vectors and the first, sign for the last.",
       .equation = "M ← (1−a)M + aG,  W ← (1−η)W − ηρ LMO(M);  hidden √(m/n) UVᵀ, vectors and the first layer √d m/‖m‖ "
                   "or sign(m), "
                   "last sign(M)/n;  unconstrained without (1−η)",
       .cite = {{"Pethick et al.", 2025, "Training Deep Learning Models with Norm-Constrained LMOs",
                 "arXiv:2502.07529"}}},
      {{&Scion::learning_rate, "learning_rate", "η", from_zero(1e-6, 1), "step towards the extreme point"},
       {&Scion::averaging, "averaging", "a", Range{.lo = 0, .hi = 1, .open_lo = true}, "share of the new gradient"},
       {&Scion::radius, "radius", "ρ", from_zero(1e-2, 1e4), "radius of the ball, all but last layers"},
       {&Scion::last_radius, "last_radius", "ρₗ", from_zero(1e-2, 1e5), "radius of the last layer's ball"},
       {&Scion::vector_norm, "vector_norm", "", choices({"rms", "sign"}),
        "which ball vectors and the first layer live in"},
       {&Scion::constrained, "constrained", "", Flag{}, "stay in the ball: shrink by 1 − η first"}});
}

}  // namespace kappa::optimizers
