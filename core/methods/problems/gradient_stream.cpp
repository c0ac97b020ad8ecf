/// Gradient stream: gradients that do not depend on the point, drawn anew at every step around a fixed matrix.
#include <algorithm>
#include <cmath>

#include "core/kinds/problem.hpp"
#include "core/random/eigenvalues.hpp"
#include "core/random/matrices.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

struct GradientStream {
  std::int64_t rows = 128;
  std::int64_t columns = 32;
  double signal = 0;
  double decades = 0;
  double row_shift = 0;
  double noise = 1;
  double row_imbalance = 1;
  std::int64_t nonzero = 0;

  void build(Rng rng) {
    const auto m = static_cast<arma::uword>(rows), n = static_cast<arma::uword>(columns), k = std::min(m, n);
    row_scale_ = arma::exp(row_imbalance * normal_vector(rng.child("rows"), m));
    if (decades > 0)
      signal_ = normal_matrix(rng.child("left"), m, k) * arma::diagmat(log_spaced(0, -decades, k)) *
                normal_matrix(rng.child("right"), k, n);
    else
      signal_ = normal_matrix(rng.child("signal"), m, n);
    mask_.reset();
    if (nonzero > 0 && nonzero < rows * columns) {
      mask_.zeros(m, n);
      const auto places = permutation(rng.child("places"), static_cast<std::uint32_t>(m * n));
      for (std::size_t i = 0; i < static_cast<std::size_t>(nonzero); ++i) mask_[places[i]] = 1;
    }
    signal_ = scaled(signal * signal_);
    if (row_shift != 0) signal_.each_row() += arma::rowvec(row_shift * normal_vector(rng.child("shift"), n).t());
  }
  Blocks start(Rng) const { return Blocks({{"W", signal_.n_rows, signal_.n_cols, Role::hidden}}); }

  double value(const Blocks& x, const Sample&) const { return arma::dot(signal_, x.block(0)); }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    arma::mat out = g.block(0);
    out = signal_;
    if (noise > 0 && !s.noiseless) {
      Rng draw = s.noise;
      out += scaled(noise * normal_matrix(draw, signal_.n_rows, signal_.n_cols));
    }
    return value(x, s);
  }
  double footprint() const { return 8 * 5 * static_cast<double>(rows) * static_cast<double>(columns); }
  std::vector<NamedMatrix> data() const { return {{"signal", signal_}, {"row_scale", row_scale_}}; }

 private:
  arma::mat scaled(arma::mat g) const {
    g.each_col() %= row_scale_;
    if (!mask_.is_empty()) g %= mask_;
    return g;
  }

  arma::mat signal_, mask_;  ///< an empty mask: all entries
  arma::vec row_scale_;
};

}  // namespace KAPPA_FILE

Method gradient_stream() {
  using KAPPA_FILE::GradientStream;
  using G = GradientStream;
  return problem<G>(
      {.title = "Gradient stream",
       .idea = "A linear objective under noise: every method is fed the same gradients wherever it goes, so that only "
               "what it makes of them differs.",
       .equation = "f(W) = ⟨S, W⟩,  G = S + σ c ⊙ N,  S = c ⊙ (A diag(10⁰ … 10^(−p)) B) + 1aᵀ,  log c normal"},
      {{&G::rows, "rows", "m", count(1, 20'000, true), "rows of W"},
       {&G::columns, "columns", "n", count(1, 20'000, true), "columns of W"},
       {&G::signal, "signal", "", from_zero(1e-3, 1e3), "size of the matrix that stays the same"},
       {&G::decades, "decades", "p", range(0, 16),
        "that matrix is A diag(1 … 10⁻ᵖ) B with normal A and B; 0: plain normal entries"},
       {&G::row_shift, "row_shift", "", from_zero(1e-3, 1e3), "adds this times one normal row to every row"},
       {&G::noise, "noise", "σ", from_zero(1e-4, 1e3), "of the normal matrix that is added at every step"},
       {&G::row_imbalance, "row_imbalance", "", Range{.lo = 0, .hi = 10, .slider_lo = 0, .slider_hi = 3},
        "standard deviation of log c, where row i is multiplied by cᵢ"},
       {&G::nonzero, "nonzero", "", count(0, 1'000'000),
        "only so many entries, at random places; 0, or more than there are: all"}});
}

}  // namespace kappa::problems
