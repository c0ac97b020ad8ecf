/// Lp regression: the mean p-th power of the residuals; at p = 1 the absolute deviations that outliers cannot bend.
#include <cmath>

#include "core/kinds/problem.hpp"
#include "core/random/least_squares.hpp"
#include "core/random/lp_solution.hpp"
#include "core/random/row_pass.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

struct LpRegression : RegressionSettings {
  double p = 1;
  bool unit_rows = false;

  LpRegression() {
    spectrum = SpectrumShape::isotropic;
    degrees_of_freedom = 2;
  }
  void build(Rng rng) {
    RegressionSettings clean = *this;
    clean.noise = 0;
    clean.noise_law = NoiseLaw::gaussian;
    data_ = regression_data(clean, rng);
    if (data_file.given()) return;
    const double factor = unit_rows ? 1 / std::sqrt(static_cast<double>(features)) : 1;
    data_.samples *= factor;
    data_.test_samples *= factor;
    data_.sigma *= factor * factor;
    if (!data_.sigma.is_empty())
      data_.covariance = covariance_of(data_.sigma);
    else if (unit_rows && data_.covariance)
      data_.covariance = [scale = factor * factor, of_rows = std::move(data_.covariance)](const arma::vec& v) {
        return arma::vec(scale * of_rows(v));
      };
    data_.y = factor * data_.y + regression_noise(*this, rng.child("noise"), data_.rows());
    data_.test_y = factor * data_.test_y + regression_noise(*this, rng.child("test noise"), data_.test_y.n_elem);
  }
  Blocks start(Rng) const { return Blocks({{"w", data_.features(), 1, Role::vector}}); }

  double value(const Blocks& x, const Sample& s) const { return loss(x, s, nullptr); }
  /// A subgradient at p = 1: a residual of zero pulls nowhere.
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const { return loss(x, s, &g.flat()); }

  std::uint64_t row_count() const { return data_.rows(); }
  std::uint64_t components() const { return data_.rows(); }
  double component_gradient(std::uint64_t i, const Blocks& x, Blocks& g) const {
    Scratch room;
    const auto row = static_cast<std::uint32_t>(i);
    return value_gradient(x, g, {{&row, 1}, Rng(0, "component"), room});
  }

  bool has_test_loss() const { return has_test(data_); }
  double test_loss(const Blocks& x) const {
    if (!data_.sigma.is_empty()) return population_risk(data_.covariance, x.flat(), data_.truth);
    return mean_power(arma::vec(data_.test_samples.t() * x.flat() - data_.test_y));
  }
  std::vector<NamedMatrix> data() const { return dump(data_); }

  Facts facts() const {
    Facts facts;
    facts.smooth = p > 1;
    if (!data_.truth.is_empty()) facts.truth = single_block("w", data_.truth);
    facts.covariance = data_.covariance;
    if (const auto w = lp_solution(data_, p)) {
      facts.solution = single_block("w", *w);
      Scratch room;
      facts.minimum = value(*facts.solution, {{}, Rng(0, "facts"), room});
    }
    return facts;
  }

 private:
  double loss(const Blocks& x, const Sample& s, arma::vec* g) const {
    double sum = 0;
    const auto slopes = [&](arma::uword first, arma::vec& out) {
      for (arma::uword k = 0; k < out.n_elem; ++k) {
        const double r = out[k] - data_.y[s.rows.empty() ? first + k : s.rows[first + k]];
        sum += power(r);
        out[k] = g ? pull(r) : r;
      }
    };
    row_pass(data_.samples, s.rows, x.flat(), s.scratch, slopes, g);
    return sum / (p * static_cast<double>(s.scratch.a.n_elem));
  }
  double power(double r) const { return p == 1 ? std::abs(r) : std::pow(std::abs(r), p); }
  double mean_power(const arma::vec& r) const {
    double sum = 0;
    for (const double each : r) sum += power(each);
    return sum / (p * static_cast<double>(r.n_elem));
  }
  double pull(double r) const {
    const double sign = (r > 0 ? 1.0 : 0.0) - (r < 0 ? 1.0 : 0.0);
    return p == 1 ? sign : sign * std::pow(std::abs(r), p - 1);
  }

  RegressionData data_;
};

}  // namespace KAPPA_FILE

Method lp_regression() {
  using KAPPA_FILE::LpRegression;
  Params<LpRegression> params =
      real_regression_fields<LpRegression>("scale of the noise in y: the deviation of a normal law");
  const Params<LpRegression> own = {
      {&LpRegression::p, "p", "p", range(1, 100), "power of the residuals; 1: absolute deviations, 2: least squares"},
      {&LpRegression::unit_rows, "unit_rows", "", Flag{}, "divide X by √d, so that its rows have about unit length"}};
  params.insert(params.end(), own.begin(), own.end());
  return problem<LpRegression>(
      {.title = "Lp regression",
       .idea = "Pay the p-th power of every residual: at p = 1 a wild row pulls no harder than any other.",
       .equation = "f(w) = 1/(pn) Σ |xᵢ·w − yᵢ|ᵖ,  y = Xw* + noise",
       .cite = {{"Koenker, Bassett", 1978, "Regression Quantiles", "Econometrica 46"}}},
      std::move(params));
}

}  // namespace kappa::problems
