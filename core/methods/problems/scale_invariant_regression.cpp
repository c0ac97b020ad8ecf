/// Scale-invariant regression: only the direction of the weights predicts, as in a layer that is normalised after.
#include <algorithm>
#include <cmath>

#include "core/kinds/problem.hpp"
#include "core/random/least_squares.hpp"
#include "core/random/matrices.hpp"
#include "core/random/noise.hpp"
#include "core/random/truths.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

struct ScaleInvariantRegression {
  std::int64_t samples = 12'800;
  std::int64_t features = 50;
  double noise = 2;
  double start_norm = 1;

  void build(Rng rng) {
    const auto n = static_cast<arma::uword>(samples), d = static_cast<arma::uword>(features);
    data_.samples = normal_matrix(rng.child("design"), d, n);
    data_.truth = dense_truth(rng.child("truth"), d, 1);
    data_.y = data_.samples.t() * data_.truth + gaussian_noise(rng.child("noise"), n, noise);
  }
  Blocks start(Rng rng) const {
    return single_block("w", arma::vec(start_norm * unit_vector(rng.child("start"), data_.features())));
  }

  double value(const Blocks& x, const Sample& s) const {
    residuals(x, s);
    return 0.5 * arma::dot(s.scratch.a, s.scratch.a) / static_cast<double>(s.scratch.a.n_elem);
  }
  /// With n = x/|x| and g the gradient in n: (g − n (n·g)) / |x|. At zero there is no direction to turn.
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    const double f = value(x, s), size = arma::norm(x.flat());
    weighted_rows(data_, s.rows, s.scratch.a, g.flat());
    if (size > 0) {
      const arma::vec& n = s.scratch.b;
      g.flat() = (g.flat() - arma::dot(n, g.flat()) * n) / size;
    } else {
      g.flat().zeros();
    }
    return f;
  }

  std::uint64_t row_count() const { return data_.rows(); }
  std::uint64_t components() const { return data_.rows(); }
  double component_gradient(std::uint64_t i, const Blocks& x, Blocks& g) const {
    Scratch room;
    const auto row = static_cast<std::uint32_t>(i);
    return value_gradient(x, g, {{&row, 1}, Rng(0, "component"), room});
  }
  arma::mat estimate(const Blocks& x) const {
    arma::vec n;
    direction(x, n);
    return n;
  }

  Facts facts() const {
    Facts facts;
    facts.truth = single_block("w", data_.truth);
    facts.truth_matrix = data_.truth;
    return facts;
  }
  double footprint() const { return 8 * static_cast<double>(samples) * (static_cast<double>(features) + 2); }
  std::vector<NamedMatrix> data() const { return dump(data_); }

 private:
  static void direction(const Blocks& x, arma::vec& n) {
    const double size = arma::norm(x.flat());
    n = x.flat();
    if (size > 0) n /= size;
  }
  /// In s.scratch.a, with the direction in s.scratch.b.
  void residuals(const Blocks& x, const Sample& s) const {
    arma::vec &r = s.scratch.a, &n = s.scratch.b;
    direction(x, n);
    predictions(data_, s.rows, n, r);
    for (arma::uword k = 0; k < r.n_elem; ++k) r[k] -= data_.y[s.rows.empty() ? k : s.rows[k]];
  }

  RegressionData data_;
};

}  // namespace KAPPA_FILE

Method scale_invariant_regression() {
  using P = KAPPA_FILE::ScaleInvariantRegression;
  return problem<P>(
      {.title = "Scale-invariant regression",
       .idea = "Longer weights predict the same and turn more slowly, so that weight decay sets the pace of learning.",
       .equation = "f(w) = 1/(2n) Σ (xᵢ·w/‖w‖ − yᵢ)²,  y = Xw* + σ N(0, I),  ‖w*‖ = 1",
       .cite = {{"Bergsma, Dey, Gosal, Gray, Soboleva, Hestness", 2025,
                 "Power Lines: Scaling Laws for Weight Decay and Batch Size in LLM Pre-training", "arXiv:2505.13738"},
                {"van Laarhoven", 2017, "L2 Regularization versus Batch and Weight Normalization",
                 "arXiv:1706.05350"}}},
      {{&P::samples, "samples", "n", count(1, 10'000'000, true), "rows of X, normal numbers"},
       {&P::features, "features", "d", count(1, 100'000, true), "columns of X"},
       {&P::noise, "noise", "σ", from_zero(1e-3, 100), "standard deviation of the noise in y"},
       {&P::start_norm, "start_norm", "‖w₀‖", log_range(1e-9, 1e9), "length of the start, whose direction is random"}});
}

}  // namespace kappa::problems
