/// Paints each kind of element from back to front.
#include "ui/charts/plot_painter.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "ui/charts/glyphs.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

void paintBars(QPainter& painter, const PlotGeometry& plot, const Theme& theme) {
  // Bars on whole pixels: edges stay sharp without smoothing.
  painter.setRenderHint(QPainter::Antialiasing, false);
  painter.setPen(Qt::NoPen);
  for (const BarSet& set : plot.bars) {
    const QColor ghost = toColour(mix(theme.line, theme.grid, 0.5));
    painter.setBrush(set.ghost ? ghost : runColour(theme, set.colour));
    if (!set.bars.empty()) painter.drawRects(set.bars.data(), static_cast<int>(set.bars.size()));
  }
  painter.setRenderHint(QPainter::Antialiasing, true);
}

/// Filled levels from the lowest to the highest, each over the one below; thin lines hide their edges.
void paintShades(QPainter& painter, const PlotGeometry& plot, const Theme& theme) {
  if (plot.shades.empty()) return;
  painter.save();
  painter.setClipRect(plot.map.area, Qt::IntersectClip);
  painter.setRenderHint(QPainter::Antialiasing, false);
  painter.setPen(Qt::NoPen);
  for (const Shade& shade : plot.shades) {
    painter.setBrush(toColour(level_tint(theme, shade.depth)));
    painter.drawPath(shade.area);
  }
  painter.restore();
}

/// White over viridis, with a dark edge for its bright end: no run's colour is sure to be seen there.
void paintOverHeat(QPainter& painter, const PlotGeometry& plot) {
  for (const Stroke& stroke : plot.strokes)
    for (const auto& [colour, more] : {std::pair(QColor(0, 0, 0, 115), 1.6), std::pair(QColor(Qt::white), 0.0)}) {
      painter.setPen(QPen(colour, stroke.width + more, Qt::SolidLine, Qt::FlatCap));
      painter.drawLines(stroke.lines.data(), static_cast<int>(stroke.lines.size()));
    }
}

void paintStrokes(QPainter& painter, const PlotGeometry& plot, const Theme& theme) {
  if (!plot.heats.empty()) return paintOverHeat(painter, plot);
  for (const Stroke& stroke : plot.strokes) {
    const Rgb full = run_colour(theme, stroke.colour);
    const QColor colour = toColour(stroke.opacity < 1 ? mix(full, theme.panel, stroke.opacity) : full);
    if (stroke.halo && !stroke.lines.empty()) {
      QColor ground = toColour(theme.panel);
      ground.setAlphaF(0.8F);
      painter.setPen(QPen(ground, stroke.width + 2.4, Qt::SolidLine, Qt::FlatCap));
      painter.drawLines(stroke.lines.data(), static_cast<int>(stroke.lines.size()));
    }
    if (!stroke.inks.empty()) {
      const Tint tint(colour);
      for (const Ink& ink : stroke.inks) painter.drawImage(ink.at, tint(ink));
    }
    painter.setPen(QPen(colour, stroke.width, Qt::SolidLine, squareCapped(stroke) ? Qt::SquareCap : Qt::FlatCap));
    if (!stroke.lines.empty()) painter.drawLines(stroke.lines.data(), static_cast<int>(stroke.lines.size()));
    if (stroke.dots.empty()) continue;
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    for (const QPointF& dot : stroke.dots) painter.drawEllipse(dot, 1.4 * stroke.width, 1.4 * stroke.width);
  }
}

/// Right of the mark, or left of it, or where neither has the room below it or above: never beyond the plot.
QRectF besideMark(const PlacedMark& mark, QSizeF size, const QRectF& area) {
  const double rise =
      mark.kind == MarkKind::reached ? size.height() + 1 : 0.5 * size.height();  // above a target's line
  QRectF box(QPointF(mark.at.x() + 8, mark.at.y() - rise), size);
  if (box.right() <= area.right()) return box;
  box.moveRight(mark.at.x() - 8);
  if (box.left() >= area.left()) return box;
  box.moveLeft(
      std::clamp(mark.at.x() - 0.5 * size.width(), area.left(), std::max(area.left(), area.right() - size.width())));
  box.moveTop(mark.at.y() + 8);
  if (box.bottom() > area.bottom()) box.moveBottom(mark.at.y() - 8);
  return box;
}

