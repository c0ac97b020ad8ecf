/// One line for each method; the open one shows its form.
#include "ui/window/node_list.hpp"

#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/forms/elided_button.hpp"
#include "ui/forms/node_form.hpp"
#include "ui/forms/wording.hpp"
#include "ui/session.hpp"

namespace kappa::ui {
namespace {

QString sentenceOf(const Node& node) {
  const auto given = node.params.find("sentence");
  const auto* text = given == node.params.end() ? nullptr : std::get_if<std::string>(&given->second);
  return text ? QString::fromStdString(*text) : QString();
}

/// What a claim says, else the method's title and of what it is taken.
QString titleIn(const Node& node) {
  if (const QString sentence = sentenceOf(node); !sentence.isEmpty()) return sentence;
  const Entry* entry = Catalog::get().find(node.kind, node.id);
  QString title = entry ? wording::titleOf(*entry) : wording::named(node.id);
  const auto of = node.params.find("of");
  if (of != node.params.end() && !equal(of->second, Value(std::string("parameters"))))
    title += QStringLiteral(", ") + wording::brief(of->second);
  return title;
}

}  // namespace

NodeListSpec probeListSpec() {
  return {Kind::probe,
          &Document::probes,
          {"loss"},
          NodeList::tr("+ Add probe"),
          NodeList::tr("change probe"),
          NodeList::tr("remove probe")};
}

NodeListSpec claimListSpec() {
  return {Kind::claim,
          &Document::claims,
          {},
          NodeList::tr("+ Add claim"),
          NodeList::tr("change claim"),
          NodeList::tr("remove claim")};
}

NodeList::NodeList(Session& session, NodeListSpec spec, QWidget* parent)
    : QWidget(parent), session_(session), spec_(std::move(spec)), column_(new QVBoxLayout(this)) {
  column_->setContentsMargins(0, 0, 0, 0);
  column_->setSpacing(0);
  auto* menu = new QMenu(this);
  menu->setToolTipsVisible(true);
  for (const Entry& entry : Catalog::get().all(spec_.kind)) {
    if (std::find(spec_.kept.begin(), spec_.kept.end(), entry.id) != spec_.kept.end()) continue;
    QAction* one = menu->addAction(wording::titleOf(entry), this, [this, id = entry.id] { add(id); });
    one->setToolTip(wording::cardOf(entry));
  }
  auto* more = new QPushButton(spec_.add);
  more->setProperty("role", "link");
  more->setCursor(Qt::PointingHandCursor);
  more->setStyleSheet(QStringLiteral("QPushButton::menu-indicator { image: none; width: 0; }"));
  more->setMenu(menu);
  column_->addWidget(more, 0, Qt::AlignLeft);
  connect(&session, &Session::documentChanged, this, &NodeList::showDocument);
  connect(&session, &Session::opened, this, [this] { open_.reset(); });
  showDocument();
}

const std::vector<Node>& NodeList::nodes() const { return session_.document().*spec_.list; }

void NodeList::showDocument() {
  std::vector<std::string> now;
  for (const Node& node : nodes()) now.push_back(node.id);
  if (open_ && *open_ >= nodes().size()) open_.reset();
  now.push_back(open_ ? std::to_string(*open_) : "");
  if (now != shown_ || !rows_) {
    shown_ = now;
    rebuild();
  }
  for (std::size_t i = 0; i < names_.size(); ++i) {
    const QString title = titleIn(nodes()[i]);
    names_[i]->setText(title);
    names_[i]->setToolTip(title + u'\n' + tr("Show or hide its settings"));
  }
  if (!open_) return;
  if (auto* form = rows_->findChild<NodeForm*>(QString(), Qt::FindDirectChildrenOnly)) form->setNode(nodes()[*open_]);
}

void NodeList::rebuild() {
  if (rows_) {
    rows_->hide();
    rows_->deleteLater();
  }
  names_.clear();
  rows_ = new QWidget(this);
  auto* column = new QVBoxLayout(rows_);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  for (std::size_t i = 0; i < nodes().size(); ++i) {
    column->addWidget(makeRow(i));
    if (open_ != i) continue;
    auto* form = new NodeForm(
        spec_.kind, [this, i](const FieldEdit& e) { return edit(i, e); }, {.type = false, .indent = true}, {}, rows_);
    form->setNode(nodes()[i]);
    column->addWidget(form);
  }
  column_->insertWidget(0, rows_);
}

QWidget* NodeList::makeRow(std::size_t index) {
  auto* line = new QWidget;
  auto* row = new QHBoxLayout(line);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  const QString title = titleIn(nodes()[index]);
  auto* name = new ElidedButton(title);
  names_.push_back(name);
  name->setProperty("role", "quiet");
  name->setCheckable(true);
  name->setChecked(open_ == index);
  connect(name, &QPushButton::clicked, this, [this, index] {
    open_ = open_ == index ? std::nullopt : std::optional(index);
    showDocument();
  });
  row->addWidget(name, 1);
  if (std::find(spec_.kept.begin(), spec_.kept.end(), nodes()[index].id) != spec_.kept.end()) return line;
  auto* away = new QToolButton;
  away->setText(QStringLiteral("×"));
  away->setFocusPolicy(Qt::TabFocus);
  away->setAccessibleName(tr("Remove %1").arg(title));
  away->setToolTip(away->accessibleName());
  connect(away, &QToolButton::clicked, this, [this, index] { remove(index); });
  row->addWidget(away);
  return line;
}

QString NodeList::edit(std::size_t index, const FieldEdit& edit) {
  Document next = session_.document();
  std::vector<Node>& all = next.*spec_.list;
  const auto changed = with_value(all[index], edit.path.toStdString(), edit.value);
  if (!changed) return tr("This value does not fit here.");
  all[index] = *changed;
  const Issues issues = session_.change(
      next, spec_.change, QStringLiteral("%1 %2 %3").arg(static_cast<int>(spec_.kind)).arg(index).arg(edit.path));
  return issues.empty() ? QString() : wording::sentence(issues.front());
}

void NodeList::add(const std::string& id) {
  Document next = session_.document();
  (next.*spec_.list).push_back(complete_node({spec_.kind, id, {}}));
  if (spec_.kind == Kind::claim) open_ = (next.*spec_.list).size() - 1;
  doEdit(next, QString(spec_.add).remove(QStringLiteral("+ ")).toLower());
}

void NodeList::remove(std::size_t index) {
  Document next = session_.document();
  (next.*spec_.list).erase((next.*spec_.list).begin() + static_cast<std::ptrdiff_t>(index));
  open_.reset();
  doEdit(next, spec_.remove);
}

void NodeList::doEdit(const Document& next, const QString& text) {
  if (const Issues issues = session_.change(next, text); !issues.empty())
    emit session_.troubled(wording::sentences(issues));
}

}  // namespace kappa::ui
