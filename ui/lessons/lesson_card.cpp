/// Paints the card in the theme's colours: picture left, words right.
#include "ui/lessons/lesson_card.hpp"

#include <QPainter>
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
    : PictureCard(theme, entry.picture, parent), entry_(std::move(entry)) {
  setText(entry_.title);
  setObjectName(entry_.name);
  setAccessibleName(entry_.title);
  setAccessibleDescription(entry_.about + u' ' + tr("%n steps", nullptr, entry_.steps));
}

int LessonCard::heightForWidth(int width) const {
  const int room = std::max(80, wordsBox(width).width());
  QFont bold = font();
  bold.setWeight(QFont::DemiBold);
  const int words = wrappedHeight(bold, room, entry_.title) + 4 + wrappedHeight(font(), room, entry_.about) + 8 +
                    QFontMetrics(font()).height();
  return std::max(picture_height + 2, words + 28);
}

void LessonCard::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Theme& look = appTheme().tokens();
  const QRectF whole = surface();
  const QRectF left(whole.left(), whole.top(), picture_width - 1, whole.height());
  paintShell(painter, left, Qt::RightEdge);
  paintPicture(painter, left.adjusted(14, 12, -14, -12));
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
