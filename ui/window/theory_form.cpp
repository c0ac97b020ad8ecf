/// A choice of three, and a tick for each theory of the catalogue.
#include "ui/window/theory_form.hpp"

#include <QVBoxLayout>
#include <algorithm>

#include "ui/forms/choice_field.hpp"
#include "ui/forms/field_row.hpp"
#include "ui/forms/flag_field.hpp"
#include "ui/forms/wording.hpp"
#include "ui/session.hpp"

namespace kappa::ui {
namespace {

using Mode = Theories::Mode;

QString modeName(Mode mode) {
  return mode == Mode::automatic ? QStringLiteral("auto")
         : mode == Mode::none    ? QStringLiteral("none")
                                 : QStringLiteral("listed");
}

}  // namespace

TheoryForm::TheoryForm(Session& session, QWidget* parent)
    : QWidget(parent), session_(session), modes_(new ChoiceField), list_(new QWidget) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  modes_->setChoices({{modeName(Mode::automatic), tr("all that apply"), tr("Each run's theories, by its facts")},
                      {modeName(Mode::none), tr("none"), tr("Only what is measured")},
                      {modeName(Mode::listed), tr("chosen ones"), tr("Those that are ticked below")}});
  auto* row = new FieldRow(tr("Show"), modes_);
  row->setHelp(tr("Which predictions are drawn beside the curves and watched under the fields."));
  column->addWidget(row);
  auto* ticks = new QVBoxLayout(list_);
  ticks->setContentsMargins(12, 0, 0, 0);
  ticks->setSpacing(0);
  for (const Entry& entry : Catalog::get().all(Kind::theory)) {
    auto* tick_box = new FlagField;
    auto* line = new FieldRow(wording::titleOf(entry), tick_box);
    line->setHelp(wording::cardOf(entry));
    connect(tick_box, &FlagField::clicked, this, [this, id = entry.id](bool on) { tick(id, on); });
    theories_.emplace_back(entry.id, tick_box);
    ticks->addWidget(line);
  }
  column->addWidget(list_);
  connect(modes_, &ChoiceField::chosen, this, &TheoryForm::take);
  connect(&session, &Session::documentChanged, this, &TheoryForm::showDocument);
  showDocument();
}

void TheoryForm::showDocument() {
  const Theories& now = session_.document().theories;
  modes_->choose(modeName(now.mode));
  list_->setVisible(now.mode == Mode::listed);
  for (const auto& [id, box] : theories_)
    box->setChecked(std::find(now.ids.begin(), now.ids.end(), id) != now.ids.end());
}

/// The chosen ones start from all, so that one is taken away by one click.
void TheoryForm::take(const QString& mode) {
  Document next = session_.document();
  next.theories.ids.clear();
  next.theories.mode = mode == modeName(Mode::automatic) ? Mode::automatic
                       : mode == modeName(Mode::none)    ? Mode::none
                                                         : Mode::listed;
  if (next.theories.mode == Mode::listed)
    for (const auto& theory : theories_) next.theories.ids.push_back(theory.first);
  session_.change(next, tr("change theories"));
}

void TheoryForm::tick(const std::string& id, bool on) {
  Document next = session_.document();
  std::erase(next.theories.ids, id);
  if (on) next.theories.ids.push_back(id);
  session_.change(next, tr("change theories"));
}

}  // namespace kappa::ui
