/// Model collapse: a regression refitted again and again on its predecessor's labels drifts away at a known rate.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/linalg/spectral_filter.hpp"
#include "core/random/designs.hpp"
#include "core/random/eigenvalues.hpp"
#include "core/random/matrices.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* error = "error";
constexpr const char* ridge_error = "ridge_error";
constexpr const char* by_strength = "error_by_lambda";
constexpr const char* many = "Many samples";
constexpr const char* few_clean = "Few samples, no noise";
constexpr const char* few = "Few samples";
constexpr const char* plain = "Least squares";
constexpr const char* tiny = "Ridge, λ = 10⁻⁴";
constexpr const char* first_best = "Ridge, λ tuned at generation 1";
constexpr const char* always_best = "Ridge, λ tuned for each generation";

enum class Inputs { isotropic, powerlaw };

struct ModelCollapse {
  std::int64_t features = 100;
  std::int64_t samples = 300;
  std::int64_t few_samples = 50;
  double noise_variance = 0.25;
  std::int64_t generations = 10;
  bool fresh_inputs = true;
  Inputs spectrum = Inputs::isotropic;
  double spectrum_alpha = 2;
  double ridge_noise_variance = 1;
  std::int64_t ridge_repeats = 20;

  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const {
    if (c.repeat() == 0) predict(c);
    const bool ridge = static_cast<std::int64_t>(c.repeat()) < ridge_repeats;
    c.parallel_for(ridge ? 3 : 2, [&](std::size_t i, StudyContext& part) {
      if (i == 0) refit(part, samples, {{many, noise_variance}});
      if (i == 1) refit(part, few_samples, {{few_clean, 0}, {few, noise_variance}});
      if (i == 2) regularise(part);
    });
  }
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  struct Line {
    const char* label;
    double variance;
  };
  arma::vec eigenvalues() const {
    const auto d = static_cast<arma::uword>(features);
    return covariance_eigenvalues(spectrum == Inputs::powerlaw ? SpectrumShape::powerlaw : SpectrumShape::isotropic, d,
                                  1, spectrum_alpha);
  }
  static arma::vec truth(StudyContext& c, arma::uword d) { return unit_vector(c.rng("truth"), d); }
  SpectralFit inputs(StudyContext& c, std::int64_t count, std::int64_t generation, arma::mat& x) const {
    const auto which = static_cast<std::uint64_t>(fresh_inputs ? generation : 1);
    x = gaussian_design(c.rng("inputs", static_cast<std::uint64_t>(count), which), static_cast<arma::uword>(count),
                        eigenvalues())
            .x;
    return SpectralFit(x);
  }
  arma::vec noise(StudyContext& c, std::int64_t count, std::int64_t generation) const {
    return normal_vector(c.rng("noise", static_cast<std::uint64_t>(count), static_cast<std::uint64_t>(generation)),
                         static_cast<arma::uword>(count));
  }
  std::vector<double> expected(std::int64_t count, double variance) const;
  std::string formula(std::int64_t count, double variance) const;
  void predict(StudyContext& c) const;
  void refit(StudyContext& c, std::int64_t count, const std::vector<Line>& lines) const;
  void regularise(StudyContext& c) const;
  std::string shown(std::int64_t generation) const { return "Generation " + std::to_string(generation); }
  std::vector<std::int64_t> shown_generations() const {
    std::vector<std::int64_t> list = {1, (generations + 1) / 2, generations};
    list.erase(std::unique(list.begin(), list.end()), list.end());
    return list;
  }
  static arma::vec strengths() { return log_spaced(-4, 1, 21); }
};

std::vector<FigureSpec> ModelCollapse::figures() const {
  const std::string d = std::to_string(features), t = std::to_string(samples), f = std::to_string(few_samples);
  return {{.id = "error",
           .title = "Error of models trained on their predecessor's labels",
           .x_label = "generation",
           .y_label = "‖wₖ − w₀‖²",
           .form = FigureForm::curve,
           .names = {error},
           .note = "d = " + d + " unknowns, many: T = " + t + ", few: T = " + f + "; dashed: mean, from theory"},
          {.id = "ridge",
           .title = "Stronger shrinkage slows the drift",
           .x_label = "generation",
           .y_label = "‖wₖ − w₀‖²",
           .form = FigureForm::curve,
           .y_scale = Scale::log,
           .names = {ridge_error},
           .note = "T = " + t + " and noisier labels; at 1 the model that says nothing is as good"},
          {.id = "lambda",
           .title = "The best λ grows with the generation",
           .x_label = "λ, the same in all generations",
           .y_label = "‖wₖ − w₀‖²",
           .form = FigureForm::curve,
           .x_scale = Scale::log,
           .y_scale = Scale::log,
           .names = {by_strength}}};
}

