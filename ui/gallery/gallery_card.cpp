/// Paints the words below the picture; where there is no picture it draws a quiet one of its own.
#include "ui/gallery/gallery_card.hpp"

#include <QPainter>
#include <QPainterPath>
#include <cmath>

#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

constexpr int margin = 14, above = 10, between = 3, below = 8, most_lines = 3;

int pictureHeight(int width) { return width * 9 / 16; }

}  // namespace

GalleryCard::GalleryCard(const AppTheme& theme, GalleryEntry entry, QWidget* parent)
    : PictureCard(theme, entry.picture, parent), entry_(std::move(entry)) {
  setText(entry_.title);
  setAccessibleName(entry_.title);
  setAccessibleDescription(entry_.question);
  setToolTip(entry_.question);
  setObjectName(entry_.name);
}

int GalleryCard::textHeight() const {
  return above + between + below + (1 + most_lines) * QFontMetrics(font()).lineSpacing() + 2;
}

int GalleryCard::heightForWidth(int width) const { return pictureHeight(width) + textHeight(); }

void GalleryCard::paintQuietly(QPainter& painter, const QRectF& box) const {
  const Theme& look = appTheme().tokens();
  for (int run = 0; run < 2; ++run) {
    QPainterPath path(box.topLeft() + QPointF(0, 0.1 * box.height()));
    for (int i = 1; i <= 60; ++i) {
      const double x = i / 60.0, y = 0.1 + 0.75 * (1 - std::exp(-(run == 0 ? 1.4 : 4.5) * x));
      path.lineTo(box.left() + x * box.width(), box.top() + y * box.height());
    }
    painter.setPen(QPen(toColour(mix(look.muted, look.field, 0.45)), 2, Qt::SolidLine, Qt::RoundCap));
    painter.drawPath(path);
  }
}

void GalleryCard::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Theme& look = appTheme().tokens();
  const QRectF whole = surface();
  const QRectF top(whole.left(), whole.top(), whole.width(), pictureHeight(width()));
  paintShell(painter, top, Qt::BottomEdge);
  const QRectF box = top.adjusted(16, 14, -16, -14);
  if (!paintPicture(painter, box)) paintQuietly(painter, box);

  QFont bold = font();
  bold.setWeight(QFont::DemiBold);
  const QRectF words(whole.left() + margin, top.bottom() + above, whole.width() - 2 * margin,
                     textHeight() - above - below);
  painter.setFont(bold);
  painter.setPen(toColour(look.text));
  const QFontMetricsF metrics(bold);
  painter.drawText(words, Qt::AlignTop | Qt::AlignLeft,
                   metrics.elidedText(entry_.title, Qt::ElideRight, words.width()));
  painter.setFont(font());
  painter.setPen(toColour(look.muted));
  painter.drawText(words.adjusted(0, metrics.height() + between, 0, 0), Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap,
                   entry_.question);
}

}  // namespace kappa::ui
