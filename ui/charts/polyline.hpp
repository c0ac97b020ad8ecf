/// Curves as line segments: clipped, thinned below what a pixel can show, dashed, and sampled for markers.
#pragma once

#include <QLineF>
#include <QPointF>
#include <span>
#include <vector>

#include "ui/charts/plot_map.hpp"

namespace kappa::ui {

/// A curve in pixels, cut at its gaps. Pieces of one point are kept: they are drawn as dots.
using Pieces = std::vector<std::vector<QPointF>>;
Pieces piecesOf(std::span<const Vertex> vertices, const PlotMap& map);

/// Leaves out points that lie closer than `tolerance` to the lines drawn through the others.
void thin(std::vector<QPointF>& points, double tolerance);

/// Segments inside `area`; Qt draws them far faster than a polyline or a path of the same pen.
void appendSolid(const std::vector<QPointF>& points, const QRectF& area, std::vector<QLineF>& out);
/// A dash at a time, as dashed pens are many times slower than the lines they draw.
void appendDashed(const std::vector<QPointF>& points, const QRectF& area, double dash, double gap,
                  std::vector<QLineF>& out);

struct Station {
  QPointF at, direction;  ///< direction has length one
};
/// Places along the curve, `first` and then every `every` pixels of its length, inside `area`.
std::vector<Station> stations(const std::vector<QPointF>& points, const QRectF& area, double first, double every);

/// Adds places along the curve, inside `area`, that keep `every` pixels from each other and `first` from its start:
/// a zig-zag does not crowd them. Those of one curve's pieces belong in one vector.
void appendSpaced(const std::vector<QPointF>& points, const QRectF& area, double first, double every,
                  std::vector<QPointF>& places);

/// The part of a segment inside `area`; a null line when there is none.
QLineF clipped(const QLineF& line, const QRectF& area);

}  // namespace kappa::ui
