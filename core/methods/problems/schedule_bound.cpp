/// Schedule bound: what theory promises of the last iterate, as a function of all step sizes at once.
#include <cmath>

#include "core/kinds/problem.hpp"
#include "core/linalg/last_iterate.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

/// Rates enter by their size, so that the function is defined everywhere.
struct ScheduleBound {
  std::int64_t steps = 60;
  double distance = 1;
  double gradient_norm = 1;
  double start_rate = 0.12;
  double least_rate = 1e-9;

  void build(Rng) {
    squares_ = arma::vec(static_cast<arma::uword>(steps), arma::fill::value(gradient_norm * gradient_norm));
  }
  Blocks start(Rng) const {
    return single_block("rates", arma::vec(static_cast<arma::uword>(steps), arma::fill::value(start_rate)));
  }
  double value(const Blocks& x, const Sample&) const {
    return last_iterate_bound(arma::abs(x.flat()), squares_, distance);
  }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    g.flat() = last_iterate_slope(arma::abs(x.flat()), squares_, distance) % arma::sign(x.flat());
    return value(x, s);
  }
  void project(const Blocks& x, Blocks& out) const { out.flat() = arma::clamp(x.flat(), least_rate, arma::datum::inf); }

 private:
  arma::vec squares_;
};

}  // namespace KAPPA_FILE

Method schedule_bound() {
  using P = KAPPA_FILE::ScheduleBound;
  return problem<P>(
      {.title = "Bound of a schedule",
       .idea =
           "Let gradient descent choose the schedule: minimise the last iterate's guarantee over every single rate.",
       .equation = "Ω_T(η) = D²/(2A₁) + ½ Σ_{k<T} ηₖ²G²/Aₖ₊₁ + ½ η_T G²,  Aₖ = Σ_{t≥k} ηₜ",
       .cite = {{"Schaipp, Hägele, Taylor, Simsekli, Bach", 2025,
                 "The Surprising Agreement Between Convex Optimization Theory and Learning-Rate Scheduling",
                 "arXiv:2501.18965"}}},
      {{&P::steps, "steps", "T", count(1, 100'000, true), "rates to choose"},
       {&P::distance, "distance", "D", log_range(1e-6, 1e6), "from the start to a minimiser"},
       {&P::gradient_norm, "gradient_norm", "G", log_range(1e-6, 1e6), "length of every subgradient"},
       {&P::start_rate, "start_rate", "", log_range(1e-9, 1e6), "every rate starts here"},
       {&P::least_rate, "least_rate", "", log_range(1e-300, 1), "rates are projected to at least this"}});
}

}  // namespace kappa::problems
