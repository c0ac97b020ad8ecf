/// Keeps the list's rows while only their ticks change, so that it stays where it was scrolled to.
#include "ui/charts/legend_popup.hpp"

#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QScreen>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/charts/legend.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

constexpr int run_role = Qt::UserRole, most_height = 340;
constexpr QSize icon_size(24, 14);

}  // namespace

LegendPopup::LegendPopup(const AppTheme& theme, QWidget* parent)
    : QFrame(parent, Qt::Popup), theme_(theme), list_(new QListWidget) {
  setAttribute(Qt::WA_DeleteOnClose);
  setProperty("role", "card");
  list_->setFrameShape(QFrame::NoFrame);
  list_->setIconSize(icon_size);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list_->setAccessibleName(tr("Everything in the legend"));
  list_->setTextElideMode(Qt::ElideRight);
  list_->installEventFilter(this);
  auto* hint = new QLabel(tr("Tick to show, double click to show alone"));
  hint->setProperty("role", "small");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 8, 8, 8);
  column->setSpacing(4);
  column->addWidget(list_);
  column->addWidget(hint);
  connect(list_, &QListWidget::itemChanged, this, [this](QListWidgetItem* item) {
    if (!filling_) emit toggled(item->data(run_role).toString());
  });
  connect(list_, &QListWidget::itemDoubleClicked, this, [this](QListWidgetItem* item) {
    if (const QString run = item->data(run_role).toString(); !run.isEmpty()) emit singled(run);
  });
}

void LegendPopup::fill(QListWidgetItem& item, const LegendEntry& entry) const {
  const qreal scale = devicePixelRatioF();
  QPixmap picture(QSize(icon_size * scale));
  picture.setDevicePixelRatio(scale);
  picture.fill(Qt::transparent);
  QPainter painter(&picture);
  painter.setRenderHint(QPainter::Antialiasing);
  paintSwatch(painter, {12, 7}, entry, theme_.tokens());
  painter.end();
  item.setIcon(QIcon(picture));
  item.setText(legendText(entry));
  item.setToolTip(legendText(entry));
  item.setData(run_role, QString::fromStdString(entry.run));
  item.setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable |
                (entry.run.empty() ? Qt::NoItemFlags : Qt::ItemIsUserCheckable));
  if (!entry.run.empty()) item.setCheckState(entry.hidden ? Qt::Unchecked : Qt::Checked);
}

void LegendPopup::setEntries(const std::vector<LegendEntry>& entries) {
  filling_ = true;
  while (list_->count() > static_cast<int>(entries.size())) delete list_->takeItem(list_->count() - 1);
  while (list_->count() < static_cast<int>(entries.size())) list_->addItem(new QListWidgetItem);
  for (int i = 0; i < list_->count(); ++i) fill(*list_->item(i), entries[static_cast<std::size_t>(i)]);
  filling_ = false;
}

void LegendPopup::showBelow(const QWidget& legend) {
  int rows = 4, widest = 180;
  for (int i = 0; i < list_->count(); ++i) {
    rows += std::max(list_->sizeHintForRow(i), 20);
    widest = std::max(widest, list_->sizeHintForColumn(0) + 24);
  }
  list_->setFixedHeight(std::min(rows, most_height));
  list_->setMinimumWidth(std::min(widest, 420));
  adjustSize();
  const QRect room = legend.screen()->availableGeometry();
  QPoint at = legend.mapToGlobal(QPoint(0, legend.height() + 2));
  at.setX(std::clamp(at.x(), room.left(), std::max(room.left(), room.right() - width())));
  at.setY(std::min(at.y(), std::max(room.top(), room.bottom() - height())));
  move(at);
  show();
  list_->setFocus();
  if (list_->count() > 0) list_->setCurrentRow(0);
}

bool LegendPopup::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space)
    return event->accept(), true;
  if (event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    const QListWidgetItem* item = list_->currentItem();
    if ((key == Qt::Key_Return || key == Qt::Key_Enter) && item) {
      if (const QString run = item->data(run_role).toString(); !run.isEmpty()) emit singled(run);
      return true;
    }
  }
  return QFrame::eventFilter(watched, event);
}

}  // namespace kappa::ui
