/// The runs as rows that can be sorted, shown and hidden, renamed, recoloured and removed; by mouse and keys.
#pragma once

#include <QTreeWidget>
#include <vector>

#include "core/lab.hpp"

class QMenu;

namespace kappa::ui {

class AppTheme;
class Session;

class RunsTable : public QTreeWidget {
  Q_OBJECT

 public:
  enum Column : int { name, value, last, to_target, calls, time, columns };

  RunsTable(Session& session, const AppTheme& theme, QWidget* parent = nullptr);

  void setRows(std::vector<Standing> rows);
  /// All columns under a header; else names and values.
  void setWide(bool wide);
  bool isWide() const { return wide_; }
  int wideWidth() const;  ///< so that every column can be read
  void sortBy(Column column, Qt::SortOrder order = Qt::AscendingOrder);
  Column sortedBy() const { return by_; }
  /// In the order of the rows.
  QStringList labels() const;

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return {80, sizeHint().height()}; }

 protected:
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  void fill();
  void write(QTreeWidgetItem& item, const Standing& row);
  static QStringList heads();
  void showColumns();
  void measure();
  void fitNames();
  int aroundName() const;
  int widestName() const;
  void takeName(QTreeWidgetItem* item, int column);
  void openMenu(const QString& label, QPoint at);
  QString current() const;

  Session& session_;
  const AppTheme& theme_;
  QMenu* menu_;
  std::vector<Standing> rows_;
  Column by_ = value;
  Qt::SortOrder order_ = Qt::AscendingOrder;
  bool wide_ = false, filling_ = false;
  bool below_zero_ = false;  ///< some value has had a sign
  int widths_[columns] = {}, rows_height_ = 0;
};

}  // namespace kappa::ui
