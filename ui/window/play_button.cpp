/// Paints a disc with a triangle or two bars.
#include "ui/window/play_button.hpp"

#include <QAction>
#include <QPainter>

#include "ui/session.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {

PlayButton::PlayButton(const Session& session, QAction* action, const AppTheme& theme, QWidget* parent)
    : QAbstractButton(parent), session_(session), action_(action), theme_(theme) {
  setFixedSize(36, 36);
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_Hover);
  setCursor(Qt::PointingHandCursor);
  connect(this, &QAbstractButton::clicked, action, &QAction::trigger);
  connect(action, &QAction::changed, this, &PlayButton::follow);
  connect(&theme, &AppTheme::changed, this, [this] { update(); });
  follow();
}

void PlayButton::follow() {
  setEnabled(action_->isEnabled());
  setAccessibleName(action_->text());
  setToolTip(action_->toolTip());
  setStatusTip(action_->statusTip());
  update();
}

void PlayButton::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Theme& look = theme_.tokens();
  const QPointF middle(0.5 * width(), 0.5 * height());
  if (hasFocus()) {
    painter.setPen(QPen(toColour(look.text), 2));
    painter.drawEllipse(middle, 17, 17);
  }
  painter.setPen(Qt::NoPen);
  painter.setBrush(toColour(!isEnabled() ? look.line : underMouse() ? mix(look.accent, look.text, 0.88) : look.accent));
  painter.drawEllipse(middle, 15, 15);
  painter.setBrush(toColour(onAccent(look)));
  if (session_.state() == RunState::running) {
    painter.drawRoundedRect(QRectF(middle.x() - 5.5, middle.y() - 6, 4, 12), 1, 1);
    painter.drawRoundedRect(QRectF(middle.x() + 1.5, middle.y() - 6, 4, 12), 1, 1);
  } else {
    painter.drawPolygon(QPolygonF{middle + QPointF(-4, -6.5), middle + QPointF(7, 0), middle + QPointF(-4, 6.5)});
  }
}

}  // namespace kappa::ui
