/// Krylov gradient method: every step goes to the best point of the space that the gradient and the Hessian span.
#include "core/kinds/optimizer.hpp"
#include "core/linalg/inverse_root.hpp"

namespace kappa::optimizers {
namespace KAPPA_FILE {

struct KrylovGd {
  std::int64_t degree = 2;

  struct State {
    Blocks direction, product;
  };
  State init(const Blocks& x0) const { return {zeros_like(x0), zeros_like(x0)}; }

  Step step(State& s, const StepContext& c, Blocks& out) const {
    const arma::vec& g = c.g.flat();
    const double length = arma::norm(g);
    if (length == 0) return c.finish("the gradient is zero");
    const arma::uword most = std::min(static_cast<arma::uword>(degree) + 1, g.n_elem);
    arma::mat room(g.n_elem, most), of_room(g.n_elem, most);
    arma::vec next = g / length;
    arma::uword size = 0;
    while (size < most) {
      s.direction.flat() = next;
      c.oracle.hessian_product(c.x, s.direction, s.product);
      room.col(size) = next;
      of_room.col(size) = s.product.flat();
      next = s.product.flat();
      ++size;
      const arma::mat found(room.memptr(), g.n_elem, size, false, true);
      const double before = arma::norm(next);
      for (int again = 0; again < 2; ++again) next -= found * (found.t() * next);
      const double left = arma::norm(next);
      if (!(left > 1e-10 * before)) break;  // the space is invariant: it holds all there is
      next /= left;
    }
    const arma::mat basis = room.head_cols(size), images = of_room.head_cols(size);
    const arma::mat projected = arma::symmatu(basis.t() * images);
    out.flat() = -(basis * solve_spd(projected, basis.t() * g));
    return Step::by;
  }
  Law laws() const { return Law::isometries | Law::scale_f; }
};

}  // namespace KAPPA_FILE

Method krylov_gd() {
  using M = KAPPA_FILE::KrylovGd;
  return optimizer<M>(
      {.title = "Krylov gradient method",
       .idea =
           "Search all polynomials of degree τ at once: a Newton step inside the Krylov space. On a quadratic it is "
           "conjugate gradients restarted every τ + 1 steps, so no fixed polynomial of that degree is better.",
       .equation = "x ← x − Q (QᵀHQ)⁻¹ Qᵀg,  Q an orthonormal basis of span{g, Hg, …, H^τ g},  H = ∇²f(x)",
       .cite = {{"Doikov, Rodomanov", 2023, "Polynomial Preconditioning for Gradient Methods", "arXiv:2301.13194"}},
       .needs = Needs::gradient | Needs::hessian_product},
      {{&M::degree, "degree", "τ", count(0, 100, true), "highest power of the Hessian in the search space"}});
}

}  // namespace kappa::optimizers
