/// Laws of all optimizers: every method of the catalogue against every symmetry, measured beside what it claims.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <string>

#include "core/catalog/catalog.hpp"
#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/methods/studies/extremes.hpp"
#include "core/run/equivariance.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* all_run = "Optimizers";
constexpr const char* gap_name = "gap";
constexpr double holds_below = 1e-9, broken_above = 1e-3, smallest_shown = 1e-17;
constexpr double faint_scale = 0.3;  ///< of f where its scale is tried: an ε beside a gradient is to show
constexpr std::size_t page = 12;     ///< optimizers on one picture, so that their names find room

struct Named {
  Law law;
  const char* name;
  const char* tick;
};
constexpr Named laws[] = {{Law::permutation, "permutation", "P"},
                          {Law::sign, "sign", "±"},
                          {Law::rotation, "rotation", "Q"},
                          {Law::left_rotation, "left rotation", "L"},
                          {Law::right_rotation, "right rotation", "R"},
                          {Law::scale_f, "scale of f", "c"},
                          {Law::affine, "affine", "A"}};
constexpr std::size_t law_count = std::size(laws);

std::vector<Entry> optimizers() {
  const auto all = Catalog::get().all(Kind::optimizer);
  return {all.begin(), all.end()};
}
/// Its symmetries are at most its base's.
bool wraps(const Entry& entry) {
  return std::any_of(entry.fields.begin(), entry.fields.end(),
                     [](const Field& f) { return f.id == "base" && std::holds_alternative<Slot>(f.domain); });
}
std::string page_name(std::size_t at) { return "page_" + std::to_string(at / page + 1); }

struct OptimizerLaws {
  std::int64_t steps = 6;

  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const;
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  std::vector<double> gaps(StudyContext& c, const Node& optimizer) const;
  bool draws_numbers(const std::shared_ptr<const ProblemModel>& problem, const Node& optimizer, const Blocks& start,
                     std::uint64_t seed) const;
};

std::vector<FigureSpec> OptimizerLaws::figures() const {
  std::vector<FigureSpec> list;
  const std::vector<Entry> all = optimizers();
  std::vector<std::string> columns;
  for (const bool gap_between : {true, false}) {
    for (const Named& law : laws) columns.push_back(law.tick);
    if (gap_between) columns.push_back("");
  }
  for (std::size_t first = 0; first < all.size(); first += page) {
    FigureSpec figure{.id = page_name(first),
                      .title = "Left measured, right claimed: dark holds, bright is broken",
                      .x_label = "P permutation, ± signs, Q rotation, L and R a layer's sides, c scale of f, A affine",
                      .form = FigureForm::heat,
                      .names = {page_name(first)},
                      .x_names = columns};
    for (std::size_t i = std::min(first + page, all.size()); i-- > first;) figure.y_names.push_back(all[i].id);
    list.push_back(std::move(figure));
  }
  list.push_back({.id = "gaps",
                  .title = "All gaps: a law holds to rounding, or up to an ε, or not at all",
                  .x_label = "optimizer, by name",
                  .y_label = "gap",
                  .form = FigureForm::curve,
                  .y_scale = Scale::log,
                  .names = {gap_name},
                  .scatter = true});
  return list;
}

/// On two layers and a bias; none where the method does not agree to step on them.
std::vector<double> OptimizerLaws::gaps(StudyContext& c, const Node& optimizer) const {
  const auto problem = c.problem(node(Kind::problem, "layered_regression"));
  const Blocks start = problem->start(c.rng("init"));
  const auto path = [&](const std::shared_ptr<const ProblemModel>& over, const Blocks& from) {
    std::vector<Blocks> points;
    try {
      c.quietly({.problem = over,
                 .optimizer = optimizer,
                 .steps = static_cast<std::uint64_t>(steps),
                 .start = from,
                 .until = [&](std::uint64_t, const Blocks& x, double) {
                   points.push_back(x);
                   return false;
                 }});
    } catch (const Refused&) {
      points.clear();
    }
    return points;
  };
  const std::vector<Blocks> plain = path(problem, start);
  std::vector<double> found;
  if (plain.empty() || draws_numbers(problem, optimizer, start, c.seed())) return found;
  const arma::mat same(start.flat().n_elem, start.flat().n_elem, arma::fill::eye);
  const auto faint = moved(problem, {Law::scale_f, "faint", same, same, faint_scale});
  for (const Action& action : law_actions(*start.layout(), c.rng("actions"))) {
    const bool scales = action.law == Law::scale_f;
    const auto& over = scales ? faint : problem;
    found.push_back(
        equivariance_gap(action, scales ? path(faint, start) : plain, path(moved(over, action), action(start))));
  }
  return found;
}

/// Close to the solution too: far from it a clipped step forgets what was drawn.
bool OptimizerLaws::draws_numbers(const std::shared_ptr<const ProblemModel>& problem, const Node& optimizer,
                                  const Blocks& start, std::uint64_t seed) const {
  const auto count = static_cast<std::uint64_t>(steps);
  Blocks close = start;
  if (const auto& solution = problem->facts().solution)
    close.flat() = solution->flat() + 1e-4 * (start.flat() - solution->flat());
  for (const Blocks& from : {start, close}) {
    const auto one = path_of(problem, optimizer, from, count, seed),
               two = path_of(problem, optimizer, from, count, seed + 1);
    if (one.size() != two.size() || arma::norm(one.back().flat() - two.back().flat()) > 0) return true;
  }
  return false;
}

