/// Which part of a plane is worth showing, and what of its paths lies outside it.
#pragma once

#include <optional>
#include <vector>

#include "core/figure/parts.hpp"

namespace kappa::parts {

/// One run's path on a plane, as recorded.
struct Track {
  ShownRun run;
  std::vector<FieldCell> cells;
};

struct PlaneRect {
  Interval x, y;
};

/// The part of a bowl's plane around its starts and its optimum, rather than around the widest swing of one method.
/// It grows towards the whole, in a few steps, only as long as a run spends more than a fifth of its steps outside:
/// as steps are only ever added it never shrinks again while the runs go on.
PlaneRect plane_window(const PlaneRect& whole, const Vertex& optimum, const std::vector<Vertex>& starts,
                       const std::vector<Track>& tracks, const FigureOptions& options);

/// A mark at each side of the frame that a path goes beyond, where it is farthest out.
void add_outside(Figure& figure, const Path& path);

/// A path of very many vertices without the segments that lie wholly on what it has drawn before; gaps stand for them.
std::vector<Vertex> inked(const std::vector<Vertex>& path, const Axis& x, const Axis& y);

}  // namespace kappa::parts
