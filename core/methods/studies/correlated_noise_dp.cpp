/// Correlated noise for privacy: what one step adds, the next ones take back, and most of the damage with it.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/linalg/correlated_noise.hpp"
#include "core/linalg/periodogram.hpp"
#include "core/methods/studies/extremes.hpp"
#include "core/random/eigenvalues.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* correlated = "Correlated noise";
constexpr const char* independent = "Independent noise, DP-SGD";
constexpr const char* transfer = "What the loss makes of it";
constexpr double mean_rates[] = {0.1, 0.01};
constexpr const char* rate_words[] = {"0.1", "0.01"};
constexpr const char* mean_labels[] = {"Mean estimation, η = 0.1", "Mean estimation, η = 0.01"};
constexpr arma::uword grid = 41;
constexpr arma::uword segment = 4096;
constexpr std::int64_t coordinates_seen = 20;  // enough to see the noise's power

struct CorrelatedNoiseDp {
  std::int64_t dimension = 20;
  double spectrum_alpha = 2;
  double learning_rate = 0.1;
  double nu = 0.001;
  std::int64_t steps = 40'000;
  std::int64_t floor_dimension = 100;
  double floor_learning_rate = 0.05;

  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const;
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  struct Setting {
    double rate, nu, alpha;  ///< ν = 1: DP-SGD
    std::int64_t steps;
    const char* streams = nullptr;    ///< label under which the loss is shown as it goes
    arma::mat* noise_seen = nullptr;  ///< takes the noise of each step, worked out from the iterates
  };
  double settled_loss(StudyContext& c, const Setting& setting) const;
  void simulate(StudyContext& c, bool is_correlated) const;
  void show_power(StudyContext& c, const char* label, const arma::mat& noise) const;
  void frequencies(StudyContext& c) const;
  void spectra_of_problems(StudyContext& c) const;
  void mean_estimation(StudyContext& c, std::size_t which) const;
  arma::vec eigenvalues(double alpha, std::int64_t d) const {
    return covariance_eigenvalues(SpectrumShape::powerlaw, static_cast<arma::uword>(d), 1, alpha);
  }
};

std::vector<FigureSpec> CorrelatedNoiseDp::figures() const {
  return {{.id = "loss",
           .title = "Loss of a private regression settles on its floor",
           .x_label = "step",
           .y_label = "f(x) − f*, mean over 1/200 of the run",
           .y_scale = Scale::log,
           .names = {"mean_loss"}},
          {.id = "power",
           .title = "Correlated noise is quiet where the loss listens",
           .x_label = "frequency ω",
           .y_label = "power",
           .form = FigureForm::curve,
           .x_scale = Scale::log,
           .y_scale = Scale::log,
           .names = {"power"},
           .runs = {correlated, independent, transfer},
           .note = "the floor is the area under noise times transfer"},
          {.id = "coefficients",
           .title = "Each draw is added once, then taken back in shares",
           .x_label = "steps ago",
           .y_label = "β",
           .form = FigureForm::spectrum,
           .names = {"coefficients"},
           .runs = {correlated},
           .x_names = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}},
          {.id = "memory",
           .title = "How long to remember: the floor is lowest at ν = η",
           .x_label = "ν",
           .y_label = "settled loss",
           .form = FigureForm::curve,
           .x_scale = Scale::log,
           .y_scale = Scale::log,
           .names = {"floor"},
           .runs = {mean_labels[0], mean_labels[1]},
           .note = "at the right end, ν = 1, the noise is independent"},
          {.id = "problems",
           .title = "The faster the eigenvalues fall, the more is saved",
           .x_label = "eigenvalues of the data",
           .y_label = "exact floor",
           .form = FigureForm::curve,
           .y_scale = Scale::log,
           .names = {"regression_floor"},
           .runs = {correlated, independent},
           .x_names = {"1", "1/k", "1/k²"}}};
}

