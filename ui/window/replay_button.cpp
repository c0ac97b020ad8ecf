/// Paints the ring; it has the colour of the scrubber it moves.
#include "ui/window/replay_button.hpp"

#include <QAction>
#include <QPainter>

#include "ui/theme/theme.hpp"

namespace kappa::ui {

ReplayButton::ReplayButton(QAction* action, const AppTheme& theme, QWidget* parent)
    : QAbstractButton(parent), action_(action), theme_(theme) {
  setFixedSize(sizeHint());
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_Hover);
  setCursor(Qt::PointingHandCursor);
  connect(this, &QAbstractButton::clicked, action, &QAction::trigger);
  connect(action, &QAction::changed, this, &ReplayButton::follow);
  connect(&theme, &AppTheme::changed, this, [this] { update(); });
  follow();
}

void ReplayButton::follow() {
  setEnabled(action_->isEnabled());
  setAccessibleName(action_->text());
  setToolTip(action_->toolTip());
  setStatusTip(action_->statusTip());
  update();
}

void ReplayButton::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Theme& look = theme_.tokens();
  const QPointF middle(0.5 * width(), 0.5 * height());
  const QColor ink = toColour(!isEnabled()   ? look.line
                              : underMouse() ? mix(look.accent, look.text, 0.85)
                                             : look.accent);
  if (hasFocus()) {
    painter.setPen(QPen(toColour(mix(look.accent, look.panel, 0.4)), 2));
    painter.drawEllipse(middle, 13, 13);
  }
  painter.setPen(QPen(ink, 1.6));
  painter.setBrush(toColour(action_->isChecked() ? mix(look.accent, look.panel, 0.12) : look.panel));
  painter.drawEllipse(middle, 10, 10);
  painter.setPen(Qt::NoPen);
  painter.setBrush(ink);
  if (action_->isChecked()) {
    painter.drawRect(QRectF(middle.x() - 4, middle.y() - 4, 2.6, 8));
    painter.drawRect(QRectF(middle.x() + 1.4, middle.y() - 4, 2.6, 8));
  } else {
    painter.drawPolygon(QPolygonF{middle + QPointF(-2.8, -4.6), middle + QPointF(4.8, 0), middle + QPointF(-2.8, 4.6)});
  }
}

}  // namespace kappa::ui
