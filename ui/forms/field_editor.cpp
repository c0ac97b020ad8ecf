/// Builds a field's widgets and keeps them and the value one and the same.
#include "ui/forms/field_editor.hpp"

#include <QAction>
#include <QMenu>
#include <QVBoxLayout>

#include "ui/forms/choice_field.hpp"
#include "ui/forms/field_row.hpp"
#include "ui/forms/node_form.hpp"
#include "ui/forms/number_field.hpp"
#include "ui/forms/value_slider.hpp"
#include "ui/forms/wording.hpp"

namespace kappa::ui {
namespace {

NodePtr nodeOf(const Value& value) {
  const auto* node = std::get_if<NodePtr>(&value);
  return node ? *node : nullptr;
}

bool isSlot(const Field& field) { return std::holds_alternative<Slot>(field.domain); }

Value peakOf(const Node& schedule, const Field& host) {
  const auto peak = schedule.params.find("peak");
  return peak == schedule.params.end() ? host.initial : peak->second;
}

}  // namespace

FieldEditor::FieldEditor(const Field& field, const Value& value, const QString& path, EditSink sink, bool primary,
                         QWidget* parent)
    : QWidget(parent), field_(field), path_(path), sink_(std::move(sink)), primary_(primary) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  isSlot(field) ? buildSlot(value) : buildNumber(value);
  setValue(value);
}

void FieldEditor::buildNumber(const Value& value) {
  control_ = makeControl(
      field_, [this](const Value& now) { tell(now); }, this);
  row_ = new FieldRow(wording::labelOf(field_), control_.editor, this);
  row_->setHelp(wording::helpOf(field_));
  row_->setUnit(QString::fromStdString(field_.unit));
  row_->setLive(field_.live);
  if (const auto* text = std::get_if<Text>(&field_.domain); text && text->refuse) row_->spread();
  if (control_.slider) {
    const NumberRange range{.lo = std::get<Range>(field_.domain).slider_lo,
                            .hi = std::get<Range>(field_.domain).slider_hi,
                            .log = std::get<Range>(field_.domain).log};
    row_->setSlider(control_.slider);
    control_.slider->setNumberRange(range);
  }
  layout()->addWidget(row_);
  const NodePtr schedule = field_.schedulable ? nodeOf(value) : nullptr;
  if (schedule || (field_.schedulable && primary_)) addSchedule(schedule);
  addMenu();
}

void FieldEditor::buildSlot(const Value& value) {
  const NodePtr node = nodeOf(value);
  inner_id_ = node ? node->id : "";
  inner_ = new NodeForm(std::get<Slot>(field_.domain).kind, sink_,
                        {.typeName = wording::labelOf(field_), .help = wording::helpOf(field_), .indent = true}, path_,
                        this);
  layout()->addWidget(inner_);
}

/// "Schedule: constant", and below it what the chosen schedule asks for.
void FieldEditor::addSchedule(const NodePtr& schedule) {
  inner_id_ = schedule ? schedule->id : "";
  schedules_ = new ChoiceField(this);
  QList<ChoiceItem> items{{QString(), tr("constant")}};
  for (const Entry& entry : Catalog::get().all(Kind::schedule))
    items << ChoiceItem{QString::fromStdString(entry.id),
                        entry.id == "constant" ? tr("constant, warmed up") : wording::titleOf(entry).toLower(),
                        wording::cardOf(entry)};
  schedules_->setChoices(items);
  schedules_->choose(QString::fromStdString(inner_id_));
  connect(schedules_, &ChoiceField::chosen, this, &FieldEditor::follow);
  auto* choice =
      new FieldRow(primary_ ? tr("Schedule") : tr("Schedule of %1").arg(wording::labelOf(field_)), schedules_, this);
  choice->setHelp(tr("How the value changes over the steps of a run."));
  layout()->addWidget(choice);
  if (!schedule) return;
  const EditSink inner = [this](const FieldEdit& edit) {
    FieldEdit own = edit;
    own.live = field_.live;
    return sink_(own);
  };
  inner_ = new NodeForm(Kind::schedule, inner, {.type = false, .indent = true, .hidden = {"peak"}}, path_, this);
  layout()->addWidget(inner_);
}

