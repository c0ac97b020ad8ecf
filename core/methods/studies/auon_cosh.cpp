/// AuON and its cosh: how near one the factor lies, how near SGD the method stays, and what its hybrid adds.
#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/linalg/newton_schulz.hpp"
#include "core/linalg/spectrum.hpp"
#include "core/methods/studies/extremes.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* normal_run = "AuON, normal gradients";
constexpr const char* single_run = "AuON, one entry alone";
constexpr const char* auon_run = "AuON";
constexpr const char* sgd_run = "SGD, Nesterov momentum";
constexpr const char* muon_run = "Muon";
constexpr const char* hybrid_run = "Hybrid AuON";
constexpr const char* ill_run = "Hybrid AuON, ill-conditioned";
constexpr double memory = 0.95, nan_value = std::numeric_limits<double>::quiet_NaN();

struct Size {
  std::int64_t rows, columns;
  double entries() const { return static_cast<double>(rows * columns); }
};
constexpr Size sizes[] = {{2, 2}, {4, 4}, {8, 8}, {16, 8}, {32, 16}, {64, 32}, {64, 64}};

struct AuonCosh {
  double gamma = 1.5;
  std::int64_t rows = 20;
  std::int64_t columns = 30;
  std::int64_t samples = 60;
  std::int64_t steps = 200;
  std::vector<double> learning_rates = {.005, .01, .02, .05, .1};

  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const {
    factors(c);
    c.progress(0.2);
    recondition(c);
    c.progress(0.4);
    race(c);
  }
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  double q(double entries) const { return gamma * gamma / entries; }
  double largest_factor(double entries) const { return std::sqrt(1 + std::pow(std::sinh(gamma), 2) / entries); }
  void factors(StudyContext& c) const;
  void recondition(StudyContext& c) const;
  void race(StudyContext& c) const;
};

std::vector<FigureSpec> AuonCosh::figures() const {
  return {{.id = "factor",
           .title = "What the cosh adds to one: r − 1",
           .x_label = "entries mn of the layer",
           .y_label = "r − 1",
           .form = FigureForm::curve,
           .x_scale = Scale::log,
           .y_scale = Scale::log,
           .names = {"factor_excess"},
           .note = "AuON divides the momentum by r. On any layer of realistic size r is one to several digits."},
          {.id = "loss",
           .title = "Loss above its minimum: AuON lies on SGD",
           .x_label = "step",
           .y_label = "f − f*",
           .y_scale = Scale::log,
           .names = {"suboptimality"},
           .runs = {sgd_run, auon_run, muon_run, hybrid_run},
           .note = "AuON and SGD at the same step size 1/L; Muon and the hybrid at their best of the grid."},
          {.id = "gap",
           .title = "Distance of AuON's weights from SGD's",
           .x_label = "step",
           .y_label = "‖W_AuON − W_SGD‖ / ‖W_SGD‖",
           .y_scale = Scale::log,
           .names = {"gap_to_sgd"}},
          {.id = "spectrum",
           .title = "Singular values of the hybrid's update, over the largest",
           .x_label = "index",
           .form = FigureForm::spectrum,
           .y_scale = Scale::log,
           .names = {"update_singular_values"},
           .runs = {ill_run},
           .note = "By Newton–Schulz steps: 0 is plain AuON. The hybrid's gain is those steps', not the cosh's."},
          {.id = "condition_number",
           .title = "Condition number of the hybrid's update",
           .x_label = "Newton–Schulz steps",
           .y_scale = Scale::log,
           .names = {"condition_number"},
           .runs = {ill_run}}};
}

/// One step from the origin at rate one is the update itself; without momentum SGD's is the gradient.
void AuonCosh::factors(StudyContext& c) const {
  c.parallel_for(std::size(sizes), [&](std::size_t i, StudyContext& part) {
    const Size& size = sizes[i];
    for (const bool alone : {false, true}) {
      const auto problem = part.problem(node(Kind::problem, "gradient_stream",
                                             {{"rows", size.rows},
                                              {"columns", size.columns},
                                              {"row_imbalance", 0.0},
                                              {"noise", 1e3},  // so that the 1e-7 beside the norm is nothing
                                              {"nonzero", std::int64_t{alone ? 1 : 0}}}));
      const auto length = [&](const char* id, std::map<std::string, Value, std::less<>> more) {
        more["learning_rate"] = 1.0;
        more["momentum"] = 0.0;
        return arma::norm(
            part.quietly({.problem = problem, .optimizer = node(Kind::optimizer, id, std::move(more)), .steps = 1})
                .x.flat());
      };
      const double factor = length("nesterov", {}) / length("auon", {{"gamma", gamma}}) - 1e-8;
      part.curve(alone ? single_run : normal_run, "factor_excess", size.entries(), factor - 1);
    }
  });
  if (c.repeat() != 0) return;
  std::vector<double> at, first, second, low, high;
  for (double entries = 4; entries <= 4100; entries *= std::sqrt(2.0)) {
    const double small = q(entries);
    at.push_back(entries);
    first.push_back(std::sqrt(1 + small) - 1);
    second.push_back(std::sqrt(1 + small + small * small) - 1);
    low.push_back(std::cosh(std::sqrt(small)) - 1);
    high.push_back(largest_factor(entries) - 1);
  }
  c.theory(TheoryKind::guide, normal_run, "factor_excess", "√(1 + q) − 1, q = γ²/(mn)", at, first);
  c.theory(TheoryKind::guide, normal_run, "factor_excess", "√(1 + q + q²) − 1", at, second);
  c.theory(TheoryKind::bound, normal_run, "factor_excess", "lower bound cosh(γ/√(mn)) − 1", at, low);
  c.theory(TheoryKind::bound, single_run, "factor_excess", "upper bound √(1 + sinh²γ/(mn)) − 1", at, high);
}

