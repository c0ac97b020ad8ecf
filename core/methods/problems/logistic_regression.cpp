/// Logistic regression: the log loss of labels +-1, with a penalty on the length of the weights.
#include <algorithm>
#include <cmath>

#include "core/kinds/problem.hpp"
#include "core/linalg/spectrum.hpp"
#include "core/random/least_squares.hpp"
#include "core/random/logistic_solution.hpp"
#include "core/random/row_pass.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

enum class TestMeasure { loss, error };

struct LogisticRegression : LabelSettings {
  double regularization = 0;
  TestMeasure test_count = TestMeasure::loss;

  LogisticRegression() { noise = 0; }
  void build(Rng rng) { data_ = classification_data(*this, rng); }
  Blocks start(Rng) const { return Blocks({{"w", data_.features(), 1, Role::vector}}); }

  double value(const Blocks& x, const Sample& s) const { return loss(x, s, nullptr); }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    const double f = loss(x, s, &g.flat());
    if (regularization > 0) g.flat() += regularization * x.flat();
    return f;
  }
  /// The gradient of the data's part: the penalty has no labels.
  void resampled_gradient(const Blocks& x, Blocks& g, const Sample& s, Rng drawn) const {
    const auto slopes = [&](arma::uword, arma::vec& p) {
      for (double& each : p) each = drawn.uniform() < sigmoid(each) ? -sigmoid(-each) : sigmoid(each);
    };
    row_pass(data_.samples, s.rows, x.flat(), s.scratch, slopes, &g.flat());
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
  double test_loss(const Blocks& x) const {
    const arma::vec m = data_.test_y % (data_.test_samples.t() * x.flat());
    if (test_count == TestMeasure::loss) return mean_log_loss(m);
    double wrong = 0;  // a row on the plane itself is a guess
    for (const double each : m) wrong += each > 0 ? 0.0 : each < 0 ? 1.0 : 0.5;
    return wrong / static_cast<double>(m.n_elem);
  }
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
  /// The gradient, unless null, is without the penalty.
  double loss(const Blocks& x, const Sample& s, arma::vec* g) const {
    double sum = 0;
    const auto slopes = [&](arma::uword first, arma::vec& p) {
      for (arma::uword k = 0; k < p.n_elem; ++k) {
        const double y = label(s.rows, first + k);
        const LogPull at = log_pull(y * p[k]);
        sum += at.loss;
        p[k] = -y * at.pull;
      }
    };
    row_pass(data_.samples, s.rows, x.flat(), s.scratch, slopes, g);
    return sum / static_cast<double>(s.scratch.a.n_elem) + penalty(x);
  }
  /// p(1-p) of each row; its label does not matter.
  arma::vec curvatures(const Blocks& x) const {
    arma::vec m;
    predictions(data_, {}, x.flat(), m);
    return m.transform([](double t) { return sigmoid(t) * sigmoid(-t); });
  }

  RegressionData data_;
};

}  // namespace KAPPA_FILE

Method logistic_regression() {
  using KAPPA_FILE::LogisticRegression;
  using M = LogisticRegression;
  const auto of = [](const char* law) { return Extra{.when = When{"labels", {law}}}; };
  const auto law = static_cast<LabelLaw M::*>(&M::labels);
  const auto cloud = static_cast<Cloud M::*>(&M::cloud);
  Params<M> params =
      regression_fields<M>({{&M::noise, "noise", "", range(0, 0.5), "probability that a label is flipped"}});
  for (Param<M>& field : params) {
    const auto only = [&](const char* id, std::vector<std::string> laws) {
      if (field.field.id == id) field.field.when = field.extra.when = When{"labels", std::move(laws)};
    };
    only("design", {"logistic"});
    only("spectrum", {"logistic", "overlapping"});
    only("rotate", {"logistic", "overlapping"});
  }
  const Params<M> own = {
      {&M::regularization, "regularization", "λ", from_zero(1e-6, 10), "weight of the penalty λ/2 ‖w‖²"},
      {law, "labels", "", choices({"logistic", "separable", "overlapping"}),
       "drawn from the model 1/(1 + exp(−x·w*)); the sides of a plane that no row comes near; or two Gaussians of the "
       "chosen spectrum at ±μ"},
      {&M::margin, "margin", "m", range(0, 10), "no row has |x·w*| below it, w* of length one; at most 1 on the sphere",
       of("separable")},
      {cloud, "cloud", "", choices({"sphere", "gaussian"}), "rows are uniform on the unit sphere, or N(0, I)",
       of("separable")},
      {&M::separation, "separation", "‖Σ^(−½)μ‖", range(0, 100),
       "the best classifier is wrong with probability Φ(−separation)", of("overlapping")},
      {&M::test_count, "test_measure", "", choices({"loss", "error"}),
       "the test loss is the log loss, or the share of wrong labels"}};
  params.insert(params.end(), own.begin(), own.end());
  return problem<LogisticRegression>(
      {.title = "Logistic regression",
       .idea = "Pull each row to the right side of a plane; the pull fades once it is there.",
       .equation = "f(w) = 1/n Σ log(1 + exp(−yᵢ xᵢ·w)) + λ/2 ‖w‖²,  yᵢ = ±1",
       .cite = {{"Cox", 1958, "The Regression Analysis of Binary Sequences",
                 "Journal of the Royal Statistical Society B 20"}}},
      std::move(params));
}

}  // namespace kappa::problems
