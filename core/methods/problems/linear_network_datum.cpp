/// Linear network on one datum: two layers, one number to learn, the smallest problem with a catapult.
#include <cmath>

#include "core/kinds/problem.hpp"
#include "core/random/matrices.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

struct LinearNetworkDatum {
  std::int64_t width = 512;
  double target = 0;

  void build(Rng) {}
  Blocks start(Rng rng) const {
    Blocks x = point();
    x.block(0) = normal_vector(rng.child("u"), static_cast<arma::uword>(width));
    x.block(1) = normal_vector(rng.child("v"), static_cast<arma::uword>(width)).t();
    return x;
  }

  double value(const Blocks& x, const Sample&) const {
    const double r = error(x);
    return 0.5 * r * r;
  }
  double value_gradient(const Blocks& x, Blocks& g, const Sample&) const {
    const double r = error(x);
    const arma::uword m = x.flat().n_elem / 2;
    g.flat().head(m) = (r / root()) * x.flat().tail(m);
    g.flat().tail(m) = (r / root()) * x.flat().head(m);
    return 0.5 * r * r;
  }
  void residual(const Blocks& x, arma::vec& r, const Sample&) const { r = arma::vec{error(x)}; }
  void jacobian(const Blocks& x, arma::mat& j, const Sample&) const { j = swapped(x).t() / root(); }
  void hessian_product(const Blocks& x, const Blocks& v, Blocks& out) const {
    const arma::vec slope = swapped(x) / root();
    out.flat() = arma::dot(slope, v.flat()) * slope + (error(x) / root()) * swapped(v);
  }
  Facts facts() const {
    Facts facts;
    facts.minimum = 0.0;
    return facts;
  }

 private:
  Blocks point() const {
    const auto m = static_cast<arma::uword>(width);
    return Blocks({{"u", m, 1, Role::first}, {"v", 1, m, Role::last}});
  }
  double root() const { return std::sqrt(static_cast<double>(width)); }
  /// (v, u), where each layer finds its slope in the other.
  static arma::vec swapped(const Blocks& x) {
    const arma::uword m = x.flat().n_elem / 2;
    return arma::join_cols(x.flat().tail(m), x.flat().head(m));
  }
  double error(const Blocks& x) const {
    const arma::uword m = x.flat().n_elem / 2;
    return arma::dot(x.flat().head(m), x.flat().tail(m)) / root() - target;
  }
};

}  // namespace KAPPA_FILE

Method linear_network_datum() {
  using M = KAPPA_FILE::LinearNetworkDatum;
  return problem<M>(
      {.title = "Linear network on one datum",
       .idea = "Two linear layers fit a single number: flat minima and steep ones, and nothing else to tell apart.",
       .equation = "f(u, v) = ½ (u·v/√m − y)²,  u, v ~ N(0, I)",
       .cite = {{"Lewkowycz, Bahri, Dyer, Sohl-Dickstein, Gur-Ari", 2020,
                 "The large learning rate phase of deep learning: the catapult mechanism", "arXiv:2003.02218"},
                {"Zhu, Liu, Radhakrishnan, Belkin", 2022, "Quadratic models for understanding neural network dynamics",
                 "arXiv:2205.11787"}}},
      {{&M::width, "width", "m", count(1, 1'000'000, true), "hidden units"},
       {&M::target, "target", "y", range(-100, 100), "the number to learn at x = 1"}});
}

}  // namespace kappa::problems
