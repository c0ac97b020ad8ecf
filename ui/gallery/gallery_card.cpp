/// Paints the card; where there is no picture it draws a quiet one of its own.
#include "ui/gallery/gallery_card.hpp"

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QSvgRenderer>
#include <cmath>

#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

constexpr int margin = 14, text_height = 86;

int pictureHeight(int width) { return width * 9 / 16; }

}  // namespace

GalleryCard::GalleryCard(const AppTheme& theme, GalleryEntry entry, QWidget* parent)
    : QAbstractButton(parent), theme_(theme), entry_(std::move(entry)), renderer_(new QSvgRenderer(this)) {
  loadPicture();
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_Hover);
  setCursor(Qt::PointingHandCursor);
  setText(entry_.title);
  setAccessibleName(entry_.title);
  setAccessibleDescription(entry_.question);
  setToolTip(entry_.question);
  setObjectName(entry_.name);
  connect(&theme, &AppTheme::changed, this, [this] {
    loadPicture();
    update();
  });
}

/// Pictures are drawn in the light theme's run colours; here they take those of the present one.
void GalleryCard::loadPicture() {
  if (entry_.picture.isEmpty()) return;
  QByteArray picture = entry_.picture;
  const auto hex = [](Rgb colour) { return QByteArray::fromStdString(to_hex(colour)); };
  const Theme& drawn = kappa::theme(ThemeId::light);
  for (std::size_t i = 0; i < drawn.runs.size(); ++i) picture.replace(hex(drawn.runs[i]), hex(theme_.tokens().runs[i]));
  renderer_->load(picture);
}

int GalleryCard::heightForWidth(int width) const { return pictureHeight(width) + text_height; }

void GalleryCard::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return click();
  QAbstractButton::keyPressEvent(event);
}

void GalleryCard::paintPicture(QPainter& painter, const QRectF& box) const {
  if (renderer_->isValid()) {
    const QSizeF fitted = QSizeF(renderer_->defaultSize()).scaled(box.size(), Qt::KeepAspectRatio);
    renderer_->render(&painter, QRectF(box.center() - QPointF(0.5 * fitted.width(), 0.5 * fitted.height()), fitted));
    return;
  }
  for (int run = 0; run < 2; ++run) {
    QPainterPath path(box.topLeft() + QPointF(0, 0.1 * box.height()));
    for (int i = 1; i <= 60; ++i) {
      const double x = i / 60.0, y = 0.1 + 0.75 * (1 - std::exp(-(run == 0 ? 1.4 : 4.5) * x));
      path.lineTo(box.left() + x * box.width(), box.top() + y * box.height());
    }
    painter.setPen(
        QPen(toColour(mix(theme_.tokens().muted, theme_.tokens().field, 0.45)), 2, Qt::SolidLine, Qt::RoundCap));
    painter.drawPath(path);
  }
}

void GalleryCard::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Theme& look = theme_.tokens();
  const QRectF whole = QRectF(rect()).adjusted(1, 1, -1, -1);
  const QColor edge = hasFocus()     ? toColour(look.accent)
                      : underMouse() ? toColour(mix(look.muted, look.line, 0.5))
                                     : toColour(look.line);
  QPainterPath shape;
  shape.addRoundedRect(whole, 8, 8);
  painter.fillPath(shape, toColour(look.panel));
  const QRectF top(whole.left(), whole.top(), whole.width(), pictureHeight(width()));
  painter.save();
  painter.setClipPath(shape);
  painter.fillRect(top, toColour(look.field));
  painter.fillRect(QRectF(top.left(), top.bottom(), top.width(), 1), toColour(look.line));
  painter.restore();
  paintPicture(painter, top.adjusted(16, 14, -16, -14));
  painter.setPen(QPen(edge, hasFocus() ? 2 : 1));
  painter.drawPath(shape);

  QFont bold = font();
  bold.setWeight(QFont::DemiBold);
  const QRectF words(whole.left() + margin, top.bottom() + 10, whole.width() - 2 * margin, text_height - 18);
  painter.setFont(bold);
  painter.setPen(toColour(look.text));
  const QFontMetricsF metrics(bold);
  painter.drawText(words, Qt::AlignTop | Qt::AlignLeft,
                   metrics.elidedText(entry_.title, Qt::ElideRight, words.width()));
  painter.setFont(font());
  painter.setPen(toColour(look.muted));
  painter.drawText(words.adjusted(0, metrics.height() + 3, 0, 0), Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap,
                   entry_.question);
}

}  // namespace kappa::ui
