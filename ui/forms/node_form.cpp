/// Lays out an editor for each field of the chosen method and hides those that are not read.
#include "ui/forms/node_form.hpp"

#include <algorithm>

#include "ui/forms/choice_field.hpp"
#include "ui/forms/field_row.hpp"
#include "ui/forms/wording.hpp"

namespace kappa::ui {
namespace {

/// A value as the condition of another field spells it.
std::string spelled(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* node = std::get_if<NodePtr>(&value)) return *node ? (*node)->id : "";
  return {};
}

const Field* fieldOf(const Entry& entry, std::string_view id) {
  const auto it = std::find_if(entry.fields.begin(), entry.fields.end(), [&](const Field& f) { return f.id == id; });
  return it == entry.fields.end() ? nullptr : &*it;
}

bool isRead(const Entry& entry, const Node& node, const Field& field) {
  if (!field.when) return true;
  const Field* other = fieldOf(entry, field.when->field);
  if (!other || !isRead(entry, node, *other)) return !other;
  const auto given = node.params.find(other->id);
  const std::string now = spelled(given == node.params.end() ? other->initial : given->second);
  return std::find(field.when->values.begin(), field.when->values.end(), now) != field.when->values.end();
}

QList<ChoiceItem> methodsOf(Kind kind) {
  QList<ChoiceItem> items;
  for (const Entry& entry : Catalog::get().all(kind))
    items << ChoiceItem{QString::fromStdString(entry.id), wording::titleOf(entry), wording::cardOf(entry)};
  std::sort(items.begin(), items.end(),
            [](const ChoiceItem& a, const ChoiceItem& b) { return a.title.localeAwareCompare(b.title) < 0; });
  return items;
}

}  // namespace

NodeForm::NodeForm(Kind kind, EditSink sink, NodeFormOptions options, const QString& path, QWidget* parent)
    : QWidget(parent),
      kind_(kind),
      sink_(std::move(sink)),
      options_(std::move(options)),
      path_(path),
      column_(new QVBoxLayout(this)) {
  column_->setContentsMargins(0, 0, 0, 0);
  column_->setSpacing(0);
  if (!options_.type) return;
  types_ = new ChoiceField(this);
  types_->setChoices(methodsOf(kind));
  connect(types_, &ChoiceField::chosen, this, &NodeForm::chooseType);
  type_row_ = new FieldRow(options_.typeName.isEmpty() ? tr("Type") : options_.typeName, types_, this);
  type_row_->setHelp(options_.help);
  column_->addWidget(type_row_);
}

QString NodeForm::below(std::string_view field) const {
  const QString own = QString::fromUtf8(field.data(), static_cast<qsizetype>(field.size()));
  return path_.isEmpty() ? own : path_ + u'/' + own;
}

void NodeForm::setNode(const Node& node) {
  const auto valueOf = [&](const Field& field) -> const Value& {
    const auto given = node.params.find(field.id);
    return given == node.params.end() ? field.initial : given->second;
  };
  bool fits = rows_ && node.id == shown_.id;
  for (const FieldEditor* editor : editors_) fits = fits && editor->fits(valueOf(editor->field()));
  if (!fits) rebuild(node);
  shown_ = node;
  for (FieldEditor* editor : editors_) editor->setValue(valueOf(editor->field()));
  if (types_) types_->choose(QString::fromStdString(node.id));
  if (type_row_) type_row_->setError({});
  showRead(node);
}

void NodeForm::rebuild(const Node& node) {
  if (rows_) {
    rows_->hide();
    rows_->deleteLater();  // the edit that asks for this may come from one of them
  }
  editors_.clear();
  rows_ = new QWidget(this);
  auto* column = new QVBoxLayout(rows_);
  column->setContentsMargins(options_.indent ? 12 : 0, 0, 0, 0);
  column->setSpacing(0);
  column_->addWidget(rows_);
  const Entry* entry = Catalog::get().find(kind_, node.id);
  if (!entry) return;
  if (type_row_)
    type_row_->setHelp(options_.help.isEmpty() ? wording::cardOf(*entry)
                                               : options_.help + u'\n' + wording::cardOf(*entry));
  bool primary = true;
  for (const Field& field : entry->fields) {
    if (std::find(options_.hidden.begin(), options_.hidden.end(), field.id) != options_.hidden.end()) continue;
    const auto given = node.params.find(field.id);
    const Value value = given == node.params.end() ? field.initial : given->second;
    auto* editor = new FieldEditor(field, value, below(field.id), sink_, primary && field.schedulable, rows_);
    primary = primary && !field.schedulable;
    column->addWidget(editor);
    editors_.push_back(editor);
    if (editor->row())
      connect(editor->row(), &FieldRow::actionTriggered, this,
              [this, id = QString::fromStdString(field.id)] { emit actionTriggered(id); });
  }
}

void NodeForm::showRead(const Node& node) {
  const Entry* entry = Catalog::get().find(kind_, node.id);
  if (!entry) return;
  for (FieldEditor* editor : editors_) {
    const Field& field = editor->field();
    const bool read = isRead(*entry, node, field);
    editor->setRead(
        read, read ? QString() : tr("Read only for another %1.").arg(wording::named(field.when->field).toLower()));
  }
}

void NodeForm::chooseType(const QString& id) {
  if (id.toStdString() == shown_.id) return;
  const Node chosen = complete_node({kind_, id.toStdString(), {}});
  const QString why = sink_({path_, std::make_shared<const Node>(chosen), false});
  type_row_->setError(why);
  if (!why.isEmpty()) types_->choose(QString::fromStdString(shown_.id));
}

Node NodeForm::node() const {
  Node out{kind_, shown_.id, {}};
  const Entry* entry = Catalog::get().find(kind_, shown_.id);
  for (const FieldEditor* editor : editors_) {
    const Field& field = editor->field();
    Value value = editor->value();
    if (const auto* inner = std::get_if<NodePtr>(&value); inner && !*inner) continue;
    if (shown_.params.contains(field.id) || (entry && isRead(*entry, shown_, field)))
      out.params[field.id] = std::move(value);
  }
  return out;
}

FieldEditor* NodeForm::editor(std::string_view field) const {
  const auto it =
      std::find_if(editors_.begin(), editors_.end(), [&](const FieldEditor* e) { return e->field().id == field; });
  return it == editors_.end() ? nullptr : *it;
}

}  // namespace kappa::ui
