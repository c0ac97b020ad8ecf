/// Turns edits of an optimizer's form into edits of the document, live ones where they may be.
#include "ui/runs/run_form.hpp"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/forms/field_row.hpp"
#include "ui/forms/group_head.hpp"
#include "ui/forms/node_form.hpp"
#include "ui/forms/number_field.hpp"
#include "ui/forms/wording.hpp"
#include "ui/runs/document_edits.hpp"
#include "ui/session.hpp"

namespace kappa::ui {
namespace {

/// The value at a path inside a node: of its field, or of the field of a method that it holds.
std::optional<Value> valueAt(const Node& node, std::string_view path) {
  const std::size_t slash = path.find('/');
  const auto given = node.params.find(path.substr(0, slash));
  if (given == node.params.end()) return std::nullopt;
  if (slash == std::string_view::npos) return given->second;
  const auto* inner = std::get_if<NodePtr>(&given->second);
  return inner && *inner ? valueAt(**inner, path.substr(slash + 1)) : std::nullopt;
}

}  // namespace

RunForm::RunForm(Session& session, QMenu* menu, QWidget* parent)
    : QWidget(parent), session_(session), head_(new GroupHead({})), name_(new QLineEdit) {
  auto* more = new QToolButton;
  more->setText(QStringLiteral("⋯"));
  more->setAccessibleName(tr("What can be done to this run"));
  more->setToolTip(more->accessibleName());
  more->setPopupMode(QToolButton::InstantPopup);
  more->setMenu(menu);
  auto* top = new QHBoxLayout;
  top->addWidget(head_, 1);
  top->addWidget(more, 0, Qt::AlignBottom);
  name_row_ = new FieldRow(tr("Name"), name_);
  name_row_->fit(136);
  name_row_->setHelp(tr("How this run is called in charts, claims and files."));
  form_ = new NodeForm(Kind::optimizer, [this](const FieldEdit& e) { return edit(e); }, {.typeName = tr("Optimizer")});
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(top);
  column->addWidget(name_row_);
  column->addWidget(form_);
  connect(name_, &QLineEdit::editingFinished, this, &RunForm::takeName);
  connect(&session, &Session::documentChanged, this, &RunForm::showDocument);
  connect(&session, &Session::viewChanged, this, &RunForm::showDocument);
  connect(&session, &Session::runnerReplaced, this, &RunForm::follow);
  connect(&session, &Session::refreshed, this, &RunForm::follow);
  showDocument();
}

/// Recorded edits change values while the run goes on.
void RunForm::follow() {
  const bool at_work = session_.state() == RunState::running;
  for (auto* number : form_->findChildren<NumberField*>()) number->setPatient(at_work);
  const std::size_t run = session_.chosenRun();
  if (session_.document().events.empty() || run >= session_.document().runs.size()) return;
  if (!(shown_ == complete_node(session_.optimizerNow(run)))) showDocument();
}

void RunForm::showDocument() {
  const Document& document = session_.document();
  const std::size_t run = session_.chosenRun();
  if (run >= document.runs.size()) return;
  const QString label = QString::fromStdString(document.runs[run].label);
  head_->setText(label);
  if (!name_->hasFocus() && name_->text() != label) {
    name_->setText(label);
    name_->setCursorPosition(0);
  }
  name_row_->setError({});
  shown_ = complete_node(session_.optimizerNow(run));
  form_->setNode(shown_);
}

void RunForm::rename() {
  name_->setFocus(Qt::OtherFocusReason);
  name_->selectAll();
}

void RunForm::takeName() {
  const std::size_t run = session_.chosenRun();
  const std::string label = name_->text().trimmed().toStdString();
  if (run >= session_.document().runs.size() || label == session_.document().runs[run].label) return;
  const Issues issues = session_.change(withRunRenamed(session_.document(), run, label), tr("rename run"));
  name_row_->setError(issues.empty() ? QString() : wording::sentence(issues.front()));
}

QString RunForm::edit(const FieldEdit& edit) {
  const std::size_t run = session_.chosenRun();
  const Document& document = session_.document();
  const Node now = complete_node(optimizerAtStart(document, run));
  const std::string path = edit.path.toStdString();
  Node next = now;
  if (path.empty())
    next = *std::get<NodePtr>(edit.value);
  else if (const auto changed = with_value(now, path, edit.value))
    next = *changed;
  else
    return tr("This value does not fit here.");
  const Document wanted = withOptimizer(document, run, next);
  const QString key = QStringLiteral("run %1 %2").arg(run).arg(edit.path);
  const QString text = path.empty() ? tr("change optimizer") : tr("change %1").arg(wording::named(path).toLower());
  const auto before = valueAt(complete_node(session_.optimizerNow(run)), path);
  if (before && equal(*before, edit.value)) return {};
  const Issues issues = edit.live && before ? session_.change(wanted, text, key, {run, path, edit.value, *before})
                                            : session_.change(wanted, text, key);
  return issues.empty() ? QString() : wording::sentence(issues.front());
}

}  // namespace kappa::ui
