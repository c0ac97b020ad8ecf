/// Every edit since the document was opened, in a list below the menu; a click goes there.
#pragma once

#include <QFrame>

class QUndoStack;
class QUndoView;

namespace kappa::ui {

class HistoryPopup : public QFrame {
  Q_OBJECT

 public:
  HistoryPopup(QUndoStack& stack, QWidget* window);

  /// With its upper right corner there.
  void showAt(const QPoint& corner);
  QUndoView* list() const { return list_; }

 private:
  QUndoView* list_;
};

}  // namespace kappa::ui
