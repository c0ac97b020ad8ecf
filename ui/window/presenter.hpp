/// Presenter mode: the whole screen, large type, thick lines, and nothing but charts, run bar and chosen controls.
#pragma once

#include <QObject>
#include <QPointer>
#include <QWidgetList>

class QShortcut;

namespace kappa::ui {

class AppTheme;

class Presenter : public QObject {
  Q_OBJECT

 public:
  /// Of everything beside and above them only `kept` stays in sight.
  Presenter(QWidget* window, AppTheme& theme, const QWidgetList& kept);

  bool isOn() const { return on_; }
  /// `full_screen`: false keeps the window's size, for pictures.
  void start(bool full_screen = true);
  void stop();

 signals:
  void changed(bool on);

 private:
  void clearAround(QWidget* kept);

  QWidget* window_;
  AppTheme& theme_;
  QWidgetList kept_;
  std::vector<QPointer<QWidget>> cleared_;  ///< hidden for the while
  Qt::WindowStates state_;
  QRect place_;
  QShortcut* escape_;
  bool on_ = false;
};

}  // namespace kappa::ui
