/// Mode connectivity: networks from different starts are apart by a barrier, unless their units are put in order first.
#include <algorithm>
#include <cmath>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/linalg/path_barrier.hpp"
#include "core/linalg/relu_network.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* star_run = "Star";
constexpr const char* plane_run = "Plane of solutions";
constexpr const char* barrier_run = "Barrier";
constexpr const char* pairs[] = {"As trained", "Units matched", "Star to a held-out solution", "Star to a source"};
constexpr std::size_t solutions = 4;  ///< the star sees all but the last

struct ModeConnectivity {
  std::int64_t width = 64;
  std::int64_t inputs = 6;
  std::int64_t samples = 400;
  std::int64_t batch = 32;
  double learning_rate = 0.3;
  std::int64_t steps = 3000;
  std::int64_t star_steps = 4000;
  std::int64_t matching_steps = 200;
  std::int64_t points = 11;

  std::vector<FigureSpec> figures() const {
    return {{.id = "paths",
             .title = "Loss along the straight path between two networks",
             .x_label = "way from one to the other",
             .y_label = "loss",
             .form = FigureForm::curve,
             .names = {"path"}},
            {.id = "plane",
             .title = "Loss on the plane of three: 0, 3, and 3 with its units matched to 0",
             .x_label = "0 at (0, 0), 3 at (1, 0)",
             .y_label = "3 matched at (0, 1)",
             .form = FigureForm::heat,
             .names = {"plane"},
             .runs = {plane_run}},
            {.id = "barriers",
             .title = "How high each path climbs above the line between its ends",
             .y_label = "barrier",
             .form = FigureForm::curve,
             .y_scale = Scale::log,
             .names = {"barrier"},
             .runs = {barrier_run},
             .scatter = true,
             .x_names = {"as trained", "matched", "star, held out", "star, source"}},
            {.id = "loss", .title = "Training loss", .x_label = "step", .y_scale = Scale::log, .names = {"loss"}},
            {.id = "star",
             .title = "The star's own loss while it is trained",
             .x_label = "step",
             .y_scale = Scale::log,
             .names = {"star_loss"},
             .runs = {star_run}}};
  }

  void run(StudyContext& c) const;
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  std::map<std::string, Value, std::less<>> sizes() const {
    return {{"width", width}, {"inputs", inputs}, {"samples", samples}};
  }
  DescentSpec sgd(std::shared_ptr<const ProblemModel> problem, Blocks start, std::int64_t most) const {
    DescentSpec spec{.problem = std::move(problem),
                     .optimizer = node(Kind::optimizer, "gradient_descent", {{"learning_rate", learning_rate}}),
                     .steps = static_cast<std::uint64_t>(most),
                     .batch = static_cast<std::uint64_t>(std::min(batch, samples)),
                     .order = "with_replacement",
                     .start = std::move(start)};
    spec.loss_every = std::max<std::uint64_t>(1, spec.steps / 60);
    return spec;
  }
  std::vector<Blocks> train(StudyContext& c, const std::shared_ptr<const ProblemModel>& network) const;
  Blocks star(StudyContext& c, const ProblemModel& network, const std::vector<Blocks>& found) const;
  void path(StudyContext& c, const ProblemModel& network, std::size_t pair, const Blocks& from, const Blocks& to) const;
  void plane(StudyContext& c, const ProblemModel& network, const Blocks& origin, const Blocks& across,
             const Blocks& up) const;
};

/// `other` with its hidden units in the order of `model`'s: the same function.
Blocks in_order_of(const Blocks& model, const Blocks& other) {
  const arma::uvec order = matched_units(model.block(0), model.block(1).t(), other.block(0), other.block(1).t());
  Blocks out = other;
  out.block(0) = arma::mat(other.block(0)).rows(order);
  out.block(1) = arma::mat(other.block(1)).cols(order);
  return out;
}

std::vector<Blocks> ModeConnectivity::train(StudyContext& c, const std::shared_ptr<const ProblemModel>& network) const {
  std::vector<Blocks> found(solutions);
  c.parallel_for(solutions, [&](std::size_t k, StudyContext& part) {
    found[k] =
        part.descent("Solution " + std::to_string(k), sgd(network, network->start(part.rng("solution", k)), steps)).x;
  });
  return found;
}

/// Descents of `matching_steps` each, every one on the sources as they match the star at its beginning.
Blocks ModeConnectivity::star(StudyContext& c, const ProblemModel& network, const std::vector<Blocks>& found) const {
  Blocks centre = found[0];
  const std::size_t sources = found.size() - 1;
  std::uint64_t part = 0;
  for (std::int64_t done = 0; done < star_steps && !c.stopping() && all_finite(centre);
       done += matching_steps, ++part) {
    std::vector<double> tips;
    for (std::size_t k = 0; k < sources; ++k) {
      const Blocks tip = in_order_of(centre, found[k]);
      tips.insert(tips.end(), tip.flat().begin(), tip.flat().end());
    }
    Node setting = node(Kind::problem, "star_domain", sizes());
    setting.params["points"] = std::move(tips);
    c.series(star_run, "star_loss", static_cast<std::uint64_t>(done), value_of(network, centre));
    DescentSpec spec = sgd(c.problem(setting), centre, std::min(matching_steps, star_steps - done));
    spec.loss_every = spec.steps;
    spec.part = part;
    centre = c.quietly(spec).x;
    c.progress(0.6 + 0.35 * static_cast<double>(done) / static_cast<double>(star_steps));
  }
  c.series(star_run, "star_loss", static_cast<std::uint64_t>(star_steps), value_of(network, centre));
  return centre;
}

