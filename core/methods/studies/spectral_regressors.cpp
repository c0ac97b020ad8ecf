/// Spectral-filter regressors: three norms for the bias of a linear estimator, three shapes of shrinkage, and no winner
/// everywhere.
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

constexpr const char* excess_risk = "excess_risk";
constexpr const char* over_ridge = "risk_over_ridge";
constexpr const char* shrinkage = "shrinkage";
constexpr const char* validation = "validation_error";
constexpr const char* rival_variance = "rival_variance";

struct Estimator {
  const char* name;
  SpectralFilter filter;
};
constexpr Estimator least_squares{"Least squares", SpectralFilter::least_squares};
constexpr Estimator ridge{"Ridge", SpectralFilter::ridge};
constexpr Estimator nuclear{"Nuclear", SpectralFilter::nuclear};
constexpr Estimator spectral{"Spectral", SpectralFilter::spectral};
constexpr Estimator tuned[] = {ridge, nuclear, spectral};

enum Case : std::uint8_t { top, low, all, isotropic };
constexpr Case cases[] = {top, low, all, isotropic};

struct SpectralRegressors {
  std::int64_t samples = 60;
  std::int64_t features = 30;
  double spectrum_alpha = 1.5;
  double noise = 0.3;
  double isotropic_noise = 2;
  std::int64_t top_count = 4;
  std::int64_t low_count = 10;
  std::int64_t folds = 5;
  std::int64_t grid = 60;
  std::int64_t rivals = 20'000;

  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const {
    compare(c);
    if (!c.stopping()) challenge(c);
  }
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  arma::uword d() const { return static_cast<arma::uword>(features); }
  arma::vec strengths(SpectralFilter filter) const {
    const auto count = static_cast<arma::uword>(grid);
    if (filter == SpectralFilter::ridge) return log_spaced(-3, 5, count);
    return filter == SpectralFilter::nuclear ? log_spaced(-6, 2, count) : lin_spaced(0, 1, count);
  }
  double deviation(Case one) const { return one == isotropic ? isotropic_noise : noise; }
  arma::vec covariance(Case one) const {
    return one == isotropic ? arma::vec(d(), arma::fill::ones)
                            : covariance_eigenvalues(SpectrumShape::powerlaw, d(), 1, spectrum_alpha);
  }
  arma::vec truth(StudyContext& c, Case one) const;
  void compare(StudyContext& c) const;
  void draw_shrinkage(StudyContext& c, const Estimator& one, const SpectralFit& fit, const arma::vec& y,
                      double strength) const;
  void challenge(StudyContext& c) const;
};

std::vector<FigureSpec> SpectralRegressors::figures() const {
  const std::vector<std::string> names = {"top", "low", "all", "equal"};
  const std::string where = "where the signal lies: top " + std::to_string(top_count) + " directions, lowest " +
                            std::to_string(low_count) + ", all, or all of equal weight";
  return {{.id = "relative",
           .title = "Excess risk over ridge's: below 1 beats ridge",
           .x_label = where,
           .y_label = "risk / risk of ridge",
           .form = FigureForm::curve,
           .y_scale = Scale::log,
           .names = {over_ridge},
           .x_names = names},
          {.id = "risk",
           .title = "Excess risk after cross-validation",
           .x_label = where,
           .y_label = "Σ λⱼ (β̂ⱼ − βⱼ)²",
           .form = FigureForm::curve,
           .y_scale = Scale::log,
           .names = {excess_risk},
           .x_names = names},
          {.id = "shrinkage",
           .title = "What each estimator keeps of a direction",
           .x_label = "singular value s of X",
           .y_label = "f(s) s",
           .form = FigureForm::curve,
           .x_scale = Scale::log,
           .names = {shrinkage},
           .note = "at the cross-validated strength, signal in all directions; points read off the estimate",
           .scatter = true},
          {.id = "validation",
           .title = "Cross-validation error along each family",
           .x_label = "mean bias 1 − f(s)s over the directions",
           .y_label = "error / n",
           .form = FigureForm::curve,
           .names = {validation},
           .note = "signal in all directions, first seed"},
          {.id = "optimality",
           .title = "No rival with as little bias has less variance",
           .x_label = "distance of the rivals, in lengths of the bias",
           .y_label = "least variance of a rival / the filter's",
           .form = FigureForm::curve,
           .x_scale = Scale::log,
           .names = {rival_variance}}};
}

arma::vec SpectralRegressors::truth(StudyContext& c, Case one) const {
  const arma::vec drawn = normal_vector(c.rng("truth", one), d());
  arma::vec beta(d(), arma::fill::zeros);
  const arma::uword first = std::min(d(), static_cast<arma::uword>(top_count)),
                    last = std::min(d(), static_cast<arma::uword>(low_count));
  if (one == top)
    beta.head(first) = 2 * drawn.head(first);
  else if (one == low)
    beta.tail(last) = drawn.tail(last);
  else
    beta = drawn;
  return beta;
}

