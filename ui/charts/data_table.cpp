/// Shows what the CSV export of the same picture would write.
#include "ui/charts/data_table.hpp"

#include <QAbstractTableModel>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

class CsvModel : public QAbstractTableModel {
 public:
  CsvModel(QList<QStringList> rows, QObject* parent) : QAbstractTableModel(parent), rows_(std::move(rows)) {}

  int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : int(rows_.size()); }
  int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : 4; }
  QVariant data(const QModelIndex& index, int role) const override {
    if (role == Qt::TextAlignmentRole && index.column() > 1) return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    return rows_.value(index.row()).value(index.column());
  }
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override {
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal) return {};
    const QStringList heads{DataTable::tr("Curve"), DataTable::tr("Kind"), DataTable::tr("x"), DataTable::tr("Value")};
    return heads.value(section);
  }

 private:
  QList<QStringList> rows_;
};

}  // namespace

QList<QStringList> csvRows(const QString& csv) {
  QList<QStringList> rows;
  QStringList row;
  QString cell;
  bool quoted = false;
  for (qsizetype i = 0; i < csv.size(); ++i) {
    const QChar c = csv[i];
    if (quoted) {
      if (c != u'"')
        cell += c;
      else if (i + 1 < csv.size() && csv[i + 1] == u'"')
        cell += c, ++i;
      else
        quoted = false;
    } else if (c == u'"') {
      quoted = true;
    } else if (c == u',' || c == u'\n') {
      row << std::exchange(cell, {});
      if (c == u'\n') rows << std::exchange(row, {});
    } else {
      cell += c;
    }
  }
  return rows;
}

DataTable::DataTable(const Figure& figure, QWidget* parent) : QDialog(parent), table_(new QTableView) {
  const QString title = QString::fromStdString(figure.title), sentence = QString::fromStdString(figure.sentence);
  setWindowTitle(tr("Data of “%1”").arg(title));
  setAccessibleDescription(sentence);
  auto* words = new QLabel(sentence);
  words->setWordWrap(true);
  words->setTextFormat(Qt::PlainText);
  table_->setModel(new CsvModel(csvRows(QString::fromStdString(write_data_csv(figure))).mid(1), this));
  table_->setAccessibleName(windowTitle());
  table_->setFont(figureFont(font().pixelSize() > 0 ? font().pixelSize() : 13));
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(table_->fontMetrics().height() + 8);
  table_->horizontalHeader()->setResizeContentsPrecision(200);
  table_->resizeColumnsToContents();
  table_->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  table_->setAlternatingRowColors(true);
  table_->setTabKeyNavigation(false);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  auto* copying = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
  connect(copying, &QPushButton::clicked, this, &DataTable::copy);
  connect(buttons, &QDialogButtonBox::rejected, this, &QWidget::close);
  auto* column = new QVBoxLayout(this);
  column->addWidget(words);
  column->addWidget(table_, 1);
  column->addWidget(buttons);
  resize(560, 480);
  table_->setFocus();
}

QString DataTable::chosenText() const {
  const QAbstractItemModel& model = *table_->model();
  QModelIndexList cells = table_->selectionModel()->selectedIndexes();
  std::sort(cells.begin(), cells.end());
  if (cells.size() < 2) {
    cells.clear();
    for (int r = 0; r < model.rowCount(); ++r)
      for (int c = 0; c < model.columnCount(); ++c) cells << model.index(r, c);
  }
  QString text;
  for (qsizetype i = 0; i < cells.size(); ++i) {
    if (i > 0) text += cells[i].row() == cells[i - 1].row() ? u'\t' : u'\n';
    text += cells[i].data().toString();
  }
  return text;
}

void DataTable::copy() const { QGuiApplication::clipboard()->setText(chosenText()); }

void DataTable::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::Copy)) return copy();
  QDialog::keyPressEvent(event);
}

}  // namespace kappa::ui
