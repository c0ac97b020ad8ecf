/// Any schedule under theory's lamp: its multipliers, the bound they give at every step, and the best base rate.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/linalg/last_iterate.hpp"
#include "core/random/eigenvalues.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* shown = "This schedule";
constexpr const char* linear = "Linear decay";

struct ScheduleView {
  ScheduleSlot schedule{.initial = {Kind::schedule, "wsd", {}}, .model = nullptr};
  std::int64_t steps = 400;

  std::vector<FigureSpec> figures() const {
    return {{.id = "multiplier", .title = "Multiplier sₜ", .x_label = "step", .y_label = "sₜ", .names = {"multiplier"}},
            {.id = "bound",
             .title = "Bound Ωₜ at the best base rate",
             .x_label = "step",
             .y_label = "Ωₜ",
             .y_scale = Scale::log,
             .names = {"bound"},
             .note = "for gradients of length one from distance one"},
            {.id = "base_rate",
             .title = "Bound at the end against the base rate",
             .x_label = "base rate γ",
             .y_label = "Ω_T √T",
             .form = FigureForm::curve,
             .x_scale = Scale::log,
             .y_scale = Scale::log,
             .names = {"bound_by_base"},
             .note = "the bottom of each U is Ω*√T at γ*"},
            {.id = "horizon",
             .title = "Best bound against the length of the run",
             .x_label = "T",
             .y_label = "Ω* √T",
             .form = FigureForm::curve,
             .x_scale = Scale::log,
             .names = {"optimum_by_horizon"},
             .note = "a constant rate pays a logarithm; a cool-down does not"}};
  }

  void run(StudyContext& c) const {
    const auto n = static_cast<arma::uword>(steps);
    emit(c, shown, taken(*schedule.model, n));
    emit(c, linear, taken(*make_schedule(node(Kind::schedule, "linear_decay")), n));
    by_horizon(c, shown, *schedule.model);
    const std::pair<const char*, const char*> others[] = {
        {linear, "linear_decay"}, {"Cosine", "cosine"}, {"WSD", "wsd"}, {"Constant", "constant"}};
    for (const auto& [label, id] : others) by_horizon(c, label, *make_schedule(node(Kind::schedule, id)));
  }
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  static arma::vec taken(const ScheduleModel& model, arma::uword n) {
    arma::vec s(n);
    for (arma::uword t = 0; t < n; ++t) s[t] = model.multiplier(t, n);
    return s;
  }
  void emit(StudyContext& c, const char* label, const arma::vec& s) const;
  void by_horizon(StudyContext& c, const char* label, const ScheduleModel& model) const;
};

void ScheduleView::emit(StudyContext& c, const char* label, const arma::vec& s) const {
  for (arma::uword t = 0; t < s.n_elem; ++t) c.series(label, "multiplier", t, s[t]);
  const BaseRate base = base_rate(s);
  const double root = std::sqrt(static_cast<double>(s.n_elem)), best = base.best();
  if (!std::isfinite(best) || best <= 0) return;  // a schedule that never moves has no base rate
  c.series(label, "best_base_rate", 0, best);
  c.series(label, "optimal_bound", 0, base.optimum() * root);
  std::vector<double> at;
  for (const double factor : log_spaced(-1, 1, 81)) {
    at.push_back(factor * best);
    c.curve(label, "bound_by_base", at.back(), base.at(at.back()) * root);
  }
  if (c.repeat() == 0)
    c.theory(TheoryKind::guide, label, "bound_by_base", "Ω*√T = 2√(abT)", {at.front(), at.back()},
             {base.optimum() * root, base.optimum() * root});
  const arma::uword every = std::max<arma::uword>(1, s.n_elem / 400);
  arma::uvec times = arma::regspace<arma::uvec>(1, every, s.n_elem);
  if (times.back() != s.n_elem) times = arma::join_cols(times, arma::uvec{s.n_elem});
  const arma::vec squares(s.n_elem, arma::fill::ones);
  for (const arma::uword t : times) {
    if (c.stopping()) return;
    const double omega = last_iterate_curve(best * s, squares, 1, arma::uvec{t}).front();
    if (std::isfinite(omega)) c.series(label, "bound", t - 1, omega);
  }
}

void ScheduleView::by_horizon(StudyContext& c, const char* label, const ScheduleModel& model) const {
  for (const arma::uword factor : {1, 2, 4, 8, 16, 32, 64}) {
    const arma::uword n = std::max<arma::uword>(1, static_cast<arma::uword>(steps) * factor / 16);
    if (n < 10 || c.stopping()) continue;
    const double optimum = base_rate(taken(model, n)).optimum() * std::sqrt(static_cast<double>(n));
    if (std::isfinite(optimum)) c.curve(label, "optimum_by_horizon", static_cast<double>(n), optimum);
  }
}

void ScheduleView::judge(const TraceView& trace, Verdicts& v) const {
  double least = arma::datum::nan;
  double finite = 0;
  if (const auto s = trace.series(shown, 0, "multiplier"); s && !s->value.empty()) {
    least = *std::min_element(s->value.begin(), s->value.end());
    finite = static_cast<double>(
        std::count_if(s->value.begin(), s->value.end(), [](double each) { return std::isfinite(each); }));
  }
  v.at_least("No multiplier is negative", "smallest multiplier", least, 0);
  v.within("There is one multiplier for every step of the run", "finite multipliers", finite,
           static_cast<double>(steps), static_cast<double>(steps));
  const auto optimum = [&](const char* label) {
    const auto found = trace.series(label, 0, "optimal_bound");
    return found && !found->value.empty() ? found->value.back() : arma::datum::nan;
  };
  v.at_least("Linear decay's best bound is no larger than this schedule's", "Ω* of this schedule over linear decay's",
             optimum(shown) / optimum(linear), 1);
}

}  // namespace KAPPA_FILE

Method schedule_view() {
  using S = KAPPA_FILE::ScheduleView;
  return study<S>(
      {.title = "What theory sees in a schedule",
       .idea = "Every schedule has a bound for the last iterate, a best base rate, and a price for missing it.",
       .equation = "Ω(γ) = a/γ + γb,  γ* = √(a/b),  Ω* = 2√(ab);  a = 1/(2A₁),  b = ½ Σ_{k<T} sₖ²/Aₖ₊₁ + ½ s_T,  "
                   "Aₖ = Σ_{t≥k} sₜ",
       .cite = {{"Schaipp, Hägele, Taylor, Simsekli, Bach", 2025,
                 "The Surprising Agreement Between Convex Optimization Theory and Learning-Rate Scheduling",
                 "arXiv:2501.18965"},
                {"Defazio, Cutkosky, Mehta, Mishchenko", 2023,
                 "Optimal Linear Decay Learning Rate Schedules and Further Refinements", "arXiv:2310.07831"}},
       .question = "How good is a schedule of your choice in the worst case, and which base rate suits it?",
       .look_for = "Whether Ωₜ still falls at the end, how deep its U is beside linear decay's, and whether Ω*√T grows "
                   "with T.",
       .group = "Schedules"},
      {{&S::schedule, "schedule", "s", Slot{Kind::schedule},
        "the schedule that is looked at; its peak does not matter"},
       {&S::steps, "steps", "T", count(30, 100'000, true), "length of the run"}});
}

}  // namespace kappa::studies
