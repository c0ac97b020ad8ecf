/// One line for each probe; the open one shows its form.
#include "ui/window/probe_list.hpp"

#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/forms/node_form.hpp"
#include "ui/forms/wording.hpp"
#include "ui/session.hpp"

namespace kappa::ui {
namespace {

QString titleOf(const Node& probe) {
  const Entry* entry = Catalog::get().find(Kind::probe, probe.id);
  QString title = entry ? QString::fromStdString(entry->card.title) : wording::named(probe.id);
  const auto of = probe.params.find("of");
  if (of != probe.params.end() && !equal(of->second, Value(std::string("parameters"))))
    title += QStringLiteral(", ") + wording::brief(of->second);
  return title;
}

}  // namespace

ProbeList::ProbeList(Session& session, QWidget* parent)
    : QWidget(parent), session_(session), column_(new QVBoxLayout(this)) {
  column_->setContentsMargins(0, 0, 0, 0);
  column_->setSpacing(0);
  auto* menu = new QMenu(this);
  menu->setToolTipsVisible(true);
  for (const Entry& entry : Catalog::get().all(Kind::probe)) {
    if (entry.id == "loss") continue;
    QAction* one = menu->addAction(QString::fromStdString(entry.card.title), this, [this, id = entry.id] { add(id); });
    one->setToolTip(QString::fromStdString(entry.card.idea));
  }
  auto* more = new QPushButton(tr("+ Add probe"));
  more->setProperty("role", "link");
  more->setCursor(Qt::PointingHandCursor);
  more->setStyleSheet(QStringLiteral("QPushButton::menu-indicator { image: none; width: 0; }"));
  more->setMenu(menu);
  column_->addWidget(more, 0, Qt::AlignLeft);
  connect(&session, &Session::documentChanged, this, &ProbeList::showDocument);
  connect(&session, &Session::opened, this, [this] { open_.reset(); });
  showDocument();
}

void ProbeList::showDocument() {
  std::vector<std::string> now;
  for (const Node& probe : session_.document().probes) now.push_back(titleOf(probe).toStdString());
  now.push_back(open_ ? std::to_string(*open_) : "");
  if (now != shown_) {
    shown_ = now;
    rebuild();
  }
  if (!open_ || *open_ >= session_.document().probes.size()) return;
  if (auto* form = rows_->findChild<NodeForm*>(QString(), Qt::FindDirectChildrenOnly))
    form->setNode(session_.document().probes[*open_]);
}

void ProbeList::rebuild() {
  if (rows_) {
    rows_->hide();
    rows_->deleteLater();
  }
  rows_ = new QWidget(this);
  auto* column = new QVBoxLayout(rows_);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  for (std::size_t i = 0; i < session_.document().probes.size(); ++i) {
    column->addWidget(makeRow(i));
    if (open_ != i) continue;
    auto* form = new NodeForm(
        Kind::probe, [this, i](const FieldEdit& e) { return edit(i, e); }, {.type = false, .indent = true}, {}, rows_);
    form->setNode(session_.document().probes[i]);
    column->addWidget(form);
  }
  column_->insertWidget(0, rows_);
}

QWidget* ProbeList::makeRow(std::size_t probe) {
  auto* line = new QWidget;
  auto* row = new QHBoxLayout(line);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  const QString title = titleOf(session_.document().probes[probe]);
  auto* name = new QPushButton(title);
  name->setProperty("role", "quiet");
  name->setCheckable(true);
  name->setChecked(open_ == probe);
  name->setToolTip(tr("Show or hide its settings"));
  name->setStyleSheet(QStringLiteral("text-align: left; padding-left: 0;"));
  name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  connect(name, &QPushButton::clicked, this, [this, probe] {
    open_ = open_ == probe ? std::nullopt : std::optional(probe);
    showDocument();
  });
  row->addWidget(name, 1);
  if (session_.document().probes[probe].id == "loss") return line;
  auto* away = new QToolButton;
  away->setText(QStringLiteral("×"));
  away->setAccessibleName(tr("Remove %1").arg(title));
  away->setToolTip(away->accessibleName());
  connect(away, &QToolButton::clicked, this, [this, probe] { remove(probe); });
  row->addWidget(away);
  return line;
}

QString ProbeList::edit(std::size_t probe, const FieldEdit& edit) {
  Document next = session_.document();
  const auto changed = with_value(next.probes[probe], edit.path.toStdString(), edit.value);
  if (!changed) return tr("This value does not fit here.");
  next.probes[probe] = *changed;
  const Issues issues =
      session_.change(next, tr("change probe"), QStringLiteral("probe %1 %2").arg(probe).arg(edit.path));
  return issues.empty() ? QString() : wording::sentence(issues.front());
}

void ProbeList::add(const std::string& id) {
  Document next = session_.document();
  next.probes.push_back(complete_node({Kind::probe, id, {}}));
  if (const Issues issues = session_.change(next, tr("add probe")); !issues.empty())
    emit session_.troubled(wording::sentences(issues));
}

void ProbeList::remove(std::size_t probe) {
  Document next = session_.document();
  next.probes.erase(next.probes.begin() + static_cast<std::ptrdiff_t>(probe));
  open_.reset();
  if (const Issues issues = session_.change(next, tr("remove probe")); !issues.empty())
    emit session_.troubled(wording::sentences(issues));
}

}  // namespace kappa::ui
