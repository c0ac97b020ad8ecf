/// Chebyshev regression: the largest absolute residual, a convex function with a kink wherever two rows tie.
#include <algorithm>
#include <cmath>

#include "core/kinds/problem.hpp"
#include "core/random/least_squares.hpp"
#include "core/random/lp_solution.hpp"
#include "core/random/noise.hpp"
#include "core/random/table.hpp"
#include "core/random/truths.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

enum class Entries : std::uint8_t { uniform, normal };

struct ChebyshevRegression {
  std::int64_t samples = 20;
  std::int64_t features = 2;
  Entries entries = Entries::uniform;
  double truth_norm = 5;
  double noise = 0;
  DataFile data_file;

  void build(Rng rng) {
    if (data_file.given()) {
      const DataTable table = read_table(data_file.path, data_file.target);
      data_.samples = table.x.t();
      data_.y = table.y;
      return;
    }
    const auto n = static_cast<arma::uword>(samples), d = static_cast<arma::uword>(features);
    Rng draw = rng.child("design");
    data_.samples.set_size(d, n);
    for (double& each : data_.samples) each = entries == Entries::uniform ? draw.uniform(-1, 1) : draw.normal();
    data_.truth = dense_truth(rng.child("truth"), d, truth_norm);
    data_.y = data_.samples.t() * data_.truth + gaussian_noise(rng.child("noise"), n, noise);
  }
  Blocks start(Rng) const { return Blocks({{"w", data_.features(), 1, Role::vector}}); }

  double value(const Blocks& x, const Sample& s) const {
    const auto [row, residual] = first_largest(x, s);
    return std::abs(residual);
  }
  /// The subgradient of the first of the largest rows.
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    const auto [row, residual] = first_largest(x, s);
    const double sign = (residual > 0 ? 1.0 : 0.0) - (residual < 0 ? 1.0 : 0.0);
    g.flat() = sign * data_.samples.col(row);
    return std::abs(residual);
  }

  Facts facts() const {
    Facts facts;
    facts.smooth = false;
    if (!data_.truth.is_empty()) {
      facts.truth = single_block("w", data_.truth);
      facts.covariance = [variance = entries == Entries::uniform ? 1.0 / 3 : 1.0](const arma::vec& v) {
        return arma::vec(variance * v);
      };
    }
    if (const auto w = chebyshev_solution(data_)) {
      facts.solution = single_block("w", *w);
      Scratch room;
      facts.minimum = value(*facts.solution, {{}, Rng(0, "facts"), room});
    }
    return facts;
  }
  std::optional<Plane> plane() const {
    if (data_.features() != 2 || data_.truth.is_empty()) return {};
    const double reach = 1.4 * truth_norm;
    if (reach <= 0) return {};
    return Plane{-reach, reach, -reach, reach};
  }
  double footprint() const {
    if (data_file.given()) return table_footprint(data_file.path);
    return 16 * static_cast<double>(samples) * static_cast<double>(features);
  }
  std::vector<NamedMatrix> data() const { return dump(data_); }

 private:
  struct Row {
    arma::uword row = 0;
    double residual = 0;
  };
  Row first_largest(const Blocks& x, const Sample& s) const {
    arma::vec& r = s.scratch.a;
    predictions(data_, {}, x.flat(), r);
    r -= data_.y;
    Row found{0, r[0]};
    for (arma::uword i = 1; i < r.n_elem; ++i)
      if (std::abs(r[i]) > std::abs(found.residual)) found = {i, r[i]};
    return found;
  }

  RegressionData data_;
};

}  // namespace KAPPA_FILE

Method chebyshev_regression() {
  using P = KAPPA_FILE::ChebyshevRegression;
  return problem<P>(
      {.title = "Chebyshev regression",
       .idea = "Only the worst row counts, and another one is the worst after almost every step.",
       .equation = "f(w) = maxᵢ |xᵢ·w − yᵢ|,  y = Xw* + σ N(0, I);  ∂f ∋ sign(xᵢ·w − yᵢ) xᵢ of the first largest row",
       .cite = {{"Schaipp, Hägele, Taylor, Simsekli, Bach", 2025,
                 "The Surprising Agreement Between Convex Optimization Theory and Learning-Rate Scheduling",
                 "arXiv:2501.18965"}}},
      {{&P::samples, "samples", "n", count(1, 10'000'000, true), "rows of X"},
       {&P::features, "features", "d", count(1, 100'000, true), "columns of X"},
       {&P::entries, "entries", "", choices({"uniform", "normal"}), "of X: uniform on [−1, 1], or N(0, 1)"},
       {&P::truth_norm, "truth_norm", "‖w*‖", from_zero(1e-3, 1e3), "length of the true weights"},
       {&P::noise, "noise", "σ", from_zero(1e-4, 10), "standard deviation of the noise in y"},
       {&P::data_file, "data", "", DataSource{},
        "your own data in place of all settings above: a .csv or .npy file, and its target column"}});
}

}  // namespace kappa::problems
