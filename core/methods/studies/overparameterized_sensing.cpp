/// Over-parameterised sensing: spare columns slow gradient descent to 1/t, unbalanced factors cure it at a speed that
/// their start sets, and one rebalancing step frees them from it.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/trace/number.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* plain_runs = "Gradient descent on FGᵀ";
constexpr const char* rebalanced_runs = "Rebalanced once";
constexpr double arrived = 1e-11, exact_arrived = 1e-13;

struct OverparameterizedSensing {
  std::int64_t dimension = 50;
  std::int64_t true_rank = 3;
  std::int64_t rank = 5;
  double condition_number = 1.5;
  double learning_rate = 0.1;
  std::int64_t symmetric_steps = 6000;
  std::int64_t asymmetric_steps = 8000;
  std::vector<double> init_scales = {0.1, 0.15, 0.2, 0.3, 0.5};

  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const;
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  enum class Form : std::uint8_t { symmetric, plain, rebalanced };
  struct Part {
    Form form;
    std::string label;
    std::int64_t columns = 0;
    double alpha = 0;
  };
  /// What is left of a run of two factors: where its straight end begins, and how steep it is.
  struct End {
    double alpha = 0, begin = 0, last = 0, error = 0, rate = arma::datum::nan;
  };
  static std::string symmetric_label(std::int64_t columns) { return "k = " + std::to_string(columns); }
  static std::string label(double alpha, Form form) {
    std::string text = "α = ";
    append_number(text, alpha);
    return form == Form::rebalanced ? text + ", rebalanced" : text;
  }
  std::vector<double> alphas() const {
    std::vector<double> sorted = init_scales;
    std::sort(sorted.begin(), sorted.end());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    return sorted;
  }
  std::vector<Part> parts() const;
  Node problem_of(const Part& part) const;
  End one(StudyContext& c, const Part& part) const;
  void draw(StudyContext& c, const std::vector<End>& ends) const;
  bool has_spare() const { return rank > std::min(true_rank, dimension); }
  double spare() const { return static_cast<double>(rank - std::min(true_rank, dimension)); }
  double truth_size() const {
    const std::int64_t r = std::min(true_rank, dimension);
    double squares = 0;
    for (std::int64_t i = 0; i < r; ++i)
      squares +=
          std::pow(r > 1 ? 1 + (1 / condition_number - 1) * static_cast<double>(i) / static_cast<double>(r - 1) : 1, 2);
    return std::sqrt(squares);
  }
  double law(double t) const { return std::sqrt(spare()) / (2 * learning_rate * t) / truth_size(); }
};

std::vector<FigureSpec> OverparameterizedSensing::figures() const {
  std::vector<std::string> symmetric, plain, rebalanced, both;
  for (const Part& part : parts()) {
    (part.form == Form::symmetric ? symmetric : part.form == Form::plain ? plain : rebalanced).push_back(part.label);
    if (part.form != Form::symmetric) both.push_back(part.label);
  }
  return {{.id = "symmetric",
           .title = "One factor XXᵀ: spare columns leave 1/t",
           .x_label = "step",
           .y_label = "relative error",
           .x_scale = Scale::log,
           .y_scale = Scale::log,
           .names = {"relative_error"},
           .runs = symmetric},
          {.id = "asymmetric",
           .title = "Two factors FGᵀ: exponential, by the start's size α",
           .x_label = "step",
           .y_label = "relative error",
           .y_scale = Scale::log,
           .names = {"relative_error"},
           .runs = plain,
           .note = "c is fitted to the smallest α of the first seed"},
          {.id = "rebalanced",
           .title = "Rebalanced once: as fast from every α",
           .x_label = "step",
           .y_label = "relative error",
           .y_scale = Scale::log,
           .names = {"relative_error"},
           .runs = rebalanced},
          {.id = "rate",
           .title = "Speed of the last part",
           .x_label = "size of the start α",
           .y_label = "fall of ln(error) per step",
           .form = FigureForm::curve,
           .x_scale = Scale::log,
           .y_scale = Scale::log,
           .names = {"rate"}},
          {.id = "imbalance",
           .title = "Imbalance ‖FᵀF − GᵀG‖: constant, until rebalanced",
           .x_label = "step",
           .y_scale = Scale::log,
           .names = {"imbalance"},
           .runs = both},
          {.id = "imbalance_eigenvalues",
           .title = "Eigenvalues of FᵀF − GᵀG",
           .x_label = "index",
           .form = FigureForm::spectrum,
           .names = {"imbalance_eigenvalues"},
           .runs = plain}};
}

std::vector<OverparameterizedSensing::Part> OverparameterizedSensing::parts() const {
  std::vector<Part> list = {{Form::symmetric, symmetric_label(rank), rank, 0}};
  if (has_spare()) {
    const std::int64_t exact = std::min(true_rank, dimension);
    list.push_back({Form::symmetric, symmetric_label(exact), exact, 0});
  }
  for (const Form form : {Form::plain, Form::rebalanced})
    for (const double alpha : alphas()) list.push_back({form, label(alpha, form), rank, alpha});
  return list;
}