/// The ill-conditioned matrix on which Newton–Schulz steps are judged.
void AuonCosh::recondition(StudyContext& c) const {
  const auto problem = c.problem(node(Kind::problem, "gradient_stream",
                                      {{"rows", std::int64_t{40}},
                                       {"columns", std::int64_t{40}},
                                       {"signal", 1.0},
                                       {"decades", 2.0},
                                       {"noise", 0.0},
                                       {"row_imbalance", 0.0}}));
  double before = nan_value, predicted = nan_value;
  for (const std::int64_t k : {0, 1, 3, 5}) {
    const Node stepped =
        node(Kind::optimizer, "hybrid_auon",
             {{"learning_rate", 1.0}, {"momentum", 0.0}, {"gamma", gamma}, {"newton_schulz_steps", k}});
    const Blocks x = c.quietly({.problem = problem, .optimizer = stepped, .steps = 1}).x;
    const arma::vec s = singular_values(x.block(0));
    const double condition = s.front() / s.back();
    c.spectrum(ill_run, "update_singular_values", static_cast<std::uint64_t>(k), s / s.front());
    c.series(ill_run, "condition_number", static_cast<std::uint64_t>(k), condition);
    if (k == 0) {
      before = condition;
      double largest = 0;
      for (const double each : s) largest = std::max(largest, newton_schulz_map(each / arma::norm(s), 1));
      predicted = newton_schulz_coefficients(NewtonSchulz::quintic, 0)[0] * s.front() / arma::norm(s) / largest;
    }
    if (k == 1) {
      c.series(ill_run, "one_step_factor", 1, before / condition);
      c.series(ill_run, "predicted_factor", 1, predicted);
    }
  }
}

void AuonCosh::race(StudyContext& c) const {
  const auto problem = c.problem(node(Kind::problem, "matrix_least_squares",
                                      {{"rows", rows},
                                       {"columns", columns},
                                       {"samples", samples},
                                       {"spectrum", std::string("isotropic")},
                                       {"truth_scale", 0.0},
                                       {"noise", 1.0}}));
  const double rate = 1 / problem->facts().smoothness.value_or(1);
  const auto count = static_cast<std::uint64_t>(steps);
  const std::vector<Node> probes = {node(Kind::probe, "suboptimality")};
  const auto beside = [&](StudyContext& part, const char* label, Node optimizer) {
    DescentSpec spec{.problem = problem, .optimizer = std::move(optimizer), .steps = count, .loss_every = count};
    const auto at_rate = [&](double peak) {
      spec.optimizer.params["learning_rate"] =
          std::make_shared<const Node>(node(Kind::schedule, "linear_decay", {{"peak", peak}}));
    };
    double best = arma::datum::inf, best_rate = learning_rates.front();
    for (const double peak : learning_rates) {
      at_rate(peak);
      const double loss = part.quietly(spec).loss.back();
      if (part.stopping()) return;
      if (loss < best) best = loss, best_rate = peak;
    }
    at_rate(best_rate);
    spec.loss_every = 1;
    spec.probes = probes;
    part.descent(label, spec);
  };
  c.parallel_for(3, [&](std::size_t i, StudyContext& part) {
    if (i == 1) return beside(part, muon_run, node(Kind::optimizer, "muon"));
    if (i == 2) return beside(part, hybrid_run, node(Kind::optimizer, "hybrid_auon", {{"gamma", gamma}}));
    // U = (1−β)(g + βb) in the sum's terms, so SGD's rate is (1−β) times as large for the same steps.
    std::vector<arma::vec> path;
    part.descent(sgd_run, {.problem = problem,
                           .optimizer = node(Kind::optimizer, "nesterov",
                                             {{"momentum", memory}, {"learning_rate", rate * (1 - memory)}}),
                           .steps = count,
                           .probes = probes,
                           .until = [&](std::uint64_t, const Blocks& x, double) {
                             path.push_back(x.flat());
                             return false;
                           }});
    part.descent(
        auon_run,
        {.problem = problem,
         .optimizer = node(Kind::optimizer, "auon", {{"momentum", memory}, {"learning_rate", rate}, {"gamma", gamma}}),
         .steps = count,
         .probes = probes,
         .until = [&](std::uint64_t t, const Blocks& x, double) {
           if (t > 0 && t < path.size())
             part.series(auon_run, "gap_to_sgd", t, arma::norm(x.flat() - path[t]) / arma::norm(path[t]));
           return false;
         }});
  });
  if (c.repeat() != 0) return;
  const double level = q(static_cast<double>(rows * columns)) / 2, last = static_cast<double>(steps);
  c.theory(TheoryKind::guide, auon_run, "gap_to_sgd", "γ²/(2mn): how much smaller each step is", {1, last},
           {level, level});
}

