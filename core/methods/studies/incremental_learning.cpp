/// Incremental learning: from a tiny start gradient descent learns one direction of the matrix after the other, each at
/// a time that can be told beforehand.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/methods/probes/truth_modes.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* tiny = "Tiny start";
constexpr const char* large = "Large start";
constexpr const char* sampled_run = "Tiny start, random views";
constexpr const char* nearest = "nearest";
constexpr const char* half_time = "half_time";
constexpr const char* predicted = "predicted_half_time";
constexpr double large_scale = 0.5;

struct IncrementalLearning {
  std::int64_t dimension = 40;
  std::int64_t true_rank = 3;
  std::int64_t rank = 5;
  double condition_number = 4;
  double init_scale = 1e-5;
  double learning_rate = 0.1;
  std::int64_t steps = 1000;
  bool sampled = true;
  std::int64_t measurements = 700;
  std::int64_t sampled_repeats = 2;

  std::vector<FigureSpec> figures() const;
  void run(StudyContext& c) const;
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  struct Part {
    std::string label;
    std::int64_t columns;
    double scale;
    bool views = false;
  };
  std::vector<Part> parts(bool with_views) const;
  arma::uword directions() const { return static_cast<arma::uword>(std::min({true_rank, dimension, rank})); }
  static std::string aligned(arma::uword i) { return "aligned_eigenvalues:u" + std::to_string(i + 1); }
  Node problem_of(const Part& part) const;
  void one(StudyContext& c, const Part& part) const;
  void draw(StudyContext& c, const probes::TruthModes& modes, const arma::vec& expected) const;
};

std::vector<FigureSpec> IncrementalLearning::figures() const {
  return {{.id = "aligned",
           .title = "What has been learned of each direction",
           .x_label = "step",
           .y_label = "uᵢᵀXXᵀuᵢ",
           .names = {"aligned_eigenvalues"},
           .note = "half times tᵢ = ln(√sᵢ / ‖uᵢᵀX₀‖) / ln(1 + ηsᵢ)"},
          {.id = "stairs",
           .title = "The error comes down in stairs",
           .x_label = "step",
           .y_label = "‖XXᵀ − M‖ / ‖M‖",
           .names = {"relative_error"}},
          {.id = "truncations",
           .title = "Near to rank 1, then to rank 2, then to M",
           .x_label = "step",
           .y_label = "‖XXᵀ − M_s‖ / ‖M_s‖",
           .y_scale = Scale::log,
           .names = {"distance_to_truncation"}},
          {.id = "effective_rank",
           .title = "Effective rank of XXᵀ",
           .x_label = "step",
           .names = {"estimate_effective_rank"}},
          {.id = "spectrum",
           .title = "Singular values of X over time",
           .x_label = "step",
           .y_label = "index",
           .form = FigureForm::spectrum_over_time,
           .y_scale = Scale::log,
           .names = {"singular_values:X"},
           .runs = {tiny, large},
           .quantity = "σ"},
          {.id = "nearest",
           .title = "How near it comes to the best matrix of rank s",
           .x_label = "s",
           .y_label = "least ‖XXᵀ − M_s‖ / ‖M_s‖",
           .form = FigureForm::curve,
           .y_scale = Scale::log,
           .names = {nearest}}};
}

/// Also with too few columns, which end where the wide factor only passes by.
std::vector<IncrementalLearning::Part> IncrementalLearning::parts(bool with_views) const {
  std::vector<Part> list = {{tiny, rank, init_scale}, {large, rank, large_scale}};
  for (std::int64_t few = 1; few < std::min<std::int64_t>(static_cast<std::int64_t>(directions()), 4); ++few)
    list.push_back({"Only " + std::to_string(few) + (few == 1 ? " column" : " columns"), few, init_scale});
  if (with_views) list.push_back({sampled_run, rank, init_scale, true});
  return list;
}

Node IncrementalLearning::problem_of(const Part& part) const {
  Node setting = node(Kind::problem, "matrix_sensing",
                      {{"dimension", dimension},
                       {"true_rank", true_rank},
                       {"rank", part.columns},
                       {"condition_number", condition_number},
                       {"spectrum", std::string("geometric")},
                       {"init_scale", part.scale}});
  if (!part.views) return setting;
  setting.params["observation"] = std::string("sampled");
  setting.params["measurements"] = measurements;
  return setting;
}

