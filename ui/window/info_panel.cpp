/// Fills the panel from the document at once, and from the trace at most ten times a second.
#include "ui/window/info_panel.hpp"

#include <QDesktopServices>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/forms/group_head.hpp"
#include "ui/runs/runs_section.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/claim_card.hpp"
#include "ui/window/paper_card.hpp"

namespace kappa::ui {
namespace {

constexpr int panel_width = 260, around_table = 40, between_numbers = 100;

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
  runs_ = new RunsSection(session, theme);
  column()->addWidget(runs_);
  connect(runs_, &RunsSection::roomWanted, this,
          [this](int width) { setFixedWidth(width > 0 ? width + around_table : panel_width); });
  question_ = addSection(tr("The question"));
  look_for_ = new QLabel;
  look_for_->setProperty("role", "muted");
  look_for_->setWordWrap(true);
  look_for_->setTextFormat(Qt::PlainText);
  look_for_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  look_for_->setAccessibleName(tr("What to look for"));
  look_for_->setContentsMargins(0, 0, 0, 4);
  column()->addWidget(look_for_);
  claims_head_ = new GroupHead(tr("Claims"));
  column()->addWidget(claims_head_);
  claims_column_ = new QVBoxLayout;
  claims_column_->setSpacing(6);
  claims_column_->setContentsMargins(-4, 2, -4, 4);
  column()->addLayout(claims_column_);
  paper_head_ = new GroupHead(tr("Paper"));
  paper_ = new PaperCard;
  connect(paper_, &PaperCard::pageAsked, this, [](const QUrl& page) { QDesktopServices::openUrl(page); });
  column()->addWidget(paper_head_);
  column()->addWidget(paper_);
  column()->addStretch(1);
  since_numbers_.start();
  connect(&session, &Session::documentChanged, this, &InfoPanel::showDocument);
  connect(&session, &Session::runnerReplaced, this, &InfoPanel::showClaims);
  connect(&session, &Session::viewChanged, this, &InfoPanel::showMethod);
  connect(&session, &Session::refreshed, this, [this] {
    const bool ended = session_.state() == RunState::finished;
    if (!ended && since_numbers_.elapsed() < between_numbers && !session_.idle()) return;
    since_numbers_.restart();
    if (ended) showClaims();
  });
  showDocument();
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
  look_for_->setText(QString::fromStdString(document.about.look_for));
  look_for_->setVisible(!document.about.look_for.empty());
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
  paper_->setPapers(papers);
  paper_->setEquation(entry ? QString::fromStdString(entry->card.equation) : QString(),
                      entry ? QString::fromStdString(entry->card.title + ": " + entry->card.idea) : QString());
  paper_head_->setVisible(!paper_->isBare());
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
