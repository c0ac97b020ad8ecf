/// A line above the charts that says what went wrong, until it is put away.
#pragma once

#include <QFrame>

class QLabel;

namespace kappa::ui {

class MessageStrip : public QFrame {
  Q_OBJECT

 public:
  explicit MessageStrip(QWidget* parent = nullptr);

  void tell(const QString& sentence);  ///< an empty one puts it away
  QString text() const;

 private:
  QLabel* text_;
};

}  // namespace kappa::ui
