/// Looks the fields up again after every edit, which may have made new ones.
#include "ui/window/locked_fields.hpp"

#include <QPushButton>

#include "ui/forms/node_form.hpp"
#include "ui/lessons/lesson_locks.hpp"
#include "ui/runs/run_form.hpp"
#include "ui/runs/run_list.hpp"
#include "ui/session.hpp"
#include "ui/window/own_settings.hpp"
#include "ui/window/scalar_form.hpp"
#include "ui/window/setup_panel.hpp"

namespace kappa::ui {

LockedFields::LockedFields(Session& session, SetupPanel& setup) : QObject(&setup), session_(session), setup_(setup) {
  connect(&session, &Session::locksChanged, this, &LockedFields::show);
  connect(&session, &Session::documentChanged, this, &LockedFields::show);
  connect(&session, &Session::viewChanged, this, &LockedFields::show);
}

void LockedFields::show() {
  const QStringList& locks = session_.locks();
  const auto open = [&](const QString& pointer) { return !isLocked(locks, pointer); };
  const auto fields = [&](NodeForm* form, const QString& head) {
    form->setEnabled(open(head));
    for (FieldEditor* editor : form->editors())
      editor->setEnabled(open(head + u'/' + QString::fromStdString(editor->field().id)));
  };
  fields(setup_.problemForm(), QStringLiteral("/problem"));
  const QString run = QStringLiteral("/runs/%1").arg(session_.chosenRun());
  setup_.runForm()->setEnabled(open(run));
  for (OwnSettings* own : setup_.findChildren<OwnSettings*>()) own->setEnabled(open(run));
  fields(setup_.runForm()->form(), run + QStringLiteral("/optimizer"));
  for (RunList* list : setup_.findChildren<RunList*>())
    for (QPushButton* add : list->findChildren<QPushButton*>()) add->setEnabled(open(QStringLiteral("/runs")));
  for (ScalarForm* form : setup_.findChildren<ScalarForm*>())
    for (FieldEditor* editor : form->findChildren<FieldEditor*>(Qt::FindDirectChildrenOnly))
      editor->setEnabled(open(u'/' + QString::fromStdString(editor->field().id)));
}

}  // namespace kappa::ui
