/// Rows stay where they are and are written anew in sorted order, so that nothing blinks and the cursor holds.
#include "ui/runs/runs_table.hpp"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "ui/runs/run_menu.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

constexpr int row_height = 28, most_rows = 12, widest_name = 280;
constexpr int label_role = Qt::UserRole, look_role = Qt::UserRole + 1;

/// What a column sorts by: missing and undefined values come last in either order.
std::optional<double> keyOf(const Standing& row, RunsTable::Column column) {
  const auto defined = [](double v) { return std::isnan(v) ? std::nullopt : std::optional(v); };
  switch (column) {
    case RunsTable::value:
      return defined(row.value);
    case RunsTable::last:
      return defined(row.final_value);
    case RunsTable::to_target:
      return row.to_target;
    case RunsTable::calls:
      return row.gradients;
    case RunsTable::time:
      return row.seconds;
    default:
      return std::nullopt;
  }
}

bool before(const Standing& a, const Standing& b, RunsTable::Column column, bool ascending) {
  if (column == RunsTable::name) {
    const int order = QString::fromStdString(a.label).localeAwareCompare(QString::fromStdString(b.label));
    return ascending ? order < 0 : order > 0;
  }
  const auto left = keyOf(a, column), right = keyOf(b, column);
  if (!left || !right) return left.has_value() && !right.has_value();
  return ascending ? *left < *right : *left > *right;
}

QString numberOf(const std::optional<double>& number) {
  return number ? QString::fromStdString(format_value(*number)) : QStringLiteral("–");
}

QString secondsOf(const std::optional<double>& seconds) {
  if (!seconds) return QStringLiteral("–");
  if (*seconds < 1) return RunsTable::tr("%1 ms").arg(1000 * *seconds, 0, 'f', *seconds < 0.1 ? 1 : 0);
  return RunsTable::tr("%1 s").arg(*seconds, 0, 'f', *seconds < 10 ? 2 : 0);
}

}  // namespace

RunsTable::RunsTable(Session& session, const AppTheme& theme, QWidget* parent)
    : QTreeWidget(parent), session_(session), theme_(theme), menu_(new QMenu(this)) {
  setAccessibleName(tr("Runs"));
  setAccessibleDescription(
      tr("Arrows choose a run, Space shows or hides it, S shows it alone, F2 renames it, Delete removes it"));
  setColumnCount(columns);
  setHeaderLabels(heads());
  const QString tips[] = {tr("Click to sort by name"),
                          tr("The value at the step that is looked at"),
                          tr("The newest value, or the one where the common budget is spent"),
                          tr("Steps until the loss is at the target; with repeats the median"),
                          tr("Gradients asked for by that step"),
                          tr("Seconds of the optimizer's own work by that step, probes left out")};
  for (int column = 0; column < columns; ++column) headerItem()->setToolTip(column, tips[column]);
  headerItem()->setTextAlignment(name, Qt::AlignLeft | Qt::AlignVCenter);
  for (int column = 1; column < columns; ++column)
    headerItem()->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
  setRootIsDecorated(false);
  setWordWrap(true);
  setIndentation(0);
  setIconSize({16, 16});
  setFrameShape(QFrame::NoFrame);
  setStyleSheet(
      QStringLiteral("QTreeView { border: 2px solid transparent; }"
                     "QTreeView:focus { border: 2px solid palette(highlight); }"
                     "QHeaderView::section { padding: 4px 2px; }"));
  setSelectionMode(QAbstractItemView::SingleSelection);
  setEditTriggers(QAbstractItemView::NoEditTriggers);
  setTextElideMode(Qt::ElideMiddle);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  header()->setSectionsClickable(true);
  header()->setSectionsMovable(false);
  header()->setStretchLastSection(false);
  header()->setMinimumSectionSize(24);
  header()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
  connect(header(), &QHeaderView::sectionClicked, this, [this](int column) {
    const bool again = column == by_ && order_ == Qt::AscendingOrder;
    sortBy(static_cast<Column>(column), again ? Qt::DescendingOrder : Qt::AscendingOrder);
  });
  connect(this, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
    if (filling_ || !item) return;
    const std::string label = item->data(name, label_role).toString().toStdString();
    const auto& runs = session_.document().runs;
    for (std::size_t i = 0; i < runs.size(); ++i)
      if (runs[i].label == label) session_.chooseRun(i);
  });
  connect(this, &QTreeWidget::itemDoubleClicked, this, [this](QTreeWidgetItem* item, int column) {
    if (column == name && session_.countsSteps()) editItem(item, name);
  });
  connect(this, &QTreeWidget::itemChanged, this, &RunsTable::takeName);
  connect(&theme, &AppTheme::changed, this, [this] {
    measure();
    fill();
  });
  measure();
  showColumns();
}

