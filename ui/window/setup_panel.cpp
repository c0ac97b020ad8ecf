/// Puts the groups together and shows those that the present study has.
#include "ui/window/setup_panel.hpp"

#include <QLabel>
#include <QVBoxLayout>

#include "ui/forms/group_head.hpp"
#include "ui/forms/node_form.hpp"
#include "ui/forms/wording.hpp"
#include "ui/runs/document_edits.hpp"
#include "ui/runs/run_form.hpp"
#include "ui/runs/run_list.hpp"
#include "ui/session.hpp"
#include "ui/window/advice_notes.hpp"
#include "ui/window/event_list.hpp"
#include "ui/window/node_list.hpp"
#include "ui/window/own_settings.hpp"
#include "ui/window/scalar_form.hpp"
#include "ui/window/sweep_form.hpp"
#include "ui/window/theory_form.hpp"

namespace kappa::ui {
namespace {

constexpr int panel_width = 272;

/// A column whose groups stand close together, each under its head.
QVBoxLayout* columnOf(QWidget* widget) {
  auto* column = new QVBoxLayout(widget);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  return column;
}

QString refusalOf(const Issues& issues) { return issues.empty() ? QString() : wording::sentence(issues.front()); }

/// The node with an edit done: another method, or one of its values.
std::optional<Node> done(const Node& node, const FieldEdit& edit) {
  if (edit.path.isEmpty()) return *std::get<NodePtr>(edit.value);
  return with_value(node, edit.path.toStdString(), edit.value);
}

bool hasRows(const Node& problem) {
  return problem.params.contains("samples") || problem.params.contains("measurements");
}

}  // namespace

SetupPanel::SetupPanel(Session& session, const AppTheme& theme, QWidget* parent)
    : SidePanel(panel_width, tr("Setup"), parent), session_(session) {
  descent_ = makeDescent(theme);
  study_ = makeStudy();
  column()->addWidget(descent_);
  column()->addWidget(study_);
  column()->addWidget(new GroupHead(tr("Claims")));
  column()->addWidget(new NodeList(session, claimListSpec()));
  column()->addWidget(new GroupHead(tr("Sweep")));
  column()->addWidget(new SweepForm(session));
  column()->addWidget(new GroupHead(tr("About")));
  column()->addWidget(new ScalarForm(session, aboutScalars()));
  column()->addStretch(1);
  connect(&session, &Session::documentChanged, this, &SetupPanel::showDocument);
  connect(&session, &Session::opened, this, [this] { ensureVisible(0, 0); });
  showDocument();
}

QWidget* SetupPanel::makeDescent(const AppTheme& theme) {
  auto* all = new QWidget;
  auto* column = columnOf(all);
  column->addWidget(new GroupHead(tr("Problem")));
  problem_ = new NodeForm(Kind::problem, [this](const FieldEdit& e) { return editProblem(e); });
  column->addWidget(problem_);
  column->addWidget(new GroupHead(tr("Runs")));
  runs_ = new RunList(session_, theme);
  column->addWidget(runs_);
  run_form_ = new RunForm(session_, runs_->menu());
  new AdviceNotes(session_, *run_form_->form());
  connect(runs_, &RunList::renameAsked, run_form_, &RunForm::rename);
  column->addWidget(run_form_);
  column->addWidget(new OwnSettings(session_));
  column->addWidget(new GroupHead(tr("Run")));
  column->addWidget(new ScalarForm(session_, runScalars(true)));
  column->addWidget(new EventList(session_));
  batch_ = new QWidget;
  auto* batch = columnOf(batch_);
  batch->addWidget(new GroupHead(tr("Batch")));
  batch->addWidget(new ScalarForm(session_, batchScalars()));
  column->addWidget(batch_);
  column->addWidget(new GroupHead(tr("Start")));
  init_ = new NodeForm(Kind::init, [this](const FieldEdit& e) { return editInit(e); });
  column->addWidget(init_);
  column->addWidget(new GroupHead(tr("Theory")));
  column->addWidget(new TheoryForm(session_));
  column->addWidget(new GroupHead(tr("Probes")));
  column->addWidget(new NodeList(session_, probeListSpec()));
  return all;
}

QWidget* SetupPanel::makeStudy() {
  auto* all = new QWidget;
  auto* column = columnOf(all);
  column->addWidget(new GroupHead(tr("Study")));
  study_title_ = new QLabel;
  study_title_->setProperty("role", "title");
  study_idea_ = new QLabel;
  study_idea_->setProperty("role", "muted");
  for (QLabel* label : {study_title_, study_idea_}) {
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    column->addWidget(label);
  }
  column->addWidget(new GroupHead(tr("Settings")));
  settings_ = new NodeForm(Kind::study, [this](const FieldEdit& e) { return editSettings(e); }, {.type = false});
  column->addWidget(settings_);
  column->addWidget(new GroupHead(tr("Run")));
  column->addWidget(new ScalarForm(session_, runScalars(false)));
  return all;
}

void SetupPanel::showDocument() {
  const Document& document = session_.document();
  const bool descent = document.study == "descent";
  descent_->setVisible(descent);
  study_->setVisible(!descent);
  if (descent) {
    problem_->setNode(document.problem);
    init_->setNode(document.init);
    batch_->setVisible(hasRows(document.problem));
    return;
  }
  const Entry* entry = Catalog::get().find(Kind::study, document.study);
  if (entry) {
    study_title_->setText(wording::titleOf(*entry));
    study_idea_->setText(QString::fromStdString(entry->card.idea));
  }
  settings_->setNode(document.settings);
}

QString SetupPanel::editProblem(const FieldEdit& edit) {
  const auto next = done(session_.document().problem, edit);
  if (!next) return tr("This value does not fit here.");
  return refusalOf(session_.change(withProblem(session_.document(), complete_node(*next)), tr("change problem"),
                                   QStringLiteral("problem ") + edit.path));
}

QString SetupPanel::editInit(const FieldEdit& edit) {
  const auto next = done(session_.document().init, edit);
  if (!next) return tr("This value does not fit here.");
  Document document = session_.document();
  document.init = *next;
  return refusalOf(session_.change(document, tr("change start"), QStringLiteral("init ") + edit.path));
}

QString SetupPanel::editSettings(const FieldEdit& edit) {
  const auto next = done(session_.document().settings, edit);
  if (!next) return tr("This value does not fit here.");
  Document document = session_.document();
  document.settings = *next;
  return refusalOf(session_.change(document, tr("change settings"), QStringLiteral("settings ") + edit.path));
}

}  // namespace kappa::ui
