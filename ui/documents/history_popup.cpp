/// Qt's own view of an undo stack, with a head.
#include "ui/documents/history_popup.hpp"

#include <QLabel>
#include <QScreen>
#include <QStyledItemDelegate>
#include <QUndoStack>
#include <QUndoView>
#include <QVBoxLayout>
#include <algorithm>

namespace kappa::ui {
namespace {

constexpr int list_width = 320, most_rows = 16, row_height = 26;

/// The present state is set off from what the pointer is over.
class HistoryRow : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const QSize text = QStyledItemDelegate::sizeHint(option, index);
    return {text.width(), std::max(row_height, text.height() + 8)};
  }

 protected:
  void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
    QStyledItemDelegate::initStyleOption(option, index);
    const auto* list = qobject_cast<const QUndoView*>(option->widget);
    if (list && list->currentIndex() == index) option->font.setWeight(QFont::DemiBold);
  }
};

}  // namespace

HistoryPopup::HistoryPopup(QUndoStack& stack, QWidget* window)
    : QFrame(window, Qt::Popup), list_(new QUndoView(&stack)) {
  setProperty("role", "card");
  setAccessibleName(tr("History of edits"));
  auto* head = new QLabel(tr("HISTORY"));
  head->setProperty("role", "head");
  list_->setEmptyLabel(tr("As it was opened"));
  list_->setAccessibleName(accessibleName());
  list_->setItemDelegate(new HistoryRow(list_));
  list_->setUniformItemSizes(true);
  list_->setTextElideMode(Qt::ElideRight);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(12, 8, 12, 12);
  column->setSpacing(8);
  column->addWidget(head);
  column->addWidget(list_);
  setFocusProxy(list_);
}

void HistoryPopup::showAt(const QPoint& corner) {
  const int rows = std::clamp(list_->model()->rowCount(), 4, most_rows);
  resize(std::max(list_width, sizeHint().width()), rows * std::max(row_height, list_->sizeHintForRow(0)) + 56);
  const QRect room = screen()->availableGeometry();
  move(std::clamp(corner.x() - width(), room.left(), std::max(room.left(), room.right() - width())),
       std::clamp(corner.y(), room.top(), std::max(room.top(), room.bottom() - height())));
  show();
  list_->setFocus(Qt::PopupFocusReason);
  list_->scrollTo(list_->currentIndex());
}

}  // namespace kappa::ui