void RunsTable::measure() {
  setFont(uiFont(typeOf(theme_.id()).body));
  header()->setFont(uiFont(typeOf(theme_.id()).head));
  const QFontMetrics numbers(figureFont(typeOf(theme_.id()).head + 1)), heads(uiFont(typeOf(theme_.id()).head));
  header()->setSectionResizeMode(name, QHeaderView::Stretch);
  for (int column = 1; column < columns; ++column) {
    header()->setSectionResizeMode(column, QHeaderView::Fixed);
    const int head =
        wide_ ? heads.horizontalAdvance(headerItem()->text(column)) + heads.horizontalAdvance(u'↓') + 10 : 0;
    const QString widest = column == time ? tr("888.8 ms")
                           : column == value || column == last
                               ? (below_zero_ ? QStringLiteral("−8.8e−88") : QStringLiteral("8.8e−88"))
                               : QStringLiteral("888 888");
    widths_[column] = std::max(head, numbers.horizontalAdvance(widest) + 8);
    setColumnWidth(column, widths_[column]);
  }
}

void RunsTable::setRows(std::vector<Standing> rows) {
  rows_ = std::move(rows);
  const bool below_zero = std::any_of(rows_.begin(), rows_.end(), [](const Standing& row) { return row.value < 0; });
  if (below_zero && !std::exchange(below_zero_, true)) measure();
  fill();
}

void RunsTable::sortBy(Column column, Qt::SortOrder order) {
  by_ = column;
  order_ = order;
  showColumns();
  fill();
}

void RunsTable::setWide(bool wide) {
  if (wide == wide_) return;
  wide_ = wide;
  measure();
  showColumns();
  updateGeometry();
}

QStringList RunsTable::heads() {
  return {tr("Run"), tr("At step"), tr("Last"), tr("To target"), tr("Calls"), tr("Time")};
}

void RunsTable::showColumns() {
  setHeaderHidden(!wide_);
  for (int column = 0; column < columns; ++column)
    headerItem()->setText(
        column, column == by_ ? heads()[column] + (order_ == Qt::AscendingOrder ? u'↑' : u'↓') : heads()[column]);
  fitNames();
}

/// The mark, and the spaces that the style puts around it and around the name.
int RunsTable::aroundName() const {
  return iconSize().width() + 4 * (style()->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, this) + 1) + 2;
}

int RunsTable::widestName() const {
  int widest = 0;
  for (const Standing& row : rows_)
    widest = std::max(widest, fontMetrics().horizontalAdvance(QString::fromStdString(row.label)));
  return std::min(widest_name, widest + aroundName());
}

