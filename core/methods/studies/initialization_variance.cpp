/// The variance of a layer's weights decides whether a signal survives twenty layers.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/linalg/mlp.hpp"
#include "core/random/logistic_solution.hpp"
#include "core/random/matrices.hpp"
#include "core/random/mlp_data.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* mean_square = "mean_square";
constexpr const char* variance = "variance";
constexpr const char* density = "density";
constexpr const char* one_layer = "Sigmoid layer, 12.8/N";
constexpr const char* output_variance = "output_variance";

/// Weights have the variance v/N.
struct Rule {
  const char* name;
  Activation activation;
  double v;
};

struct InitializationVariance {
  std::int64_t units = 200;
  std::int64_t layers = 20;
  std::int64_t samples = 64;

  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const {
    const std::vector<Rule> all = rules();
    c.parallel_for(all.size() + input_variances().size(), [&](std::size_t i, StudyContext& part) {
      if (i < all.size())
        deep(part, all[i]);
      else
        single(part, input_variances()[i - all.size()]);
    });
    if (!c.stopping() && c.repeat() == 0) theories(c);
  }
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  static std::vector<Rule> rules();
  static std::vector<double> input_variances() { return {0.01, 0.1, 1}; }
  static double predicted(double s2) { return sigmoid_rule() * (s2 / 16 + 0.25); }
  /// 1 / (g'(0)² (1 + g(0)²)) for the sigmoid: 12.8.
  static double sigmoid_rule() { return 1 / (std::pow(0.25, 2) * (1 + std::pow(0.5, 2))); }
  void deep(StudyContext& c, const Rule& rule) const;
  static void single(StudyContext& c, double s2);
  void theories(StudyContext& c) const;
  void histogram(StudyContext& c, const Rule& rule, const arma::mat& a) const;
};

std::vector<Rule> InitializationVariance::rules() {
  return {{"ReLU, He: 2/N", Activation::relu, 2},
          {"ReLU, Xavier: 1/N", Activation::relu, 1},
          {"tanh, Xavier: 1/N", Activation::tanh, 1},
          {"tanh, ¼/N", Activation::tanh, 0.25},
          {"Sigmoid, 12.8/N", Activation::sigmoid, sigmoid_rule()},
          {"Sigmoid, Xavier: 1/N", Activation::sigmoid, 1}};
}

std::vector<FigureSpec> InitializationVariance::figures() const {
  return {{.id = "mean_square",
           .title = "Mean squared activation, layer by layer",
           .x_label = "layer",
           .y_label = "mean square",
           .y_scale = Scale::log,
           .names = {mean_square}},
          {.id = "variance",
           .title = "What is left of the difference between inputs",
           .x_label = "layer",
           .y_label = "variance over inputs",
           .y_scale = Scale::log,
           .names = {variance}},
          {.id = "histogram",
           .title = "Sizes of the last layer's activations",
           .x_label = "log₁₀ |activation|",
           .y_label = "density",
           .form = FigureForm::curve,
           .names = {density}},
          {.id = "one_layer",
           .title = "One sigmoid layer: variance of the next layer's inputs",
           .x_label = "input variance s²",
           .y_label = "variance",
           .form = FigureForm::curve,
           .x_scale = Scale::log,
           .names = {output_variance},
           .runs = {one_layer}}};
}

/// All rules share their draws: only the scale of the weights differs.
void InitializationVariance::deep(StudyContext& c, const Rule& rule) const {
  MlpShape shape;
  shape.widths.assign(static_cast<std::size_t>(layers) + 2, static_cast<arma::uword>(units));
  shape.activation = rule.activation;
  shape.biases = false;
  const arma::mat x =
      normal_matrix(c.rng("inputs"), static_cast<arma::uword>(units), static_cast<arma::uword>(samples));
  MlpPass<double> pass;
  mlp_forward(shape, network_start(c.rng("weights"), shape, std::sqrt(rule.v)), x, pass);
  for (std::size_t l = 0; l + 1 < pass.size(); ++l) {  // the last pass is the linear output, which is not looked at
    const arma::mat& a = pass[l];
    c.series(rule.name, mean_square, l + 1, arma::dot(a, a) / static_cast<double>(a.n_elem));
    c.series(rule.name, variance, l + 1, arma::mean(arma::vectorise(arma::var(a, 1, 1))));
  }
  if (c.repeat() == 0) histogram(c, rule, pass[static_cast<std::size_t>(layers) - 1]);
}

void InitializationVariance::histogram(StudyContext& c, const Rule& rule, const arma::mat& a) const {
  constexpr double from = -14, to = 2;
  constexpr int bins = 80;
  std::vector<double> counts(bins, 0);
  for (const double each : a) {
    const double place = (std::log10(std::abs(each)) - from) / (to - from);
    if (place >= 0 && place < 1) ++counts[static_cast<std::size_t>(place * bins)];
  }
  const double width = (to - from) / bins, total = static_cast<double>(a.n_elem);
  for (int i = 0; i < bins; ++i)
    c.curve(rule.name, density, from + (i + 0.5) * width, counts[static_cast<std::size_t>(i)] / (total * width));
}

