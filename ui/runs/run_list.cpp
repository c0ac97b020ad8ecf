/// Keeps one chip for each run and turns menus into edits of the document.
#include "ui/runs/run_list.hpp"

#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/forms/run_chip.hpp"
#include "ui/forms/wording.hpp"
#include "ui/runs/document_edits.hpp"
#include "ui/runs/run_menu.hpp"
#include "ui/session.hpp"

namespace kappa::ui {

RunList::RunList(Session& session, const AppTheme& theme, QWidget* parent)
    : QWidget(parent),
      session_(session),
      theme_(theme),
      chips_column_(new QVBoxLayout),
      add_(new QPushButton(tr("+ Add optimizer"))),
      menu_(new QMenu(this)),
      methods_(new QMenu(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  chips_column_->setSpacing(4);
  column->addLayout(chips_column_);
  add_->setProperty("role", "link");
  add_->setCursor(Qt::PointingHandCursor);
  add_->setMenu(methods_);
  add_->setStyleSheet(QStringLiteral("QPushButton::menu-indicator { image: none; width: 0; }"));
  column->addWidget(add_, 0, Qt::AlignLeft);
  std::vector<const Entry*> entries;
  for (const Entry& entry : Catalog::get().all(Kind::optimizer)) entries.push_back(&entry);
  std::sort(entries.begin(), entries.end(), [](const Entry* a, const Entry* b) {
    return QString::fromStdString(a->card.title).localeAwareCompare(QString::fromStdString(b->card.title)) < 0;
  });
  methods_->setToolTipsVisible(true);
  for (const Entry* entry : entries) {
    QAction* one = methods_->addAction(QString::fromStdString(entry->card.title), this,
                                       [this, id = QString::fromStdString(entry->id)] { add(id); });
    one->setToolTip(QString::fromStdString(entry->card.idea));
  }
  connect(menu_, &QMenu::aboutToShow, this, &RunList::fillMenu);
  connect(&session, &Session::documentChanged, this, &RunList::showDocument);
  connect(&session, &Session::viewChanged, this, &RunList::look);
  showDocument();
}

void RunList::showDocument() {
  const Document& document = session_.document();
  while (chips_.size() > document.runs.size()) {
    chips_.back()->deleteLater();
    chips_.back()->hide();
    chips_.pop_back();
  }
  while (chips_.size() < document.runs.size()) {
    const std::size_t index = chips_.size();
    auto* chip = new RunChip(theme_, this);
    chip->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(chip, &RunChip::clicked, this, [this, index] {
      session_.chooseRun(index);
      look();
    });
    connect(chip, &RunChip::customContextMenuRequested, this, [this, chip, index](QPoint at) {
      session_.chooseRun(index);
      menu_->popup(chip->mapToGlobal(at));
    });
    chips_column_->addWidget(chip);
    chips_.push_back(chip);
  }
  for (std::size_t i = 0; i < chips_.size(); ++i) tell(i);
  look();
}

/// A fork says where it comes from, and what it does otherwise.
void RunList::tell(std::size_t run) {
  const RunSpec& spec = session_.document().runs[run];
  const int colour = session_.colourOf(spec.label);
  QString telling = tellingOf(effective_optimizer(session_.document(), run));
  if (spec.fork) telling = tr("fork at %1  %2").arg(spec.fork->step).arg(tellingOf(spec.optimizer)).trimmed();
  chips_[run]->setRun(QString::fromStdString(spec.label), telling, colour, run_marker(colour));
  if (spec.fork)
    chips_[run]->setAccessibleDescription(
        tr("fork of %1 at step %2").arg(QString::fromStdString(spec.fork->run)).arg(spec.fork->step));
}

void RunList::look() {
  for (std::size_t i = 0; i < chips_.size(); ++i) {
    if (i < session_.document().runs.size()) tell(i);
    chips_[i]->setChecked(i == session_.chosenRun());
    chips_[i]->setDimmed(i < session_.document().runs.size() && session_.isHidden(session_.document().runs[i].label));
  }
}

void RunList::fillMenu() {
  const std::size_t run = session_.chosenRun();
  if (run < session_.document().runs.size())
    fillRunMenu(*menu_, session_, theme_, session_.document().runs[run].label, [this] { emit renameAsked(); });
}

void RunList::add(const QString& optimizer) {
  const Document next = withRunAdded(session_.document(), optimizer.toStdString());
  if (const Issues issues = session_.change(next, tr("add run")); !issues.empty())
    emit session_.troubled(wording::sentences(issues));
  else
    session_.chooseRun(next.runs.size() - 1);
}

}  // namespace kappa::ui
