/// Paints the picture in the middle, on a chequered ground where it has none of its own.
#include "ui/exports/preview.hpp"

#include <QPainter>
#include <QPlainTextEdit>
#include <QResizeEvent>

#include "ui/theme/theme.hpp"

namespace kappa::ui {

/// The picture with a thin frame.
class PicturePane : public QWidget {
 public:
  explicit PicturePane(const AppTheme& theme) : theme_(theme) {
    connect(&theme, &AppTheme::changed, this, [this] { update(); });
  }
  void setPicture(const QImage& picture) {
    picture_ = picture;
    update();
  }
  const QImage& picture() const { return picture_; }

 protected:
  void paintEvent(QPaintEvent*) override {
    if (picture_.isNull()) return;
    QPainter painter(this);
    const QSizeF size = QSizeF(picture_.size()) / picture_.devicePixelRatio();
    const QRectF place(
        QPointF(std::floor(0.5 * (width() - size.width())), std::floor(0.5 * (height() - size.height()))), size);
    painter.fillRect(place, QColor(250, 250, 250));
    painter.fillRect(place, QBrush(QColor(205, 205, 205), Qt::Dense6Pattern));
    painter.drawImage(place.topLeft(), picture_);
    painter.setPen(toColour(theme_.tokens().line));
    painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5));
  }

 private:
  const AppTheme& theme_;
  QImage picture_;
};

ExportPreview::ExportPreview(const AppTheme& theme, QWidget* parent)
    : QStackedWidget(parent), pane_(new PicturePane(theme)), text_(new QPlainTextEdit) {
  setMinimumSize(320, 240);
  text_->setReadOnly(true);
  text_->setLineWrapMode(QPlainTextEdit::NoWrap);
  text_->setTabChangesFocus(true);
  text_->setAccessibleName(tr("The beginning of the file"));
  QFont fixed = text_->font();
  fixed.setFamilies({QStringLiteral("DejaVu Sans Mono"), QStringLiteral("monospace")});
  text_->setFont(fixed);
  pane_->setAccessibleName(tr("Preview"));
  addWidget(pane_);
  addWidget(text_);
}

QSize ExportPreview::roomFor(QSizeF shape) const {
  const QSizeF room = QSizeF(size() - QSize(4, 4)) * devicePixelRatioF();
  return shape.scaled(room, Qt::KeepAspectRatio).toSize().expandedTo({1, 1});
}

void ExportPreview::showPicture(const QImage& picture, const QString& description) {
  QImage shown = picture;
  shown.setDevicePixelRatio(devicePixelRatioF());
  pane_->setPicture(shown);
  pane_->setAccessibleDescription(description);
  setCurrentWidget(pane_);
}

void ExportPreview::showText(const QString& text) {
  if (text_->toPlainText() != text) text_->setPlainText(text);
  setCurrentWidget(text_);
}

const QImage& ExportPreview::picture() const { return pane_->picture(); }

QString ExportPreview::text() const { return currentWidget() == text_ ? text_->toPlainText() : QString(); }

void ExportPreview::resizeEvent(QResizeEvent* event) {
  QStackedWidget::resizeEvent(event);
  emit resized();
}

}  // namespace kappa::ui
