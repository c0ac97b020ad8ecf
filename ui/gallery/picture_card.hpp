/// A card that is a button: a surface with a thin edge, a part of it for an experiment's picture, words beside or
/// below.
#pragma once

#include <QAbstractButton>

class QSvgRenderer;

namespace kappa::ui {

class AppTheme;

class PictureCard : public QAbstractButton {
  Q_OBJECT

 public:
  /// `picture`: SVG in the light theme's run colours; empty: there is none.
  PictureCard(const AppTheme& theme, const QByteArray& picture, QWidget* parent = nullptr);

  bool hasHeightForWidth() const override { return true; }

 protected:
  /// Home and End go to the first card of the page and the last; arrows are a button's own.
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  /// The surface within the edge.
  QRectF surface() const { return QRectF(rect()).adjusted(1, 1, -1, -1); }
  /// Ground and edge, with another ground for the picture and a line between it and the words.
  void paintShell(QPainter& painter, const QRectF& pictured, Qt::Edge words_at) const;
  /// Fits the picture into the room; false: there is none.
  bool paintPicture(QPainter& painter, const QRectF& room) const;
  const AppTheme& appTheme() const { return theme_; }

 private:
  void loadPicture();

  const AppTheme& theme_;
  QByteArray picture_;
  QSvgRenderer* renderer_;
};

}  // namespace kappa::ui