void FieldEditor::addMenu() {
  row_->setContextMenuPolicy(Qt::ActionsContextMenu);
  if (!nodeOf(field_.initial)) {
    auto* usual = new QAction(tr("Back to %1").arg(wording::brief(field_.initial)), row_);
    connect(usual, &QAction::triggered, this, [this] { tell(field_.initial); });
    row_->addAction(usual);
  }
  if (!field_.schedulable) return;
  auto* menu = new QMenu(tr("Follow a schedule"), row_);
  for (const Entry& entry : Catalog::get().all(Kind::schedule))
    menu->addAction(wording::titleOf(entry), this, [this, id = QString::fromStdString(entry.id)] { follow(id); });
  row_->addAction(menu->menuAction());
}

/// From a number to a schedule whose peak it is, and back.
void FieldEditor::follow(const QString& schedule) {
  if (schedule.toStdString() == inner_id_) return;  // chosen again: its settings stay
  const Value now = control_.get();
  Value next = now;
  if (!schedule.isEmpty()) {
    Node node{Kind::schedule, schedule.toStdString(), {}};
    if (std::holds_alternative<double>(now)) node.params["peak"] = now;
    if (inner_)
      if (const Node old = inner_->node(); old.params.contains("warmup_steps"))
        node.params["warmup_steps"] = old.params.at("warmup_steps");
    next = std::make_shared<const Node>(complete_node(node));
  }
  refuse(sink_({path_, next, false}));
}

void FieldEditor::tell(const Value& value) {
  const bool scheduled = schedules_ && !inner_id_.empty();
  if (scheduled && nodeOf(value)) return;
  Field checked = field_;
  if (auto* range = std::get_if<Range>(&checked.domain); range && scheduled) range->automatic = false;
  if (const auto why = refusal(checked, value)) return refuse(wording::sentence({"", *why, ""}));
  refuse(sink_({scheduled ? path_ + QStringLiteral("/peak") : path_, value, field_.live}));
}

void FieldEditor::refuse(const QString& why) {
  if (!row_) return;
  if (NumberField* number = row_->numberField()) number->setProblem(why);
  row_->setError(why);
}

bool FieldEditor::fits(const Value& value) const {
  const NodePtr node = nodeOf(value);
  if (isSlot(field_)) return (node ? node->id : std::string()) == inner_id_;
  if (!field_.schedulable) return true;
  return (node ? node->id : std::string()) == inner_id_;
}

void FieldEditor::setValue(const Value& value) {
  const NodePtr node = nodeOf(value);
  if (isSlot(field_)) {
    if (node) inner_->setNode(*node);
    return;
  }
  const bool schedule = node && field_.schedulable;
  if (row_->numberField() == nullptr) row_->setError({});
  const Value plain = schedule ? peakOf(*node, field_) : value;
  control_.set(plain);
  if (const auto* number = std::get_if<double>(&plain); number && control_.slider && !control_.slider->isSliderDown())
    control_.slider->setNumber(*number);
  if (schedule && inner_) inner_->setNode(*node);
  if (schedules_) schedules_->choose(QString::fromStdString(schedule ? node->id : std::string()));
}

Value FieldEditor::value() const {
  if (isSlot(field_)) return std::make_shared<const Node>(inner_->node());
  const Value plain = control_.get();
  if (!schedules_ || inner_id_.empty()) return plain;
  Node schedule = inner_->node();
  schedule.params["peak"] = plain;
  return std::make_shared<const Node>(std::move(schedule));
}

void FieldEditor::setRead(bool read, const QString& why) {
  setVisible(read || !equal(value(), field_.initial));
  if (row_) row_->setIgnored(!read, why);
  if (!row_) setEnabled(read);
}

}  // namespace kappa::ui
