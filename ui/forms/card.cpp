/// Sets up a card's column.
#include "ui/forms/card.hpp"

namespace kappa::ui {

Card::Card(QWidget* parent) : QFrame(parent), column_(new QVBoxLayout(this)) {
  setProperty("role", "card");
  column_->setContentsMargins(14, 8, 14, 8);
  column_->setSpacing(4);
}

}  // namespace kappa::ui
