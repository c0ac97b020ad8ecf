/// Shows the longest form that fits: "step 300 · drag the start", "step 300", "300".
#include "ui/charts/state_label.hpp"

#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

namespace kappa::ui {

StateLabel::StateLabel(QWidget* parent) : QLabel(parent) {
  setTextFormat(Qt::PlainText);
  setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void StateLabel::setState(const QString& state, const QString& hint) {
  static const QString step = QStringLiteral("step ");  // as the figures say it
  forms_.clear();
  if (!hint.isEmpty()) forms_ << (state.isEmpty() ? hint : state + QStringLiteral(" · ") + hint);
  if (hint.isEmpty() || !state.isEmpty()) forms_ << state;
  number_ = state.startsWith(step);
  if (number_)
    forms_ << state.mid(step.size());
  else if (state.endsWith(QStringLiteral(" points")))
    forms_ << state.left(state.lastIndexOf(u' '));  // "300 of 900", without what is counted
  setText(forms_.front());                          // for those who listen
  updateGeometry();
  update();
}

QString StateLabel::shown() const {
  const int room = contentsRect().width();
  for (const QString& form : forms_)
    if (fontMetrics().horizontalAdvance(form) <= room) return form;
  return number_ ? forms_.back() : fontMetrics().elidedText(forms_.back(), Qt::ElideRight, room);
}

QSize StateLabel::sizeHint() const { return minimumSizeHint(); }

QSize StateLabel::minimumSizeHint() const {
  const int height = QLabel::minimumSizeHint().height();
  return {number_ ? fontMetrics().horizontalAdvance(forms_.back()) : 0, height};
}

void StateLabel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  style()->drawItemText(&painter, contentsRect(), static_cast<int>(alignment()), palette(), isEnabled(), shown(),
                        foregroundRole());
}

bool StateLabel::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip && shown() != text()) {
    const QString help = toolTip().isEmpty() ? QString() : QStringLiteral("\n") + toolTip();
    QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), text() + help, this);
    return true;
  }
  return QLabel::event(event);
}

}  // namespace kappa::ui
