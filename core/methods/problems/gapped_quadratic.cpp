/// A bowl whose spectrum has a gap at the top, or none: a few very steep directions over a gentle bulk.
#include <cmath>

#include "core/methods/problems/bowl.hpp"
#include "core/random/eigenvalues.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

enum class Preset { two_cluster, one_spike, smooth };

struct GappedQuadratic : Bowl {
  std::int64_t dimension = 30;
  Preset preset = Preset::two_cluster;
  double condition_number = 1e4;
  double bulk = 5;

  void build(Rng rng) {
    const auto d = static_cast<arma::uword>(dimension);
    shape(rng, curvatures(d), true);
    center_ = along_axes(normal_vector(rng.child("truth"), d));
  }
  Blocks start(Rng) const { return single_block("x", arma::vec(center_.n_elem, arma::fill::zeros)); }
  double footprint() const { return 8 * 5 * static_cast<double>(dimension) * static_cast<double>(dimension); }
  std::vector<NamedMatrix> data() const { return {{"H", h_}, {"eigenvalues", eigenvalues_}, {"truth", center_}}; }

 private:
  /// Ascending.
  arma::vec curvatures(arma::uword d) const {
    if (preset == Preset::smooth) return log_spaced(0, std::log10(condition_number), d);
    const arma::uword steep = preset == Preset::two_cluster ? 2 : 1;
    arma::vec values = log_spaced(0, std::log10(bulk), d - steep);
    values.resize(d);
    values[d - 1] = condition_number;
    if (steep == 2) values[d - 2] = condition_number / 2;
    return arma::sort(values);
  }
};

}  // namespace KAPPA_FILE

Method gapped_quadratic() {
  using M = KAPPA_FILE::GappedQuadratic;
  return problem<M>(
      {.title = "Quadratic with a gap",
       .idea = "What makes most bowls hard is a handful of steep directions. Here they stand apart from the bulk, or "
               "are spread evenly, which no cheap trick helps.",
       .equation = "f(x) = ½ (x − x*)ᵀ H (x − x*),  two_cluster: n−2 values from 1 to bulk, κ/2, κ;  one_spike: n−1 "
                   "values, κ;  smooth: 1 … κ",
       .cite = {{"Doikov, Rodomanov", 2023, "Polynomial Preconditioning for Gradient Methods", "arXiv:2301.13194"}}},
      {{&M::dimension, "dimension", "n", count(3, 5'000, true), "number of unknowns"},
       {&M::preset, "preset", "", choices({"two_cluster", "one_spike", "smooth"}), "where the eigenvalues lie"},
       {&M::condition_number, "condition_number", "κ", log_range(1, 1e12), "the largest eigenvalue; the smallest is 1"},
       {&M::bulk,
        "bulk",
        "",
        log_range(1, 1e6),
        "the bulk runs evenly over log scale from 1 to here",
        {.when = When{"preset", {"two_cluster", "one_spike"}}}}});
}

}  // namespace kappa::problems
