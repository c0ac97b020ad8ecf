/// Logistic regression: the log loss of labels +-1, with a penalty on the length of the weights.
#include <algorithm>
#include <cmath>

#include "core/kinds/problem.hpp"
#include "core/linalg/spectrum.hpp"
#include "core/random/least_squares.hpp"
#include "core/random/logistic_solution.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

struct LogisticRegression : RegressionSettings {
  double regularization = 0;

  LogisticRegression() { noise = 0; }
  void build(Rng rng) { data_ = classification_data(*this, rng); }
  Blocks start(Rng) const { return Blocks({{"w", data_.features(), 1, Role::vector}}); }

  double value(const Blocks& x, const Sample& s) const {
    margins(x, s.rows, s.scratch.a);
    return mean_log_loss(s.scratch.a) + penalty(x);
  }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    arma::vec& m = s.scratch.a;
    margins(x, s.rows, m);
    const double f = mean_log_loss(m) + penalty(x);
    for (arma::uword k = 0; k < m.n_elem; ++k) m[k] = -label(s.rows, k) * sigmoid(-m[k]);
    weighted_rows(data_, s.rows, m, g.flat());
    if (regularization > 0) g.flat() += regularization * x.flat();
    return f;
  }
  /// The gradient of the data's part: the penalty has no labels.
  void resampled_gradient(const Blocks& x, Blocks& g, const Sample& s, Rng labels) const {
    arma::vec& m = s.scratch.a;
    predictions(data_, s.rows, x.flat(), m);
    for (double& each : m) each = labels.uniform() < sigmoid(each) ? -sigmoid(-each) : sigmoid(each);
    weighted_rows(data_, s.rows, m, g.flat());
  }
  void hessian_product(const Blocks& x, const Blocks& v, Blocks& out) const {
    arma::vec along;
    predictions(data_, {}, v.flat(), along);
    weighted_rows(data_, {}, curvatures(x) % along, out.flat());
    if (regularization > 0) out.flat() += regularization * v.flat();
  }
  arma::mat hessian(const Blocks& x) const {
    const arma::mat scaled = data_.samples.each_row() % arma::sqrt(curvatures(x)).t();
    arma::mat h = scaled * scaled.t() / static_cast<double>(data_.rows());
    h.diag() += regularization;
    return h;
  }

  std::uint64_t row_count() const { return data_.rows(); }
  std::uint64_t components() const { return data_.rows(); }
  double component_gradient(std::uint64_t i, const Blocks& x, Blocks& g) const {
    Scratch room;
    const auto row = static_cast<std::uint32_t>(i);
    return value_gradient(x, g, {{&row, 1}, Rng(0, "component"), room});
  }

  bool has_test_loss() const { return data_.test_y.n_elem > 0; }
  double test_loss(const Blocks& x) const { return mean_log_loss(data_.test_y % (data_.test_samples.t() * x.flat())); }
  std::vector<NamedMatrix> data() const { return dump(data_); }

  /// L is the bound for all w; the solution is absent when the classes can be separated and nothing is paid for length.
  Facts facts() const {
    Facts facts;
    const double largest = singular_values(data_.samples).max();
    facts.smoothness = largest * largest / (4 * static_cast<double>(data_.rows())) + regularization;
    facts.strong_convexity = regularization;
    if (!data_.truth.is_empty()) facts.truth = single_block("w", data_.truth);
    if (const auto w = logistic_solution(data_, regularization)) {
      facts.solution = single_block("w", *w);
      Scratch room;
      facts.minimum = value(*facts.solution, {{}, Rng(0, "facts"), room});
    }
    return facts;
  }

 private:
  double penalty(const Blocks& x) const {
    return regularization > 0 ? 0.5 * regularization * arma::dot(x.flat(), x.flat()) : 0.0;
  }
  double label(std::span<const std::uint32_t> rows, arma::uword k) const { return data_.y[rows.empty() ? k : rows[k]]; }
  void margins(const Blocks& x, std::span<const std::uint32_t> rows, arma::vec& m) const {
    predictions(data_, rows, x.flat(), m);
    for (arma::uword k = 0; k < m.n_elem; ++k) m[k] *= label(rows, k);
  }
  /// p(1-p) of each row.
  arma::vec curvatures(const Blocks& x) const {
    arma::vec m;
    margins(x, {}, m);
    return m.transform([](double t) { return sigmoid(t) * sigmoid(-t); });
  }

  RegressionData data_;
};

}  // namespace KAPPA_FILE

Method logistic_regression() {
  using KAPPA_FILE::LogisticRegression;
  Params<LogisticRegression> params =
      regression_fields<LogisticRegression>(range(0, 0.5), "probability that a label is flipped");
  params.push_back({&LogisticRegression::regularization, "regularization", "λ", from_zero(1e-6, 10),
                    "weight of the penalty λ/2 ‖w‖²"});
  return problem<LogisticRegression>(
      {.title = "Logistic regression",
       .idea = "Pull each row to the right side of a plane; the pull fades once it is there.",
       .equation = "f(w) = 1/n Σ log(1 + exp(−yᵢ xᵢ·w)) + λ/2 ‖w‖²,  yᵢ = ±1",
       .cite = {{"Cox", 1958, "The Regression Analysis of Binary Sequences",
                 "Journal of the Royal Statistical Society B 20"}}},
      std::move(params));
}

}  // namespace kappa::problems
