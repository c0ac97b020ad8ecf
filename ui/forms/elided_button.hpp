/// A flat button whose text starts at the left and ends in an ellipsis when it is too long.
#pragma once

#include <QPushButton>

namespace kappa::ui {

class ElidedButton : public QPushButton {
  Q_OBJECT

 public:
  explicit ElidedButton(const QString& text = {}, QWidget* parent = nullptr);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return {40, sizeHint().height()}; }

 protected:
  void paintEvent(QPaintEvent* event) override;
};

}  // namespace kappa::ui
