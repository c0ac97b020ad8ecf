/// Chooses the two directions, and how much of their plane is shown.
#include "core/kinds/slice.hpp"

#include <algorithm>
#include <cmath>

namespace kappa {
namespace {

constexpr arma::uword most_dense = 600;  // unknowns up to which a Hessian is decomposed
constexpr double dear_product = 64e6;    // bytes a Hessian product may touch
constexpr double all_values = 3e9;       // bytes that all values of the grid together may touch
constexpr double room_beyond = 1.3;      // of the frame, beyond the start
constexpr double overshoot = 3.9;        // the best heavy ball swings almost four times as wide across the valley

double value_at(const ProblemModel& problem, const Blocks& x) {
  Scratch scratch;
  return problem.value(x, {{}, Rng(0, "slice"), scratch, true});
}

/// The solution turned towards the start, where that leaves the loss as it is: X and XQ are the same to XX'.
Blocks nearest(const ProblemModel& problem, const Blocks& solution, const Blocks& start) {
  const arma::uword cols = solution.count() > 0 ? solution.shape(0).cols : 0;
  arma::mat overlap(cols, cols, arma::fill::zeros);
  for (std::size_t i = 0; i < solution.count(); ++i) {
    if (solution.shape(i).cols != cols) return solution;
    overlap += solution.block(i).t() * start.block(i);
  }
  arma::mat u, v;
  arma::vec s;
  if (cols == 0 || cols > 200 || !overlap.is_finite() || !arma::svd(u, s, v, overlap)) return solution;
  const arma::mat turn = u * v.t();
  Blocks turned = solution;
  for (std::size_t i = 0; i < solution.count(); ++i) {
    arma::mat own = turned.block(i);
    own = solution.block(i) * turn;
  }
  const double before = value_at(problem, solution), after = value_at(problem, turned);
  const double scale = std::abs(before) + std::abs(value_at(problem, start));
  return std::abs(after - before) <= 1e-10 * scale ? turned : solution;
}

void make_orthogonal(arma::vec& v, const arma::vec& to) {
  for (int pass = 0; pass < 2; ++pass) v -= arma::dot(to, v) * to;
}

/// The direction of greatest curvature at the point, across `across`; its curvature.
std::pair<arma::vec, double> steepest_across(const ProblemModel& problem, const Blocks& at, const arma::vec& across,
                                             Rng rng) {
  Blocks v = zeros_like(at), image = zeros_like(at);
  rng.fill_normal({v.flat().memptr(), v.flat().n_elem});
  double curvature = 0;
  for (int i = 0; i < 40; ++i) {
    make_orthogonal(v.flat(), across);
    const double size = arma::norm(v.flat());
    if (!(size > 0) || !std::isfinite(size)) break;
    v.flat() /= size;
    problem.hessian_product(at, v, image);
    curvature = arma::dot(v.flat(), image.flat());
    if (i + 1 < 40 && image.flat().is_finite() && arma::norm(image.flat()) > 0) v.flat() = image.flat();
  }
  make_orthogonal(v.flat(), across);
  v.flat() /= arma::norm(v.flat());
  return {v.flat(), curvature};
}

arma::vec random_across(const Blocks& at, const arma::vec& across, Rng rng) {
  arma::vec v(at.flat().n_elem);
  rng.fill_normal({v.memptr(), v.n_elem});
  make_orthogonal(v, across);
  return v / arma::norm(v);
}

bool is_bowl(const ProblemModel& problem, const Facts& facts) {
  return facts.solution && !facts.hessian_spectrum.is_empty() && problem.can(Can::hessian) &&
         facts.solution->flat().n_elem <= most_dense;
}

/// The start lies at the upper left, so that paths run to the right and down.
std::optional<Slice> bowl(const ProblemModel& problem, const Blocks& start, const Blocks& solution) {
  arma::vec values;
  arma::mat vectors;
  if (!arma::eig_sym(values, vectors, arma::symmatu(problem.hessian(solution)))) return std::nullopt;
  Slice slice{PlaneKind::extreme, solution, vectors.col(0), vectors.col(vectors.n_cols - 1), {}, Vertex{0, 0}};
  Vertex at = slice.place(start);
  if (at.x > 0) slice.across *= -1, at.x *= -1;
  if (at.y < 0) slice.up *= -1, at.y *= -1;
  const double larger = std::max(-at.x, at.y);
  if (!(larger > 0) || !std::isfinite(larger)) return std::nullopt;
  const double wide = room_beyond * std::max(-at.x, 0.02 * larger), high = overshoot * std::max(at.y, 0.02 * larger);
  slice.frame = {-wide, wide, -high, high};
  return slice;
}

/// Where the loss across the middle has risen to that of the start: there no descent leaves the picture.
double height(const ProblemModel& problem, const Slice& slice, double curvature, double reach, double rise) {
  if (curvature > 0 && rise > 0) return std::clamp(1.2 * std::sqrt(2 * rise / curvature), 0.02 * reach, reach);
  Blocks probe = zeros_like(slice.centre);
  const double middle = value_at(problem, slice.centre);
  double y = reach;
  for (int i = 0; i < 8; ++i, y /= 2) {
    slice.point({0, y}, probe);
    const double above = value_at(problem, probe) - middle;
    if (above <= 2 * rise) break;
  }
  return y;
}

}  // namespace

Vertex Slice::place(const Blocks& x) const {
  if (across.is_empty()) return {x.flat()[0], x.flat()[1]};
  const arma::vec away = x.flat() - centre.flat();
  return {arma::dot(across, away), arma::dot(up, away)};
}

void Slice::point(const Vertex& at, Blocks& out) const {
  if (across.is_empty())
    out.flat() = arma::vec{at.x, at.y};
  else
    out.flat() = centre.flat() + at.x * across + at.y * up;
}

std::optional<Slice> slice_through(const ProblemModel& problem, const Blocks& start, Rng rng) {
  const Facts& facts = problem.facts();
  const arma::uword n = start.flat().n_elem;
  if (problem.can(Can::plane) && n == 2) {
    Slice own{PlaneKind::own, zeros_like(start), {}, {}, problem.plane(), std::nullopt};
    if (facts.solution) own.best = own.place(*facts.solution);
    return own;
  }
  if (n < 2 || !all_finite(start)) return std::nullopt;
  const auto fits = [&](const std::optional<Blocks>& x) { return x && x->flat().n_elem == n; };
  if (fits(facts.solution) && is_bowl(problem, facts)) return bowl(problem, start, *facts.solution);

  Slice slice{PlaneKind::steepest, start, {}, {}, {}, std::nullopt};
  const bool known = fits(facts.solution) || fits(facts.truth);
  if (known) slice.centre = nearest(problem, fits(facts.solution) ? *facts.solution : *facts.truth, start);
  double reach = 0;
  if (known) {
    slice.across = slice.centre.flat() - start.flat();
    reach = arma::norm(slice.across);
    if (fits(facts.solution)) slice.best = Vertex{0, 0};
  } else {
    slice.kind = PlaneKind::downhill;
    Scratch scratch;
    Blocks g = zeros_like(start);
    problem.value_gradient(start, g, {{}, Rng(0, "slice"), scratch, true});
    slice.across = -g.flat();
    reach = std::max(1.0, 2 * arma::norm(start.flat()));
  }
  const double length = arma::norm(slice.across);
  if (!(length > 0) || !std::isfinite(length)) return std::nullopt;
  slice.across /= length;

  double curvature = 0;
  if (problem.can(Can::hessian_product) && problem.footprint() <= dear_product) {
    std::tie(slice.up, curvature) = steepest_across(problem, slice.centre, slice.across, rng.child("steepest"));
  }
  if (!slice.up.is_finite() || slice.up.is_empty()) {
    slice.up = random_across(start, slice.across, rng.child("random"));
    if (known) slice.kind = PlaneKind::random;
    curvature = 0;
  }
  const double rise = value_at(problem, start) - value_at(problem, slice.centre);
  const double high = height(problem, slice, curvature, reach, rise);
  slice.frame = {known ? -room_beyond * reach : -0.3 * reach, known ? 0.8 * reach : 2 * reach, -high, high};
  return slice;
}

std::uint32_t slice_points(const ProblemModel& problem, const Slice& slice) {
  if (slice.kind == PlaneKind::own) return 101;
  const double each = std::max(problem.footprint(), 8.0 * static_cast<double>(slice.centre.flat().n_elem));
  for (const std::uint32_t points : {101U, 65U, 41U, 25U})
    if (each * points * points <= all_values) return points;
  return 0;
}

}  // namespace kappa
