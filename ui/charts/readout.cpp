/// Measures what it will paint, so that where it stands can be decided first.
#include "ui/charts/readout.hpp"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/charts/glyphs.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

constexpr double longest_name = 240, longest_note = 120, for_marker = 14, strip_margin = 6, strip_gap = 12;
constexpr double hides_plot = 0.18, taller_than_plot = 0.6;  // shares of the plot from which a box is too much
constexpr double most_of_height = 0.4;                       // of the plot, for a strip

struct ReadoutFonts {
  explicit ReadoutFonts(const Theme& look)
      : words(uiFont(typeOf(look.id).head)), figures(figureFont(typeOf(look.id).head)), wm(words), fm(figures) {}
  double row() const { return std::ceil(wm.height()) + 2; }
  const QFont words, figures;
  const QFontMetricsF wm, fm;
};

double namesWidth(const Readout& readout, const ReadoutFonts& fonts) {
  double names = 0;
  for (const ReadoutRow& r : readout.rows)
    names = std::max(names, std::min(longest_name, fonts.wm.horizontalAdvance(r.label)));
  return names;
}

QSizeF boxSize(const Readout& readout, const ReadoutFonts& fonts) {
  double values = 0;
  for (const ReadoutRow& r : readout.rows) values = std::max(values, fonts.fm.horizontalAdvance(r.value));
  const double wide =
      std::max(fonts.wm.horizontalAdvance(readout.head), for_marker + namesWidth(readout, fonts) + 12 + values);
  return {wide + 18, fonts.row() * static_cast<double>(readout.rows.size() + 1) + 10};
}

QString noteOf(const ReadoutRow& row, const ReadoutFonts& fonts) {
  return fonts.wm.elidedText(row.label, Qt::ElideRight, longest_note);
}

struct StripPiece {
  QRectF at;
  const ReadoutRow* row = nullptr;  ///< null: only words
  QString text;
};

/// The head first, then marker and value of each row, in as many lines as the plot can spare; what has no room is
/// counted.
std::vector<StripPiece> stripPieces(const Readout& readout, const ReadoutFonts& fonts, double width, double height) {
  const auto most = std::max(1.0, std::floor(most_of_height * height / fonts.row()));
  std::vector<StripPiece> pieces;
  double x = 0, y = 0;
  const auto put = [&](const ReadoutRow* row, const QString& text, double wide) {
    const bool wraps = x > 0 && x + wide > width;
    if (wraps && (y / fonts.row()) + 1.5 > most) return false;
    if (wraps) x = 0, y += fonts.row();
    pieces.push_back({QRectF(x, y, wide, fonts.row()), row, text});
    x += wide + strip_gap;
    return true;
  };
  put(nullptr, readout.head, fonts.wm.horizontalAdvance(readout.head));
  for (std::size_t i = 0; i < readout.rows.size(); ++i) {
    const ReadoutRow& r = readout.rows[i];
    const QString note = r.value.isEmpty() ? noteOf(r, fonts) : QString();
    const bool stands = note.isEmpty() ? put(&r, r.value, for_marker + fonts.fm.horizontalAdvance(r.value))
                                       : put(nullptr, note, fonts.wm.horizontalAdvance(note));
    if (stands) continue;
    const QString more = QStringLiteral("+%1").arg(readout.rows.size() - i + (pieces.size() > 1 ? 1 : 0));
    if (pieces.size() > 1) x = pieces.back().at.left(), pieces.pop_back();
    put(nullptr, more, std::min(fonts.wm.horizontalAdvance(more), std::max(0.0, width - x)));
    break;
  }
  return pieces;
}

ReadoutPlace stripPlace(const Readout& readout, const ReadoutFonts& fonts, const QRectF& plot, double x,
                        double values_at) {
  QRectF all;
  for (const StripPiece& piece : stripPieces(readout, fonts, plot.width() - 2 * strip_margin, plot.height()))
    all |= piece.at;
  const QSizeF size(all.width() + 2 * strip_margin, all.height() + 2);
  const double left =
      std::clamp(x - 0.5 * size.width(), plot.left(), std::max(plot.left(), plot.right() - size.width()));
  const double top = values_at < plot.center().y() ? plot.bottom() - size.height() - 1 : plot.top() + 1;
  return {QRectF(QPointF(left, top), size), plot, true};
}