/// Mean error after generations 0, 1, ...; nothing where none is known, or where it is infinite.
std::vector<double> ModelCollapse::expected(std::int64_t count, double variance) const {
  const double d = static_cast<double>(features), t = static_cast<double>(count);
  const bool over = count > features + 1, under = count < features - 1 && spectrum == Inputs::isotropic;
  if (!over && !under) return {};
  const double kept = t / d, once = variance * t / (d - t - 1), spread = arma::accu(1 / eigenvalues());
  std::vector<double> mean;
  for (std::int64_t k = 0; k <= generations; ++k) {
    const auto g = static_cast<double>(k);
    if (over)
      mean.push_back(g * variance * spread / (t - d - 1));
    else if (fresh_inputs)
      mean.push_back((1 - std::pow(kept, g)) * (1 + once / (1 - kept)));
    else  // all models lie in the span of the same rows: one loss, then noise on noise
      mean.push_back(k == 0 ? 0 : 1 - kept + g * once);
  }
  return mean;
}

std::string ModelCollapse::formula(std::int64_t count, double variance) const {
  if (count > features + 1) return spectrum == Inputs::powerlaw ? "k σ² tr Σ⁻¹/(T−d−1)" : "k σ² d/(T−d−1)";
  const std::string lost = fresh_inputs ? "1 − (T/d)ᵏ" : "1 − T/d";
  return variance > 0 ? lost + ", and noise" : lost;
}

void ModelCollapse::predict(StudyContext& c) const {
  std::vector<double> at;
  for (std::int64_t k = 0; k <= generations; ++k) at.push_back(static_cast<double>(k));
  const auto draw = [&](const char* run, const char* curve, std::int64_t count, double variance) {
    std::vector<double> x = at, mean = expected(count, variance);
    if (mean.empty()) return;
    if (std::string_view(curve) == ridge_error) x.erase(x.begin()), mean.erase(mean.begin());  // no zero on a log axis
    c.theory(TheoryKind::exact, run, curve, formula(count, variance), x, mean);
  };
  draw(many, error, samples, noise_variance);
  draw(few_clean, error, few_samples, 0);
  draw(few, error, few_samples, noise_variance);
  draw(plain, ridge_error, samples, ridge_noise_variance);
  if (const auto mean = expected(samples, noise_variance); mean.size() > 1)
    c.theory(TheoryKind::guide, many, error, "generation 1: clean labels", {0, at.back()}, {mean[1], mean[1]});
  c.theory(TheoryKind::guide, always_best, ridge_error, "w = 0", {1, std::max(2.0, at.back())}, {1, 1});
}

void ModelCollapse::refit(StudyContext& c, std::int64_t count, const std::vector<Line>& lines) const {
  const arma::vec w0 = truth(c, static_cast<arma::uword>(features));
  std::vector<arma::vec> w(lines.size(), w0);
  for (const Line& line : lines) c.curve(line.label, error, 0, 0);
  arma::mat x;
  for (std::int64_t k = 1; k <= generations && !c.stopping(); ++k) {
    const SpectralFit fit = inputs(c, count, k, x);
    const arma::vec e = noise(c, count, k);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      w[i] = fit.coefficients(arma::vec(x * w[i] + std::sqrt(lines[i].variance) * e), SpectralFilter::least_squares, 0);
      c.curve(lines[i].label, error, static_cast<double>(k), arma::accu(arma::square(w[i] - w0)));
    }
    c.progress(static_cast<double>(k) / static_cast<double>(generations));
  }
}

/// Every λ keeps its own line of models; all see the same inputs and noise.
void ModelCollapse::regularise(StudyContext& c) const {
  const arma::vec w0 = truth(c, static_cast<arma::uword>(features)), grid = strengths();
  const double t = static_cast<double>(samples);
  arma::vec w = w0, errors(grid.n_elem);
  std::vector<arma::vec> models(grid.n_elem, w0);
  const std::vector<std::int64_t> drawn = shown_generations();
  arma::uword fixed = 0;
  arma::mat x;
  for (std::int64_t k = 1; k <= generations && !c.stopping(); ++k) {
    const SpectralFit fit = inputs(c, samples, k, x);
    const arma::vec e = std::sqrt(ridge_noise_variance) * noise(c, samples, k);
    w = fit.coefficients(arma::vec(x * w + e), SpectralFilter::least_squares, 0);
    for (arma::uword i = 0; i < grid.n_elem; ++i) {
      models[i] = fit.coefficients(arma::vec(x * models[i] + e), SpectralFilter::ridge, t * grid[i]);
      errors[i] = arma::accu(arma::square(models[i] - w0));
    }
    if (k == 1) fixed = errors.index_min();
    const auto at = static_cast<double>(k);
    c.curve(plain, ridge_error, at, arma::accu(arma::square(w - w0)));
    c.curve(tiny, ridge_error, at, errors[0]);
    c.curve(first_best, ridge_error, at, errors[fixed]);
    c.curve(always_best, ridge_error, at, errors.min());
    if (std::find(drawn.begin(), drawn.end(), k) != drawn.end())
      for (arma::uword i = 0; i < grid.n_elem; ++i) c.curve(shown(k), by_strength, grid[i], errors[i]);
  }
}

