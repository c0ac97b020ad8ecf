/// Neural collapse: features of a class merge, class rows become orthogonal, and class sizes fix their lengths.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/linalg/collapse.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* within = "within_class_variation";
constexpr const char* overlap = "class_mean_overlap";
constexpr const char* misalignment = "misalignment";
constexpr const char* length_error = "length_error";
constexpr const char* row_length = "row_length";
constexpr const char* mean_length = "mean_length";
constexpr const char* gram = "class_mean_gram";

struct Part {
  std::string label;
  std::vector<double> sizes;
  CollapseSetting setting;
  double learning_rate;
  std::int64_t steps;
  bool rare;  ///< only the first repeats do it

  /// Nothing where there is no room for a right angle between any two classes, or where no class is kept.
  std::vector<CollapsedClass> theory(std::int64_t features) const {
    std::vector<CollapsedClass> all;
    if (static_cast<std::size_t>(features) < sizes.size()) return all;
    for (const double size : sizes) all.push_back(collapsed_class(setting, std::round(size)));
    if (std::all_of(all.begin(), all.end(), [](const CollapsedClass& each) { return each.product == 0; })) all.clear();
    return all;
  }
};

struct NeuralCollapse {
  std::int64_t features = 12;
  std::int64_t layers = 3;
  std::vector<double> balanced = {20, 20, 20, 20};
  std::vector<double> imbalanced = {40, 20, 10, 5};
  std::vector<double> extreme = {50, 20, 8, 1};
  std::int64_t extreme_repeats = 2;
  double shallow_weight = 0.05;
  double shallow_feature = 0.0025;
  double shallow_rate = 0.5;
  std::int64_t shallow_steps = 4000;
  double deep_weight = 0.01;
  double deep_feature = 0.001;
  double deep_rate = 0.2;
  std::int64_t deep_steps = 6000;

  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const {
    const std::vector<Part> all = parts(static_cast<std::int64_t>(c.repeat()) < extreme_repeats);
    if (c.repeat() == 0)
      for (const Part& part : all) predict(c, part);
    c.parallel_for(all.size(), [&](std::size_t i, StudyContext& part) {
      descend(part, all[i]);
      part.progress(static_cast<double>(i + 1) / static_cast<double>(all.size()));
    });
  }
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  std::vector<Part> parts(bool with_extreme) const;
  void predict(StudyContext& c, const Part& part) const;
  void descend(StudyContext& c, const Part& part) const;
};

std::vector<FigureSpec> NeuralCollapse::figures() const {
  const std::string deep = "M = " + std::to_string(layers);
  const auto number = [&](const char* id, const char* title, const char* y) {
    return FigureSpec{.id = id, .title = title, .x_label = "step", .y_label = y, .y_scale = Scale::log, .names = {id}};
  };
  std::vector<std::string> names;  // of as many classes as the longest list has
  for (std::size_t k = 1; k <= std::max({balanced.size(), imbalanced.size(), extreme.size()}); ++k)
    names.push_back(std::to_string(k));
  const auto lengths = [&](const char* id, const char* title, const char* y) {
    return FigureSpec{.id = id,
                      .title = title,
                      .x_label = "class",
                      .y_label = y,
                      .form = FigureForm::curve,
                      .names = {id},
                      .note = "points measured at the end, lines from the class sizes alone",
                      .scatter = true,
                      .x_names = names};
  };
  return {number(within, "NC1: the features of a class merge", "spread in a class / size of the class means"),
          lengths(row_length, "Class sizes fix the length of each class's row", "‖row of W_M ⋯ W₁‖²"),
          number(overlap, "NC2: class means become orthogonal", "share of the Gram matrix off its diagonal"),
          number(misalignment, "NC3: rows turn towards their class means", "1 − cosine"),
          lengths(mean_length, "… and of each class mean", "‖class mean‖²"),
          number(length_error, "Squared lengths against theory", "largest error / largest length"),
          {.id = gram,
           .title = "Gram matrix of the class means",
           .x_label = "class",
           .y_label = "class",
           .form = FigureForm::heat,
           .names = {gram}},
          {.id = "layers",
           .title = "Singular values of the first layer: one for each class is left",
           .x_label = "index",
           .form = FigureForm::spectrum,
           .y_scale = Scale::log,
           .names = {"singular_values:W1"},
           .runs = {deep + ", balanced", deep + ", imbalanced", deep + ", extreme"}}};
}

std::vector<Part> NeuralCollapse::parts(bool with_extreme) const {
  std::vector<Part> all;
  const auto add = [&](const std::vector<double>& sizes, const char* name, bool rare) {
    double samples = 0;
    for (const double size : sizes) samples += std::round(size);
    all.push_back({"M = 1, " + std::string(name),
                   sizes,
                   {1, samples, shallow_weight, shallow_feature},
                   shallow_rate,
                   shallow_steps,
                   rare});
    all.push_back({"M = " + std::to_string(layers) + ", " + name,
                   sizes,
                   {static_cast<std::size_t>(layers), samples, deep_weight, deep_feature},
                   deep_rate,
                   deep_steps,
                   rare});
  };
  add(balanced, "balanced", false);
  add(imbalanced, "imbalanced", false);
  if (with_extreme) add(extreme, "extreme", true);
  return all;
}

