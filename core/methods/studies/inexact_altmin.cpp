/// Inexact alternating minimization: how roughly each least-squares problem may be solved when a table is completed.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* exact = "Exact solves";
constexpr const char* noisy = "Noisy solves";
constexpr const char* warm = "1 CG step, warm";
constexpr const char* cold = "2 CG steps, cold";
constexpr const char* imputed = "Soft-impute";
constexpr const char* error_of = "relative_error";
constexpr const char* over_work = "error_over_work";
constexpr const char* final_error = "final_error";
constexpr std::uint64_t rough_sweeps = 40;  ///< when a rough solver is judged, and the longest run of the grid

struct InexactAltmin {
  std::int64_t dimension = 80;
  std::int64_t true_rank = 3;
  double condition_number = 2;
  double observed = 0.3;
  std::int64_t sweeps = 60;
  double noise = 0.2;
  double shrinkage = 0.02;
  std::vector<double> observed_grid = {0.1, 0.15, 0.2, 0.25, 0.3, 0.4};

  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const;
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  struct Solver {
    const char* name;
    Node optimizer;
    std::int64_t cg_steps = 0;  ///< 0: a direct solve
  };
  std::vector<Solver> solvers() const;
  std::shared_ptr<const ProblemModel> table(StudyContext& c, double p) const {
    return c.problem(node(Kind::problem, "matrix_completion",
                          {{"dimension", dimension},
                           {"dimension2", dimension},
                           {"true_rank", true_rank},
                           {"rank", true_rank},
                           {"condition_number", condition_number},
                           {"observed", p},
                           {"start", std::string("spectral")}}));
  }
  static double error(const ProblemModel& problem, const Blocks& x) {
    const arma::mat& truth = problem.facts().truth_matrix;
    return arma::norm(problem.estimate(x) - truth, "fro") / arma::norm(truth, "fro");
  }
  double work(const Solver& solver, double seen) const;
  void race(StudyContext& c, const Solver& solver) const;
  void grid(StudyContext& c, const Solver& solver, double p) const;
};

std::vector<FigureSpec> InexactAltmin::figures() const {
  return {{.id = "error",
           .title = "Error, sweep by sweep",
           .x_label = "sweep",
           .y_label = "‖UVᵀ − M‖ / ‖M‖",
           .y_scale = Scale::log,
           .names = {error_of}},
          {.id = "grid",
           .title = "Error after 40 sweeps, by how much is seen",
           .x_label = "share of entries seen p",
           .y_label = "‖UVᵀ − M‖ / ‖M‖",
           .form = FigureForm::curve,
           .y_scale = Scale::log,
           .names = {final_error}},
          {.id = "work",
           .title = "Error by work",
           .x_label = "multiplications in the solves",
           .y_label = "‖UVᵀ − M‖ / ‖M‖",
           .form = FigureForm::curve,
           .x_scale = Scale::log,
           .y_scale = Scale::log,
           .names = {over_work}}};
}

std::vector<InexactAltmin::Solver> InexactAltmin::solvers() const {
  const auto altmin = [](std::map<std::string, Value, std::less<>> more) {
    return node(Kind::optimizer, "alternating_minimization", std::move(more));
  };
  const std::string rough = "conjugate_gradient";
  return {{exact, altmin({})},
          {noisy, altmin({{"solver", std::string("noisy")}, {"noise", noise}})},
          {warm, altmin({{"solver", rough}, {"cg_steps", std::int64_t{1}}}), 1},
          {cold, altmin({{"solver", rough}, {"cg_steps", std::int64_t{2}}, {"warm_start", false}}), 2},
          {imputed, node(Kind::optimizer, "soft_impute", {{"shrinkage", shrinkage}})}};
}

/// Multiplications of one solve, half a sweep: it looks at every entry seen; a direct one forms and factors the Gram
/// matrix of every row, a rough one applies it once to begin with and once in each step.
double InexactAltmin::work(const Solver& solver, double seen) const {
  const auto k = static_cast<double>(true_rank), rows = static_cast<double>(dimension);
  if (solver.cg_steps > 0) return seen * 2 * k * (1 + static_cast<double>(solver.cg_steps));
  return seen * (k * (k + 1) / 2 + k) + rows * k * k * k / 3;
}

void InexactAltmin::race(StudyContext& c, const Solver& solver) const {
  const auto problem = table(c, observed);
  const bool factors = solver.name != imputed;
  // As many entries as are expected, so that seeds compare.
  const double each = work(solver, observed * std::pow(static_cast<double>(dimension), 2));
  std::vector<double> errors, spent;
  DescentSpec spec{.problem = problem,
                   .optimizer = solver.optimizer,
                   .steps = static_cast<std::uint64_t>(sweeps),
                   .probes = {node(Kind::probe, error_of)}};
  if (factors)
    spec.until = [&](std::uint64_t, const Blocks& x, double, const Counts& so_far) {
      errors.push_back(error(*problem, x));
      spent.push_back(each * static_cast<double>(so_far.gradients));  // a solve asks for one
      return false;
    };
  c.descent(solver.name, spec);
  if (c.stopping() || !factors) return;
  for (std::size_t t = 1; t < errors.size(); ++t) c.curve(solver.name, over_work, spent[t], errors[t]);
  if (solver.name != noisy || c.repeat() != 0) return;
  std::vector<double> t, allowed;
  for (std::size_t i = 1; i < errors.size(); ++i) {
    t.push_back(static_cast<double>(i));
    allowed.push_back(noise * (i > 1 ? errors[i - 1] : 1));
  }
  c.theory(TheoryKind::guide, noisy, error_of, "noise put into each of its solves", t, allowed);
}