void paintMarkerOf(QPainter& painter, const ReadoutRow& row, QPointF at, const Theme& look) {
  if (row.marker == Marker::none) {
    painter.setPen(QPen(runColour(look, row.colour), 1.4));
    painter.drawLine(at - QPointF(4, 0), at + QPointF(4, 0));
  } else if (!row.value.isEmpty()) {
    drawMarker(painter, row.marker, at, 3.5, runColour(look, row.colour), toColour(look.panel));
  }
}

void paintBox(QPainter& painter, const Readout& readout, const ReadoutFonts& fonts, const Theme& look,
              const QRectF& box) {
  const double names = namesWidth(readout, fonts);
  QRectF line(box.left() + 9, box.top() + 5, box.width() - 18, fonts.row());
  painter.setFont(fonts.words);
  painter.setPen(toColour(look.muted));
  painter.drawText(line, Qt::AlignVCenter, readout.head);
  for (const ReadoutRow& r : readout.rows) {
    line.translate(0, fonts.row());
    paintMarkerOf(painter, r, QPointF(line.left() + 4, line.center().y()), look);
    painter.setPen(toColour(look.text));
    painter.setFont(fonts.words);
    painter.drawText(line.adjusted(for_marker, 0, 0, 0), Qt::AlignVCenter,
                     fonts.wm.elidedText(r.label, Qt::ElideRight, names));
    painter.setFont(fonts.figures);
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignRight, r.value);
  }
}

void paintStrip(QPainter& painter, const Readout& readout, const ReadoutFonts& fonts, const Theme& look,
                const ReadoutPlace& place) {
  const QPointF corner = place.box.topLeft() + QPointF(strip_margin, 1);
  const auto pieces = stripPieces(readout, fonts, place.plot.width() - 2 * strip_margin, place.plot.height());
  for (const StripPiece& piece : pieces) {
    const QRectF at = piece.at.translated(corner);
    if (piece.row) paintMarkerOf(painter, *piece.row, QPointF(at.left() + 5, at.center().y()), look);
    painter.setFont(piece.row ? fonts.figures : fonts.words);
    painter.setPen(toColour(&piece == &pieces.front() ? look.muted : look.text));
    painter.drawText(at, Qt::AlignVCenter | Qt::AlignRight | Qt::TextDontClip, piece.text);
  }
}

}  // namespace

ReadoutPlace placeReadout(const Readout& readout, const Theme& look, const QRectF& plot, const QRectF& room, QPointF at,
                          double values_at) {
  const ReadoutFonts fonts(look);
  const QSizeF size = boxSize(readout, fonts);
  if (size.width() * size.height() > hides_plot * plot.width() * plot.height() ||
      size.height() > taller_than_plot * plot.height())
    return stripPlace(readout, fonts, plot, at.x(), values_at);
  QPointF corner(at.x() + 12, std::max(2.0, std::min(at.y() - 12, plot.bottom() - size.height() - 2)));
  if (corner.x() + size.width() > room.right() - 2) corner.rx() -= size.width() + 24;
  return {QRectF(QPointF(std::max(2.0, corner.x()), corner.y()), size), plot, false};
}

void paintReadout(QPainter& painter, const Readout& readout, const Theme& look, const ReadoutPlace& place) {
  const ReadoutFonts fonts(look);
  painter.setPen(QPen(toColour(look.line), 1));
  painter.setBrush(toColour(look.panel));
  painter.drawRoundedRect(place.box, place.strip ? 4 : 5, place.strip ? 4 : 5);
  place.strip ? paintStrip(painter, readout, fonts, look, place) : paintBox(painter, readout, fonts, look, place.box);
}

}  // namespace kappa::ui