/// Sigmoids of N(0, s²) numbers through one layer of weights with variance 12.8/N.
void InitializationVariance::single(StudyContext& c, double s2) {
  constexpr arma::uword units = 2000, outputs = 500, samples = 200;
  const MlpShape layer{{units, outputs}, Activation::sigmoid, false};
  arma::mat a = std::sqrt(s2) * normal_matrix(c.rng("layer inputs"), units, samples);
  a.transform([](double z) { return kappa::sigmoid(z); });
  MlpPass<double> pass;
  const arma::mat& out =
      mlp_forward(layer, network_start(c.rng("layer weights"), layer, std::sqrt(sigmoid_rule())), a, pass);
  c.curve(one_layer, output_variance, s2, arma::var(arma::vectorise(out), 1));
}

void InitializationVariance::theories(StudyContext& c) const {
  for (const Rule& rule : rules()) {
    if (rule.activation != Activation::relu) continue;
    std::vector<double> at, level;
    for (std::int64_t l = 1; l <= layers; ++l) {
      at.push_back(static_cast<double>(l));
      level.push_back(std::pow(rule.v / 2, static_cast<double>(l)));
    }
    c.theory(TheoryKind::guide, rule.name, mean_square, rule.v == 2 ? "1 at every layer" : "2⁻ˡ", at, level);
  }
  std::vector<double> at, level;
  for (int i = 0; i <= 40; ++i) {
    at.push_back(std::pow(10.0, -2 + 2.0 * i / 40));
    level.push_back(predicted(at.back()));
  }
  c.theory(TheoryKind::guide, one_layer, output_variance, "12.8 (s²/16 + ¼)", at, level);
}

void InitializationVariance::judge(const TraceView& trace, Verdicts& v) const {
  const std::vector<Rule> all = rules();
  const auto gains = [&](const Rule& rule) {
    return over_repeats(trace, rule.name, mean_square,
                        [](const TraceView::Series& s) { return s.value.back() / s.value.front(); });
  };
  const auto geometric = [](std::vector<double> values) {
    for (double& each : values) each = std::log(each);
    return std::exp(mean_of(values));
  };
  const auto he = gains(all[0]), xavier = gains(all[1]);
  const double theory = std::pow(0.5, static_cast<double>(layers - 1));
  v.within("ReLU with variance 1/N loses half of the signal in every layer",
           "last over first layer's mean square, over 2^−(layers−1); geometric mean over seeds",
           geometric(xavier) / theory, 0.25, 4);
  v.within("ReLU with variance 2/N keeps it", "last over first layer's mean square, geometric mean over seeds",
           geometric(he), 0.2, 5);
  double gap = he.size() == xavier.size() && !he.empty() ? 0 : arma::datum::nan;
  for (std::size_t i = 0; i < he.size() && i < xavier.size(); ++i)
    gap = std::max(gap, std::abs(xavier[i] / (he[i] * theory) - 1));
  v.at_most("With the same draws the two differ by 2^−(layers−1) exactly", "largest relative difference", gap, 1e-9);
  const auto left = [&](const Rule& rule) {
    return geometric(
        over_repeats(trace, rule.name, variance, [](const TraceView::Series& s) { return s.value.back(); }));
  };
  v.at_least("For sigmoids 12.8/N keeps far more of the inputs' differences than 1/N",
             "variance over inputs at the last layer, over that of 1/N; geometric means", left(all[4]) / left(all[5]),
             1e10);
  double worst = 0;
  for (const double s2 : input_variances())
    worst = std::max(worst, std::abs(mean_of(curve_at(trace, one_layer, output_variance, s2)) / predicted(s2) - 1));
  const bool complete = !curve_at(trace, one_layer, output_variance, 1).empty();
  v.at_most("One sigmoid layer has the predicted variance 12.8 (s²/16 + ¼)",
            "largest relative deviation of the mean over seeds", complete ? worst : arma::datum::nan, 0.12);
}

}  // namespace KAPPA_FILE

Method initialization_variance() {
  using S = KAPPA_FILE::InitializationVariance;
  return study<S>(
      {.title = "How large the first weights have to be",
       .idea = "Each layer multiplies the signal's size by a factor that the weights' variance decides; twenty layers "
               "make a power of it.",
       .equation = "Var(w) = 1 / (N g′(0)² (1 + g(0)²));  ReLU: 2/N,  tanh: 1/N,  sigmoid: 12.8/N",
       .cite = {{"Kumar", 2017, "On weight initialization in deep neural networks", "arXiv:1704.08863"},
                {"He, Zhang, Ren, Sun", 2015, "Delving Deep into Rectifiers", "arXiv:1502.01852"}},
       .question = "Why 2/N for ReLU, 1/N for tanh and 12.8/N for sigmoids?",
       .look_for = "The right rule draws a level line; the wrong one a straight fall over ten decades.",
       .group = "Optimizers"},
      {{&S::units, "units", "N", count(4, 400, true), "units of every layer"},
       {&S::layers, "layers", "", count(2, 40), "layers"},
       {&S::samples, "samples", "", count(2, 256, true), "Gaussian inputs"}});
}

}  // namespace kappa::studies
