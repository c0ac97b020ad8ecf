/// The head of a group of fields: small, heavy and set apart; its letters are those of the text, so that κ stays κ.
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