void SpectralRegressors::draw_shrinkage(StudyContext& c, const Estimator& one, const SpectralFit& fit,
                                        const arma::vec& y, double strength) const {
  const arma::vec s = fit.singular_values();
  const arma::vec kept = fit.right().t() * fit.coefficients(y, one.filter, strength), along = fit.left().t() * y;
  for (arma::uword i = s.n_elem; i-- > 0;) c.curve(one.name, shrinkage, s[i], kept[i] / along[i] * s[i]);
  std::vector<double> x, shape;
  for (const double at : log_spaced(std::log10(s.min()), std::log10(s.max()), 120)) {
    x.push_back(at);
    shape.push_back(filter_value(one.filter, at, strength) * at);
  }
  const char* formula = one.filter == SpectralFilter::ridge      ? "s²/(s² + λ)"
                        : one.filter == SpectralFilter::nuclear  ? "min(1, λs²)"
                        : one.filter == SpectralFilter::spectral ? "1 − C"
                                                                 : "1";
  c.theory(TheoryKind::exact, one.name, shrinkage, formula, x, shape);
}

/// The same X and noise in every case but the last, which only rescales them.
void SpectralRegressors::compare(StudyContext& c) const {
  const auto n = static_cast<arma::uword>(samples);
  if (c.repeat() == 0 && samples > features + 1) {
    std::vector<double> at, expected;
    for (const Case one : cases) {
      at.push_back(one);
      expected.push_back(deviation(one) * deviation(one) * static_cast<double>(features) /
                         static_cast<double>(samples - features - 1));
    }
    c.theory(TheoryKind::exact, least_squares.name, excess_risk, "mean: σ² d/(n − d − 1)", at, expected);
  }
  if (c.repeat() == 0) c.theory(TheoryKind::guide, least_squares.name, over_ridge, "as good as ridge", {0, 3}, {1, 1});
  for (const Case one : cases) {
    if (c.stopping()) return;
    const Design design = gaussian_design(c.rng("design"), n, covariance(one));
    const arma::mat& x = design.x;
    const arma::vec beta = truth(c, one), y = x * beta + deviation(one) * normal_vector(c.rng("noise"), n);
    const SpectralFit fit(x);
    const SpectralFolds validated(x, static_cast<arma::uword>(folds));
    const auto risk = [&](const Estimator& e, double strength) {
      return design.quadratic(fit.coefficients(y, e.filter, strength) - beta);
    };
    const bool shown = one == all && c.repeat() == 0;
    const double plain = risk(least_squares, 0);
    c.curve(least_squares.name, excess_risk, one, plain);
    if (shown) draw_shrinkage(c, least_squares, fit, y, 0);
    double of_ridge = 0;
    for (const Estimator& each : tuned) {
      const arma::vec grid_points = strengths(each.filter), errors = validated.errors(y, each.filter, grid_points);
      const double strength = grid_points[errors.index_min()], r = risk(each, strength);
      c.curve(each.name, excess_risk, one, r);
      if (each.filter == SpectralFilter::ridge)
        of_ridge = r;
      else
        c.curve(each.name, over_ridge, one, r / of_ridge);
      if (!shown) continue;
      draw_shrinkage(c, each, fit, y, strength);
      const bool falls = each.filter == SpectralFilter::nuclear;  // its bias, as λ grows
      for (arma::uword i = 0; i < grid_points.n_elem; ++i) {
        const arma::uword k = falls ? grid_points.n_elem - 1 - i : i;
        c.curve(each.name, validation, arma::mean(fit.bias(each.filter, grid_points[k])),
                errors[k] / static_cast<double>(samples));
      }
    }
    c.curve(least_squares.name, over_ridge, one, plain / of_ridge);
    c.progress(0.1 * (1 + one));
  }
}

/// ‖b‖ in the norm that the filter is optimal for.
double bias_norm(SpectralFilter filter, const arma::vec& b) {
  if (filter == SpectralFilter::ridge) return arma::norm(b);
  return filter == SpectralFilter::nuclear ? arma::accu(arma::abs(b)) : arma::abs(b).max();
}

/// Random bias values around each filter's own, brought back into the ball of its norm.
void SpectralRegressors::challenge(StudyContext& c) const {
  const SpectralFit fit(gaussian_design(c.rng("design"), static_cast<arma::uword>(samples), covariance(all)).x);
  const arma::vec s = fit.singular_values();
  const double middle = std::pow(arma::median(s), 2);
  constexpr double distances[] = {1e-3, 1e-2, 0.1, 0.3, 1};
  const std::size_t each = std::max<std::size_t>(1, static_cast<std::size_t>(rivals) / std::size(distances));
  for (const Estimator& one : tuned) {
    const double strength = one.filter == SpectralFilter::ridge     ? middle
                            : one.filter == SpectralFilter::nuclear ? 1 / middle
                                                                    : 0.5;
    const arma::vec b = fit.bias(one.filter, strength);
    const double ball = bias_norm(one.filter, b), own = arma::accu(arma::square((1 - b) / s));
    const double entry = ball / std::max(bias_norm(one.filter, arma::vec(s.n_elem, arma::fill::ones)), 1e-300);
    Rng rng = c.rng("rivals", static_cast<std::uint64_t>(one.filter));
    arma::vec rival(s.n_elem);
    for (const double distance : distances) {
      double least = arma::datum::inf;
      for (std::size_t k = 0; k < each; ++k) {
        if (k % 1000 == 0 && c.stopping()) return;
        rng.fill_normal({rival.memptr(), rival.n_elem});
        rival = b + distance * entry * rival;
        const double length = bias_norm(one.filter, rival);
        if (length > ball) rival *= ball / length;
        least = std::min(least, arma::accu(arma::square((1 - rival) / s)));
      }
      c.curve(one.name, rival_variance, distance, least / own);
    }
    if (c.repeat() == 0)
      c.theory(TheoryKind::bound, one.name, rival_variance, "the filter itself", {distances[0], 1}, {1, 1});
  }
}

