/// A surface with a thin line around it and round corners, and a column of things on it.
#pragma once

#include <QFrame>
#include <QVBoxLayout>

namespace kappa::ui {

class Card : public QFrame {
  Q_OBJECT

 public:
  explicit Card(QWidget* parent = nullptr);

  QVBoxLayout* column() const { return column_; }

 private:
  QVBoxLayout* column_;
};

}  // namespace kappa::ui
