/// Where the keyboard goes: a click leaves the space bar to the run, and what disappears leaves the focus where it was.
#pragma once

#include <QObject>
#include <QWidgetList>

namespace kappa::ui {

class FocusRules : public QObject {
 public:
  explicit FocusRules(QWidget& window);
  bool eventFilter(QObject* watched, QEvent* event) override;
  /// Tab goes on in the order of what is seen, however late a field was made; whether there is anything to go to.
  bool goOn(bool next);
  /// Bars, panels and pages in the order in which F6 goes round them; those out of sight are passed over.
  void setParts(const QWidgetList& parts) { parts_ = parts; }
  void goToPart(bool next);

 private:
  void keepNear(QWidget* before, QWidget* now);

  static void focusOn(QWidget& to, Qt::FocusReason reason);

  QWidget& window_;
  QWidgetList parts_;
};

}  // namespace kappa::ui
