/// Paints the switch; the state shows by place and by a tick, not by colour alone.
#include "ui/forms/flag_field.hpp"

#include <QPainter>

namespace kappa::ui {

FlagField::FlagField(QWidget* parent) : QCheckBox(parent) {
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  setFocusPolicy(Qt::StrongFocus);
}

void FlagField::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QPalette& p = palette();
  const QRectF pill(width() - 36, 0.5 * height() - 9, 34, 18);
  const QColor accent = p.color(QPalette::Highlight),
               muted = p.color(isEnabled() ? QPalette::PlaceholderText : QPalette::Text);
  if (hasFocus()) {
    painter.setPen(QPen(accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(pill.adjusted(-1, -1.5, 1, 1.5), 10.5, 10.5);
  }
  const QRectF body = hasFocus() ? pill.adjusted(2, 1.5, -2, -1.5) : pill;
  painter.setPen(isChecked() ? Qt::NoPen : QPen(muted, 1, isEnabled() ? Qt::SolidLine : Qt::DashLine));
  painter.setBrush(isChecked() ? (isEnabled() ? accent : p.color(QPalette::Mid)) : p.color(QPalette::Base));
  painter.drawRoundedRect(body, 0.5 * body.height(), 0.5 * body.height());
  const double r = 0.5 * body.height() - 3;
  const QPointF knob(isChecked() ? body.right() - r - 3 : body.left() + r + 3, body.center().y());
  painter.setPen(Qt::NoPen);
  painter.setBrush(isChecked() ? p.color(QPalette::HighlightedText) : muted);
  painter.drawEllipse(knob, r, r);
  if (!isChecked()) return;
  painter.setPen(QPen(p.color(QPalette::HighlightedText), 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  const QPointF m(body.left() + 9, body.center().y());
  painter.drawPolyline(QPolygonF{m + QPointF(-2.8, 0), m + QPointF(-0.6, 2.4), m + QPointF(3.2, -2.6)});
}

}  // namespace kappa::ui