void InexactAltmin::grid(StudyContext& c, const Solver& solver, double p) const {
  const auto problem = table(c, p);
  double last = arma::datum::nan;
  DescentSpec spec{.problem = problem, .optimizer = solver.optimizer, .steps = rough_sweeps};
  spec.until = [&](std::uint64_t, const Blocks& x, double) {
    last = error(*problem, x);
    return last < 1e-8;
  };
  c.quietly(spec);
  if (!c.stopping()) c.curve(solver.name, final_error, p, last);
}

void InexactAltmin::run(StudyContext& c) const {
  const std::vector<Solver> all = solvers();
  std::vector<double> shares = observed_grid;
  std::sort(shares.begin(), shares.end());
  shares.erase(std::unique(shares.begin(), shares.end()), shares.end());
  const std::vector<Solver> on_grid = {all[0], all[2]};
  const std::size_t cells = shares.size() * on_grid.size();
  c.parallel_for(all.size() + cells, [&](std::size_t i, StudyContext& part) {
    if (i < all.size())
      race(part, all[i]);
    else
      grid(part, on_grid[(i - all.size()) / shares.size()], shares[(i - all.size()) % shares.size()]);
    part.progress(static_cast<double>(i + 1) / static_cast<double>(all.size() + cells));
  });
  if (c.stopping() || c.repeat() != 0) return;
  const auto n = static_cast<double>(dimension), k = static_cast<double>(std::min(true_rank, dimension));
  const double fewest = k * (2 * n - k) / (n * n);
  c.vertical(TheoryKind::bound, exact, final_error, "as many entries as unknowns, k(2n−k)", fewest);
}

void InexactAltmin::judge(const TraceView& trace, Verdicts& v) const {
  const auto all = static_cast<std::size_t>(trace.repeats());
  const auto slowest = [&](const char* run) {
    const auto steps = over_repeats(trace, run, error_of, [](const TraceView::Series& s) {
      for (std::size_t i = 0; i < s.value.size(); ++i)
        if (s.value[i] <= 1e-8) return static_cast<double>(s.step[i]);
      return arma::datum::inf;
    });
    return steps.size() == all && all > 0 ? *std::max_element(steps.begin(), steps.end()) : arma::datum::nan;
  };
  const auto errors = [&](const char* run) {
    return over_repeats(trace, run, error_of, [](const TraceView::Series& s) {
      const auto at = std::find(s.step.begin(), s.step.end(), rough_sweeps);
      return at == s.step.end() ? arma::datum::nan : s.value[static_cast<std::size_t>(at - s.step.begin())];
    });
  };
  const auto warmed = errors(warm), best = errors(cold);
  v.at_most("Exact alternating minimization completes the table: 10⁻⁸ in at most 60 sweeps", "most sweeps over seeds",
            slowest(exact), 60);
  v.at_most("Noise that fades as the error does costs next to nothing", "most sweeps to 10⁻⁸ over seeds",
            slowest(noisy), 60);
  const bool counted = all > 0 && warmed.size() == all && best.size() == all;
  // Two tables in a hundred are slow and end between 1e-6 and 2e-5, in any implementation: hence the median.
  v.at_most("One conjugate gradient step for each row is enough, when it begins at the last factor",
            "median relative error after 40 sweeps, over seeds", counted ? median_of(warmed) : arma::datum::nan, 1e-6);
  v.above("Two steps that begin at zero each time are not", "smallest relative error after 40 sweeps, over seeds",
          counted ? *std::min_element(best.begin(), best.end()) : arma::datum::nan, 0.02);
}

}  // namespace KAPPA_FILE

Method inexact_altmin() {
  using S = KAPPA_FILE::InexactAltmin;
  return study<S>(
      {.title = "Alternating minimization, roughly solved",
       .idea = "Completing a table needs no exact solves: it is enough that their error shrinks with the error of the "
               "table.",
       .equation = "V ← argmin ‖P_Ω(UVᵀ − M)‖, U ← argmin ‖P_Ω(UVᵀ − M)‖, each only to 0.2 of the last error",
       .cite = {{"Gu, Song, Yin, Zhang", 2023,
                 "Low Rank Matrix Completion via Robust Alternating Minimization in Nearly Linear Time",
                 "arXiv:2302.11068"}},
       .question = "How sloppily may each step of alternating minimization be done?",
       .look_for =
           "Noisy solves and even one warm conjugate gradient step fall as straight as exact ones; two steps that "
           "start from zero get stuck. Where little is seen, the rough solver is the safer one.",
       .group = "Low rank",
       .uses = {"alternating_minimization", "soft_impute"}},
      {{&S::dimension, "dimension", "n", count(5, 300, true), "rows and columns of the table"},
       {&S::true_rank, "true_rank", "k", count(1, 5), "rank of the table, and columns of the factors"},
       {&S::condition_number, "condition_number", "κ", log_range(1, 1000),
        "largest over smallest singular value of the table; they fall linearly"},
       {&S::observed, "observed", "p", range(0.02, 1), "probability that an entry is seen"},
       {&S::sweeps, "sweeps", "", count(1, 1000, true), "sweeps over both factors"},
       {&S::noise, "noise", "", range(0, 1), "of the noisy solves: over the error of the last sweep"},
       {&S::shrinkage, "shrinkage", "", range(0, 1), "of soft-impute: over the largest singular value seen"},
       {&S::observed_grid, "observed_grid", "p", Many{{0.02, 1}, 1, 12}, "shares seen in the second picture"}});
}

}  // namespace kappa::studies
