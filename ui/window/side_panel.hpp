/// A panel of fixed width that scrolls, its content as wide with a scroll bar as without.
#pragma once

#include <QScrollArea>

class QVBoxLayout;

namespace kappa::ui {

class SidePanel : public QScrollArea {
  Q_OBJECT

 public:
  SidePanel(int width, const QString& name, QWidget* parent = nullptr);

 protected:
  QVBoxLayout* column() const { return column_; }

 private:
  void makeRoom();

  QVBoxLayout* column_;
};

}  // namespace kappa::ui
