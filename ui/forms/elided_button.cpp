/// Lets the style draw the button and writes the text itself.
#include "ui/forms/elided_button.hpp"

#include <QPainter>
#include <QStyleOptionButton>

namespace kappa::ui {

ElidedButton::ElidedButton(const QString& text, QWidget* parent) : QPushButton(text, parent) {
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

QSize ElidedButton::sizeHint() const { return {60, QPushButton::sizeHint().height()}; }

void ElidedButton::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  QStyleOptionButton option;
  initStyleOption(&option);
  option.text.clear();
  style()->drawControl(QStyle::CE_PushButton, &option, &painter, this);
  const QRect room = rect().adjusted(2, 0, -4, 0);
  const QPalette& colours = palette();
  painter.setPen(isChecked() ? colours.color(QPalette::Highlight) : colours.color(QPalette::ButtonText));
  painter.drawText(room, Qt::AlignVCenter | Qt::AlignLeft,
                   QFontMetrics(painter.font()).elidedText(text(), Qt::ElideRight, room.width()));
}

}  // namespace kappa::ui
