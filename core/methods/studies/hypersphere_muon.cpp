/// Muon on the sphere: weight decay has no first-order effect there, and the best angle hardly depends on the width.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "core/kinds/fits.hpp"
#include "core/kinds/study.hpp"
#include "core/random/eigenvalues.hpp"
#include "core/random/matrices.hpp"

namespace kappa::studies {
namespace KAPPA_FILE {

constexpr const char* one_step = "One step";
constexpr const char* walk = "Muon on the sphere";
constexpr const char* free_walk = "Muon";
constexpr const char* longer = "MuonH, width 32";
constexpr double rates[] = {0.1, 0.05, 0.025, 0.0125};

NodePtr decaying(double peak) {
  return std::make_shared<const Node>(node(Kind::schedule, "linear_decay", {{"peak", peak}}));
}
Node adam(double rate) {
  return node(Kind::optimizer, "adam", {{"learning_rate", decaying(rate)}, {"beta1", 0.9}, {"beta2", 0.99}});
}
std::string label_of(const char* method, double width) {
  return std::string(method) + ", width " + std::to_string(static_cast<long>(width));
}

/// The vertex of the parabola in log x through the least point and its neighbours; the point itself at an edge.
struct Best {
  double x = arma::datum::nan, y = arma::datum::nan;
};
Best best_of(const std::vector<double>& x, const std::vector<double>& y) {
  if (y.empty()) return {};
  const auto k = static_cast<std::size_t>(std::min_element(y.begin(), y.end()) - y.begin());
  if (k == 0 || k + 1 == y.size() || !std::isfinite(y[k - 1]) || !std::isfinite(y[k + 1])) return {x[k], y[k]};
  const double h = std::log(x[k + 1]) - std::log(x[k]), bend = y[k - 1] - 2 * y[k] + y[k + 1];
  return {bend > 0 ? x[k] * std::exp(0.5 * h * (y[k - 1] - y[k + 1]) / bend) : x[k], y[k]};
}

struct HypersphereMuon {
  std::vector<double> widths = {16, 32, 64, 128};
  std::vector<double> horizons = {50, 100, 200, 400, 800};
  std::int64_t steps = 150;
  std::int64_t grid_points = 9;
  std::int64_t samples = 2048;

  std::vector<FigureSpec> figures() const {
    const auto valleys = [this](const char* id, const char* method, const char* title) {
      FigureSpec figure{.id = id,
                        .title = title,
                        .x_label = "learning rate",
                        .y_label = "loss",
                        .form = FigureForm::curve,
                        .x_scale = Scale::log,
                        .y_scale = Scale::log,
                        .names = {"final_loss"}};
      for (const double width : widths) figure.runs.push_back(label_of(method, width));
      return figure;
    };
    return {valleys("sphere", "MuonH", "Muon on the sphere: final loss against the learning rate, per width"),
            valleys("adam", "Adam", "Adam: final loss against the learning rate, per width"),
            {.id = "horizon",
             .title = "Best learning rate against the number of steps",
             .x_label = "steps",
             .y_label = "best learning rate of the grid",
             .form = FigureForm::curve,
             .x_scale = Scale::log,
             .y_scale = Scale::log,
             .names = {"best_rate"},
             .runs = {longer},
             .note = "on this toy it falls faster (about −0.5 to −0.7) than the paper's −0.32"},
            {.id = "decay",
             .title = "What weight decay changes in one step",
             .x_label = "learning rate η",
             .y_label = "‖W(λ=1) − W(λ=0)‖",
             .form = FigureForm::curve,
             .x_scale = Scale::log,
             .y_scale = Scale::log,
             .names = {"decay_effect"},
             .runs = {one_step}},
            {.id = "norm",
             .title = "The norm stays what it was",
             .x_label = "step",
             .y_label = "‖W‖ / ‖W₀‖",
             .names = {"norm"},
             .runs = {walk, free_walk}},
            {.id = "angle",
             .title = "The angle that a step turns by",
             .x_label = "step",
             .y_label = "radians",
             .names = {"angle"},
             .runs = {walk, free_walk},
             .note = "the norm of Muon's own weights grows, so that the same steps turn them less and less"}};
  }
  void run(StudyContext& c) const;
  void judge(const TraceView& trace, Verdicts& v) const;

