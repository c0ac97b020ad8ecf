/// A field that is on or off, drawn as a switch.
#pragma once

#include <QCheckBox>

namespace kappa::ui {

class FlagField : public QCheckBox {
  Q_OBJECT

 public:
  explicit FlagField(QWidget* parent = nullptr);

  QSize sizeHint() const override { return {38, 22}; }
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool hitButton(const QPoint& at) const override { return rect().contains(at); }
};

}  // namespace kappa::ui