void paintMarks(QPainter& painter, const PlotGeometry& plot, const Theme& theme, const QFont& font) {
  painter.setFont(font);
  const QColor ground = toColour(theme.panel), muted = toColour(theme.muted);
  std::vector<QRectF> spoken;
  for (const PlacedMark& mark : plot.marks) {
    const QColor colour = runColour(theme, mark.colour);
    if (mark.line) {
      QColor faded = colour;
      faded.setAlphaF(0.45F);
      painter.setPen(QPen(faded, 1));
      painter.drawLine(QPointF(mark.at.x(), plot.map.area.top()), QPointF(mark.at.x(), plot.map.area.bottom()));
    }
    painter.save();
    painter.translate(mark.at);
    if (mark.kind == MarkKind::below) painter.rotate(QLineF({}, mark.outward).angleTo(QLineF(0, 0, 0, 1)));
    drawMark(painter, mark.kind, {}, colour, ground);
    painter.restore();
    const bool speaks = mark.line || mark.kind == MarkKind::diverged || mark.kind == MarkKind::reached;
    if (!speaks || mark.text.isEmpty()) continue;
    // Only where no other mark speaks; hovering tells the rest.
    const QFontMetricsF metrics(font);
    const QString text = metrics.elidedText(mark.text, Qt::ElideRight, plot.map.area.width() - 2);
    const QRectF box =
        besideMark(mark, {metrics.horizontalAdvance(text) + 2, std::max(18.0, metrics.height())}, plot.map.area);
    if (std::any_of(spoken.begin(), spoken.end(), [&](const QRectF& other) { return other.intersects(box); })) continue;
    spoken.push_back(box);
    painter.setPen(muted);
    painter.drawText(box, Qt::AlignVCenter, text);
  }
}

}  // namespace

void paintPlot(QPainter& painter, const PlotGeometry& plot, const Theme& theme, const QFont& font) {
  const QColor ground = toColour(theme.panel), muted = toColour(theme.muted), text = toColour(theme.text);
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  for (const HeatTile& tile : plot.heats) painter.drawImage(tile.where, tile.image);
  paintShades(painter, plot, theme);
  if (!plot.levels.empty()) {
    painter.setPen(QPen(toColour(mix(theme.muted, theme.panel, 0.4)), 0.8));
    painter.drawLines(plot.levels.data(), static_cast<int>(plot.levels.size()));
  }
  painter.save();
  painter.setClipRect(plot.map.area, Qt::IntersectClip);
  painter.setPen(Qt::NoPen);
  for (const Area& band : plot.bands) {
    QColor fill = runColour(theme, band.colour);
    fill.setAlphaF(0.18F);
    painter.setBrush(fill);
    painter.drawPolygon(band.outline);
  }
  painter.restore();
  paintBars(painter, plot, theme);
  paintStrokes(painter, plot, theme);
  for (const Glyph& glyph : plot.glyphs)
    drawMarker(painter, glyph.shape, glyph.at, glyph.radius, runColour(theme, glyph.colour), ground);
  for (const Arrow& arrow : plot.arrows) drawArrow(painter, arrow.tip, arrow.direction, runColour(theme, arrow.colour));
  for (const Glyph& start : plot.starts)
    drawRing(painter, start.at, start.radius, start.colour == neutral ? text : runColour(theme, start.colour), ground);
  for (const Glyph& end : plot.ends)
    drawMarker(painter, Marker::circle, end.at, end.radius, end.colour == neutral ? text : runColour(theme, end.colour),
               ground);
  for (const Glyph& moment : plot.moments)
    drawRing(painter, moment.at, moment.radius, runColour(theme, moment.colour), ground, 2.2);
  paintMarks(painter, plot, theme, font);
  painter.setFont(font);
  for (const Label& label : plot.labels) {
    if (label.ground) {
      QColor under = ground;
      under.setAlphaF(0.85F);
      painter.setPen(Qt::NoPen);
      painter.setBrush(under);
      painter.drawRoundedRect(label.box.adjusted(-3, 0, 3, 0), 4, 4);
    }
    if (label.theory) {
      const double y = label.box.center().y(), x = label.box.left();
      paintDash(painter, {{x, y}, {x + 16, y}}, *label.theory, runColour(theme, label.colour), theme.theory_width);
    }
    painter.setPen(muted);
    const auto align = label.theory ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignCenter;
    painter.drawText(label.box, static_cast<int>(align), label.text);
  }
  painter.restore();
}

void paintEmpty(QPainter& painter, const QRectF& area, const QString& text, const Theme& theme, const QFont& font) {
  painter.save();
  painter.setFont(font);
  painter.setPen(toColour(theme.muted));
  painter.drawText(area.adjusted(12, 8, -12, -8), Qt::AlignCenter | Qt::TextWordWrap, text);
  painter.restore();
}

}  // namespace kappa::ui
