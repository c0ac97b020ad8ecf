/// Paints what cards with a picture have in common, in the theme's colours.
#include "ui/gallery/picture_card.hpp"

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QScrollArea>
#include <QSvgRenderer>

#include "ui/theme/theme.hpp"

namespace kappa::ui {

PictureCard::PictureCard(const AppTheme& theme, const QByteArray& picture, QWidget* parent)
    : QAbstractButton(parent), theme_(theme), picture_(picture), renderer_(new QSvgRenderer(this)) {
  loadPicture();
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_Hover);
  setCursor(Qt::PointingHandCursor);
  connect(&theme, &AppTheme::changed, this, [this] {
    loadPicture();
    update();
  });
}

/// Pictures are drawn in the light theme's run colours; here they take those of the present one.
void PictureCard::loadPicture() {
  if (picture_.isEmpty()) return;
  QByteArray picture = picture_;
  const auto hex = [](Rgb colour) { return QByteArray::fromStdString(to_hex(colour)); };
  const Theme& drawn = kappa::theme(ThemeId::light);
  for (std::size_t i = 0; i < drawn.runs.size(); ++i) picture.replace(hex(drawn.runs[i]), hex(theme_.tokens().runs[i]));
  renderer_->load(picture);
}

void PictureCard::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return click();
  const bool first = event->key() == Qt::Key_Home, last = event->key() == Qt::Key_End;
  if (!parentWidget() || !(first || last)) return QAbstractButton::keyPressEvent(event);
  auto cards = parentWidget()->findChildren<PictureCard*>(Qt::FindDirectChildrenOnly);
  cards.removeIf([](const PictureCard* card) { return card->isHidden(); });
  if (!cards.isEmpty()) (first ? cards.front() : cards.back())->setFocus(Qt::OtherFocusReason);
}

/// Whatever brings the keyboard here brings the card into sight.
void PictureCard::focusInEvent(QFocusEvent* event) {
  QAbstractButton::focusInEvent(event);
  if (event->reason() == Qt::MouseFocusReason) return;
  for (QWidget* around = parentWidget(); around; around = around->parentWidget())
    if (auto* area = qobject_cast<QScrollArea*>(around)) area->ensureWidgetVisible(this, 0, 16);
}

void PictureCard::paintShell(QPainter& painter, const QRectF& pictured, Qt::Edge words_at) const {
  const Theme& look = theme_.tokens();
  QPainterPath shape;
  shape.addRoundedRect(surface(), 8, 8);
  painter.fillPath(shape, toColour(look.panel));
  painter.save();
  painter.setClipPath(shape);
  painter.fillRect(pictured, toColour(look.field));
  const QRectF line = words_at == Qt::BottomEdge ? QRectF(pictured.left(), pictured.bottom(), pictured.width(), 1)
                                                 : QRectF(pictured.right(), pictured.top(), 1, pictured.height());
  painter.fillRect(line, toColour(look.line));
  painter.restore();
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(hasFocus()     ? toColour(look.accent)
                      : underMouse() ? toColour(mix(look.muted, look.line, 0.5))
                                     : toColour(look.line),
                      hasFocus() ? 2 : 1));
  painter.drawPath(shape);
}

bool PictureCard::paintPicture(QPainter& painter, const QRectF& room) const {
  if (!renderer_->isValid()) return false;
  const QSizeF fitted = QSizeF(renderer_->defaultSize()).scaled(room.size(), Qt::KeepAspectRatio);
  renderer_->render(&painter, QRectF(room.center() - QPointF(0.5 * fitted.width(), 0.5 * fitted.height()), fitted));
  return true;
}

}  // namespace kappa::ui