/// Mean loss after the first three tenths of the run, from a start at the solution; NaN where it was cut short.
double CorrelatedNoiseDp::settled_loss(StudyContext& c, const Setting& setting) const {
  const auto problem = c.problem(node(Kind::problem, "finite_sum_quadratic",
                                      {{"dimension", dimension},
                                       {"clients", std::int64_t{1}},
                                       {"curvature", std::string("shared")},
                                       {"spectrum", std::string("powerlaw")},
                                       {"spectrum_alpha", setting.alpha},
                                       {"noise", 0.0}}));
  Node optimizer =
      node(Kind::optimizer, setting.nu < 1 ? "dp_ftrl_correlated" : "dp_sgd",
           {{"learning_rate", setting.rate}, {"clip", false}, {"clip_norm", 1.0}, {"noise_multiplier", 1.0}});
  if (setting.nu < 1) optimizer.params["nu"] = setting.nu;
  const auto total = static_cast<std::uint64_t>(setting.steps), first = total * 3 / 10;
  const std::uint64_t window = std::max<std::uint64_t>(total / 200, 1);
  const arma::vec curvature = eigenvalues(setting.alpha, std::min(dimension, coordinates_seen));
  double sum = 0, count = 0, recent = 0;
  arma::vec before;
  DescentSpec spec{.problem = problem, .optimizer = std::move(optimizer), .steps = total};
  spec.until = [&](std::uint64_t t, const Blocks& x, double loss) {
    if (t > first) sum += loss, ++count;
    recent += loss;
    if (setting.streams != nullptr && t > 0 && t % window == 0) {
      c.series(setting.streams, "mean_loss", t, recent / static_cast<double>(t == window ? window + 1 : window));
      recent = 0;
    }
    if (setting.noise_seen != nullptr) {
      const arma::vec now = x.flat().head(curvature.n_elem);
      if (t > 0) setting.noise_seen->col(t - 1) = (before - now) / setting.rate - curvature % before;
      before = now;
    }
    return false;
  };
  const DescentResult result = c.quietly(spec);
  return result.outcome.how == Ended::steps && count > 0 ? sum / count : arma::datum::nan;
}

void CorrelatedNoiseDp::simulate(StudyContext& c, bool is_correlated) const {
  const char* label = is_correlated ? correlated : independent;
  const NoiseFloor floor(eigenvalues(spectrum_alpha, dimension), learning_rate);
  const double expected = is_correlated ? floor.at(nu) : floor.independent();
  const double end = static_cast<double>(steps);
  if (c.repeat() == 0)
    c.theory(TheoryKind::exact, label, "mean_loss", is_correlated ? "exact floor" : "η/2 Σ 1/(2 − ηλᵢ)", {0, end},
             {expected, expected});
  arma::mat seen;
  if (c.repeat() == 0)
    seen.zeros(static_cast<arma::uword>(std::min(dimension, coordinates_seen)), static_cast<arma::uword>(steps));
  const double settled = settled_loss(
      c, {learning_rate, is_correlated ? nu : 1, spectrum_alpha, steps, label, seen.is_empty() ? nullptr : &seen});
  if (c.stopping()) return;
  c.curve(label, "simulated_over_exact", 0, settled / expected);
  if (!seen.is_empty()) show_power(c, label, seen);
}

/// Averages over tenths of a decade, so that few noisy frequencies do not hide the law.
void CorrelatedNoiseDp::show_power(StudyContext& c, const char* label, const arma::mat& noise) const {
  const arma::vec power = power_spectrum(noise, segment);
  for (arma::uword k = 2; k <= power.n_elem;) {  // the window blurs the lowest frequency with zero
    const arma::uword last = std::max(k + 1, static_cast<arma::uword>(1.25 * static_cast<double>(k)));
    double sum = 0, omega = 0, count = 0;
    for (; k < last && k <= power.n_elem; ++k, ++count) {
      sum += power[k - 1];
      omega += 2 * arma::datum::pi * static_cast<double>(k) / static_cast<double>(segment);
    }
    c.curve(label, "power", omega / count, sum / count);
  }
}