Node OverparameterizedSensing::problem_of(const Part& part) const {
  if (part.form == Form::symmetric)
    return node(Kind::problem, "matrix_sensing",
                {{"dimension", dimension},
                 {"true_rank", true_rank},
                 {"rank", part.columns},
                 {"condition_number", condition_number},
                 {"init_scale", 0.1 * std::sqrt(static_cast<double>(dimension))}});
  return node(Kind::problem, "asymmetric_sensing",
              {{"dimension", dimension},
               {"dimension2", dimension},
               {"true_rank", true_rank},
               {"rank", part.columns},
               {"condition_number", condition_number},
               {"init_scale", part.alpha}});
}

/// With all of M seen the loss tells the error, at every step and for nothing.
OverparameterizedSensing::End OverparameterizedSensing::one(StudyContext& c, const Part& part) const {
  const bool symmetric = part.form == Form::symmetric;
  const char* method = part.form == Form::rebalanced ? "one_step_rebalance" : "gradient_descent";
  const double goal = !symmetric ? arrived : has_spare() && part.columns == rank ? 0 : exact_arrived;
  std::vector<double> errors;
  DescentSpec spec{.problem = c.problem(problem_of(part)),
                   .optimizer = node(Kind::optimizer, method, {{"learning_rate", learning_rate}}),
                   .steps = static_cast<std::uint64_t>(symmetric ? symmetric_steps : asymmetric_steps),
                   .probes = {node(Kind::probe, "relative_error", {{"every", std::int64_t{10}}})},
                   .loss_every = 50};
  if (!symmetric) spec.probes.push_back(node(Kind::probe, "imbalance", {{"every", std::int64_t{50}}}));
  spec.until = [&](std::uint64_t, const Blocks&, double loss) {
    errors.push_back(std::sqrt((symmetric ? 4 : 2) * loss) / truth_size());
    return part.form != Form::plain && errors.back() < goal;  // side by side to the last step, so that medians compare
  };
  const DescentResult result = c.descent(part.label, spec);
  if (part.form == Form::plain)
    errors.erase(std::find_if(errors.begin(), errors.end(), [](double e) { return e < arrived; }), errors.end());
  if (c.stopping() || errors.size() < 6 || result.outcome.how == Ended::diverged) return {};
  const auto steps = static_cast<double>(errors.size() - 1);
  const bool reached = result.outcome.how == Ended::reached;
  if (symmetric && goal > 0 && reached) c.curve(part.label, "steps", static_cast<double>(part.columns), steps);
  if (part.form == Form::rebalanced && reached) c.curve(rebalanced_runs, "steps", part.alpha, steps);
  const double begin = std::floor(0.6 * steps), there = errors[static_cast<std::size_t>(begin)];
  End end{part.alpha, begin, steps, there, std::log(there / errors.back()) / (steps - begin)};
  if (part.form == Form::plain) c.curve(plain_runs, "rate", part.alpha, end.rate);
  return end;
}

void OverparameterizedSensing::run(StudyContext& c) const {
  const std::vector<Part> all = parts();
  std::vector<End> ends(all.size());
  c.parallel_for(all.size(), [&](std::size_t i, StudyContext& part) {
    ends[i] = one(part, all[i]);
    part.progress(static_cast<double>(i + 1) / static_cast<double>(all.size()));
  });
  if (c.stopping() || c.repeat() != 0) return;
  std::vector<End> plain;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].form == Form::plain && std::isfinite(ends[i].rate)) plain.push_back(ends[i]);
  draw(c, plain);
}

void OverparameterizedSensing::draw(StudyContext& c, const std::vector<End>& ends) const {
  if (has_spare()) {
    std::vector<double> t, y;
    for (double s = 10; s <= static_cast<double>(symmetric_steps); s *= 1.1) {
      t.push_back(s);
      y.push_back(law(s));
    }
    c.theory(TheoryKind::guide, symmetric_label(rank), "relative_error", "√(k−r*) / (2ηt‖M‖)", t, y);
  }
  if (ends.empty()) return;
  const double speed = ends.front().rate / std::pow(ends.front().alpha, 2);
  std::vector<double> alpha, rate;
  for (const End& end : ends) {
    alpha.push_back(end.alpha);
    rate.push_back(speed * end.alpha * end.alpha);
    std::vector<double> t, y;
    for (double s = 0.25 * end.last; s <= end.last; s += end.last / 100) {
      t.push_back(s);
      y.push_back(end.error * std::exp(-rate.back() * (s - end.begin)));
    }
    c.theory(TheoryKind::guide, label(end.alpha, Form::plain), "relative_error", "exp(−cα²t)", t, y);
  }
  c.theory(TheoryKind::guide, plain_runs, "rate", "c α²", alpha, rate);
}

