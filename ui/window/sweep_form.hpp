/// The grid that a sweep of this document runs: fields and the values that each of them takes.
#pragma once

#include <QWidget>
#include <vector>

#include "core/lab.hpp"

class QLineEdit;
class QMenu;
class QVBoxLayout;

namespace kappa::ui {

class FieldRow;
class Session;

class SweepForm : public QWidget {
  Q_OBJECT

 public:
  explicit SweepForm(Session& session, QWidget* parent = nullptr);

 private:
  struct Axis {
    std::string path;
    QLineEdit* values;
    FieldRow* row;
  };
  void showDocument();
  void addRow(std::size_t index);
  void fillMenu();
  void add(const std::string& path, const Value& now);
  void remove(std::size_t index);
  void take(std::size_t index);

  Session& session_;
  QVBoxLayout* column_;
  QMenu* menu_;
  QWidget* rows_ = nullptr;
  std::vector<Axis> axes_;
};

}  // namespace kappa::ui