/// The laws that the measured power stands beside, the transfer function, and the coefficients.
void CorrelatedNoiseDp::frequencies(StudyContext& c) const {
  c.spectrum(correlated, "coefficients", 0, noise_coefficients(nu, 10));
  const NoiseFloor floor(eigenvalues(spectrum_alpha, dimension), learning_rate);
  std::vector<double> at, own, one;
  for (const double omega : log_spaced(-4, std::log10(arma::datum::pi), 120)) {
    at.push_back(omega);
    own.push_back(noise_sensitivity(nu) * noise_power(nu, omega));
    one.push_back(1);
    c.curve(transfer, "power", omega, floor.transfer(omega));
  }
  c.theory(TheoryKind::exact, correlated, "power", "γ² |1 − (1−ν)e^(iω)|", at, own);
  c.theory(TheoryKind::exact, independent, "power", "white: 1", at, one);
}

/// Exact floors of a regression whose eigenvalues fall as 1, 1/k, 1/k², with ν = ημ.
void CorrelatedNoiseDp::spectra_of_problems(StudyContext& c) const {
  std::vector<double> places, closed;
  for (int power = 0; power < 3 && !c.stopping(); ++power) {
    const arma::vec lambda = eigenvalues(power, floor_dimension);
    const NoiseFloor floor(lambda, floor_learning_rate);
    const double fades = std::min(1.0, floor_learning_rate * lambda.min());
    c.curve(correlated, "regression_floor", power, floor.at(fades));
    c.curve(independent, "regression_floor", power, floor.at(1));
    c.curve(independent, "over_closed_form", power, floor.at(1) / floor.independent());
    places.push_back(power);
    closed.push_back(floor.independent());
  }
  c.theory(TheoryKind::exact, independent, "regression_floor", "η/2 Σ 1/(2 − ηλᵢ)", places, closed);
}

/// One eigenvalue, λ = 1: the exact floor over ν, its closed optimum, and a few simulated points.
void CorrelatedNoiseDp::mean_estimation(StudyContext& c, std::size_t which) const {
  const double rate = mean_rates[which];
  if (c.repeat() == 0) {
    const NoiseFloor floor(arma::vec{1}, rate);
    const arma::vec nus = log_spaced(std::log10(rate / 100), 0, grid);
    std::vector<double> x(nus.begin(), nus.end()), y;
    for (const double each : x) y.push_back(floor.at(each));
    const double price = noise_sensitivity(rate), least = 0.5 * rate * rate * price * price;
    c.theory(TheoryKind::exact, mean_labels[which], "floor", std::string("exact, η = ") + rate_words[which], x, y);
    c.theory(TheoryKind::exact, mean_labels[which], "floor", std::string("½η²γ⁴, η = ") + rate_words[which],
             {rate / 3, std::min(3 * rate, 1.0)}, {least, least});
    c.vertical(TheoryKind::exact, mean_labels[which], "floor", "ν = η", rate);
    c.curve(mean_labels[which], "over_closed_form", 0, floor.at(1) / floor.independent());
    c.curve(mean_labels[which], "over_closed_form", 1, floor.at(rate) / least);
    const auto lowest = static_cast<std::size_t>(std::min_element(y.begin(), y.end()) - y.begin());
    c.curve(mean_labels[which], "best_over_rate", 0, x[lowest] / rate);
  }
  const auto horizon = static_cast<std::int64_t>(std::min(static_cast<double>(steps), 100 / rate));
  for (const double share : {0.1, 0.3, 1.0, 3.0, 10.0, 1 / rate}) {
    const double here = std::min(share * rate, 1.0);
    const double settled = settled_loss(c, {rate, here, 0, horizon});
    if (c.stopping()) return;
    c.curve(mean_labels[which], "floor", here, settled / static_cast<double>(dimension));
    if (here == 1) return;
  }
}

void CorrelatedNoiseDp::run(StudyContext& c) const {
  if (c.repeat() == 0) frequencies(c);
  c.parallel_for(5, [&](std::size_t i, StudyContext& part) {
    if (i < 2) simulate(part, i == 0);
    if (i == 2 || i == 3) mean_estimation(part, i - 2);
    if (i == 4 && c.repeat() == 0) spectra_of_problems(part);
    part.progress(static_cast<double>(i + 1) / 5);
  });
}