void AuonCosh::judge(const TraceView& trace, Verdicts& v) const {
  const auto off = [&](const Size& size) {
    return std::abs(1 + mean_of(curve_at(trace, normal_run, "factor_excess", size.entries())) -
                    std::sqrt(1 + q(size.entries())));
  };
  v.below("On 8 × 8 normal gradients the factor r is √(1 + γ²/(mn))", "|mean r − √(1 + q)|", off(sizes[2]), 2e-3);
  v.below("On 32 × 16 normal gradients likewise, a hundred times closer", "|mean r − √(1 + q)|", off(sizes[4]), 2e-5);
  std::vector<double> over_bound, from_bound;
  for (const Size& size : sizes)
    for (const char* run : {normal_run, single_run}) {
      std::vector<double> all = curve_at(trace, run, "factor_excess", size.entries());
      all.resize(trace.repeats(), nan_value);
      for (const double excess : all) {
        over_bound.push_back((1 + excess) / largest_factor(size.entries()));
        if (run == single_run) from_bound.push_back(std::abs(over_bound.back() - 1));
      }
    }
  v.at_most("r never exceeds √(1 + sinh²γ/(mn))", "largest r over its bound, over sizes and seeds",
            largest_of(over_bound), 1 + 1e-9);
  v.at_most("A gradient with a single entry attains that bound", "largest relative distance from it",
            largest_of(from_bound), 1e-6);
  const auto last = [](const TraceView::Series& s) { return s.value.back(); };
  v.below("AuON is SGD with Nesterov momentum, to within a thousandth", "‖W_AuON − W_SGD‖ / ‖W_SGD‖, mean over seeds",
          mean_of(over_repeats(trace, auon_run, "gap_to_sgd", last)), 1e-3);
  const std::vector<double> factor = over_repeats(trace, ill_run, "one_step_factor", last),
                            predicted = over_repeats(trace, ill_run, "predicted_factor", last);
  v.within("Only the hybrid reconditions: one Newton–Schulz step divides the condition number by 1.2 to 3.4445",
           "factor, mean over seeds", mean_of(factor), 1.2, 3.4445);
  std::vector<double> off_prediction;
  for (std::size_t i = 0; i < trace.repeats(); ++i)
    off_prediction.push_back(i < factor.size() && i < predicted.size() ? std::abs(factor[i] / predicted[i] - 1)
                                                                       : nan_value);
  v.at_most("That factor is a s₁ / max p(sᵢ), sᵢ = σᵢ/‖U‖, p(s) = as + bs³ + cs⁵",
            "largest relative distance over seeds", largest_of(off_prediction), 1e-6);
}

}  // namespace KAPPA_FILE

Method auon_cosh() {
  using S = KAPPA_FILE::AuonCosh;
  return study<S>(
      {.title = "AuON: a factor next to one",
       .idea =
           "AuON scales the momentum by a cosh in place of making it orthogonal. Measured, the factor is 1 + γ²/(2mn) "
           "and the method is SGD with Nesterov momentum; only its hybrid, which takes Newton–Schulz steps first, "
           "changes the spectrum.",
       .equation = "r = √mean cosh²(γU/‖U‖),  cosh(γ/√(mn)) ≤ r ≤ √(1 + sinh²γ/(mn)),  W ← W − ηU/r",
       .cite = {{"Maity", 2025, "AuON: A Linear-time Alternative to Semi-Orthogonal Momentum Updates",
                 "arXiv:2509.24320"}},
       .question = "Can a cosh of the entries stand in for orthogonalisation?",
       .look_for =
           "r − 1 falls as one over the number of entries, AuON's loss covers SGD's line, and the spectrum moves "
           "only with the hybrid's Newton–Schulz steps.",
       .group = "Optimizers",
       .uses = {"auon", "hybrid_auon", "nesterov", "muon"}},
      {{&S::gamma, "gamma", "γ", range(0.1, 5), "size of the normalised momentum inside the cosh"},
       {&S::rows, "rows", "m", count(2, 200, true), "rows of the layer that is fitted"},
       {&S::columns, "columns", "n", count(2, 200, true), "columns of that layer"},
       {&S::samples, "samples", "N", count(2, 2000, true), "inputs"},
       {&S::steps, "steps", "T", count(10, 5000, true), "steps of each run"},
       {&S::learning_rates, "learning_rates", "η", Many{log_range_of(1e-5, 10), 1, 12},
        "grid for Muon and the hybrid"}});
}

}  // namespace kappa::studies