void NeuralCollapse::predict(StudyContext& c, const Part& part) const {
  std::vector<double> at, rows, means;
  for (const CollapsedClass& each : part.theory(features)) {
    at.push_back(static_cast<double>(at.size()));
    rows.push_back(each.row_square);
    means.push_back(each.mean_square);
  }
  if (at.empty()) return;
  c.theory(TheoryKind::exact, part.label, row_length, "theory", at, rows);
  c.theory(TheoryKind::exact, part.label, mean_length, "theory", at, means);
}

/// Of two numbers the larger, or the one that is none.
double worse(double one, double two) { return std::isnan(one) || one >= two ? one : two; }

/// The largest deviation of a squared length, rows and class means each over the largest that theory knows.
double error_of(const CollapseState& state, const std::vector<CollapsedClass>& theory) {
  double rows = 0, means = 0, longest_row = 0, longest_mean = 0;
  for (std::size_t k = 0; k < theory.size(); ++k) {
    rows = std::max(rows, std::abs(state.row_squares[k] - theory[k].row_square));
    means = std::max(means, std::abs(state.mean_squares[k] - theory[k].mean_square));
    longest_row = std::max(longest_row, theory[k].row_square);
    longest_mean = std::max(longest_mean, theory[k].mean_square);
  }
  return std::max(rows / longest_row, means / longest_mean);
}

void NeuralCollapse::descend(StudyContext& c, const Part& part) const {
  std::vector<arma::uword> sizes;
  for (const double size : part.sizes) sizes.push_back(static_cast<arma::uword>(std::lround(size)));
  const double speed = part.setting.samples / static_cast<double>(sizes.size());
  const auto problem = c.problem(node(Kind::problem, "unconstrained_features",
                                      {{"class_sizes", part.sizes},
                                       {"features", features},
                                       {"layers", static_cast<std::int64_t>(part.setting.layers)},
                                       {"weight_regularization", part.setting.weight_regularization},
                                       {"feature_regularization", part.setting.feature_regularization},
                                       {"feature_speed", speed}}));
  const std::vector<CollapsedClass> theory = part.theory(features);
  std::vector<std::pair<std::uint64_t, CollapseState>> seen;
  DescentSpec spec{.problem = problem,
                   .optimizer = node(Kind::optimizer, "gradient_descent", {{"learning_rate", part.learning_rate}}),
                   .steps = static_cast<std::uint64_t>(part.steps),
                   .loss_every = static_cast<std::uint64_t>(std::max<std::int64_t>(1, part.steps / 200))};
  spec.probes = {node(Kind::probe, "singular_values",
                      {{"block", std::string("W1")}, {"every", static_cast<std::int64_t>(spec.loss_every * 10)}})};
  spec.until = [&](std::uint64_t t, const Blocks& x, double) {
    seen.emplace_back(t, collapse_state(problem->estimate(x), std::sqrt(speed) * x.block(part.setting.layers), sizes));
    return false;
  };
  c.descent(part.label, spec);
  if (c.stopping() || seen.empty()) return;
  for (const auto& [t, state] : seen) {
    c.series(part.label, within, t, state.within);
    c.series(part.label, overlap, t, state.overlap);
    c.series(part.label, misalignment, t, state.misalignment);
    if (!theory.empty()) c.series(part.label, length_error, t, error_of(state, theory));
  }
  const CollapseState& end = seen.back().second;
  std::vector<FieldCell> cells;
  for (std::uint32_t k = 0; k < sizes.size(); ++k) {
    c.curve(part.label, row_length, k, end.row_squares[k]);
    c.curve(part.label, mean_length, k, end.mean_squares[k]);
    for (std::uint32_t j = 0; j < sizes.size(); ++j)
      cells.push_back({seen.back().first, k, j, j + 1.0, k + 1.0, end.gram(k, j)});
  }
  c.field(part.label, gram, cells);
}

