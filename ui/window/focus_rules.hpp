/// Where the keyboard goes: a click leaves the space bar to the run, and what disappears leaves the focus where it was.
#pragma once

#include <QObject>

namespace kappa::ui {

class FocusRules : public QObject {
 public:
  explicit FocusRules(QWidget& window);
  bool eventFilter(QObject* watched, QEvent* event) override;
  /// Tab goes on in the order of what is seen, however late a field was made; whether there is anything to go to.
  bool goOn(bool next);

 private:
  void keepNear(QWidget* before, QWidget* now);

  QWidget& window_;
};

}  // namespace kappa::ui