 private:
  static Node sphere(double rate, double decay) {
    return node(
        Kind::optimizer, "muon_sphere",
        {{"by", std::string("svd")}, {"learning_rate", rate}, {"weight_decay", decay}, {"last_layer_fallback", false}});
  }
  void decay_is_second_order(StudyContext& c) const;
  void norm_is_kept(StudyContext& c) const;
  void wander(StudyContext& c, const char* label, const Node& optimizer) const;
  double fitted(StudyContext& c, double width, bool on_sphere, double rate, double last) const;
  std::size_t best_at(StudyContext& c, const std::vector<double>& tried, double last,
                      std::optional<std::size_t> near) const;
  void horizon(StudyContext& c) const;
  static std::vector<double> spaced(double from, double to, std::int64_t n) {
    const arma::vec all = log_spaced(from, to, static_cast<arma::uword>(n));
    return {all.begin(), all.end()};
  }
  std::vector<double> grid(bool on_sphere) const {
    return on_sphere ? spaced(-2.2, -0.2, grid_points) : spaced(-3.3, -1, grid_points);
  }
  Best best(const TraceView& trace, const char* method, double width, bool on_sphere) const;
};

void HypersphereMuon::decay_is_second_order(StudyContext& c) const {
  const auto problem = c.problem(node(Kind::problem, "gradient_stream",
                                      {{"rows", std::int64_t{30}},
                                       {"columns", std::int64_t{20}},
                                       {"signal", 1.0},
                                       {"noise", 0.0},
                                       {"row_imbalance", 0.0}}));
  Blocks start = problem->start(c.rng("init"));
  start.block(0) = normal_matrix(c.rng("start"), 30, 20);
  const double radius = arma::norm(start.flat());
  const auto after = [&](double rate, double decay) {
    return c.quietly({.problem = problem, .optimizer = sphere(rate, decay), .steps = 1, .start = start}).x;
  };
  std::vector<double> x, y;
  double residual = 0;
  for (const double rate : rates) {
    const Blocks with = after(rate, 1), without = after(rate, 0), equivalent = after(rate / (1 - rate), 0);
    if (c.stopping()) return;
    const double effect = arma::norm(with.flat() - without.flat());
    residual = std::max(residual, arma::norm(with.flat() - equivalent.flat()) / radius);
    c.curve(one_step, "decay_effect", rate, effect);
    x.push_back(std::log(rate));
    y.push_back(std::log(effect));
  }
  c.series(one_step, "slope", 0, slope_of(x, y));
  c.series(one_step, "equivalence", 0, residual);
  if (c.repeat() != 0) return;
  std::vector<double> at(std::rbegin(rates), std::rend(rates)), square;
  const double scale = std::exp(y.front()) / (rates[0] * rates[0]);
  for (const double rate : at) square.push_back(scale * rate * rate);
  c.theory(TheoryKind::guide, one_step, "decay_effect", "η²λ", at, square);
}

void HypersphereMuon::wander(StudyContext& c, const char* label, const Node& optimizer) const {
  const auto problem = c.problem(node(Kind::problem, "gradient_stream",
                                      {{"rows", std::int64_t{30}},
                                       {"columns", std::int64_t{20}},
                                       {"signal", 0.3},
                                       {"noise", 1.0},
                                       {"row_imbalance", 0.0}}));
  Blocks start = problem->start(c.rng("init"));
  start.block(0) = normal_matrix(c.rng("walk"), 30, 20);
  const double radius = arma::norm(start.flat());
  arma::vec before;
  DescentSpec spec{.problem = problem, .optimizer = optimizer, .steps = 100, .start = start};
  spec.until = [&](std::uint64_t t, const Blocks& x, double) {
    const double size = arma::norm(x.flat());
    c.series(label, "norm", t, size / radius);
    c.series(label, "norm_error", t, std::abs(size / radius - 1));
    if (t > 0) {
      const double along = arma::dot(x.flat(), before) / arma::norm(before);
      const double across = arma::norm(x.flat() - along / arma::norm(before) * before);
      c.series(label, "angle", t - 1, std::atan2(across, along));
    }
    before = x.flat();
    return false;
  };
  c.descent(label, spec);
}

/// Muon's own steps are as long at the start as those on the sphere.
void HypersphereMuon::norm_is_kept(StudyContext& c) const {
  constexpr double rate = 0.05;
  wander(c, walk, sphere(rate, 1));
  const double size = arma::norm(normal_matrix(c.rng("walk"), 30, 20), "fro") / std::sqrt(20.0);
  wander(c, free_walk,
         node(Kind::optimizer, "muon_exact", {{"learning_rate", rate * size}, {"scale", std::string("none")}}));
  if (c.repeat() != 0) return;
  const double turn = std::atan(rate / (1 - rate));
  c.theory(TheoryKind::guide, walk, "angle", "arctan η/(1 − ηλ): a step across W", {0, 99}, {turn, turn});
}

/// The full-data loss after `last` steps.
double HypersphereMuon::fitted(StudyContext& c, double width, bool on_sphere, double rate, double last) const {
  const auto problem = c.problem(node(Kind::problem, "mlp_regression",
                                      {{"widths", std::vector<double>{width, width}},
                                       {"inputs", std::int64_t{8}},
                                       {"samples", samples},
                                       {"target", std::string("double_interaction")}}));
  Node optimizer = adam(rate);
  if (on_sphere)
    optimizer = node(
        Kind::optimizer, "muon_sphere",
        {{"learning_rate", decaying(rate)}, {"momentum", 0.9}, {"fallback", std::make_shared<const Node>(adam(0.02))}});
  const auto end = static_cast<std::uint64_t>(std::llround(last));
  return c
      .quietly({.problem = problem,
                .optimizer = optimizer,
                .steps = end,
                .batch = 64,
                .order = "with_replacement",
                .loss_every = end})
      .loss.back();
}

/// The rate of least loss among `tried`. With `near`, only the rates around that one are looked at, and more of them as
/// long as the least lies at their edge: twice the steps move the valley by about one rate of the grid.
std::size_t HypersphereMuon::best_at(StudyContext& c, const std::vector<double>& tried, double last,
                                     std::optional<std::size_t> near) const {
  std::size_t from = near ? *near - std::min<std::size_t>(*near, 3) : 0,
              end = near ? std::min(*near + 3, tried.size()) : tried.size();
  std::vector<double> loss(tried.size(), arma::datum::inf);
  std::vector<std::size_t> wanted(end - from);
  std::iota(wanted.begin(), wanted.end(), from);
  while (true) {
    c.parallel_for(wanted.size(), [&](std::size_t i, StudyContext& part) {
      const double value = fitted(part, 32, true, tried[wanted[i]], last);
      if (std::isfinite(value) && !part.stopping()) loss[wanted[i]] = value;
    });
    const auto least = static_cast<std::size_t>(std::min_element(loss.begin(), loss.end()) - loss.begin());
    wanted.clear();
    if (least == from && from > 0) wanted.push_back(--from);
    if (least + 1 == end && end < tried.size()) wanted.push_back(end++);
    if (wanted.empty() || c.stopping()) return least;
  }
}

void HypersphereMuon::horizon(StudyContext& c) const {
  const std::vector<double> tried = spaced(-2.6, -0.2, 13);
  std::vector<double> all = horizons, guide;
  std::sort(all.begin(), all.end());
  std::optional<std::size_t> best;
  double first = 0;
  for (const double last : all) {
    best = best_at(c, tried, last, best);
    if (c.stopping()) return;
    if (guide.empty()) first = tried[*best];
    c.curve(longer, "best_rate", last, tried[*best]);
    guide.push_back(first * std::pow(last / all.front(), -0.32));
    c.progress(0.75 + 0.25 * static_cast<double>(guide.size()) / static_cast<double>(all.size()));
  }
  if (c.repeat() == 0) c.theory(TheoryKind::guide, longer, "best_rate", "paper: T^−0.32", all, guide);
}

void HypersphereMuon::run(StudyContext& c) const {
  decay_is_second_order(c);
  norm_is_kept(c);
  struct Cell {
    double width, rate;
    bool on_sphere;
  };
  std::vector<Cell> cells;
  for (const bool on_sphere : {true, false})
    for (const double width : widths)
      for (const double rate : grid(on_sphere)) cells.push_back({width, rate, on_sphere});
  c.parallel_for(cells.size(), [&](std::size_t i, StudyContext& part) {
    const Cell& cell = cells[i];
    const double loss = fitted(part, cell.width, cell.on_sphere, cell.rate, static_cast<double>(steps));
    if (!part.stopping())
      part.curve(label_of(cell.on_sphere ? "MuonH" : "Adam", cell.width), "final_loss", cell.rate, loss);
    part.progress(0.05 + 0.7 * static_cast<double>(i + 1) / static_cast<double>(cells.size()));
  });
  if (c.repeat() < 2 && !c.stopping()) horizon(c);
}

Best HypersphereMuon::best(const TraceView& trace, const char* method, double width, bool on_sphere) const {
  std::vector<double> x, y;
  for (const double rate : grid(on_sphere)) {
    const double mean = mean_of(curve_at(trace, label_of(method, width), "final_loss", rate));
    x.push_back(rate);
    y.push_back(std::isfinite(mean) ? mean : arma::datum::inf);
  }
  return best_of(x, y);
}

void HypersphereMuon::judge(const TraceView& trace, Verdicts& v) const {
  const auto last = [](const TraceView::Series& s) { return s.value.back(); };
  v.within("One step with decay differs from one without by the second order in η",
           "mean slope of log‖W(λ=1) − W(λ=0)‖ against log η", mean_of(over_repeats(trace, one_step, "slope", last)),
           1.9, 2.15);
  const auto largest = [](const std::vector<double>& all) {
    return all.empty() ? arma::datum::nan : *std::max_element(all.begin(), all.end());
  };
  v.at_most("A step with decay λ is a step without at η/(1 − ηλ)", "largest difference over R",
            largest(over_repeats(trace, one_step, "equivalence", last)), 1e-12);
  v.at_most("The Frobenius norm never changes", "largest |‖W‖/R − 1|",
            largest(over_repeats(
                trace, walk, "norm_error",
                [](const TraceView::Series& s) { return *std::max_element(s.value.begin(), s.value.end()); })),
            1e-12);
  if (widths.size() < 2) return;
  std::vector<double> sorted = widths, log_width, muon, other, muon_loss, other_loss;
  std::sort(sorted.begin(), sorted.end());
  for (const double width : sorted) {
    const Best on = best(trace, "MuonH", width, true), off = best(trace, "Adam", width, false);
    log_width.push_back(std::log(width));
    muon.push_back(std::log(on.x));
    other.push_back(std::log(off.x));
    muon_loss.push_back(on.y);
    other_loss.push_back(off.y);
  }
  double rise = 0;
  for (std::size_t i = 1; i < muon_loss.size(); ++i) rise = std::max(rise, muon_loss[i] / muon_loss[i - 1]);
  v.below("Muon on the sphere gets better with every doubling of the width",
          "largest ratio of best losses, next width over last", rise, 1);
  v.above("Adam gets worse from the second width to the last", "best loss at the last width over that at the second",
          other_loss.back() / other_loss[std::min<std::size_t>(1, other_loss.size() - 1)], 1);
  v.above("At the largest width Adam's best loss is more than twice that of Muon on the sphere", "ratio of best losses",
          other_loss.back() / muon_loss.back(), 2);
  // Three seeds are too few for the exponents of the best rate; six are enough.
  if (curve_at(trace, label_of("MuonH", sorted.front()), "final_loss", grid(true).front()).size() < 6) return;
  v.below("The best angle depends less on the width than Adam's best rate does",
          "|exponent| of Muon on the sphere less that of Adam",
          std::abs(slope_of(log_width, muon)) - std::abs(slope_of(log_width, other)), -0.05);
}

}  // namespace KAPPA_FILE

Method hypersphere_muon() {
  using S = KAPPA_FILE::HypersphereMuon;
  return study<S>(
      {.title = "Muon on the sphere",
       .idea = "Keep every matrix's norm: then weight decay only changes the angle of a step in second order, and the "
               "best angle carries over between widths.",
       .equation = "W ← R (W − ηR O/‖O‖) / ‖·‖;  a step with decay λ is one without at η/(1 − ηλ)",
       .cite = {{"Ren, Liu, Shen, Chen", 2026,
                 "Rethinking Language Model Scaling under Transferable Hypersphere Optimization", "arXiv:2603.28743"}},
       .question = "What is left of weight decay, and of tuning, when weights live on a sphere?",
       .look_for = "The valleys of the loss over the learning rate wander to the left for Adam as the network widens, "
                   "and less for Muon on the sphere; with more steps the best rate falls faster than the paper's "
                   "−0.32.",
       .group = "Optimizers",
       .uses = {"muon_sphere", "muon_exact", "adam"}},
      {{&S::widths, "widths", "w", Many{log_range_of(2, 256), 1, 6}, "units of both hidden layers"},
       {&S::horizons, "horizons", "T", Many{log_range_of(2, 2'000), 1, 8},
        "numbers of steps of the last picture, at width 32 and on the first two seeds"},
       {&S::steps, "steps", "T", count(2, 2'000, true), "steps of each run"},
       {&S::grid_points, "grid_points", "", count(3, 25), "learning rates tried"},
       {&S::samples, "samples", "n", count(64, 20'000, true), "points to fit"}});
}

}  // namespace kappa::studies
