/// Draws markers, marks, arrows and rings.
#include "ui/charts/glyphs.hpp"

#include <QPainterPath>
#include <algorithm>
#include <cmath>
#include <numbers>

namespace kappa::ui {
namespace {

QPolygonF regular(QPointF at, int corners, double radius, double turn) {
  QPolygonF shape;
  for (int i = 0; i < corners; ++i) {
    const double angle = turn + 2 * std::numbers::pi * i / corners;
    shape << at + radius * QPointF(std::sin(angle), -std::cos(angle));
  }
  return shape;
}

QPolygonF star(QPointF at, double radius) {
  QPolygonF shape;
  for (int i = 0; i < 10; ++i) {
    const double angle = std::numbers::pi * i / 5, r = i % 2 ? 0.45 * radius : radius;
    shape << at + r * QPointF(std::sin(angle), -std::cos(angle));
  }
  return shape;
}

/// A plus (turn 0) or a cross (turn 45 degrees), as a filled outline so that it can be edged.
QPolygonF crossed(QPointF at, double radius, double turn) {
  const double a = radius, b = 0.32 * radius;
  const QPointF corners[] = {{-b, -a}, {b, -a}, {b, -b}, {a, -b}, {a, b},   {b, b},
                             {b, a},   {-b, a}, {-b, b}, {-a, b}, {-a, -b}, {-b, -b}};
  QPolygonF shape;
  const double c = std::cos(turn), s = std::sin(turn);
  for (const QPointF& p : corners) shape << at + QPointF(c * p.x() - s * p.y(), s * p.x() + c * p.y());
  return shape;
}

void triangle(QPainter& painter, QPointF at, double radius, bool up, bool filled, QColor colour, QColor ground) {
  painter.setPen(filled ? QPen(ground, 1) : QPen(colour, 1.4));
  painter.setBrush(filled ? colour : ground);
  painter.drawPolygon(regular(at, 3, radius, up ? 0 : std::numbers::pi));
}

void strokes(QPainter& painter, QColor colour, QColor ground, std::initializer_list<QLineF> lines) {
  for (const auto& [width, ink] : {std::pair{4.5, ground}, std::pair{2.0, colour}}) {
    painter.setPen(QPen(ink, width, Qt::SolidLine, Qt::RoundCap));
    painter.drawLines(lines.begin(), static_cast<int>(lines.size()));
  }
}

}  // namespace

void drawMarker(QPainter& painter, Marker shape, QPointF at, double radius, QColor colour, QColor ground) {
  painter.setPen(QPen(ground, 1));
  painter.setBrush(colour);
  switch (shape) {
    case Marker::none:
      return;
    case Marker::circle:
      painter.drawEllipse(at, radius, radius);
      return;
    case Marker::square:
      painter.drawPolygon(regular(at, 4, 1.25 * radius, std::numbers::pi / 4));
      return;
    case Marker::triangle:
      painter.drawPolygon(regular(at, 3, 1.3 * radius, 0));
      return;
    case Marker::triangle_down:
      painter.drawPolygon(regular(at, 3, 1.3 * radius, std::numbers::pi));
      return;
    case Marker::diamond:
      painter.drawPolygon(regular(at, 4, 1.3 * radius, 0));
      return;
    case Marker::cross:
      painter.drawPolygon(crossed(at, 1.3 * radius, std::numbers::pi / 4));
      return;
    case Marker::plus:
      painter.drawPolygon(crossed(at, 1.3 * radius, 0));
      return;
    case Marker::star:
      painter.drawPolygon(star(at, 1.5 * radius));
      return;
  }
}

void drawMark(QPainter& painter, MarkKind kind, QPointF at, QColor colour, QColor ground) {
  constexpr double r = 5;
  switch (kind) {
    case MarkKind::zero:
      return triangle(painter, at, r, false, true, colour, ground);
    case MarkKind::negative:
      return triangle(painter, at, r, false, false, colour, ground);
    case MarkKind::infinite:
      return triangle(painter, at, r, true, true, colour, ground);
    case MarkKind::diverged:
      return strokes(painter, colour, ground,
                     {{at + QPointF(-4, -4), at + QPointF(4, 4)}, {at + QPointF(-4, 4), at + QPointF(4, -4)}});
    case MarkKind::not_a_number: {
      drawRing(painter, at, 4, colour, ground, 1.4);
      painter.setPen(QPen(colour, 1.4));
      painter.drawLine(at + QPointF(-2.8, 2.8), at + QPointF(2.8, -2.8));
      return;
    }
    case MarkKind::edit:
      return drawMarker(painter, Marker::diamond, at, 4, colour, ground);
    case MarkKind::fork:
      return strokes(painter, colour, ground,
                     {{at + QPointF(0, 5), at}, {at, at + QPointF(-4, -5)}, {at, at + QPointF(4, -5)}});
    case MarkKind::below:
      return strokes(painter, colour, ground,
                     {{at + QPointF(-4.5, -3), at + QPointF(0, 2)}, {at + QPointF(0, 2), at + QPointF(4.5, -3)}});
    case MarkKind::reached:
      return strokes(painter, colour, ground,
                     {{at + QPointF(-4, 0), at + QPointF(-1, 3)}, {at + QPointF(-1, 3), at + QPointF(5, -4)}});
  }
}

void paintDash(QPainter& painter, const QLineF& line, TheoryKind kind, QColor colour, double width) {
  const double dash = kind == TheoryKind::exact ? 7 : kind == TheoryKind::bound ? 4.5 : 1.6;
  painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::FlatCap));
  for (double from = line.x1(); from < line.x2(); from += dash + 3.5)
    painter.drawLine(QPointF(from, line.y1()), QPointF(std::min(from + dash, line.x2()), line.y1()));
}

void drawArrow(QPainter& painter, QPointF tip, QPointF direction, QColor colour) {
  const QPointF across(-direction.y(), direction.x());
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  painter.drawPolygon(
      QPolygonF{tip + 3.5 * direction, tip - 3.5 * direction + 3.2 * across, tip - 3.5 * direction - 3.2 * across});
}

void drawRing(QPainter& painter, QPointF at, double radius, QColor colour, QColor ground, double width) {
  painter.setPen(QPen(colour, width));
  painter.setBrush(ground);
  painter.drawEllipse(at, radius, radius);
}

}  // namespace kappa::ui