/// Names come first: where one has no room, columns go that can be asked for again, and then it takes more lines.
void RunsTable::fitNames() {
  std::array<bool, columns> shown;
  int room = viewport()->width();
  for (int column = name; column < columns; ++column) {
    shown[column] = wide_ || column == name || column == value || column == by_;
    if (shown[column] && column != name) room -= widths_[column];
  }
  const int wanted = widestName();
  for (const int column : {time, calls, to_target, last}) {
    if (room >= wanted) break;
    if (!shown[column] || (wide_ && column == by_)) continue;
    shown[column] = false;
    room += widths_[column];
  }
  for (int column = value; column < columns; ++column)
    if (isColumnHidden(column) == shown[column]) setColumnHidden(column, !shown[column]);
  const int line = fontMetrics().height(), one = std::max(row_height, line + 6);
  const bool was_filling = std::exchange(filling_, true);
  int all = 0;
  for (int i = 0; i < topLevelItemCount(); ++i) {
    QTreeWidgetItem& item = *topLevelItem(i);
    const QRect words = fontMetrics().boundingRect(QRect(0, 0, std::max(line, room - aroundName()), 10 * line),
                                                   Qt::TextWordWrap, item.text(name));
    const QSize size(0, std::max(one, words.height() + 8));
    if (item.sizeHint(name) != size) item.setSizeHint(name, size);
    if (i < most_rows) all += size.height();
  }
  filling_ = was_filling;
  if (std::exchange(rows_height_, std::max(all, one)) != rows_height_) updateGeometry();
}

/// An edit that is under way is not disturbed.
void RunsTable::fill() {
  if (state() == QAbstractItemView::EditingState) return;
  std::vector<const Standing*> sorted;
  for (const Standing& row : rows_) sorted.push_back(&row);
  std::stable_sort(sorted.begin(), sorted.end(), [&](const Standing* a, const Standing* b) {
    return before(*a, *b, by_, order_ == Qt::AscendingOrder);
  });
  filling_ = true;
  while (topLevelItemCount() > static_cast<int>(sorted.size())) delete takeTopLevelItem(topLevelItemCount() - 1);
  while (topLevelItemCount() < static_cast<int>(sorted.size())) {
    auto* item = new QTreeWidgetItem(this);
    for (int column = 1; column < columns; ++column) {
      item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    }
  }
  const auto& runs = session_.document().runs;
  const std::string chosen = session_.chosenRun() < runs.size() ? runs[session_.chosenRun()].label : "";
  for (int i = 0; i < topLevelItemCount(); ++i) {
    const Standing& row = *sorted[static_cast<std::size_t>(i)];
    write(*topLevelItem(i), row);
    if (row.label == chosen) setCurrentItem(topLevelItem(i), name);
  }
  fitNames();
  filling_ = false;
}

void RunsTable::write(QTreeWidgetItem& item, const Standing& row) {
  const QString label = QString::fromStdString(row.label);
  const QString look = QStringLiteral("%1 %2 %3").arg(row.colour).arg(row.hidden).arg(static_cast<int>(theme_.id()));
  if (item.data(name, look_role).toString() != look) {
    item.setData(name, look_role, look);
    item.setIcon(name, markerIcon(theme_, row.colour, row.hidden));
    const QBrush ink = toColour(row.hidden ? theme_.tokens().muted : theme_.tokens().text);
    item.setForeground(name, ink);
    for (int column = 1; column < columns; ++column) {
      item.setForeground(column, toColour(theme_.tokens().muted));
      item.setFont(column, figureFont(typeOf(theme_.id()).head + 1));
    }
  }
  item.setText(name, QString(label).replace(QStringLiteral(" = "), QStringLiteral("\u00a0=\u00a0")));
  item.setData(name, label_role, label);
  item.setToolTip(name, row.hidden ? tr("%1, hidden in charts").arg(label) : label);
  item.setData(name, Qt::AccessibleTextRole, item.toolTip(name));
  item.setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable |
                (session_.countsSteps() ? Qt::ItemIsEditable : Qt::NoItemFlags));
  item.setText(value, QString::fromStdString(format_value(row.value)));
  item.setText(last, QString::fromStdString(format_value(row.final_value)));
  item.setText(to_target, session_.target() ? numberOf(row.to_target) : QString());
  item.setText(calls, numberOf(row.gradients));
  item.setText(time, secondsOf(row.seconds));
}

QStringList RunsTable::labels() const {
  QStringList labels;
  for (int i = 0; i < topLevelItemCount(); ++i) labels << topLevelItem(i)->data(name, label_role).toString();
  return labels;
}

QString RunsTable::current() const {
  return currentItem() ? currentItem()->data(name, label_role).toString() : QString();
}

