/// A combo box with its own arrow, whose wheel works only where the keys do.
#include "ui/forms/choice_field.hpp"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QStyleOptionComboBox>
#include <QStylePainter>
#include <QToolTip>
#include <QWheelEvent>

namespace kappa::ui {
namespace {

constexpr int beside_text = 32;  // the arrow and the edges

}  // namespace

ChoiceField::ChoiceField(QWidget* parent) : QComboBox(parent) {
  setProperty("role", "choice");
  setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
  setFocusPolicy(Qt::StrongFocus);
  setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  connect(this, &QComboBox::activated, this, [this] { emit chosen(chosenId()); });
  connect(this, &QComboBox::currentTextChanged, this, &QWidget::updateGeometry);
}

void ChoiceField::setChoices(const QList<ChoiceItem>& items) {
  const QString before = chosenId();
  clear();
  int widest = 0;
  for (const ChoiceItem& item : items) {
    addItem(item.title, item.id);
    if (!item.help.isEmpty()) setItemData(count() - 1, item.help, Qt::ToolTipRole);
    widest = std::max(widest, fontMetrics().horizontalAdvance(item.title));
  }
  view()->setMinimumWidth(widest + 40);
  choose(before);
  updateGeometry();
}

bool ChoiceField::choose(const QString& id) {
  const int index = findData(id);
  if (index >= 0) setCurrentIndex(index);
  return index >= 0;
}

/// As wide as a number field, and wider for longer names up to half a panel; the name that is shown may have more.
QSize ChoiceField::sizeHint() const {
  const int shown = fontMetrics().horizontalAdvance(currentText()) + beside_text;
  return {std::max(minimumSizeHint().width(), shown), QComboBox::sizeHint().height()};
}

QSize ChoiceField::minimumSizeHint() const {
  int widest = 0;
  for (int i = 0; i < count(); ++i) widest = std::max(widest, fontMetrics().horizontalAdvance(itemText(i)));
  return {std::clamp(widest + beside_text, 80, 136), QComboBox::sizeHint().height()};
}

void ChoiceField::paintEvent(QPaintEvent*) {
  QStylePainter painter(this);
  QStyleOptionComboBox option;
  initStyleOption(&option);
  painter.drawComplexControl(QStyle::CC_ComboBox, option);
  const QRect inside = rect().adjusted(8, 0, -20, 0);
  painter.setPen(palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, QPalette::Text));
  painter.drawText(inside, Qt::AlignVCenter | Qt::AlignLeft,
                   fontMetrics().elidedText(currentText(), Qt::ElideRight, inside.width()));
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(palette().color(QPalette::PlaceholderText), 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  const QPointF middle(width() - 12.5, 0.5 * height() + 0.5);
  painter.drawPolyline(QPolygonF{middle + QPointF(-3.5, -2), middle + QPointF(0, 1.8), middle + QPointF(3.5, -2)});
}

/// What is cut off is said on hovering, before the help of the field.
bool ChoiceField::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip || fontMetrics().horizontalAdvance(currentText()) <= width() - 28)
    return QComboBox::event(event);
  QString help = toolTip();
  for (const QWidget* at = parentWidget(); help.isEmpty() && at; at = at->parentWidget()) help = at->toolTip();
  QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(),
                     help.isEmpty() ? currentText() : currentText() + u'\n' + help, this);
  return true;
}

void ChoiceField::wheelEvent(QWheelEvent* event) {
  if (hasFocus())
    QComboBox::wheelEvent(event);
  else
    event->ignore();
}

}  // namespace kappa::ui
