/// The one filled button: run or pause.
#pragma once

#include <QAbstractButton>

class QAction;

namespace kappa::ui {

class AppTheme;
class Session;

class PlayButton : public QAbstractButton {
  Q_OBJECT

 public:
  PlayButton(const Session& session, QAction* action, const AppTheme& theme, QWidget* parent = nullptr);

  QSize sizeHint() const override { return {36, 36}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void follow();

  const Session& session_;
  QAction* action_;
  const AppTheme& theme_;
};

}  // namespace kappa::ui