void OptimizerLaws::run(StudyContext& c) const {
  const std::vector<Entry> all = optimizers();
  std::vector<std::vector<double>> found(all.size());
  c.parallel_for(all.size(), [&](std::size_t i, StudyContext& part) {
    const Node optimizer = node(Kind::optimizer, all[i].id);
    found[i] = gaps(part, optimizer);
    for (std::size_t k = 0; k < found[i].size(); ++k)
      part.curve(laws[k].name, gap_name, static_cast<double>(i + 1), std::max(found[i][k], smallest_shown));
  });
  for (std::size_t first = 0; first < all.size(); first += page) {
    std::vector<FieldCell> cells;
    const std::size_t end = std::min(first + page, all.size());
    for (std::size_t row = 0; row < end - first; ++row) {  // from below, so that names are read downwards
      const std::size_t i = end - 1 - row;
      const Law claimed = make_optimizer(node(Kind::optimizer, all[i].id))->laws();
      const auto put = [&](std::size_t column, double value) {
        cells.push_back({.row = static_cast<std::uint32_t>(row),
                         .col = static_cast<std::uint32_t>(column),
                         .x = static_cast<double>(column),
                         .y = static_cast<double>(row),
                         .value = value});
      };
      for (std::size_t k = 0; k < law_count; ++k) {
        if (k < found[i].size()) put(k, std::max(found[i][k], smallest_shown));
        put(law_count + 1 + k, has(claimed, laws[k].law) ? smallest_shown : 1);
      }
    }
    c.field(all_run, page_name(first), cells);
  }
}

void OptimizerLaws::judge(const TraceView& trace, Verdicts& v) const {
  const std::vector<Entry> all = optimizers();
  struct Extreme {
    double gap;
    std::string who;
  };
  Extreme kept{0, ""}, scaled{0, ""}, broken{arma::datum::inf, ""};
  std::vector<Law> claims;
  for (const Entry& entry : all) claims.push_back(make_optimizer(node(Kind::optimizer, entry.id))->laws());
  for (const Named& law : laws) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      std::vector<double> found = curve_at(trace, law.name, gap_name, static_cast<double>(i + 1));
      if (found.empty() || found.size() < trace.repeats()) continue;  // it draws numbers on some seed
      const double gap = largest_of(found);                           // a law that holds, holds on every seed
      const bool claimed = has(claims[i], law.law);
      if (!claimed && wraps(all[i])) continue;
      Extreme& at = !claimed ? broken : law.law == Law::scale_f ? scaled : kept;
      if (std::isnan(at.gap) || (claimed ? gap <= at.gap : gap >= at.gap)) continue;
      at = {gap, all[i].id + " under " + law.name};
    }
  }
  for (Extreme* at : {&kept, &scaled, &broken})
    if (at->who.empty()) at->gap = arma::datum::nan;
  char text[64];
  const auto words = [&](const char* expected, const Extreme& at) {
    std::snprintf(text, sizeof text, "%.2g, ", at.gap);
    v.say(expected, text + at.who);
  };
  v.below("Every symmetry that an optimizer claims holds", "largest gap of a claimed law, over optimizers and seeds",
          kept.gap, holds_below);
  words("< 1e-9", kept);
  v.below("Where it is claimed that the scale of f changes nothing, no more is left than an ε in a denominator",
          "largest gap under f → 3.7 f, over optimizers and seeds", scaled.gap, broken_above);
  words("< 1e-3", scaled);
  v.above("No law holds that is not claimed (wrappers aside: theirs are their base's)",
          "smallest gap, over optimizers, of a law that is not claimed, each the largest over seeds", broken.gap,
          holds_below);
  words("> 1e-9", broken);
}

}  // namespace KAPPA_FILE

Method optimizer_laws() {
  using S = KAPPA_FILE::OptimizerLaws;
  // It steps every optimizer there is, so its card lists none: a new method would have to be added here.
  return study<S>(
      {.title = "The laws of all optimizers",
       .idea =
           "Turn, flip, shuffle or stretch a problem and its start: a method that has the symmetry takes the same "
           "path, moved. All are tried on two layers and a bias that have no symmetry of their own. "
           "A row stays blank where a method does not step them, or draws numbers: its laws hold in distribution only.",
       .equation = "gap = max ‖xₜ(f ∘ T⁻¹, Tx₀) − T xₜ(f, x₀)‖ / max ‖T xₜ − T x₀‖,  and likewise for f → 3.7 f",
       .cite = {{"Wilson et al.", 2017, "The Marginal Value of Adaptive Gradient Methods in Machine Learning",
                 "arXiv:1705.08292"},
                {"Nocedal, Wright", 2006, "Numerical Optimization", "Springer"}},
       .question = "In which coordinates may a problem be given without changing what an optimizer does?",
       .look_for = "The left half, measured, repeats the right half, claimed: gradient methods keep every rotation, "
                   "coordinate-wise methods permutations and signs, Muon the rotations of a layer's two sides, Newton "
                   "all of them.",
       .group = "Optimizers"},
      {{&S::steps, "steps", "T", count(3, 20),
        "steps compared; too many, and a fast method has arrived whatever it did"}});
}

}  // namespace kappa::studies
