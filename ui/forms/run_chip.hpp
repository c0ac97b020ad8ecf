/// A run in the list: its colour and marker, its name and the parameters that tell it from the others.
#pragma once

#include <QAbstractButton>

#include "core/lab.hpp"

namespace kappa::ui {

class AppTheme;

class RunChip : public QAbstractButton {
  Q_OBJECT

 public:
  explicit RunChip(const AppTheme& theme, QWidget* parent = nullptr);

  void setRun(const QString& name, const QString& telling, int colour, Marker marker = Marker::circle);
  /// Greyed but there: the run is not drawn.
  void setDimmed(bool dimmed);

  QSize sizeHint() const override { return {200, 32}; }
  QSize minimumSizeHint() const override { return {80, 32}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  const AppTheme& theme_;
  QString telling_;
  int colour_ = neutral;
  Marker marker_ = Marker::circle;
  bool dimmed_ = false;
};

}  // namespace kappa::ui
