/// A field for data of the user's own: a file and the name of its target column.
#pragma once

#include <QWidget>

#include "core/lab.hpp"

class QLineEdit;
class QPushButton;

namespace kappa::ui {

class DataField : public QWidget {
  Q_OBJECT

 public:
  explicit DataField(QWidget* parent = nullptr);

  void setValue(const NodePtr& source);
  NodePtr value() const { return data_; }  ///< null: generated data

 signals:
  void changed();

 private:
  void chooseFile();
  void take(const QString& path, const QString& target);

  NodePtr data_;
  QPushButton* file_;
  QLineEdit* target_;
};

}  // namespace kappa::ui