int RunsTable::wideWidth() const {
  int width = std::max(QFontMetrics(font()).averageCharWidth() * 18 + iconSize().width(), widestName());
  for (int column = 1; column < columns; ++column) width += widths_[column];
  return width;
}

QSize RunsTable::sizeHint() const { return {200, rows_height_ + (wide_ ? header()->sizeHint().height() : 0) + 4}; }

void RunsTable::takeName(QTreeWidgetItem* item, int column) {
  if (filling_ || column != name) return;
  const QString label = item->data(name, label_role).toString();
  const QString refused = renameRun(session_, label.toStdString(), item->text(name).replace(QChar::Nbsp, u' '));
  if (!refused.isEmpty()) emit session_.troubled(refused);
  QMetaObject::invokeMethod(this, &RunsTable::fill, Qt::QueuedConnection);  // once the editor is gone
}

/// Keys that mean something here are the table's own before they are shortcuts of the window.
bool RunsTable::event(QEvent* event) {
  if (event->type() != QEvent::ShortcutOverride) return QTreeWidget::event(event);
  const auto* key = static_cast<QKeyEvent*>(event);
  static constexpr int own[] = {Qt::Key_Space, Qt::Key_Delete, Qt::Key_F2,   Qt::Key_S,
                                Qt::Key_Up,    Qt::Key_Down,   Qt::Key_Home, Qt::Key_End};
  if (!(key->modifiers() & ~Qt::ShiftModifier) &&
      std::find(std::begin(own), std::end(own), key->key()) != std::end(own))
    event->accept();
  return QTreeWidget::event(event);
}

void RunsTable::keyPressEvent(QKeyEvent* event) {
  const std::string label = current().toStdString();
  if (!label.empty() && !event->modifiers()) switch (event->key()) {
      case Qt::Key_Space:
        return session_.setHidden(label, !session_.isHidden(label));
      case Qt::Key_S:
        return session_.showOnly(label);
      case Qt::Key_F2:
        if (session_.countsSteps()) editItem(currentItem(), name);
        return;
      case Qt::Key_Delete:
        return removeRun(session_, label);
      default:
        break;
    }
  QTreeWidget::keyPressEvent(event);
}

/// The marker shows and hides, as in the legend.
void RunsTable::mousePressEvent(QMouseEvent* event) {
  QTreeWidgetItem* item = itemAt(event->pos());
  const bool on_marker = item && event->button() == Qt::LeftButton && event->pos().x() < iconSize().width() + 8;
  if (!on_marker) return QTreeWidget::mousePressEvent(event);
  const std::string label = item->data(name, label_role).toString().toStdString();
  session_.setHidden(label, !session_.isHidden(label));
}

void RunsTable::contextMenuEvent(QContextMenuEvent* event) {
  const bool by_key = event->reason() == QContextMenuEvent::Keyboard;
  QTreeWidgetItem* item = by_key ? currentItem() : itemAt(event->pos());
  if (!item) return;
  setCurrentItem(item, name);
  openMenu(item->data(name, label_role).toString(),
           by_key ? viewport()->mapToGlobal(visualItemRect(item).bottomLeft()) : event->globalPos());
}

void RunsTable::openMenu(const QString& label, QPoint at) {
  fillRunMenu(*menu_, session_, theme_, label.toStdString(), [this] {
    if (currentItem()) editItem(currentItem(), name);
  });
  menu_->addSeparator();
  QMenu* sorts = menu_->addMenu(tr("Sort by"));
  for (int column = 0; column < columns; ++column) {
    if (isColumnHidden(column)) continue;
    const bool again = column == by_ && order_ == Qt::AscendingOrder;
    QAction* sort = sorts->addAction(heads()[column], this, [this, column, again] {
      sortBy(static_cast<Column>(column), again ? Qt::DescendingOrder : Qt::AscendingOrder);
    });
    sort->setCheckable(true);
    sort->setChecked(column == by_);
  }
  menu_->popup(at);
}

void RunsTable::resizeEvent(QResizeEvent* event) {
  QTreeWidget::resizeEvent(event);
  header()->setFixedWidth(viewport()->width());
  fitNames();
}

}  // namespace kappa::ui
