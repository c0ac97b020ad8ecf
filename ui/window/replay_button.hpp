/// Plays the recorded steps back, or holds the play-back: a ring with a triangle or two bars.
#pragma once

#include <QAbstractButton>

class QAction;

namespace kappa::ui {

class AppTheme;

class ReplayButton : public QAbstractButton {
  Q_OBJECT

 public:
  ReplayButton(QAction* action, const AppTheme& theme, QWidget* parent = nullptr);

  QSize sizeHint() const override { return {28, 28}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void follow();

  QAction* action_;
  const AppTheme& theme_;
};

}  // namespace kappa::ui
