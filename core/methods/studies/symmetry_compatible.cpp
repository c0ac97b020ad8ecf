/// Symmetry-compatible maps: which update commutes with which symmetry of a weight block, measured.
#include <algorithm>
#include <cmath>
#include <string>

#include "core/kinds/study.hpp"
#include "core/methods/studies/extremes.hpp"
#include "core/random/matrices.hpp"
#include "core/run/equivariance.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* maps_run = "Maps";
constexpr const char* defect_name = "defect";
constexpr double smallest_shown = 1e-17;

/// What the entry predicts: `zero` commutes, `broken` does not, `open` is left to the measurement.
enum class Expected { zero, broken, open };
constexpr Expected zero = Expected::zero, broken = Expected::broken, open = Expected::open;

constexpr const char* symmetries[] = {"row permutation", "column permutation", "left rotation",
                                      "right rotation",  "shift of all rows",  "mean row"};
constexpr std::size_t shift = 4, mean_row = 5, symmetry_count = 6;

struct Tried {
  const char* name;
  const char* map;
  bool exact;  ///< a one-sided spectral map without its ε is the polar factor
  Expected expected[symmetry_count];
};
constexpr Tried tried[] = {
    {"gradient", "gradient", false, {zero, zero, zero, zero, broken, open}},
    {"sign", "sign", false, {zero, zero, broken, broken, broken, open}},
    {"polar", "polar", false, {zero, zero, zero, zero, broken, open}},
    {"polar gradient", "polar_gradient", false, {zero, zero, zero, zero, broken, open}},
    {"row norm", "row_norm", false, {zero, zero, broken, zero, broken, open}},
    {"column norm", "column_norm", false, {zero, zero, zero, broken, broken, open}},
    {"polar, then row norm", "polar_then_row", false, {zero, zero, broken, zero, broken, open}},
    {"centered row norm", "centered_row_norm", false, {zero, zero, broken, zero, zero, open}},
    {"centered left spectral", "centered_left_spectral", true, {zero, zero, broken, zero, zero, zero}},
    {"left spectral, ε = 10⁻⁸", "left_spectral", false, {open, open, open, open, open, open}},
    {"right spectral, ε = 10⁻⁸", "right_spectral", false, {open, open, open, open, open, open}},
    {"row norm, then polar", "row_then_polar", false, {open, open, open, open, open, open}}};

struct SymmetryCompatible {
  std::int64_t rows = 12;
  std::int64_t columns = 8;

  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const;
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  std::vector<double> defects(StudyContext& c, const Tried& one) const;
};

std::vector<FigureSpec> SymmetryCompatible::figures() const {
  std::vector<std::string> maps;
  for (const Tried& one : tried) maps.emplace_back(one.name);
  return {{.id = "defects",
           .title = "How far each map is from commuting with each symmetry",
           .form = FigureForm::heat,
           .names = {defect_name},
           .note = "shift: the same row added to all; mean: the mean row of the update",
           .x_names = {"rows", "columns", "left Q", "right Q", "shift", "mean"},
           .y_names = maps},
          {.id = "sorted",
           .title = "The same, map by map",
           .x_label = "map, from the bottom of the other picture",
           .y_label = "defect",
           .form = FigureForm::curve,
           .y_scale = Scale::log,
           .names = {defect_name},
           .note = "A gap of ten decades lies between what commutes and what does not: nothing is in between.",
           .scatter = true}};
}

/// Φ(PGQ) is the step on the problem seen through the action, PΦ(G)Q the image of the step itself.
std::vector<double> SymmetryCompatible::defects(StudyContext& c, const Tried& one) const {
  Node optimizer = node(Kind::optimizer, "symmetry_update",
                        {{"map", std::string(one.map)}, {"learning_rate", 1.0}, {"momentum", 0.0}});
  const std::string map = one.map;
  if (one.exact) optimizer.params["epsilon"] = 0.0;
  if (map.find("norm") != std::string::npos || map.find("row") != std::string::npos)
    optimizer.params["epsilon"] = 1e-12;
  const auto stream = [&](double row_shift) {
    return c.problem(node(Kind::problem, "gradient_stream",
                          {{"rows", rows},
                           {"columns", columns},
                           {"signal", 1.0},
                           {"noise", 0.0},
                           {"row_imbalance", 0.0},
                           {"row_shift", row_shift}}));
  };
  const auto step = [&](const std::shared_ptr<const ProblemModel>& problem) {
    return c.quietly({.problem = problem, .optimizer = optimizer, .steps = 1}).x;
  };
  const auto problem = stream(0);
  const Blocks plain = step(problem);
  const double size = arma::norm(plain.flat());
  const auto permuted = [&](arma::uword n) {
    arma::mat p(n, n, arma::fill::zeros);
    const auto order = permutation(c.rng("permutation", n), static_cast<std::uint32_t>(n));
    for (arma::uword i = 0; i < n; ++i) p(i, order[i]) = 1;
    return p;
  };
  const auto turned = [&](arma::uword n) { return haar_orthogonal(c.rng("rotation", n), n); };
  std::vector<double> found;
  for (const bool rotation : {false, true})
    for (const bool left : {true, false}) {
      const arma::mat m =
          rotation ? on_matrices(*plain.layout(), left, turned) : on_matrices(*plain.layout(), left, permuted);
      const Action action{Law::none, "", m, m.t()};
      found.push_back(arma::norm(step(moved(problem, action)).flat() - action(plain).flat()) / size);
    }
  found.push_back(arma::norm(step(stream(1)).flat() - plain.flat()) / size);
  const arma::mat update = plain.block(0);
  found.push_back(arma::norm(arma::mean(update, 0)) * std::sqrt(static_cast<double>(update.n_rows)) / size);
  return found;
}