void CorrelatedNoiseDp::judge(const TraceView& trace, Verdicts& v) const {
  const auto ratio = [&](const char* label) {
    const auto all = curve_at(trace, label, "simulated_over_exact", 0);
    return all.size() == trace.repeats() ? mean_of(all) : arma::datum::nan;
  };
  v.within("Simulated with correlated noise, the loss settles at the exact floor",
           "mean loss after 3/10 of the run over the floor, mean over seeds", ratio(correlated), 0.95, 1.05);
  v.within("Simulated with independent noise too, where slow directions scatter more",
           "mean loss after 3/10 of the run over the floor, mean over seeds", ratio(independent), 0.8, 1.2);

  std::vector<double> apart;
  const auto compare = [&](const char* label, double at) {
    apart.push_back(std::abs(mean_of(curve_at(trace, label, "over_closed_form", at)) - 1));
  };
  for (const double power : {0.0, 1.0, 2.0}) compare(independent, power);
  for (const char* label : mean_labels)
    for (const double at : {0.0, 1.0}) compare(label, at);
  v.at_most("The exact floors agree with every closed form there is", "largest relative difference", largest_of(apart),
            1e-3);

  for (std::size_t i = 0; i < 2; ++i) {
    const double next = std::pow(100 / mean_rates[i], 1.0 / (grid - 1));  // neighbours on the grid of ν
    v.within(std::string("A mean is estimated best with ν = η: ") + mean_labels[i], "best ν of 41 over η",
             mean_of(curve_at(trace, mean_labels[i], "best_over_rate", 0)), 1 / next, next);
  }
  const auto saved = [&](double power) {
    return mean_of(curve_at(trace, independent, "regression_floor", power)) /
           mean_of(curve_at(trace, correlated, "regression_floor", power));
  };
  const double flat = saved(0), slow = saved(1), fast = saved(2);
  v.above("Correlation saves more where eigenvalues fall faster: 1 < 1/k < 1/k²",
          "smaller of the two ratios between neighbouring savings", smallest_of({slow / flat, fast / slow}), 1);
  v.above("With eigenvalues 1/k² DP-SGD's floor is far above that of correlated noise", "ratio of the exact floors",
          fast, 40);
}

}  // namespace KAPPA_FILE

Method correlated_noise_dp() {
  using S = KAPPA_FILE::CorrelatedNoiseDp;
  return study<S>(
      {.title = "Correlated noise for privacy",
       .idea = "Private training adds noise to every step. If each draw is partly subtracted again later, the same "
               "privacy costs far less accuracy, because a loss with flat directions sums up slow noise.",
       .equation = "floor = Σ λᵢ/2 η²γ² (1/2π) ∫ |1 − (1−ν)e^{iω}| / |1 − (1−ηλᵢ)e^{iω}|² dω",
       .cite = {{"Choquette-Choo, Dvijotham, Pillutla, Ganesh, Steinke, Thakurta", 2023,
                 "Correlated Noise Provably Beats Independent Noise for Differentially Private Learning",
                 "arXiv:2310.06771"}},
       .question = "Privacy needs noise in every step: must it cost that much accuracy?",
       .look_for =
           "With the same privacy, correlated noise leaves more than ten times less loss than DP-SGD. Its power "
           "falls exactly where the loss would sum it up, at low frequencies.",
       .group = "First order",
       .uses = {"dp_sgd", "dp_ftrl_correlated"}},
      {{&S::dimension, "dimension", "d", count(1, 100, true), "unknowns of the simulated regression"},
       {&S::spectrum_alpha, "spectrum_alpha", "α", range(0, 4), "its eigenvalue k is k^(−α)"},
       {&S::learning_rate, "learning_rate", "η", log_range(1e-3, 1.9), "step size of the simulation"},
       {&S::nu, "nu", "ν", Range{.lo = 1e-9, .hi = 0.999, .log = true, .slider_lo = 1e-6, .slider_hi = 0.999},
        "how fast the correlated noise forgets"},
       {&S::steps, "steps", "T", count(100, 100'000, true), "of the simulation"},
       {&S::floor_dimension, "floor_dimension", "", count(2, 500, true), "unknowns of the exact floors"},
       {&S::floor_learning_rate, "floor_learning_rate", "", log_range(1e-3, 1.9), "step size of the exact floors"}});
}

}  // namespace kappa::studies