void IncrementalLearning::one(StudyContext& c, const Part& part) const {
  const auto problem = c.problem(problem_of(part));
  const probes::TruthModes modes = probes::truth_modes(problem->facts());
  const std::int64_t rarely = std::max<std::int64_t>(1, steps / 200);
  DescentSpec spec{
      .problem = problem,
      .optimizer = node(Kind::optimizer, "gradient_descent", {{"learning_rate", learning_rate}}),
      .steps = static_cast<std::uint64_t>(steps),
      .start = problem->start(c.rng("init")),
      .probes = {node(Kind::probe, "relative_error"),
                 node(Kind::probe, "effective_rank", {{"of", std::string("estimate")}, {"every", rarely}})}};
  if (part.label == tiny)
    for (const char* id : {"aligned_eigenvalues", "distance_to_truncation"})
      spec.probes.push_back(node(Kind::probe, id));
  if (part.columns == rank && !part.views)
    spec.probes.push_back(node(Kind::probe, "singular_values", {{"every", rarely}}));
  const arma::uword count = std::min<arma::uword>(directions(), modes.count());
  arma::vec least(count, arma::fill::value(arma::datum::inf)), half(count, arma::fill::value(arma::datum::nan));
  const bool watched = part.label == tiny || part.views;
  if (watched)
    spec.until = [&](std::uint64_t t, const Blocks& x, double) {
      const arma::mat estimate = problem->estimate(x);
      const arma::vec d = modes.distances(estimate), q = modes.aligned(estimate);
      for (arma::uword i = 0; i < count; ++i) {
        least[i] = std::min(least[i], d[i]);
        if (std::isnan(half[i]) && q[i] > modes.values[i] / 2) half[i] = static_cast<double>(t);
      }
      return false;
    };
  const arma::mat x0 = spec.start->block(0);
  arma::vec expected(count);
  for (arma::uword i = 0; i < count; ++i)
    expected[i] = std::log(std::sqrt(modes.values[i]) / arma::norm(modes.left.col(i).t() * x0)) /
                  std::log(1 + learning_rate * modes.values[i]);
  if (part.label == tiny && c.repeat() == 0) draw(c, modes, expected);
  c.descent(part.label, spec);
  if (c.stopping() || !watched) return;
  for (arma::uword i = 0; i < count; ++i) {
    const auto place = static_cast<double>(i + 1);
    c.curve(part.label, nearest, place, least[i]);
    if (part.views) continue;
    if (std::isfinite(half[i])) c.curve(tiny, half_time, place, half[i]);
    c.curve(tiny, predicted, place, expected[i]);
  }
}

void IncrementalLearning::draw(StudyContext& c, const probes::TruthModes& modes, const arma::vec& expected) const {
  for (arma::uword i = 0; i < expected.n_elem; ++i)
    if (expected[i] >= 0 && expected[i] <= static_cast<double>(steps))
      c.vertical(TheoryKind::guide, tiny, aligned(i), "predicted half time", expected[i]);
  const arma::vec squares = arma::square(modes.values);
  for (arma::uword s = 1; s < std::min<arma::uword>(modes.count(), 4); ++s) {
    const double level = std::sqrt(arma::accu(squares.tail(squares.n_elem - s)) / arma::accu(squares));
    c.theory(TheoryKind::exact, tiny, "relative_error", "best of rank " + std::to_string(s),
             {0, static_cast<double>(steps)}, {level, level});
  }
}

void IncrementalLearning::run(StudyContext& c) const {
  const std::vector<Part> all = parts(sampled && static_cast<std::int64_t>(c.repeat()) < sampled_repeats);
  c.parallel_for(all.size(), [&](std::size_t i, StudyContext& part) {
    one(part, all[i]);
    part.progress(static_cast<double>(i + 1) / static_cast<double>(all.size()));
  });
}

