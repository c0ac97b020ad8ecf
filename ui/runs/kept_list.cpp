/// A row for each kept result; names follow the document until one is typed.
#include "ui/runs/kept_list.hpp"

#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/session.hpp"

namespace kappa::ui {

KeptList::KeptList(Session& session, QWidget* parent)
    : QWidget(parent), session_(session), column_(new QVBoxLayout), place_(new QLabel) {
  auto* whole = new QVBoxLayout(this);
  whole->setContentsMargins(0, 0, 0, 0);
  whole->setSpacing(4);
  whole->addLayout(column_);
  whole->addWidget(place_);
  place_->setObjectName(QStringLiteral("keptPlace"));
  place_->setProperty("role", "small");
  place_->setWordWrap(true);
  column_->setSpacing(2);
  connect(&session.kept(), &KeptResults::changed, this, &KeptList::rebuild);
  connect(&session, &Session::documentChanged, this, &KeptList::showNames);
  rebuild();
}

/// Rows stay while only names change, and with them the keyboard.
void KeptList::rebuild() {
  showPlace();
  if (column_->count() > 0 && column_->count() == static_cast<int>(session_.kept().all().size())) return showNames();
  while (QLayoutItem* row = column_->takeAt(0)) {
    row->widget()->hide();
    row->widget()->deleteLater();
    delete row;
  }
  for (std::size_t i = 0; i < session_.kept().all().size(); ++i) {
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(4);
    auto* name = new QLineEdit;
    name->setProperty("role", "quiet");
    name->setObjectName(QStringLiteral("keptName"));
    name->setAccessibleName(tr("Name of kept result %1").arg(i + 1));
    name->setToolTip(tr("Its curves stand faintly behind the present ones. Type another name here."));
    auto* remove = new QToolButton;
    remove->setText(QStringLiteral("✕"));
    remove->setObjectName(QStringLiteral("keptRemove"));
    remove->setAccessibleName(tr("Let go of kept result %1").arg(i + 1));
    remove->setToolTip(tr("Take these curves out of the charts"));
    line->addWidget(name, 1);
    line->addWidget(remove);
    column_->addWidget(row);
    connect(name, &QLineEdit::editingFinished, this, [this, name, i] {
      if (!name->isModified()) return;
      name->setModified(false);
      session_.kept().rename(i, name->text().trimmed());
      showNames();
    });
    connect(remove, &QToolButton::clicked, this, [this, i] { session_.kept().remove(i); });
  }
  setVisible(column_->count() > 0);
  showNames();
}

/// The experiment's own file stays free of results, so that has to be said.
void KeptList::showPlace() {
  const auto& all = session_.kept().all();
  const auto lasting = std::count_if(all.begin(), all.end(), [](const KeptResults::Kept& one) { return one.lasts; });
  place_->setText(lasting == static_cast<std::ptrdiff_t>(all.size())
                      ? tr("Kept on this computer; they come back with their experiment.")
                  : lasting == 0
                      ? tr("Kept until this window closes; save the experiment to keep them longer.")
                      : tr("Some are kept until this window closes only; save the experiment to keep them longer."));
  QStringList places;
  for (const KeptResults::Kept& one : all)
    if (!one.place.isEmpty()) places << QDir::toNativeSeparators(one.place);
  places.removeDuplicates();
  const QString where = places.isEmpty() ? QString() : u'\n' + tr("They lie in %1").arg(places.join(u'\n'));
  place_->setToolTip(tr("The experiment's own file holds no results.") + where);
}

void KeptList::showNames() {
  const QStringList names = session_.kept().names(session_.document());
  for (int i = 0; i < column_->count() && i < names.size(); ++i) {
    auto* name = column_->itemAt(i)->widget()->findChild<QLineEdit*>();
    if ((!name->hasFocus() || !name->isModified()) && name->text() != names[i]) name->setText(names[i]);
  }
}

}  // namespace kappa::ui
