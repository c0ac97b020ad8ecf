/// A button that names the file, a menu to change it, and a line for the target column.
#include "ui/forms/data_field.hpp"

#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

namespace kappa::ui {
namespace {

QString textOf(const NodePtr& data, const char* key) {
  if (!data) return {};
  const auto it = data->params.find(key);
  const auto* text = it == data->params.end() ? nullptr : std::get_if<std::string>(&it->second);
  return text ? QString::fromStdString(*text) : QString();
}

}  // namespace

DataField::DataField(QWidget* parent) : QWidget(parent), file_(new QPushButton(this)), target_(new QLineEdit(this)) {
  setFixedWidth(136);
  auto* menu = new QMenu(file_);
  menu->addAction(tr("Choose a file…"), this, &DataField::chooseFile);
  menu->addAction(tr("Generated data"), this, [this] { take({}, {}); });
  file_->setMenu(menu);
  file_->setProperty("role", "field");
  target_->setPlaceholderText(tr("target column"));
  target_->setAccessibleName(tr("Target column"));
  connect(target_, &QLineEdit::editingFinished, this, [this] {
    if (target_->text() != textOf(data_, "target")) take(textOf(data_, "path"), target_->text());
  });
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  column->addWidget(file_);
  column->addWidget(target_);
  setFocusProxy(file_);
  setValue(nullptr);
}

void DataField::setValue(const NodePtr& source) {
  data_ = source;
  const QString path = textOf(source, "path");
  file_->setText(path.isEmpty() ? tr("generated")
                                : fontMetrics().elidedText(QFileInfo(path).fileName(), Qt::ElideMiddle, 100));
  file_->setToolTip(path);
  if (target_->text() != textOf(source, "target")) target_->setText(textOf(source, "target"));
  target_->setVisible(!path.isEmpty());
}

void DataField::chooseFile() {
  const QString path =
      QFileDialog::getOpenFileName(this, tr("Data"), textOf(data_, "path"), tr("Tables (*.csv *.npy)"));
  if (!path.isEmpty()) take(path, target_->text());
}

void DataField::take(const QString& path, const QString& target) {
  NodePtr next;
  if (!path.isEmpty()) {
    Node source{Kind::problem, "", {{"path", path.toStdString()}}};
    if (!target.isEmpty()) source.params["target"] = target.toStdString();
    next = std::make_shared<const Node>(std::move(source));
  }
  setValue(next);
  emit changed();
}

}  // namespace kappa::ui
