/// One lesson in the list: its experiment's picture, title, a sentence, and how many steps it has.
#pragma once

#include "ui/gallery/picture_card.hpp"

namespace kappa::ui {

struct LessonEntry {
  QString name, title, about;
  int steps = 0;
  QByteArray picture;  ///< SVG of the experiment; empty: there is none
};

class LessonCard : public PictureCard {
  Q_OBJECT

 public:
  LessonCard(const AppTheme& theme, LessonEntry entry, QWidget* parent = nullptr);

  const LessonEntry& entry() const { return entry_; }
  int heightForWidth(int width) const override;
  QSize sizeHint() const override { return {560, heightForWidth(560)}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  LessonEntry entry_;
};

}  // namespace kappa::ui