void ModelCollapse::judge(const TraceView& trace, Verdicts& v) const {
  const auto follows = [&](const char* claim, const char* label, std::int64_t count, double variance) {
    const char* how = "largest relative gap of the mean over seeds, all generations";
    const std::vector<double> mean = expected(count, variance);
    if (mean.empty() || mean.back() == 0)
      return v.unknown(claim, how, mean.empty() ? "no finite mean is known for these settings" : "there is no error");
    double gap = 0;
    for (std::int64_t k = 1; k <= generations; ++k) {
      const double found = mean_of(curve_at(trace, label, error, static_cast<double>(k)));
      const double one = std::abs(found / mean[static_cast<std::size_t>(k)] - 1);
      gap = std::isnan(one) || one > gap ? one : gap;
      if (std::isnan(gap)) break;
    }
    v.at_most(claim, how, gap, 0.15);
  };
  follows("With more samples than unknowns the error grows by the same amount in each generation", many, samples,
          noise_variance);
  follows("With fewer samples the truth is forgotten exponentially, even without noise", few_clean, few_samples, 0);
  follows("With fewer samples and noise both add up", few, few_samples, noise_variance);
  const arma::vec grid = strengths();
  const auto means = [&](std::int64_t generation) {
    arma::vec all(grid.n_elem);
    for (arma::uword i = 0; i < grid.n_elem; ++i)
      all[i] = mean_of(curve_at(trace, shown(generation), by_strength, grid[i]));
    return all;
  };
  const std::vector<std::int64_t> drawn = shown_generations();
  const arma::vec first = means(drawn.front()), middle = means(drawn[drawn.size() / 2]), last = means(drawn.back());
  const bool complete = !first.has_nan() && !middle.has_nan() && !last.has_nan();
  v.at_least("A larger λ keeps the error down", "final mean error with λ = 10⁻⁴ over that with the best λ",
             complete ? last[0] / last.min() : arma::datum::nan, 3);
  const std::string how =
      "best λ of generation " + std::to_string(drawn[drawn.size() / 2]) + " over that of generation 1";
  if (drawn.size() < 2) return v.unknown("Later generations need a larger λ", how, "there is one generation only");
  v.above("Later generations need a larger λ", how,
          complete ? grid[middle.index_min()] / grid[first.index_min()] : arma::datum::nan, 1);
}

}  // namespace KAPPA_FILE

Method model_collapse() {
  using S = KAPPA_FILE::ModelCollapse;
  return study<S>(
      {.title = "Model collapse",
       .idea = "Fit a regression, label new inputs with it, fit the next one to those labels: what was noise becomes "
               "truth.",
       .equation = "y = X wₖ + σε,  wₖ₊₁ = X⁺y;  E‖wₖ − w₀‖² = k σ² d/(T−d−1) for T > d+1, and 1 − (T/d)ᵏ + … for "
                   "T < d−1",
       .cite = {{"Dohmatob, Feng, Kempe", 2024, "Model Collapse Demystified: The Case of Regression",
                 "arXiv:2402.07712"}},
       .question = "What happens to models that learn from models?",
       .look_for = "With many samples the error climbs along a straight line, one step per generation; with few it "
                   "jumps to total loss. A λ that grows with the generation holds it back.",
       .group = "Regression"},
      {{&S::features, "features", "d", count(2, 400, true), "unknowns"},
       {&S::samples, "samples", "T", count(2, 2000, true), "fresh samples per generation, many"},
       {&S::few_samples, "few_samples", "T", count(2, 2000, true), "fresh samples per generation, few"},
       {&S::noise_variance, "noise_variance", "σ²", from_zero(1e-3, 10), "variance of the noise in each label"},
       {&S::generations, "generations", "", count(1, 100, true), "models in a line"},
       {&S::fresh_inputs, "fresh_inputs", "", Flag{},
        "new inputs in every generation; else all see the same X, and only the first one forgets"},
       {&S::spectrum, "spectrum", "", choices({"isotropic", "powerlaw"}), "covariance of the inputs"},
       {&S::spectrum_alpha,
        "spectrum_alpha",
        "α",
        range(0, 6),
        "eigenvalue i is i^(−α)",
        {.when = When{"spectrum", {"powerlaw"}}}},
       {&S::ridge_noise_variance, "ridge_noise_variance", "σ²", from_zero(1e-3, 10),
        "variance of the noise where ridge is compared; at 0.05 a tuned λ gains a tenth at most"},
       {&S::ridge_repeats, "ridge_repeats", "", count(1, 100), "only the first so many repeats compare ridge"}});
}

}  // namespace kappa::studies
