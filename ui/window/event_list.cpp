/// Reads the pointers of events back into words.
#include "ui/window/event_list.hpp"

#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/forms/elided_label.hpp"
#include "ui/forms/group_head.hpp"
#include "ui/forms/wording.hpp"
#include "ui/session.hpp"

namespace kappa::ui {
namespace {

/// "step 120: Adam, learning rate 0.05", or "step 120: Adam stopped".
QString inWords(const EventSpec& event, const Document& document) {
  const QStringList parts = QString::fromStdString(event.path).split(u'/', Qt::SkipEmptyParts);
  const std::size_t run = parts.value(1).toULong();
  const QString label = run < document.runs.size() ? QString::fromStdString(document.runs[run].label)
                                                   : QString::fromStdString(event.path);
  if (event.stop) return EventList::tr("step %1: %2 stopped").arg(event.step).arg(label);
  const QString field = wording::named(parts.mid(3).join(QStringLiteral(" ")).toStdString()).toLower();
  return EventList::tr("step %1: %2, %3 %4").arg(event.step).arg(label, field, wording::brief(event.value));
}

}  // namespace

EventList::EventList(Session& session, QWidget* parent)
    : QWidget(parent), session_(session), column_(new QVBoxLayout(this)) {
  column_->setContentsMargins(0, 0, 0, 0);
  column_->setSpacing(0);
  column_->addWidget(new GroupHead(tr("Done while it ran")));
  auto* all = new QPushButton(tr("Forget them all"));
  all->setProperty("role", "link");
  all->setToolTip(tr("Edits made while it ran are done again at the same steps, until they are forgotten"));
  connect(all, &QPushButton::clicked, this, [this] { forget({}); });
  column_->addWidget(all, 0, Qt::AlignLeft);
  connect(&session, &Session::documentChanged, this, &EventList::showDocument);
  showDocument();
}

void EventList::showDocument() {
  const Document& document = session_.document();
  setVisible(!document.events.empty());
  QStringList now;
  for (const EventSpec& event : document.events) now << inWords(event, document);
  if (now == shown_) return;
  shown_ = now;
  if (lines_) {
    lines_->hide();
    lines_->deleteLater();
  }
  lines_ = new QWidget(this);
  auto* column = new QVBoxLayout(lines_);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  for (std::size_t i = 0; i < document.events.size(); ++i) column->addWidget(makeLine(i));
  column_->insertWidget(1, lines_);
}

QWidget* EventList::makeLine(std::size_t index) {
  auto* line = new QWidget;
  auto* row = new QHBoxLayout(line);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(4);
  const QString text = shown_[static_cast<qsizetype>(index)];
  row->addWidget(new ElidedLabel(text), 1);
  auto* away = new QToolButton;
  away->setText(QStringLiteral("×"));
  away->setFocusPolicy(Qt::TabFocus);
  away->setAccessibleName(tr("Forget %1").arg(text));
  away->setToolTip(away->accessibleName());
  connect(away, &QToolButton::clicked, this, [this, index] { forget(index); });
  row->addWidget(away);
  return line;
}

void EventList::forget(std::optional<std::size_t> index) {
  Document next = session_.document();
  if (!index)
    next.events.clear();
  else if (*index < next.events.size())
    next.events.erase(next.events.begin() + static_cast<std::ptrdiff_t>(*index));
  session_.change(next, tr("forget recorded edits"));
}

}  // namespace kappa::ui
