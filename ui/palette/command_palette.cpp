/// Collects what there is each time it opens, and sorts it by how well it fits.
#include "ui/palette/command_palette.hpp"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/palette/fuzzy.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

constexpr int widest = 560, row_height = 32, most_rows = 12, below_top = 52, page = 8;
enum Role { index_role = Qt::UserRole, context_role, keys_role, able_role };

/// Title left, where it belongs beside it, its keys at the right.
class RowDelegate : public QStyledItemDelegate {
 public:
  RowDelegate(const AppTheme& theme, QObject* parent) : QStyledItemDelegate(parent), theme_(theme) {}
  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {widest, row_height}; }
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& at) const override {
    const Theme& look = theme_.tokens();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state & QStyle::State_Selected) {
      painter->setPen(QPen(toColour(look.accent), 1.5));
      painter->setBrush(toColour(mix(look.accent, look.panel, 0.10)));
      painter->drawRoundedRect(QRectF(option.rect).adjusted(4, 1, -4, -1), 5, 5);
    }
    const bool enabled = at.data(able_role).toBool();
    const QRect room = option.rect.adjusted(14, 0, -14, 0);
    const QFontMetrics metrics(option.font);
    const QString keys = at.data(keys_role).toString(), context = at.data(context_role).toString();
    const int keys_width = keys.isEmpty() ? 0 : metrics.horizontalAdvance(keys) + 12;
    painter->setFont(option.font);
    painter->setPen(toColour(look.muted));
    painter->drawText(room, Qt::AlignVCenter | Qt::AlignRight, keys);
    painter->setPen(toColour(enabled ? look.text : look.muted));
    const QString title =
        metrics.elidedText(at.data(Qt::DisplayRole).toString(), Qt::ElideRight, room.width() - keys_width);
    painter->drawText(room, Qt::AlignVCenter | Qt::AlignLeft, title);
    const int taken = metrics.horizontalAdvance(title) + 12, left = room.width() - taken - keys_width;
    painter->setPen(toColour(look.muted));
    if (left > 24)
      painter->drawText(room.adjusted(taken, 0, -keys_width, 0), Qt::AlignVCenter | Qt::AlignLeft,
                        metrics.elidedText(context, Qt::ElideRight, left));
    painter->restore();
  }

 private:
  const AppTheme& theme_;
};

}  // namespace

CommandPalette::CommandPalette(Source source, const AppTheme& theme, QWidget* window)
    : QFrame(window),
      source_(std::move(source)),
      field_(new QLineEdit),
      list_(new QListView),
      model_(new QStandardItemModel(this)) {
  setProperty("role", "card");
  setAccessibleName(tr("Find anything"));
  field_->setPlaceholderText(tr("Find an action, an experiment or a field"));
  field_->setAccessibleName(tr("Find anything"));
  field_->setClearButtonEnabled(false);
  list_->setModel(model_);
  list_->setItemDelegate(new RowDelegate(theme, list_));
  list_->setAccessibleName(tr("What fits"));
  list_->setFocusPolicy(Qt::NoFocus);
  list_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  list_->setUniformItemSizes(true);
  list_->setFrameShape(QFrame::NoFrame);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list_->setStyleSheet(QStringLiteral("QListView { border: none; }"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 8, 8, 8);
  column->setSpacing(6);
  column->addWidget(field_);
  column->addWidget(list_);
  connect(field_, &QLineEdit::textChanged, this, &CommandPalette::search);
  connect(list_, &QListView::clicked, this, &CommandPalette::choose);
  field_->installEventFilter(this);
  window->installEventFilter(this);
  hide();
}

void CommandPalette::open() {
  if (isVisible()) return putAway();
  before_ = QApplication::focusWidget();
  items_ = source_();
  field_->clear();
  search({});
  place();
  show();
  raise();
  field_->setFocus(Qt::ShortcutFocusReason);
}

void CommandPalette::place() {
  const int wide = std::min(widest, parentWidget()->width() - 32);
  const int rows = std::clamp(model_->rowCount(), 1, most_rows);
  list_->setFixedHeight(std::min(rows * row_height + 4, std::max(60, parentWidget()->height() - 2 * below_top - 60)));
  setFixedWidth(wide);
  adjustSize();
  QWidget::move((parentWidget()->width() - wide) / 2, below_top);
}

void CommandPalette::search(const QString& query) {
  std::vector<std::pair<int, std::size_t>> fitting;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const PaletteItem& item = items_[i];
    auto score = fuzzyScore(query, item.title);
    if (!score) {
      score = fuzzyScore(query, item.title + u' ' + item.context + u' ' + item.keys);
      if (score) *score -= 100;
    }
    if (score) fitting.emplace_back(*score + item.weight - (item.enabled ? 0 : 5000), i);
  }
  std::stable_sort(fitting.begin(), fitting.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  model_->clear();
  for (const auto& [score, i] : fitting) {
    const PaletteItem& item = items_[i];
    auto* row = new QStandardItem(item.title);
    row->setData(static_cast<int>(i), index_role);
    row->setData(item.context, context_role);
    row->setData(item.keys, keys_role);
    row->setToolTip(item.help);
    QStringList said{item.title, item.context, item.keys};
    said.removeAll(QString());
    row->setData(said.join(QStringLiteral(", ")), Qt::AccessibleTextRole);
    row->setData(item.enabled, able_role);
    model_->appendRow(row);
  }
  if (fitting.empty()) {
    auto* none = new QStandardItem(tr("Nothing fits."));
    none->setData(false, able_role);
    model_->appendRow(none);
  }
  list_->setCurrentIndex(model_->index(0, 0));
  place();
}

void CommandPalette::move(int rows) {
  const int now = list_->currentIndex().row(), last = model_->rowCount() - 1;
  const int next = std::abs(rows) == 1 && now + rows > last ? 0
                   : std::abs(rows) == 1 && now + rows < 0  ? last
                                                            : now + rows;
  list_->setCurrentIndex(model_->index(std::clamp(next, 0, last), 0));
}

void CommandPalette::choose() {
  const QModelIndex at = list_->currentIndex();
  if (!at.data(able_role).toBool()) return;
  const auto run = items_[static_cast<std::size_t>(at.data(index_role).toInt())].run;
  putAway();
  if (run) run();
}

void CommandPalette::putAway() {
  hide();
  if (before_) before_->setFocus(Qt::OtherFocusReason);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
  if (watched == parentWidget()) {
    if (event->type() == QEvent::Resize && isVisible()) place();
    return QFrame::eventFilter(watched, event);
  }
  if (event->type() == QEvent::FocusOut && isVisible() &&
      static_cast<QFocusEvent*>(event)->reason() != Qt::ActiveWindowFocusReason)
    hide();
  if (event->type() == QEvent::ShortcutOverride) {  // letters and arrows are text here, whatever they are elsewhere
    event->accept();
    return true;
  }
  if (event->type() != QEvent::KeyPress) return QFrame::eventFilter(watched, event);
  const auto* key = static_cast<QKeyEvent*>(event);
  switch (key->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
      move(key->key() == Qt::Key_Up ? -1 : 1);
      return true;
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
      move(key->key() == Qt::Key_PageUp ? -page : page);
      return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
      choose();
      return true;
    case Qt::Key_Escape:
      putAway();
      return true;
    case Qt::Key_K:
      if (key->modifiers() & Qt::ControlModifier) {
        putAway();
        return true;
      }
      break;
    default:
      break;
  }
  return QFrame::eventFilter(watched, event);
}

}  // namespace kappa::ui
