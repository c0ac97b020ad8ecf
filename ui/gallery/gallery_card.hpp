/// One experiment of the gallery: its picture, its title and its question.
#pragma once

#include <QAbstractButton>
#include <QPixmap>

class QSvgRenderer;

namespace kappa::ui {

class AppTheme;

struct GalleryEntry {
  QString name, title, question, group;
  QByteArray picture;  ///< SVG; empty: there is none
};

class GalleryCard : public QAbstractButton {
  Q_OBJECT

 public:
  GalleryCard(const AppTheme& theme, GalleryEntry entry, QWidget* parent = nullptr);

  const GalleryEntry& entry() const { return entry_; }
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  QSize sizeHint() const override { return {260, heightForWidth(260)}; }

 protected:
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void loadPicture();
  void paintPicture(QPainter& painter, const QRectF& box) const;

  const AppTheme& theme_;
  GalleryEntry entry_;
  QSvgRenderer* renderer_;
};

}  // namespace kappa::ui
