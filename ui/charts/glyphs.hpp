/// Small shapes: markers along curves, marks at the frame, arrows along paths, rings.
#pragma once

#include <QPainter>

#include "core/lab.hpp"

namespace kappa::ui {

/// A marker of the given radius, filled in `colour` and edged with the ground so that it stands off its curve.
void drawMarker(QPainter& painter, Marker shape, QPointF at, double radius, QColor colour, QColor ground);
/// zero ▼, negative ▽, infinite ▲, diverged ✕, not a number ?, edit ◆ with a line, fork, reached ✓, below ⌄.
void drawMark(QPainter& painter, MarkKind kind, QPointF at, QColor colour, QColor ground);
/// A stretch of a theory's curve: dashed as on the chart.
void paintDash(QPainter& painter, const QLineF& line, TheoryKind kind, QColor colour, double width);
void drawArrow(QPainter& painter, QPointF tip, QPointF direction, QColor colour);
void drawRing(QPainter& painter, QPointF at, double radius, QColor colour, QColor ground, double width = 2);

}  // namespace kappa::ui
