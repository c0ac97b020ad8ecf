/// The runs sorted by what they show at a step.
#pragma once

#include <QWidget>
#include <vector>

#include "core/lab.hpp"

namespace kappa::ui {

class AppTheme;

class RunValues : public QWidget {
  Q_OBJECT

 public:
  explicit RunValues(const AppTheme& theme, QWidget* parent = nullptr);

  void setValues(std::vector<RunValue> values);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  const AppTheme& theme_;
  std::vector<RunValue> values_;
};

}  // namespace kappa::ui
