/// A plane through parameter space, along which a problem of any size is looked at as a landscape.
#pragma once

#include <optional>

#include "core/figure/plane.hpp"
#include "core/figure/spec.hpp"
#include "core/kinds/problem.hpp"

namespace kappa {

/// Centre and two orthogonal unit directions; coordinates are the lengths along them. In its own plane (two parameters)
/// a problem's coordinates are the parameters themselves.
struct Slice {
  PlaneKind kind = PlaneKind::own;
  Blocks centre;
  arma::vec across, up;        ///< empty in the own plane
  Plane frame;                 ///< the part that is shown
  std::optional<Vertex> best;  ///< the solution's place, where it is known

  Vertex place(const Blocks& x) const;
  void point(const Vertex& at, Blocks& out) const;
};

/// How the directions are chosen, for a problem that has no plane of its own:
/// - a bowl of constant Hessian: the directions of least and of greatest curvature, through the solution;
/// - else from the start to the solution (or, unknown, to what the data were made from), and across it the direction of
///   greatest curvature there; where Hessian products are missing or too dear, a seeded random one;
/// - with neither known, down the gradient at the start.
/// Where turning a factor changes nothing, the solution meant is the turned one nearest to the start. Nothing for a
/// problem of one parameter, or where the start is the solution.
std::optional<Slice> slice_through(const ProblemModel& problem, const Blocks& start, Rng rng);

/// Points on each side of the grid on which the slice is drawn: fewer where a value is dear, 0 where it is too dear.
std::uint32_t slice_points(const ProblemModel& problem, const Slice& slice);

}  // namespace kappa
