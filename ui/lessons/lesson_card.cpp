/// Paints the card in the theme's colours: picture left, words right.
#include "ui/lessons/lesson_card.hpp"

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QSvgRenderer>
#include <algorithm>

#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

constexpr int picture_width = 168, picture_height = 108, card_margin = 16;

QRect wordsBox(int width) { return {picture_width + card_margin, 14, width - picture_width - 2 * card_margin, 10'000}; }

int wrappedHeight(const QFont& font, int width, const QString& text) {
  return QFontMetrics(font).boundingRect(QRect(0, 0, width, 10'000), Qt::TextWordWrap, text).height();
}

}  // namespace

LessonCard::LessonCard(const AppTheme& theme, LessonEntry entry, QWidget* parent)
    : QAbstractButton(parent), theme_(theme), entry_(std::move(entry)), renderer_(new QSvgRenderer(this)) {
  loadPicture();
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_Hover);
  setCursor(Qt::PointingHandCursor);
  setText(entry_.title);
  setObjectName(entry_.name);
  setAccessibleName(entry_.title);
  setAccessibleDescription(entry_.about + u' ' + tr("%n steps", nullptr, entry_.steps));
  connect(&theme, &AppTheme::changed, this, [this] {
    loadPicture();
    update();
  });
}

/// Pictures are drawn in the light theme's run colours; here they take those of the present one.
void LessonCard::loadPicture() {
  if (entry_.picture.isEmpty()) return;
  QByteArray picture = entry_.picture;
  const auto hex = [](Rgb colour) { return QByteArray::fromStdString(to_hex(colour)); };
  const Theme& drawn = kappa::theme(ThemeId::light);
  for (std::size_t i = 0; i < drawn.runs.size(); ++i) picture.replace(hex(drawn.runs[i]), hex(theme_.tokens().runs[i]));
  renderer_->load(picture);
}

int LessonCard::heightForWidth(int width) const {
  const int room = std::max(80, wordsBox(width).width());
  QFont bold = font();
  bold.setWeight(QFont::DemiBold);
  const int words = wrappedHeight(bold, room, entry_.title) + 4 + wrappedHeight(font(), room, entry_.about) + 8 +
                    QFontMetrics(font()).height();
  return std::max(picture_height + 2, words + 28);
}

void LessonCard::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return click();
  QAbstractButton::keyPressEvent(event);
}

void LessonCard::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Theme& look = theme_.tokens();
  const QRectF whole = QRectF(rect()).adjusted(1, 1, -1, -1);
  QPainterPath shape;
  shape.addRoundedRect(whole, 8, 8);
  painter.fillPath(shape, toColour(look.panel));
  const QRectF left(whole.left(), whole.top(), picture_width - 1, whole.height());
  painter.save();
  painter.setClipPath(shape);
  painter.fillRect(left, toColour(look.field));
  painter.fillRect(QRectF(left.right(), left.top(), 1, left.height()), toColour(look.line));
  painter.restore();
  if (renderer_->isValid()) {
    const QRectF room = left.adjusted(14, 12, -14, -12);
    const QSizeF fitted = QSizeF(renderer_->defaultSize()).scaled(room.size(), Qt::KeepAspectRatio);
    renderer_->render(&painter, QRectF(room.center() - QPointF(0.5 * fitted.width(), 0.5 * fitted.height()), fitted));
  }
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(hasFocus()     ? toColour(look.accent)
                      : underMouse() ? toColour(mix(look.muted, look.line, 0.5))
                                     : toColour(look.line),
                      hasFocus() ? 2 : 1));
  painter.drawPath(shape);
  QRect words = wordsBox(width());
  QFont bold = font();
  bold.setWeight(QFont::DemiBold);
  painter.setFont(bold);
  painter.setPen(toColour(look.text));
  painter.drawText(words, Qt::TextWordWrap, entry_.title);
  words.setTop(words.top() + wrappedHeight(bold, words.width(), entry_.title) + 4);
  painter.setFont(font());
  painter.setPen(toColour(look.muted));
  painter.drawText(words, Qt::TextWordWrap, entry_.about);
  words.setTop(words.top() + wrappedHeight(font(), words.width(), entry_.about) + 8);
  painter.setPen(toColour(look.accent));
  painter.drawText(words, Qt::AlignTop | Qt::AlignLeft, tr("%n steps", nullptr, entry_.steps));
}

}  // namespace kappa::ui
