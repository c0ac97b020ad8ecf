/// One lesson in the list: its experiment's picture, title, a sentence, and how many steps it has.
#pragma once

#include <QAbstractButton>

class QSvgRenderer;

namespace kappa::ui {

class AppTheme;

struct LessonEntry {
  QString name, title, about;
  int steps = 0;
  QByteArray picture;  ///< SVG of the experiment; empty: there is none
};

class LessonCard : public QAbstractButton {
  Q_OBJECT

 public:
  LessonCard(const AppTheme& theme, LessonEntry entry, QWidget* parent = nullptr);

  const LessonEntry& entry() const { return entry_; }
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  QSize sizeHint() const override { return {560, heightForWidth(560)}; }

 protected:
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void loadPicture();

  const AppTheme& theme_;
  LessonEntry entry_;
  QSvgRenderer* renderer_;
};

}  // namespace kappa::ui
