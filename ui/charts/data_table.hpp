/// The numbers of a picture as a table: to be read out, to be copied, or where the picture cannot be seen.
#pragma once

#include <QDialog>

#include "core/lab.hpp"

class QTableView;

namespace kappa::ui {

class DataTable : public QDialog {
  Q_OBJECT

 public:
  explicit DataTable(const Figure& figure, QWidget* parent = nullptr);

  QTableView* table() const { return table_; }
  /// The chosen cells, or all, with tabs between them.
  QString chosenText() const;

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void copy() const;

  QTableView* table_;
};

/// Rows of comma-separated values as `write_data_csv` writes them.
QList<QStringList> csvRows(const QString& csv);

}  // namespace kappa::ui
