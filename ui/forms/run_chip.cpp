/// Paints the chip; the chosen one has an accent edge and its name in bold.
#include "ui/forms/run_chip.hpp"

#include <QPainter>

#include "ui/charts/glyphs.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {

RunChip::RunChip(const AppTheme& theme, QWidget* parent) : QAbstractButton(parent), theme_(theme) {
  setCheckable(true);
  setFocusPolicy(Qt::StrongFocus);
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  setAttribute(Qt::WA_Hover);
  connect(&theme, &AppTheme::changed, this, [this] { update(); });
}

void RunChip::setRun(const QString& name, const QString& telling, int colour, Marker marker) {
  setText(name);
  telling_ = telling;
  colour_ = colour;
  marker_ = marker;
  setAccessibleName(name);
  setAccessibleDescription(telling);
  setToolTip(telling.isEmpty() ? name : name + QStringLiteral(": ") + telling);
  update();
}

void RunChip::setDimmed(bool dimmed) {
  dimmed_ = dimmed;
  update();
}

void RunChip::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Theme& look = theme_.tokens();
  const bool marked = isChecked() || hasFocus();
  const QColor edge = marked         ? toColour(look.accent)
                      : underMouse() ? toColour(mix(look.muted, look.line, 0.5))
                                     : toColour(look.line);
  painter.setPen(QPen(edge, hasFocus() ? 2 : 1));
  painter.setBrush(toColour(look.field));
  painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 7, 7);

  const double middle = 0.5 * height();
  const Rgb full = run_colour(look, colour_);
  const QColor dot = toColour(dimmed_ ? mix(full, look.panel, 0.35) : full);
  painter.setPen(Qt::NoPen);
  painter.setBrush(toColour(look.panel));  // curves stand off the panel three to one, but not all of them off the chip
  painter.drawEllipse(QPointF(16, middle), 10, 10);
  drawMarker(painter, marker_ == Marker::none ? Marker::circle : marker_, {16, middle}, 5, dot, toColour(look.panel));

  const QFont small = figureFont(typeOf(look.id).head);
  QFont bold = font();
  bold.setWeight(isChecked() ? QFont::DemiBold : QFont::Medium);
  const double room = width() - 30 - 10;
  const QString told = QFontMetricsF(small).elidedText(telling_, Qt::ElideRight, 0.55 * room);
  const double told_width = QFontMetricsF(small).horizontalAdvance(told);
  painter.setFont(small);
  painter.setPen(toColour(look.muted));
  painter.drawText(QRectF(width() - 11 - told_width, 0, told_width + 1, height()), Qt::AlignVCenter, told);
  const double name_room = room - told_width - (told.isEmpty() ? 0 : 8);
  painter.setFont(bold);
  painter.setPen(toColour(dimmed_ ? look.muted : look.text));
  painter.drawText(QRectF(30, 0, name_room, height()), Qt::AlignVCenter,
                   QFontMetricsF(bold).elidedText(text(), Qt::ElideMiddle, name_room));
}

}  // namespace kappa::ui
