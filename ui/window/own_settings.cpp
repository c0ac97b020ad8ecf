/// Rows come and go with what the run overrides; their values follow the document in place.
#include "ui/window/own_settings.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/forms/elided_label.hpp"
#include "ui/forms/node_form.hpp"
#include "ui/forms/wording.hpp"
#include "ui/session.hpp"

namespace kappa::ui {
namespace {

std::optional<Node> withEdit(const Node& node, const FieldEdit& edit) {
  if (edit.path.isEmpty()) return *std::get<NodePtr>(edit.value);
  return with_value(node, edit.path.toStdString(), edit.value);
}

std::int64_t wholeOf(std::uint64_t number) { return static_cast<std::int64_t>(number); }
std::uint64_t countOf(const Value& value) { return static_cast<std::uint64_t>(std::get<std::int64_t>(value)); }

/// The fork's parent as it runs.
std::optional<Node> parentOptimizer(const Document& document, const RunSpec& fork) {
  for (std::size_t i = 0; i < document.runs.size(); ++i)
    if (document.runs[i].label == fork.fork->run) return complete_node(effective_optimizer(document, i));
  return std::nullopt;
}

}  // namespace

OwnSettings::OwnSettings(Session& session, QWidget* parent)
    : QWidget(parent),
      session_(session),
      column_(new QVBoxLayout(this)),
      more_(new QPushButton(tr("+ Only for this run"))),
      menu_(new QMenu(this)) {
  column_->setContentsMargins(0, 0, 0, 0);
  column_->setSpacing(0);
  more_->setProperty("role", "link");
  more_->setCursor(Qt::PointingHandCursor);
  more_->setToolTip(tr("Give this run a problem, start, length or batch of its own"));
  more_->setStyleSheet(QStringLiteral("QPushButton::menu-indicator { image: none; width: 0; }"));
  more_->setMenu(menu_);
  column_->addWidget(more_, 0, Qt::AlignLeft);
  connect(menu_, &QMenu::aboutToShow, this, &OwnSettings::fillMenu);
  connect(&session, &Session::documentChanged, this, &OwnSettings::showDocument);
  connect(&session, &Session::viewChanged, this, &OwnSettings::showDocument);
  fillMenu();
  showDocument();
}

const RunSpec* OwnSettings::run() const {
  const auto& runs = session_.document().runs;
  return session_.chosenRun() < runs.size() ? &runs[session_.chosenRun()] : nullptr;
}

QString OwnSettings::change(const QString& text, const QString& key, const Change& edit) {
  Document next = session_.document();
  if (session_.chosenRun() >= next.runs.size()) return {};
  edit(next, next.runs[session_.chosenRun()]);
  const Issues issues =
      session_.change(next, text, key.isEmpty() ? key : QStringLiteral("own %1 %2").arg(session_.chosenRun()).arg(key));
  return issues.empty() ? QString() : wording::sentence(issues.front());
}

void OwnSettings::fillMenu() {
  menu_->clear();
  const RunSpec* own = run();
  if (!own) return;
  const auto offer = [&](const QString& name, bool has, const Change& give) {
    QAction* one = menu_->addAction(name, this, [this, give] { change(tr("give the run its own setting"), {}, give); });
    one->setEnabled(!has);
  };
  offer(tr("Problem"), own->problem.has_value(), [](Document& d, RunSpec& r) { r.problem = d.problem; });
  offer(tr("Start"), own->init.has_value(), [](Document& d, RunSpec& r) { r.init = d.init; });
  offer(tr("Steps"), own->steps.has_value(), [](Document& d, RunSpec& r) { r.steps = d.steps; });
  offer(tr("Batch"), own->batch.has_value(), [](Document& d, RunSpec& r) { r.batch = d.batch; });
}

/// What decides which rows there are.
std::string OwnSettings::shape() const {
  const RunSpec* own = run();
  if (!own) return {};
  std::string text = own->label;
  if (own->fork) {
    text += "|fork";
    for (const auto& param : own->optimizer.params)
      text += " " + param.first + wording::brief(param.second).toStdString();
    for (const RunSpec& one : session_.document().runs) text += "," + one.label;
  }
  if (own->problem) text += "|problem";
  if (own->init) text += "|init";
  if (own->steps) text += "|steps";
  if (own->batch) text += "|batch";
  return text;
}

void OwnSettings::showDocument() {
  const RunSpec* own = run();
  setVisible(own != nullptr);
  if (!own) return;
  if (std::string now = shape(); now != shape_ || !rows_) {
    shape_ = std::move(now);
    rebuild();
  }
  if (problem_ && own->problem) problem_->setNode(*own->problem);
  if (init_ && own->init) init_->setNode(*own->init);
  for (const auto& [editor, value] : editors_) editor->setValue(value(*own));
  more_->setVisible(!own->fork);
}

void OwnSettings::rebuild() {
  if (rows_) {
    rows_->hide();
    rows_->deleteLater();
  }
  problem_ = init_ = nullptr;
  editors_.clear();
  rows_ = new QWidget(this);
  auto* column = new QVBoxLayout(rows_);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column_->insertWidget(0, rows_);
  const RunSpec& own = *run();
  if (own.fork) return addFork(session_.document(), own);
  if (own.problem) addProblem(own);
  if (own.init) addInit(own);
  if (own.steps) addSteps(own);
  if (own.batch) addBatch(own);
}

void OwnSettings::addHead(const QString& name, const QString& away, const Change& remove) {
  auto* line = new QWidget(rows_);
  auto* row = new QHBoxLayout(line);
  row->setContentsMargins(0, 2, 0, 0);
  row->setSpacing(4);
  auto* label = new ElidedLabel(name);
  label->setProperty("role", "title");
  row->addWidget(label, 1);
  auto* cross = new QToolButton;
  cross->setText(QStringLiteral("×"));
  cross->setFocusPolicy(Qt::TabFocus);
  cross->setAccessibleName(away);
  cross->setToolTip(away);
  connect(cross, &QToolButton::clicked, this, [this, remove] { change(tr("share the setting again"), {}, remove); });
  row->addWidget(cross);
  rows_->layout()->addWidget(line);
}

FieldEditor* OwnSettings::addEditor(const Field& field, const Value& value,
                                    const std::function<void(RunSpec&, const Value&)>& set) {
  const QString id = QString::fromStdString(field.id);
  auto* editor = new FieldEditor(
      field, value, id,
      [this, id, set](const FieldEdit& e) {
        return change(tr("change %1").arg(wording::named(id.toStdString()).toLower()), id,
                      [&](Document&, RunSpec& r) { set(r, e.value); });
      },
      false, rows_);
  rows_->layout()->addWidget(editor);
  return editor;
}

void OwnSettings::addProblem(const RunSpec& run) {
  addHead(tr("Its own problem"), tr("Share the problem again"), [](Document&, RunSpec& r) { r.problem.reset(); });
  const EditSink sink = [this](const FieldEdit& edit) {
    return change(tr("change problem"), QStringLiteral("problem ") + edit.path, [&](Document&, RunSpec& r) {
      if (const auto next = r.problem ? withEdit(*r.problem, edit) : std::nullopt) r.problem = complete_node(*next);
    });
  };
  problem_ = new NodeForm(Kind::problem, sink, {.indent = true}, {}, rows_);
  problem_->setNode(*run.problem);
  rows_->layout()->addWidget(problem_);
}

void OwnSettings::addInit(const RunSpec& run) {
  addHead(tr("Its own start"), tr("Share the start again"), [](Document&, RunSpec& r) { r.init.reset(); });
  const EditSink sink = [this](const FieldEdit& edit) {
    return change(tr("change start"), QStringLiteral("init ") + edit.path, [&](Document&, RunSpec& r) {
      if (const auto next = r.init ? withEdit(*r.init, edit) : std::nullopt) r.init = complete_node(*next);
    });
  };
  init_ = new NodeForm(Kind::init, sink, {.indent = true}, {}, rows_);
  init_->setNode(*run.init);
  rows_->layout()->addWidget(init_);
}

void OwnSettings::addSteps(const RunSpec& run) {
  addHead(tr("Its own length"), tr("Share the length again"), [](Document&, RunSpec& r) { r.steps.reset(); });
  editors_.emplace_back(addEditor(spec::field_of(spec::Part::descent, "steps"), wholeOf(*run.steps),
                                  [](RunSpec& r, const Value& v) { r.steps = countOf(v); }),
                        [](const RunSpec& r) { return Value(wholeOf(r.steps.value_or(0))); });
}

void OwnSettings::addBatch(const RunSpec& run) {
  addHead(tr("Its own batch"), tr("Share the batch again"), [](Document&, RunSpec& r) { r.batch.reset(); });
  editors_.emplace_back(addEditor(spec::field_of(spec::Part::batch, "size"), wholeOf(run.batch->size),
                                  [](RunSpec& r, const Value& v) { r.batch->size = countOf(v); }),
                        [](const RunSpec& r) { return Value(r.batch ? wholeOf(r.batch->size) : 0); });
  editors_.emplace_back(addEditor(spec::field_of(spec::Part::batch, "order"), run.batch->order,
                                  [](RunSpec& r, const Value& v) { r.batch->order = std::get<std::string>(v); }),
                        [](const RunSpec& r) { return Value(r.batch ? r.batch->order : std::string()); });
}

/// Where it comes from, and each changed field with what its parent has.
void OwnSettings::addFork(const Document& document, const RunSpec& run) {
  std::vector<std::string> others;
  for (const RunSpec& one : document.runs)
    if (&one != &run) others.push_back(one.label);
  Field parent = spec::field_of(spec::Part::fork, "run");
  parent.domain = choices(others);
  parent.id = "fork_of";
  editors_.emplace_back(
      addEditor(parent, run.fork->run, [](RunSpec& r, const Value& v) { r.fork->run = std::get<std::string>(v); }),
      [](const RunSpec& r) { return Value(r.fork ? r.fork->run : std::string()); });
  Field step = spec::field_of(spec::Part::fork, "step");
  step.id = "at_step";
  editors_.emplace_back(
      addEditor(step, wholeOf(run.fork->step), [](RunSpec& r, const Value& v) { r.fork->step = countOf(v); }),
      [](const RunSpec& r) { return Value(r.fork ? wholeOf(r.fork->step) : 0); });
  const auto before = parentOptimizer(document, run);
  if (!before || !run.optimizer.id.empty()) return;
  for (const auto& [id, value] : run.optimizer.params) {
    const auto was = before->params.find(id);
    const QString old = was == before->params.end() ? QString() : wording::brief(was->second);
    addHead(tr("%1 %2 instead of %3").arg(wording::named(id), wording::brief(value), old),
            tr("Back to the parent's %1").arg(wording::named(id).toLower()),
            [id = id](Document&, RunSpec& r) { r.optimizer.params.erase(id); });
  }
}

}  // namespace kappa::ui
