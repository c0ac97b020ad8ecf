/// Watches the widgets of one window; dialogs and menus keep the habits of the system.
#include "ui/window/focus_rules.hpp"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QGraphicsView>
#include <QKeyEvent>
#include <QLayout>
#include <QScrollArea>
#include <algorithm>

#include "ui/forms/number_field.hpp"

namespace kappa::ui {
namespace {

void widgetsOf(const QLayout& layout, QWidgetList& all) {
  for (int i = 0; i < layout.count(); ++i) {
    QLayoutItem* item = layout.itemAt(i);
    if (QWidget* widget = item->widget())
      all << widget;
    else if (const QLayout* inner = item->layout())
      widgetsOf(*inner, all);
  }
}

/// In the order of the layout; what has none is read like a page.
QWidgetList childrenInOrder(const QWidget& widget) {
  QWidgetList all, loose;
  if (widget.layout()) widgetsOf(*widget.layout(), all);
  for (QObject* child : widget.children())
    if (auto* one = qobject_cast<QWidget*>(child); one && !one->isWindow() && !all.contains(one)) loose << one;
  std::stable_sort(loose.begin(), loose.end(), [](const QWidget* a, const QWidget* b) {
    return a->y() != b->y() ? a->y() < b->y() : a->x() < b->x();
  });
  return all + loose;
}

void listInOrder(QWidget& widget, QWidgetList& all) {
  if (!widget.isVisible()) return;
  all << &widget;
  if (qobject_cast<QAbstractItemView*>(&widget) || qobject_cast<QGraphicsView*>(&widget) ||
      qobject_cast<QComboBox*>(&widget))
    return;
  for (QWidget* child : childrenInOrder(widget)) listInOrder(*child, all);
}

/// A number that is not being typed has no use for the space bar: once it is entered, that runs.
bool leavesToRun(QObject* watched, QKeyEvent& key) {
  const auto* number = qobject_cast<NumberField*>(watched);
  if (!number || !number->isEntered() || key.key() != Qt::Key_Space || key.modifiers()) return false;
  key.ignore();
  return true;
}

/// For keyboards without a key for menus, which are most; Qt knows this one on other systems only.
bool opensMenu(QWidget& widget, const QKeyEvent& key) {
  if (key.key() != Qt::Key_F10 || key.modifiers() != Qt::ShiftModifier) return false;
  const QPoint middle = widget.rect().center();
  QContextMenuEvent asked(QContextMenuEvent::Keyboard, middle, widget.mapToGlobal(middle));
  QCoreApplication::sendEvent(&widget, &asked);
  return true;
}

/// A scroll area shows no focus of its own: what is in it does.
bool takesTab(const QWidget& widget) {
  if (qobject_cast<const QScrollArea*>(&widget)) return false;
  return (widget.focusPolicy() & Qt::TabFocus) && widget.isEnabled() && !widget.focusProxy();
}

}  // namespace

FocusRules::FocusRules(QWidget& window) : QObject(&window), window_(window) {
  qApp->installEventFilter(this);
  connect(qApp, &QApplication::focusChanged, this, &FocusRules::keepNear);
}

/// A button that was clicked would take the space bar from the run, and a field left with a click on a button would
/// take it as a letter. So a click gives the focus to what the button stands in, from where Tab goes on.
bool FocusRules::eventFilter(QObject* watched, QEvent* event) {
  const QEvent::Type type = event->type();
  if (type == QEvent::ShortcutOverride) return leavesToRun(watched, *static_cast<QKeyEvent*>(event));
  if (type != QEvent::Show && type != QEvent::MouseButtonPress && type != QEvent::KeyPress) return false;
  if (auto* there = qobject_cast<QWidget*>(watched); type == QEvent::KeyPress && there && there->window() == &window_)
    if (opensMenu(*there, *static_cast<QKeyEvent*>(event))) return true;
  auto* button = qobject_cast<QAbstractButton*>(watched);
  auto* widget = button ? static_cast<QWidget*>(button) : qobject_cast<QComboBox*>(watched);
  if (!widget || widget->window() != &window_) return false;
  if (type == QEvent::Show) {
    if (widget->focusPolicy() & Qt::ClickFocus) widget->setFocusPolicy(Qt::TabFocus);
  } else if (type == QEvent::MouseButtonPress) {
    if (widget->isEnabled() && !widget->hasFocus()) widget->parentWidget()->setFocus(Qt::MouseFocusReason);
  } else if (const auto* key = static_cast<QKeyEvent*>(event);
             button && (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && !key->isAutoRepeat() &&
             !(key->modifiers() & ~Qt::KeypadModifier)) {
    button->click();
    return true;
  }
  return false;
}

bool FocusRules::goOn(bool next) {
  QWidgetList all;
  listInOrder(window_, all);
  QWidget* from = window_.focusWidget();
  while (from && !all.contains(from)) from = from->parentWidget();
  const auto count = all.size(), start = from ? all.indexOf(from) : 0;
  for (qsizetype i = 1; i <= count; ++i) {
    QWidget* to = all[(start + (next ? i : count - i)) % count];
    if (!takesTab(*to)) continue;
    focusOn(*to, next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
  }
  return false;
}

void FocusRules::focusOn(QWidget& to, Qt::FocusReason reason) {
  to.setFocus(reason);
  for (QWidget* around = to.parentWidget(); around; around = around->parentWidget())
    if (auto* area = qobject_cast<QScrollArea*>(around)) area->ensureWidgetVisible(&to, 0, 16);
}

/// To the first of the part that Tab would reach.
void FocusRules::goToPart(bool next) {
  const QWidget* from = window_.focusWidget();
  const auto holds = [&](const QWidget* part) { return part == from || (from && part->isAncestorOf(from)); };
  const auto here = std::find_if(parts_.begin(), parts_.end(), holds);
  const auto count = parts_.size(), start = here == parts_.end() ? (next ? -1 : count) : here - parts_.begin();
  for (qsizetype i = 1; i <= count; ++i) {
    QWidgetList all;
    listInOrder(*parts_[(start + (next ? i : -i) + 2 * count) % count], all);
    const auto first = std::find_if(all.begin(), all.end(), [](const QWidget* one) { return takesTab(*one); });
    if (first != all.end()) return focusOn(**first, Qt::TabFocusReason);
  }
}

/// Qt hands the focus of what is disabled or hidden to the next button, which the next press of a key would then press.
void FocusRules::keepNear(QWidget* before, QWidget* now) {
  if (!before || !now || !window_.isVisible() || before->window() != &window_ || now->window() != &window_) return;
  if (before->isEnabled() && before->isVisible()) return;
  for (QWidget* place = before->parentWidget(); place && place != &window_; place = place->parentWidget())
    if (place->isEnabled() && place->isVisible()) return place->setFocus(Qt::OtherFocusReason);
}

}  // namespace kappa::ui
