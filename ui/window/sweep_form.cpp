/// Values are written as a list; the document's own reader says what is wrong with them.
#include "ui/window/sweep_form.hpp"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/forms/field_row.hpp"
#include "ui/forms/number_text.hpp"
#include "ui/forms/wording.hpp"
#include "ui/session.hpp"

namespace kappa::ui {
namespace {

constexpr int values_width = 112;

QString wordOf(const Value& value) {
  if (const auto* number = std::get_if<double>(&value)) return NumberText::shortest(*number);
  if (const auto* text = std::get_if<std::string>(&value)) return QString::fromStdString(*text);
  return wording::brief(value);
}

QString listOf(const SweepAxis& axis) {
  QStringList words;
  for (const Value& value : axis.values) words << wordOf(value);
  return words.join(QStringLiteral(", "));
}

/// "10, 100, isotropic" as a JSON array.
std::string jsonOf(const QString& list) {
  QStringList items;
  for (const QString& part : list.split(u',', Qt::SkipEmptyParts)) {
    const QString word = part.trimmed();
    const bool plain =
        NumberText::parse(word).has_value() || word == QStringLiteral("true") || word == QStringLiteral("false");
    if (!word.isEmpty()) items << (plain ? word : u'"' + QString(word).remove(u'"') + u'"');
  }
  return (u'[' + items.join(u',') + u']').toStdString();
}

/// "/runs/0/optimizer/learning_rate" as "Learning rate of Adam".
QString titleOfPath(const std::string& path, const Document& document) {
  const QStringList parts = QString::fromStdString(path).split(u'/', Qt::SkipEmptyParts);
  const QString field = wording::named(parts.value(parts.size() - 1).toStdString());
  const std::size_t run = parts.value(1).toULong();
  if (parts.value(0) != QStringLiteral("runs") || run >= document.runs.size()) return field;
  return SweepForm::tr("%1 of %2").arg(field, QString::fromStdString(document.runs[run].label));
}

/// The document with its sweep replaced, read again as a file would be.
Checked<Document> withSweep(const Document& document, const std::string& sweep) {
  const Checked<std::string> text = set_in_json(write_document(document), "/sweep", sweep);
  if (const Issues* issues = issues_of(text)) return *issues;
  return parse_document(std::get<std::string>(text));
}

}  // namespace

SweepForm::SweepForm(Session& session, QWidget* parent)
    : QWidget(parent), session_(session), column_(new QVBoxLayout(this)), menu_(new QMenu(this)) {
  column_->setContentsMargins(0, 0, 0, 0);
  column_->setSpacing(0);
  auto* more = new QPushButton(tr("+ Sweep a field"));
  more->setProperty("role", "link");
  more->setCursor(Qt::PointingHandCursor);
  more->setToolTip(tr("kappascope-cli sweep runs every combination of the values"));
  more->setStyleSheet(QStringLiteral("QPushButton::menu-indicator { image: none; width: 0; }"));
  more->setMenu(menu_);
  column_->addWidget(more, 0, Qt::AlignLeft);
  connect(menu_, &QMenu::aboutToShow, this, &SweepForm::fillMenu);
  connect(&session, &Session::documentChanged, this, &SweepForm::showDocument);
  showDocument();
}

void SweepForm::showDocument() {
  const auto& sweep = session_.document().sweep;
  bool same = rows_ && sweep.size() == axes_.size();
  for (std::size_t i = 0; same && i < sweep.size(); ++i) same = sweep[i].path == axes_[i].path;
  if (!same) {
    if (rows_) {
      rows_->hide();
      rows_->deleteLater();
    }
    axes_.clear();
    rows_ = new QWidget(this);
    auto* column = new QVBoxLayout(rows_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column_->insertWidget(0, rows_);
    for (std::size_t i = 0; i < sweep.size(); ++i) addRow(i);
  }
  for (std::size_t i = 0; i < axes_.size(); ++i)
    if (!axes_[i].values->hasFocus()) {
      axes_[i].values->setText(listOf(sweep[i]));
      axes_[i].values->setCursorPosition(0);
    }
}

void SweepForm::addRow(std::size_t index) {
  const std::string path = session_.document().sweep[index].path;
  auto* values = new QLineEdit;
  values->setFixedWidth(values_width);
  auto* row = new FieldRow(titleOfPath(path, session_.document()), values);
  row->setHelp(tr("%1\nThe values it takes, with commas between them.").arg(QString::fromStdString(path)));
  auto* away = new QToolButton;
  away->setText(QStringLiteral("×"));
  away->setFocusPolicy(Qt::TabFocus);
  away->setAccessibleName(tr("Do not sweep %1").arg(row->name()));
  away->setToolTip(away->accessibleName());
  auto* line = new QWidget;
  auto* both = new QHBoxLayout(line);
  both->setContentsMargins(0, 0, 0, 0);
  both->setSpacing(2);
  both->addWidget(row, 1);
  both->addWidget(away, 0, Qt::AlignTop);
  rows_->layout()->addWidget(line);
  axes_.push_back({path, values, row});
  connect(values, &QLineEdit::editingFinished, this, [this, index] { take(index); });
  connect(away, &QToolButton::clicked, this, [this, index] { remove(index); });
}

/// Numbers of the problem and of the runs' optimizers, or of the study.
void SweepForm::fillMenu() {
  menu_->clear();
  const Document& document = session_.document();
  const auto offer = [&](const QString& name, const Node& node, const std::string& head) {
    const Entry* entry = Catalog::get().find(node.kind, node.id);
    if (!entry) return;
    QMenu* fields = menu_->addMenu(name);
    for (const Field& field : entry->fields) {
      const auto given = node.params.find(field.id);
      const Value now = given == node.params.end() ? field.initial : given->second;
      const std::string path = head + "/" + field.id;
      if (std::holds_alternative<NodePtr>(now) || std::holds_alternative<std::vector<double>>(now)) continue;
      fields->addAction(wording::labelOf(field), this, [this, path, now] { add(path, now); });
    }
    fields->setEnabled(!fields->isEmpty());
  };
  if (document.study != "descent") return offer(tr("Settings"), document.settings, "/settings");
  offer(tr("Problem"), document.problem, "/problem");
  for (std::size_t i = 0; i < document.runs.size(); ++i)
    if (!document.runs[i].fork)
      offer(QString::fromStdString(document.runs[i].label), document.runs[i].optimizer,
            "/runs/" + std::to_string(i) + "/optimizer");
}

void SweepForm::add(const std::string& path, const Value& now) {
  Document next = session_.document();
  for (const SweepAxis& axis : next.sweep)
    if (axis.path == path) return;
  next.sweep.push_back({path, {now}});
  if (const Issues issues = session_.change(next, tr("sweep a field")); !issues.empty())
    emit session_.troubled(wording::sentences(issues));
}

void SweepForm::remove(std::size_t index) {
  Document next = session_.document();
  if (index >= next.sweep.size()) return;
  next.sweep.erase(next.sweep.begin() + static_cast<std::ptrdiff_t>(index));
  session_.change(next, tr("sweep no longer"));
}

void SweepForm::take(std::size_t index) {
  if (index >= axes_.size() || index >= session_.document().sweep.size()) return;
  if (axes_[index].values->text() == listOf(session_.document().sweep[index])) return axes_[index].row->setError({});
  std::string sweep;
  for (std::size_t i = 0; i < axes_.size(); ++i)
    sweep += (sweep.empty() ? "{\"" : ",\"") + axes_[i].path + "\":" + jsonOf(axes_[i].values->text());
  const Checked<Document> read = withSweep(session_.document(), sweep + "}");
  Issues issues;
  if (const Issues* wrong = issues_of(read))
    issues = *wrong;
  else {
    Document next = session_.document();
    next.sweep = std::get<Document>(read).sweep;
    issues = session_.change(next, tr("change the values of a sweep"));
  }
  axes_[index].row->setError(issues.empty() ? QString() : wording::sentence(issues.front()));
}

}  // namespace kappa::ui