void OverparameterizedSensing::judge(const TraceView& trace, Verdicts& v) const {
  const std::string spare_run = symmetric_label(rank), exact_run = symmetric_label(std::min(true_rank, dimension));
  const auto last = static_cast<std::uint64_t>(symmetric_steps);
  const auto slope = [&](const TraceView::Series& s) {
    std::vector<double> x, y;
    for (std::size_t i = 0; i < s.step.size(); ++i)
      if (s.step[i] >= last / 4 && s.step[i] < last && s.step[i] > 0) {
        x.push_back(std::log(static_cast<double>(s.step[i])));
        y.push_back(std::log(s.value[i]));
      }
    return slope_of(x, y);
  };
  const auto over_theory = [&](const TraceView::Series& s) {
    return s.step.back() == last ? s.value.back() / law(static_cast<double>(last)) : arma::datum::nan;
  };
  const char* slowed = "With spare columns the error of one factor falls like 1/t";
  if (has_spare()) {
    v.within(slowed, "slope of ln(error) against ln(t) over the last three quarters, mean over seeds",
             mean_of(over_repeats(trace, spare_run, "relative_error", slope)), -1.1, -0.9);
    v.within("… and as √(k−r*)/(2ηt) says", "error over theory at the last step, mean over seeds",
             mean_of(over_repeats(trace, spare_run, "relative_error", over_theory)), 0.9, 1.1);
  } else {
    v.unknown(slowed, "slope of ln(error) against ln(t)", "there are no spare columns: rank is at most true_rank");
  }
  const auto all = static_cast<std::size_t>(trace.repeats());
  const auto most = [](const std::vector<double>& x, std::size_t expected) {
    return x.size() == expected && expected > 0 ? *std::max_element(x.begin(), x.end()) : arma::datum::inf;
  };
  v.below("With exactly as many columns as the truth it is exponential: 10⁻¹³ in less than 600 steps",
          "most steps over seeds",
          most(curve_at(trace, exact_run, "steps", static_cast<double>(std::min(true_rank, dimension))), all), 600);
  std::vector<double> x, y, steps;
  for (const double alpha : alphas()) {
    x.push_back(std::log(alpha));
    y.push_back(std::log(mean_of(curve_at(trace, plain_runs, "rate", alpha))));
    const auto here = curve_at(trace, rebalanced_runs, "steps", alpha);
    steps.insert(steps.end(), here.begin(), here.end());
  }
  v.within("Two unbalanced factors converge at a rate that grows like α²", "slope of ln(mean rate) against ln(α)",
           slope_of(x, y), 1.8, 2.2);
  const double slowest = most(steps, all * alphas().size());
  const double fastest = steps.empty() ? 0 : *std::min_element(steps.begin(), steps.end());
  v.below("Rebalanced once, the start's size no longer matters", "most steps to 10⁻¹¹ over fewest, all α and seeds",
          slowest / fastest, 1.3);
  v.below("… and 10⁻¹¹ takes less than 1000 steps from every α", "most steps over α and seeds", slowest, 1000);
  const auto left = over_repeats(trace, label(alphas().front(), Form::plain), "relative_error",
                                 [](const TraceView::Series& s) { return s.value.back(); });
  v.above("Without it the smallest α is not there at the last step", "smallest relative error at the end, over seeds",
          left.empty() ? arma::datum::nan : *std::min_element(left.begin(), left.end()), arrived);
}

}  // namespace KAPPA_FILE

Method overparameterized_sensing() {
  using S = KAPPA_FILE::OverparameterizedSensing;
  return study<S>(
      {.title = "Too many columns, and the one-step fix",
       .idea = "More columns than the truth's rank turn gradient descent's exponential convergence into 1/t; two "
               "unbalanced factors bring it back.",
       .equation = "‖XXᵀ − M‖ ≈ √(k−r*)/(2ηt);  ‖FGᵀ − M‖ ~ exp(−cα²t);  once: F ← γU, G ← GVΣ/γ, F = UΣVᵀ",
       .cite = {{"Xiong, Ding, Du", 2023, "How Over-Parameterization Slows Down Gradient Descent in Matrix Sensing",
                 "arXiv:2310.01769"}},
       .question =
           "What does it cost to give a factorisation more columns than the matrix has rank, and can it be undone?",
       .look_for =
           "The first picture: the exact factor dives, the wide one crawls along the 1/t line. Two factors dive "
           "again, the slower the smaller their start; after one rebalancing step all starts are equally fast.",
       .group = "Low rank",
       .uses = {"gradient_descent", "one_step_rebalance"}},
      {{&S::dimension, "dimension", "n", count(2, 200, true), "rows and columns of M"},
       {&S::true_rank, "true_rank", "r*", count(1, 20), "rank of M"},
       {&S::rank, "rank", "k", count(1, 40), "columns of the wide factors"},
       {&S::condition_number, "condition_number", "κ", log_range(1, 100), "largest over smallest eigenvalue of M"},
       {&S::learning_rate, "learning_rate", "η", from_zero(1e-3, 0.5), "step size"},
       {&S::symmetric_steps, "symmetric_steps", "", count(100, 100'000, true), "steps on one factor"},
       {&S::asymmetric_steps, "asymmetric_steps", "", count(100, 100'000, true), "most steps on two factors, to 10⁻¹¹"},
       {&S::init_scales, "init_scales", "α", Many{log_range_of(1e-3, 1), 2, 8},
        "sizes of the start: F = α N/√n, G a third of that"}});
}

}  // namespace kappa::studies
