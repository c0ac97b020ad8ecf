/// The head of a group of fields, in small capitals.
#pragma once

#include "ui/forms/elided_label.hpp"

namespace kappa::ui {

class GroupHead : public ElidedLabel {
  Q_OBJECT

 public:
  explicit GroupHead(const QString& text, QWidget* parent = nullptr);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void dress();
};

}  // namespace kappa::ui