void IncrementalLearning::judge(const TraceView& trace, Verdicts& v) const {
  constexpr double allowed[] = {0.02, 0.08, 0.2};
  constexpr const char* ordinal[] = {"first", "second", "third"};
  for (arma::uword i = 0; i < std::min<arma::uword>(directions(), 3); ++i) {
    const auto place = static_cast<double>(i + 1);
    const auto found = curve_at(trace, tiny, half_time, place), expected = curve_at(trace, tiny, predicted, place);
    double worst = found.size() == trace.repeats() && found.size() == expected.size() ? 0 : arma::datum::nan;
    for (std::size_t k = 0; k < found.size() && k < expected.size(); ++k)
      worst = std::max(worst, std::abs(found[k] / expected[k] - 1));
    v.at_most(std::string("The ") + ordinal[i] + " direction is half learned at the predicted step",
              "largest relative deviation over seeds", worst, allowed[i]);
  }
  const auto farthest = [&](const char* run, arma::uword last, std::size_t repeats) {
    double worst = 0;
    for (arma::uword s = 1; s <= last; ++s) {
      const auto d = curve_at(trace, run, nearest, static_cast<double>(s));
      if (d.size() != repeats) return arma::datum::nan;
      for (const double each : d) worst = std::max(worst, each);
    }
    return worst;
  };
  v.at_most("On its way it passes close by the best matrix of each rank", "largest least distance over s and seeds",
            farthest(tiny, directions(), trace.repeats()), 0.01);
  if (!sampled || directions() < 2) return;
  const auto repeats = static_cast<std::size_t>(std::min<std::int64_t>(sampled_repeats, trace.repeats()));
  v.below("From random views too, though not as close", "largest least distance over s below the rank, and seeds",
          farthest(sampled_run, directions() - 1, repeats), 0.3);
}

}  // namespace KAPPA_FILE

Method incremental_learning() {
  using S = KAPPA_FILE::IncrementalLearning;
  return study<S>(
      {.title = "Incremental learning: one rank after the other",
       .idea = "From a tiny start each direction grows exponentially at its own rate, so the strong ones are finished "
               "before the weak ones are seen.",
       .equation = "tᵢ = ln(√sᵢ / ‖uᵢᵀX₀‖) / ln(1 + ηsᵢ);  D_s = min over t of ‖XₜXₜᵀ − M_s‖_F / ‖M_s‖_F",
       .cite = {{"Jin, Li, Lyu, Du, Lee", 2023,
                 "Understanding Incremental Learning of Gradient Descent: A Fine-grained Analysis of Matrix Sensing",
                 "arXiv:2301.11500"}},
       .question = "In which order, and when, does gradient descent learn the parts of a matrix?",
       .look_for =
           "Three waves, one after the other, each half done on its dashed line; from a large start all rise at "
           "once. The error rests on every stair, as high as the best matrix of that rank leaves it.",
       .group = "Low rank",
       .uses = {"gradient_descent"}},
      {{&S::dimension, "dimension", "n", count(3, 80, true), "rows and columns of M"},
       {&S::true_rank, "true_rank", "r*", count(1, 10), "rank of M"},
       {&S::rank, "rank", "k", count(1, 40), "columns of the factor"},
       {&S::condition_number, "condition_number", "κ", log_range(1.05, 1000),
        "largest over smallest eigenvalue of M; they fall geometrically from 1"},
       {&S::init_scale, "init_scale", "α", log_range(1e-12, 1), "the start is α G/√n"},
       {&S::learning_rate, "learning_rate", "η", log_range(1e-3, 0.5), "step size"},
       {&S::steps, "steps", "T", count(10, 20'000, true), "steps of each run"},
       {&S::sampled, "sampled", "", Flag{}, "also from random views of M"},
       {&S::measurements,
        "measurements",
        "m",
        count(1, 3000, true),
        "number of views",
        {.when = When{"sampled", {"true"}}}},
       {&S::sampled_repeats,
        "sampled_repeats",
        "",
        count(1, 100),
        "only the first so many repeats do the sampled part",
        {.when = When{"sampled", {"true"}}}}});
}

}  // namespace kappa::studies