void ModeConnectivity::path(StudyContext& c, const ProblemModel& network, std::size_t pair, const Blocks& from,
                            const Blocks& to) const {
  Blocks at = from;
  arma::vec losses(static_cast<arma::uword>(points));
  for (arma::uword i = 0; i < losses.n_elem; ++i) {
    const double t = static_cast<double>(i) / static_cast<double>(points - 1);
    at.flat() = (1 - t) * from.flat() + t * to.flat();
    losses[i] = value_of(network, at);
    c.curve(pairs[pair], "path", t, losses[i]);
  }
  c.curve(barrier_run, "barrier", static_cast<double>(pair), path_barrier(losses));
}

/// origin at (0, 0), across at (1, 0), up at (0, 1).
void ModeConnectivity::plane(StudyContext& c, const ProblemModel& network, const Blocks& origin, const Blocks& across,
                             const Blocks& up) const {
  Blocks at = origin;
  const auto cells = surface({-0.2, 1.2, -0.2, 1.2}, 29, 29, [&](double x, double y) {
    at.flat() = (1 - x - y) * origin.flat() + x * across.flat() + y * up.flat();
    return c.stopping() ? 0 : value_of(network, at);
  });
  if (!c.stopping()) c.field(plane_run, "plane", cells);
}

void ModeConnectivity::run(StudyContext& c) const {
  const auto network = c.problem(node(Kind::problem, "two_layer_classifier", sizes()));
  const std::vector<Blocks> found = train(c, network);
  if (c.stopping() || !std::all_of(found.begin(), found.end(), all_finite)) return;  // a run that diverged says so
  const Blocks twin = in_order_of(found.front(), found.back());
  path(c, *network, 0, found.front(), found.back());
  path(c, *network, 1, found.front(), twin);
  if (c.repeat() == 0) plane(c, *network, found.front(), found.back(), twin);
  c.progress(0.6);
  const Blocks centre = star(c, *network, found);
  if (c.stopping() || !all_finite(centre)) return;
  path(c, *network, 2, centre, in_order_of(centre, found.back()));
  path(c, *network, 3, centre, in_order_of(centre, found[1]));
}

void ModeConnectivity::judge(const TraceView& trace, Verdicts& v) const {
  const auto barrier = [&](double pair) { return mean_of(curve_at(trace, barrier_run, "barrier", pair)); };
  const double before = barrier(0), after = barrier(1), star = barrier(2);
  v.at_most("Putting the units in order takes most of the barrier away",
            "mean barrier with matched units over that without, over seeds", after / before, 0.3);
  v.at_most("The star is joined to a solution that it never saw, as well as two solutions are to each other",
            "mean barrier from star to held-out solution minus that of matched solutions", star - after, 0.01);
}

}  // namespace KAPPA_FILE

Method mode_connectivity() {
  using S = KAPPA_FILE::ModeConnectivity;
  return study<S>(
      {.title = "Mode connectivity and star domains",
       .idea = "Two networks trained from different starts seem to lie in different valleys; reorder the units of one, "
               "and it is the same valley. A star lies on straight low paths to all of them.",
       .equation = "barrier = max over t of L((1−t)p + tq) − (1−t)L(p) − tL(q);  star: E L((1−u)θ + uθₖ) → min",
       .cite = {{"Singh, Adilova, Kamp, Fischer, Schölkopf, Hofmann", 2024, "Landscaping Linear Mode Connectivity",
                 "arXiv:2406.16300"},
                {"Sonthalia, Rubinstein, Abbasnejad, Oh", 2024, "Do Deep Neural Network Solutions Form a Star Domain?",
                 "arXiv:2403.07968"}},
       .question = "Are the solutions that training finds from different starts really different?",
       .look_for = "Between two networks as they were trained the loss climbs a hill; once their units are matched the "
                   "path is flat, and from the star it is flat to a network that it never saw.",
       .group = "Dynamics",
       .uses = {"gradient_descent"}},
      {{&S::width, "width", "m", count(1, 256, true), "hidden units"},
       {&S::inputs, "inputs", "d", count(3, 20, true), "inputs"},
       {&S::samples, "samples", "n", count(1, 1'000, true), "training samples"},
       {&S::batch, "batch", "b", count(1, 256, true), "rows of a step, drawn with replacement"},
       {&S::learning_rate, "learning_rate", "η", from_zero(1e-3, 10), "step size of SGD, solutions and star"},
       {&S::steps, "steps", "T", count(1, 10'000, true), "steps of each of the four solutions"},
       {&S::star_steps, "star_steps", "", count(1, 10'000, true), "steps of the star, from the first solution"},
       {&S::matching_steps, "matching_steps", "", count(50, 10'000, true),
        "the star's sources are matched to it anew after so many"},
       {&S::points, "points", "", count(2, 101), "losses along each path"}});
}

}  // namespace kappa::studies
