/// Fills the panel from the document at once, and from the trace at most ten times a second.
#include "ui/window/info_panel.hpp"

#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/forms/group_head.hpp"
#include "ui/runs/run_values.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/claim_card.hpp"

namespace kappa::ui {
namespace {

constexpr int panel_width = 260, between_numbers = 100;

QString citation(const Citation& cite) {
  QString text = QString::fromStdString(cite.who) + QStringLiteral(", ") + QString::fromStdString(cite.title);
  if (cite.year > 0) text += QStringLiteral(" (%1)").arg(cite.year);
  if (!cite.link.empty()) text += QStringLiteral(", ") + QString::fromStdString(cite.link);
  return text;
}

QString textOf(const Node& node, const char* key) {
  const auto it = node.params.find(key);
  const auto* text = it == node.params.end() ? nullptr : std::get_if<std::string>(&it->second);
  return text ? QString::fromStdString(*text) : QString();
}

}  // namespace

InfoPanel::InfoPanel(Session& session, const AppTheme& theme, QWidget* parent)
    : SidePanel(panel_width, tr("Results and background"), parent), session_(session), theme_(theme) {
  runs_head_ = new GroupHead(tr("Runs"));
  runs_ = new RunValues(theme);
  rule_ = new QFrame;
  rule_->setProperty("role", "rule");
  column()->addWidget(runs_head_);
  column()->addWidget(runs_);
  column()->addSpacing(6);
  column()->addWidget(rule_);
  column()->addSpacing(4);
  question_ = addSection(tr("The question"));
  look_for_ = addSection(tr("Look for"));
  claims_head_ = new GroupHead(tr("Claims"));
  column()->addWidget(claims_head_);
  claims_column_ = new QVBoxLayout;
  claims_column_->setSpacing(6);
  claims_column_->setContentsMargins(-4, 2, -4, 4);
  column()->addLayout(claims_column_);
  paper_ = addSection(tr("Paper"));
  equation_ = addSection(tr("Equation"));
  QFont slanted = equation_.text->font();
  slanted.setItalic(true);
  equation_.text->setFont(slanted);
  column()->addStretch(1);
  since_numbers_.start();
  connect(&session, &Session::documentChanged, this, &InfoPanel::showDocument);
  connect(&session, &Session::runnerReplaced, this, &InfoPanel::showClaims);
  connect(&session, &Session::viewChanged, this, [this] {
    showRuns();
    showMethod();
  });
  connect(&session, &Session::refreshed, this, [this] {
    const bool ended = session_.state() == RunState::finished;
    if (!ended && since_numbers_.elapsed() < between_numbers && !session_.idle()) return;
    since_numbers_.restart();
    showRuns();
    if (ended) showClaims();
  });
  showDocument();
  showRuns();
}

InfoPanel::Section InfoPanel::addSection(const QString& head) {
  Section section{new GroupHead(head), new QLabel};
  section.text->setWordWrap(true);
  section.text->setTextFormat(Qt::PlainText);
  section.text->setTextInteractionFlags(Qt::TextSelectableByMouse);
  section.text->setAccessibleName(head);
  section.text->setContentsMargins(0, 0, 0, 4);
  column()->addWidget(section.head);
  column()->addWidget(section.text);
  return section;
}

void InfoPanel::tell(const Section& section, const QString& text) {
  section.text->setText(text);
  section.head->setVisible(!text.isEmpty());
  section.text->setVisible(!text.isEmpty());
}

void InfoPanel::showDocument() {
  const Document& document = session_.document();
  tell(question_, QString::fromStdString(document.about.question));
  tell(look_for_, QString::fromStdString(document.about.look_for));
  showMethod();
  showClaims();
}

/// The chosen run's method, or the study's own.
void InfoPanel::showMethod() {
  const Document& document = session_.document();
  const bool descent = document.study == "descent";
  const std::size_t run = session_.chosenRun();
  const Entry* entry = !descent ? Catalog::get().find(Kind::study, document.study)
                       : run < document.runs.size()
                           ? Catalog::get().find(Kind::optimizer, effective_optimizer(document, run).id)
                           : nullptr;
  QStringList papers;
  for (const std::string& paper : document.about.papers) papers << QString::fromStdString(paper);
  if (entry && !entry->card.cite.empty() && papers.isEmpty()) papers << citation(entry->card.cite.front());
  tell(paper_, papers.join(u'\n'));
  tell(equation_, entry ? QString::fromStdString(entry->card.equation) : QString());
}

/// The series whose values stand beside the runs: the loss, or the first that the study draws against steps.
std::string InfoPanel::series() const {
  for (const FigureSpec& figure : session_.figures())
    if (figure.form == FigureForm::series && !figure.names.empty()) return figure.names.front();
  return "loss";
}

void InfoPanel::showRuns() {
  const std::uint64_t step = session_.atStep().value_or(~std::uint64_t{0});
  std::vector<RunValue> values = values_at(session_.trace(), series(), step, session_.figureOptions());
  const bool any = !values.empty();
  const std::uint64_t at = session_.atStep().value_or(session_.lastStep());
  runs_head_->setText(session_.countsSteps() ? tr("Runs at step %1").arg(QString::fromStdString(format_count(at)))
                                             : tr("Runs"));
  runs_head_->setVisible(any);
  rule_->setVisible(any);
  runs_->setVisible(any);
  runs_->setValues(std::move(values));
}

void InfoPanel::showClaims() {
  const std::vector<ClaimResult>& results = session_.claims();
  const std::vector<Node>& awaited = session_.document().claims;
  const std::size_t wanted = results.empty() ? awaited.size() : results.size();
  claims_head_->setVisible(wanted > 0);
  while (claims_.size() > wanted) {
    claims_.back()->hide();
    claims_.back()->deleteLater();
    claims_.pop_back();
  }
  while (claims_.size() < wanted) {
    claims_.push_back(new ClaimCard(theme_));
    claims_column_->addWidget(claims_.back());
  }
  for (std::size_t i = 0; i < wanted; ++i)
    if (results.empty()) {
      const QString sentence = textOf(awaited[i], "sentence");
      const Entry* entry = Catalog::get().find(Kind::claim, awaited[i].id);
      claims_[i]->setAwaited(sentence.isEmpty() && entry ? QString::fromStdString(entry->card.title) : sentence,
                             textOf(awaited[i], "paper"));
    } else {
      claims_[i]->setResult(results[i]);
    }
}

}  // namespace kappa::ui
