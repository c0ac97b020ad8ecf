/// Puts conditions and best values beside the fields they are about; snapping is one edit that can be undone.
#include "ui/window/advice_notes.hpp"

#include <QPointer>
#include <cmath>

#include "ui/forms/field_row.hpp"
#include "ui/forms/node_form.hpp"
#include "ui/forms/wording.hpp"
#include "ui/session.hpp"

namespace kappa::ui {
namespace {

constexpr double as_good = 1e-6;  // relative; what a document says in ten digits is the best value all the same

bool isAt(const Value& now, const Value& best) {
  const auto *a = std::get_if<double>(&now), *b = std::get_if<double>(&best);
  return a && b ? std::abs(*a - *b) <= as_good * std::abs(*b) : equal(now, best);
}

QString theoryOf(const Advice::Condition& condition) {
  const Entry* entry = Catalog::get().find(Kind::theory, condition.theory);
  return entry ? QString::fromStdString(entry->card.title + ": " + entry->card.equation) : QString();
}

struct Note {
  QStringList sentences, theories;
  Tone tone = Tone::plain;
};

/// All that is assumed of one field; what does not hold goes first.
Note noteOn(const std::string& field, const Advice& advice) {
  Note note;
  for (const bool holds : {false, true})
    for (const Advice::Condition& one : advice.conditions) {
      if (one.field != field || one.holds != holds) continue;
      const QString text = QString::fromStdString(one.text);
      note.sentences << (holds ? AdviceNotes::tr("%1 holds") : AdviceNotes::tr("%1 fails")).arg(text);
      note.theories << theoryOf(one);
      if (note.tone == Tone::plain) note.tone = holds ? Tone::good : Tone::bad;
    }
  note.sentences.removeDuplicates();
  note.theories.removeDuplicates();
  return note;
}

}  // namespace

AdviceNotes::AdviceNotes(Session& session, NodeForm& form) : QObject(&form), session_(session), form_(form) {
  for (const auto change : {&Session::adviceChanged, &Session::documentChanged, &Session::viewChanged})
    connect(&session, change, this, &AdviceNotes::show);
  connect(&form, &NodeForm::actionTriggered, this, &AdviceNotes::snap);
  show();
}

void AdviceNotes::show() {
  static const Advice nothing;
  const Advice* known = session_.theoryVeiled() ? nullptr : session_.adviceOn(session_.chosenRun());
  const Advice& advice = known ? *known : nothing;
  for (const FieldEditor* editor : form_.editors()) {
    FieldRow* row = editor->row();
    if (!row) continue;
    Note note = noteOn(editor->field().id, advice);
    QString action, why;
    bool better = false;
    for (const Advice::Best& best : advice.best) {
      if (best.field != editor->field().id) continue;
      better = !isAt(editor->value(), best.value);
      action = better ? tr("snap to best") : tr("at its best");
      why = tr("%1: %2").arg(QString::fromStdString(best.why), wording::brief(best.value));
      if (note.sentences.isEmpty() && better) note.sentences << QString::fromStdString(best.why);
    }
    row->setNote(note.sentences.join(u'\n'), note.tone);
    row->setNoteHelp(note.theories.join(u'\n'));
    row->setAction(action, why, better);
  }
}

/// A step size and its momentum are best together, so they are set together.
void AdviceNotes::snap() {
  const Advice* known = session_.adviceOn(session_.chosenRun());
  if (!known) return;
  const std::vector<Advice::Best> best = known->best;
  const QPointer<AdviceNotes> here(this);
  session_.undoStack().beginMacro(tr("snap to best"));
  for (const Advice::Best& one : best)
    if (FieldEditor* editor = here ? form_.editor(one.field) : nullptr; editor && !isAt(editor->value(), one.value))
      editor->enter(one.value);
  session_.undoStack().endMacro();
}

}  // namespace kappa::ui