void SymmetryCompatible::run(StudyContext& c) const {
  std::vector<std::vector<double>> all(std::size(tried));
  c.parallel_for(std::size(tried), [&](std::size_t i, StudyContext& part) {
    all[i] = defects(part, tried[i]);
    for (std::size_t k = 0; k < symmetry_count; ++k)
      part.curve(symmetries[k], defect_name, static_cast<double>(i + 1), std::max(all[i][k], smallest_shown));
  });
  std::vector<FieldCell> cells;
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t k = 0; k < all[i].size(); ++k)
      cells.push_back({.row = static_cast<std::uint32_t>(i),
                       .col = static_cast<std::uint32_t>(k),
                       .x = static_cast<double>(k),
                       .y = static_cast<double>(i),
                       .value = std::max(all[i][k], smallest_shown)});
  if (!cells.empty()) c.field(maps_run, defect_name, cells);
}

void SymmetryCompatible::judge(const TraceView& trace, Verdicts& v) const {
  std::vector<double> zeros, others, shifts;
  for (std::size_t i = 0; i < std::size(tried); ++i)
    for (std::size_t k = 0; k < symmetry_count; ++k) {
      const bool wide = rows <= columns && tried[i].map == std::string("polar_then_row");  // its rows are even already
      if (tried[i].expected[k] == open || (wide && tried[i].expected[k] == broken && k != shift)) continue;
      std::vector<double>& into = tried[i].expected[k] == zero ? zeros : k == shift ? shifts : others;
      for (std::uint32_t repeat = 0; repeat < trace.repeats(); ++repeat) {
        const auto found = trace.curve(symmetries[k], repeat, defect_name);
        into.push_back(found && i < found->y.size() ? found->y[i] : arma::datum::nan);
      }
    }
  v.below("What is to commute commutes: permutations with all nine maps, rotations with the rows of the table",
          "largest defect where zero is expected, over seeds", largest_of(zeros), 1e-9);
  v.above("What is not to commute does not, on every seed", "smallest defect of the other rotations",
          smallest_of(others), 0.06);
  v.above("Only the centered maps do not see a shift of all rows", "smallest shift defect of the others",
          smallest_of(shifts), 0.2);
}

}  // namespace KAPPA_FILE

Method symmetry_compatible() {
  using S = KAPPA_FILE::SymmetryCompatible;
  return study<S>(
      {.title = "Maps and the symmetries they keep",
       .idea = "An update rule should commute with the symmetry of its block: a hidden layer may be turned on both "
               "sides, an embedding on one, a head's logits may be shifted. Each map is tried against each symmetry.",
       .equation = "defect = ‖Φ(PGQ) − PΦ(G)Q‖ / ‖Φ(G)‖,  shift defect = ‖Φ(G + 1aᵀ) − Φ(G)‖ / ‖Φ(G)‖",
       .cite =
           {{"Lau, Su", 2026,
             "Symmetry-Compatible Principle for Optimizer Design: Embeddings, LM Heads, SwiGLU MLPs, and MoE Routers",
             "arXiv:2605.18106"}},
       .question = "Which update maps are the same in every coordinate system that the layer allows?",
       .look_for = "A checkerboard without shades: the polar rows are dark under every rotation, sign under none, row "
                   "and column norms under one side each; the shift column is dark for the centered maps alone.",
       .group = "Optimizers",
       .uses = {"symmetry_update"}},
      {{&S::rows, "rows", "m", count(3, 24), "rows of the gradient"},
       {&S::columns, "columns", "n", count(2, 24), "columns of the gradient"}});
}

}  // namespace kappa::studies
