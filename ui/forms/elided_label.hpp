/// A label that ends in an ellipsis when its text is too long, and then shows all of it as a tooltip.
#pragma once

#include <QLabel>

namespace kappa::ui {

class ElidedLabel : public QLabel {
  Q_OBJECT

 public:
  explicit ElidedLabel(const QString& text = {}, QWidget* parent = nullptr);

  QSize minimumSizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool event(QEvent* event) override;

 private:
  bool isTooLong() const;
};

}  // namespace kappa::ui
