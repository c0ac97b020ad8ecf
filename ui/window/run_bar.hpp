/// The bar below the charts: run, step, stop, restart, the scrubber, progress and speed.
#pragma once

#include <QElapsedTimer>
#include <QFrame>

class QLabel;
class QPushButton;
class QToolButton;

namespace kappa::ui {

class Actions;
class AppTheme;
class Scrubber;
class Session;
class ValueSlider;

class RunBar : public QFrame {
  Q_OBJECT

 public:
  RunBar(Session& session, Actions& actions, const AppTheme& theme, QWidget* parent = nullptr);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  bool event(QEvent* event) override;

 private:
  void fitLabels();
  void makeRoom();
  void showSteps();
  void showNumbers();
  QString progress() const;
  QString pace() const;
  void takeSpeed(double number);

  Session& session_;
  const AppTheme& theme_;
  Scrubber* scrubber_;
  QLabel *total_, *progress_, *pace_, *speed_name_, *speed_text_;
  ValueSlider* speed_;
  QPushButton* fork_;
  QToolButton* freeze_;
  QElapsedTimer since_numbers_;
  QList<int> widths_;  ///< that its parts need
};

}  // namespace kappa::ui
