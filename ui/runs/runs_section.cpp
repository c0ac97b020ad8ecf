/// Reads the standings at most ten times a second, and turns the fields into the document's view.
#include "ui/runs/runs_section.hpp"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/forms/choice_field.hpp"
#include "ui/forms/field_row.hpp"
#include "ui/forms/flag_field.hpp"
#include "ui/forms/group_head.hpp"
#include "ui/forms/number_text.hpp"
#include "ui/runs/kept_list.hpp"
#include "ui/runs/runs_table.hpp"
#include "ui/runs/view_keys.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

constexpr int between_readings = 100;

}  // namespace

RunsSection::RunsSection(Session& session, const AppTheme& theme, QWidget* parent)
    : QWidget(parent),
      session_(session),
      head_(new GroupHead(tr("Runs"))),
      more_(new QPushButton(tr("Compare"))),
      table_(new RunsTable(session, theme)),
      fields_(new QWidget),
      rule_(new QFrame),
      along_(new ChoiceField),
      target_(new QLineEdit),
      budget_(new FlagField),
      keep_(new QPushButton(tr("+ Keep this result"))) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 6);
  column->setSpacing(0);
  auto* top = new QHBoxLayout;
  top->addWidget(head_, 1);
  more_->setProperty("role", "quiet");
  more_->setCursor(Qt::PointingHandCursor);
  more_->setCheckable(true);
  more_->setToolTip(tr("All columns, a loss target, equal budgets, kept results"));
  more_->setProperty("small", true);
  top->addWidget(more_, 0, Qt::AlignBottom);
  column->addLayout(top);
  column->addWidget(table_);
  addFields();
  column->addWidget(fields_);
  column->addWidget(new KeptList(session_));  // in sight however narrow the table is
  rule_->setProperty("role", "rule");
  column->addSpacing(6);
  column->addWidget(rule_);
  connect(more_, &QPushButton::toggled, this, &RunsSection::setWide);
  connect(&session, &Session::documentChanged, this, [this] {
    showChoices();
    showRuns();
  });
  connect(&session, &Session::runnerReplaced, this, &RunsSection::showRuns);
  connect(&session, &Session::viewChanged, this, [this] {
    showChoices();
    showRuns();
  });
  connect(&session, &Session::refreshed, this, [this] {
    const bool at_rest = session_.state() != RunState::running || session_.idle();
    keep_->setEnabled(session_.state() == RunState::finished && !session_.kept().holds(&session_.trace()));
    if (at_rest || since_numbers_.elapsed() >= between_readings) showRuns();
  });
  connect(&theme, &AppTheme::changed, this, [this] {
    if (isWide()) emit roomWanted(table_->wideWidth());
  });
  since_numbers_.start();
  showChoices();
  showRuns();
}

void RunsSection::addFields() {
  auto* column = new QVBoxLayout(fields_);
  column->setContentsMargins(0, 6, 0, 0);
  column->setSpacing(0);
  QList<ChoiceItem> units;
  for (const CountBy by : counted_along) units << ChoiceItem{idOf(by), titleOf(by)};
  along_->setChoices(units);
  auto* along_row = new FieldRow(tr("Charts over"), along_);
  along_row->setHelp(tr("What the horizontal axis of every chart over steps counts."));
  target_->setFixedWidth(80);
  target_->setPlaceholderText(tr("none"));
  target_row_ = new FieldRow(tr("Loss target"), target_);
  target_row_->setHelp(tr("A line in charts of the loss; the first run to reach it is marked. Empty: none."));
  budget_row_ = new FieldRow(tr("Equal budget"), budget_);
  budget_row_->setHelp(
      tr("All runs end where the shortest one has spent what the axis counts: gradient calls, epochs or seconds."));
  for (QWidget* row : {along_row, target_row_, budget_row_}) column->addWidget(row);
  keep_->setProperty("role", "link");
  keep_->setCursor(Qt::PointingHandCursor);
  keep_->setToolTip(
      tr("The finished curves stay in the charts, faintly, when the experiment changes, and come back with it"));
  column->addWidget(keep_, 0, Qt::AlignLeft);
  fields_->hide();
  connect(along_, &ChoiceField::chosen, this, [this](const QString& id) { session_.setCountBy(countByNamed(id)); });
  connect(target_, &QLineEdit::editingFinished, this, &RunsSection::takeTarget);
  connect(budget_, &QAbstractButton::clicked, &session_, &Session::setEqualBudget);
  connect(keep_, &QPushButton::clicked, &session_, &Session::keepResult);
}

void RunsSection::takeTarget() {
  const QString text = target_->text().trimmed();
  const auto loss = NumberText::parse(text);
  target_row_->setError(loss || text.isEmpty() ? QString() : NumberText::notANumber({.lo = -1e300, .hi = 1e300}));
  if (loss || text.isEmpty()) session_.setTarget(loss);
}

bool RunsSection::isWide() const { return table_->isWide(); }

void RunsSection::setWide(bool wide) {
  if (wide == isWide()) return;
  more_->setChecked(wide);
  table_->setWide(wide);
  fields_->setVisible(wide);
  emit roomWanted(wide ? table_->wideWidth() : 0);
}

/// The series whose values stand beside the runs: the loss, or the first that the study draws against steps.
std::string RunsSection::series() const {
  for (const FigureSpec& figure : session_.figures())
    if (figure.form == FigureForm::series && !figure.names.empty()) return figure.names.front();
  return "loss";
}

QString RunsSection::headText() const {
  if (!session_.countsSteps()) return tr("Runs");
  if (const auto budget = session_.budget(); budget && !session_.atStep())
    return tr("Runs at %1 %2").arg(QString::fromStdString(format_value(*budget)), titleOf(session_.countBy()));
  const std::uint64_t at = session_.atStep().value_or(session_.frozenAt().value_or(session_.lastStep()));
  return tr("Runs at step %1").arg(QString::fromStdString(format_count(at)));
}

void RunsSection::showRuns() {
  if (session_.comingBack()) return;
  since_numbers_.restart();
  std::vector<Standing> rows = standings(session_.trace(), series(), session_.figureOptions());
  setVisible(!rows.empty());
  head_->setText(headText());
  table_->setRows(std::move(rows));
  if (isWide()) emit roomWanted(table_->wideWidth());
}

void RunsSection::showChoices() {
  keep_->setEnabled(session_.state() == RunState::finished && !session_.kept().holds(&session_.trace()));
  const bool steps = session_.countsSteps();
  for (QWidget* field : {static_cast<QWidget*>(along_), static_cast<QWidget*>(budget_)}) field->setEnabled(steps);
  along_->choose(idOf(session_.countBy()));
  const auto target = session_.target();
  if (!target_->hasFocus()) target_->setText(target ? NumberText::brief(*target) : QString());
  budget_->setChecked(session_.equalBudget());
  const auto budget = session_.budget();
  budget_row_->setNote(
      budget ? tr("%1 %2 each").arg(QString::fromStdString(format_value(*budget)), titleOf(session_.countBy()))
             : QString());
}

}  // namespace kappa::ui