void SpectralRegressors::judge(const TraceView& trace, Verdicts& v) const {
  const auto risks = [&](const Estimator& e, Case one) { return curve_at(trace, e.name, excess_risk, one); };
  const auto wins = [&](const Estimator& e, Case one) {
    const auto mine = risks(e, one), other = risks(ridge, one);
    if (mine.empty() || mine.size() != other.size()) return arma::datum::nan;
    double won = 0;
    for (std::size_t i = 0; i < mine.size(); ++i) won += mine[i] < other[i] ? 1 : 0;
    return won / static_cast<double>(mine.size());
  };
  v.above("The nuclear filter beats ridge when the signal lies in the top directions", "share of seeds",
          wins(nuclear, top), 0.70);
  v.above("The spectral filter beats ridge when the signal lies in the low directions", "share of seeds",
          wins(spectral, low), 0.65);
  const auto behind = [&](Case one) {
    const double best =
        std::min({mean_of(risks(least_squares, one)), mean_of(risks(nuclear, one)), mean_of(risks(spectral, one))});
    return mean_of(risks(ridge, one)) / best;
  };
  v.below("Ridge has the lowest risk when the signal lies in all directions",
          "mean excess risk over the lowest of the others", behind(all), 1);
  v.below("Ridge has the lowest risk when all directions are alike", "mean excess risk over the lowest of the others",
          behind(isotropic), 1);
  double least = arma::datum::nan;
  for (const Estimator& one : tuned)
    for (std::uint32_t repeat = 0; repeat < trace.repeats(); ++repeat) {
      const auto found = trace.curve(one.name, repeat, rival_variance);
      for (std::size_t i = 0; found && i < found->y.size(); ++i)
        least = std::isnan(least) ? found->y[i] : std::min(least, found->y[i]);
    }
  v.at_least("No filter with a bias of the same norm has less variance",
             "least variance of a random rival over the filter's", least, 1 - 1e-9);
}

}  // namespace KAPPA_FILE

Method spectral_regressors() {
  using S = KAPPA_FILE::SpectralRegressors;
  return study<S>(
      {.title = "Spectral-filter regressors",
       .idea =
           "Which linear estimator has the least variance depends on the norm in which its bias is counted; each norm "
           "makes its own shrinkage.",
       .equation = "β̂ = V diag(f(s)) Uᵀy,  ridge f = s/(s²+λ),  nuclear f = min(1/s, λs),  spectral f = (1−C)/s",
       .cite = {{"Segert", 2023, "Flat Minima in Linear Estimation and an Extended Gauss Markov Theorem",
                 "arXiv:2311.11093"}},
       .question = "Is ridge regression always the right way to shrink?",
       .look_for = "Below the line at 1 an estimator beats ridge: the nuclear one where the signal lies in strong "
                   "directions, the spectral one where it lies in weak ones, neither where it lies everywhere.",
       .group = "Low rank"},
      {{&S::samples, "samples", "n", count(10, 1000, true), "rows of X"},
       {&S::features, "features", "d", count(2, 200, true), "columns of X"},
       {&S::spectrum_alpha, "spectrum_alpha", "α", range(0, 6), "eigenvalue j of the inputs' covariance is j^(−α)"},
       {&S::noise, "noise", "σ", from_zero(1e-2, 10), "deviation of the noise in y"},
       {&S::isotropic_noise, "isotropic_noise", "σ", from_zero(1e-2, 10), "the same where all directions are alike"},
       {&S::top_count, "top_count", "", count(1, 200), "directions of the signal on top; entries 2 N(0, 1)"},
       {&S::low_count, "low_count", "", count(1, 200), "directions of the low signal; entries N(0, 1)"},
       {&S::folds, "folds", "", count(2, 10), "of the cross-validation: row i is left out in fold i mod this"},
       {&S::grid, "grid", "", count(2, 400, true),
        "strengths tried: λ from 10⁻³ to 10⁵ (ridge), 10⁻⁶ to 10² (nuclear), C from 0 to 1 (spectral)"},
       {&S::rivals, "rivals", "", count(10, 1'000'000, true), "random filters that challenge each of the three"}});
}

}  // namespace kappa::studies