void NeuralCollapse::judge(const TraceView& trace, Verdicts& v) const {
  const std::vector<Part> all = parts(extreme_repeats > 0);
  const auto worst = [&](const char* series) {
    double most = 0;
    for (const Part& part : all) {
      const auto ends =
          over_repeats(trace, part.label, series, [](const TraceView::Series& s) { return s.value.back(); });
      const auto expected = static_cast<std::size_t>(
          part.rare ? std::min<std::int64_t>(extreme_repeats, trace.repeats()) : trace.repeats());
      if (ends.size() != expected) return arma::datum::nan;
      for (const double end : ends) most = worse(most, end);
    }
    return most;
  };
  v.at_most("The features of a class merge", "NC1 at the end, largest over settings and seeds", worst(within), 1e-10);
  v.at_most("Class means become orthogonal", "off-diagonal share of their Gram matrix, largest over settings and seeds",
            worst(overlap), 1e-8);
  const char* lengths = "Rows and class means have the lengths that the class sizes predict";
  const char* length_words = "largest |length² − theory| / largest theory, over settings and seeds";
  const bool room =
      std::all_of(all.begin(), all.end(), [&](const Part& part) { return !part.theory(features).empty(); });
  if (!room)
    return v.unknown(
        lengths, length_words,
        "there are more classes than features, or so much regularisation that theory gives all classes up");
  v.at_most(lengths, length_words, worst(length_error), 1e-2);
  double unequal = 0, left = 0;
  bool any_equal = false, any_lost = false;
  for (const Part& part : all) {
    const std::vector<CollapsedClass> theory = part.theory(features);
    double shortest = arma::datum::inf, longest = 0, most = 0;
    for (const CollapsedClass& each : theory) most = std::max(most, each.row_square);
    for (std::size_t k = 0; k < theory.size(); ++k)
      for (const double length : curve_at(trace, part.label, row_length, static_cast<double>(k))) {
        shortest = std::min(shortest, length);
        longest = std::max(longest, length);
        if (theory[k].product > 0) continue;
        any_lost = true;
        left = worse(left, length / most);
      }
    if (std::adjacent_find(part.sizes.begin(), part.sizes.end(), std::not_equal_to<>()) != part.sizes.end()) continue;
    any_equal = true;
    unequal = std::max(unequal, longest > 0 ? 1 - shortest / longest : arma::datum::inf);
  }
  const char *equal = "Classes of equal size get rows of equal length",
             *lost = "A class that is too small for its depth vanishes, as predicted";
  if (any_equal)
    v.at_most(equal, "1 − shortest/longest squared row, largest over seeds", unequal, 1e-2);
  else
    v.unknown(equal, "1 − shortest/longest squared row", "no setting has classes of equal size");
  if (any_lost)
    v.at_most(lost, "its squared row over the largest, largest over seeds", left, 1e-2);
  else
    v.unknown(lost, "its squared row over the largest", "theory keeps every class in these settings");
}

}  // namespace KAPPA_FILE

Method neural_collapse() {
  using S = KAPPA_FILE::NeuralCollapse;
  const Domain sizes = Many{.of = Range{1, 1000, true}, .least = 2, .most = 16};
  const Domain weight = Range{.lo = 1e-8, .hi = 1, .log = true, .slider_lo = 1e-4, .slider_hi = 1};
  return study<S>(
      {.title = "Neural collapse",
       .idea =
           "Train linear layers and free features together: a class ends as one point, classes end at right angles, "
           "and a small class gets a short row, or none.",
       .equation = "p_k = argmin n_k/(2N) (p−1)² + (M+1)/2 (λ_W^M λ_H n_k)^(1/(M+1)) p^(2/(M+1)),  ‖row_k‖² = "
                   "(c_k/λ_W)^M,  c_k = (λ_W^M λ_H n_k p_k²)^(1/(M+1))",
       .cite = {{"Dang, Tran, Osher, Tran-The, Ho, Nguyen", 2023,
                 "Neural Collapse in Deep Linear Networks: From Balanced to Imbalanced Data", "arXiv:2301.00437"}},
       .question =
           "What do the features of a classifier look like at the end of training, and what if some classes have "
           "few samples?",
       .look_for =
           "The spread within a class falls to nothing, and every measured length lies on the line computed from "
           "the class sizes: level for equal classes, falling to zero for the smallest.",
       .group = "Low rank",
       .uses = {"gradient_descent"}},
      {{&S::features, "features", "d", count(2, 100, true),
        "length of a feature vector; at least the number of classes"},
       {&S::layers, "layers", "M", count(2, 6), "layers of the deep settings; the others have one"},
       {&S::balanced, "balanced", "n", sizes, "samples of each class, first setting"},
       {&S::imbalanced, "imbalanced", "n", sizes, "samples of each class, second setting"},
       {&S::extreme, "extreme", "n", sizes, "samples of each class, third setting"},
       {&S::extreme_repeats, "extreme_repeats", "", count(0, 100),
        "only the first so many repeats do the third setting"},
       {&S::shallow_weight, "shallow_weight_regularization", "λ_W", weight, "of the one layer"},
       {&S::shallow_feature, "shallow_feature_regularization", "λ_H", weight, "of its features"},
       {&S::shallow_rate, "shallow_learning_rate", "η", from_zero(1e-3, 1), "step size with one layer"},
       {&S::shallow_steps, "shallow_steps", "T", count(20, 100'000, true), "steps with one layer"},
       {&S::deep_weight, "deep_weight_regularization", "λ_W", weight, "of the M layers"},
       {&S::deep_feature, "deep_feature_regularization", "λ_H", weight, "of their features"},
       {&S::deep_rate, "deep_learning_rate", "η", from_zero(1e-3, 1), "step size with M layers"},
       {&S::deep_steps, "deep_steps", "T", count(20, 100'000, true), "steps with M layers"}});
}

}  // namespace kappa::studies
