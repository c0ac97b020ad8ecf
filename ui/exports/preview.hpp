/// What an export will look like: the picture on its ground, or the beginning of the text.
#pragma once

#include <QImage>
#include <QStackedWidget>

class QPlainTextEdit;

namespace kappa::ui {

class AppTheme;
class PicturePane;

class ExportPreview : public QStackedWidget {
  Q_OBJECT

 public:
  explicit ExportPreview(const AppTheme& theme, QWidget* parent = nullptr);

  /// Pixels that a picture of this shape has in the preview.
  QSize roomFor(QSizeF picture) const;
  void showPicture(const QImage& picture, const QString& description);
  void showText(const QString& text);
  const QImage& picture() const;
  QString text() const;

 signals:
  void resized();

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  PicturePane* pane_;
  QPlainTextEdit* text_;
};

}  // namespace kappa::ui
