/// One experiment of the gallery: its picture, its title and its question.
#pragma once

#include "ui/gallery/picture_card.hpp"

namespace kappa::ui {

struct GalleryEntry {
  QString name, title, question, group;
  QByteArray picture;  ///< SVG; empty: there is none
};

class GalleryCard : public PictureCard {
  Q_OBJECT

 public:
  GalleryCard(const AppTheme& theme, GalleryEntry entry, QWidget* parent = nullptr);

  const GalleryEntry& entry() const { return entry_; }
  int heightForWidth(int width) const override;
  QSize sizeHint() const override { return {260, heightForWidth(260)}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  int textHeight() const;
  void paintQuietly(QPainter& painter, const QRectF& box) const;

  GalleryEntry entry_;
};

}  // namespace kappa::ui
