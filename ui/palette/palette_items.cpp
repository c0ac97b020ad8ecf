/// Asks the widgets themselves, so that nothing has to be registered.
#include "ui/palette/palette_items.hpp"

#include <QCoreApplication>
#include <QMenu>
#include <QPushButton>
#include <QSet>
#include <QToolButton>

#include "core/lab.hpp"
#include "ui/forms/field_row.hpp"

namespace kappa::ui {
namespace {

QString plain(QString text) {
  text.remove(u'&');
  if (text.endsWith(u'…')) text.chop(1);
  if (text.startsWith(QStringLiteral("+ "))) text.remove(0, 2);
  return text.trimmed();
}

/// What a menu is called: by itself, by the button it hangs on, or by the menu it is in.
QHash<const QMenu*, QString> menuNames(const QWidget& window) {
  QHash<const QMenu*, QString> names;
  const auto called = [](const QAbstractButton& button) {
    return button.text().size() > 1 ? button.text() : button.accessibleName();
  };
  for (const auto* button : window.findChildren<QToolButton*>())
    if (button->menu()) names[button->menu()] = plain(called(*button));
  for (const auto* button : window.findChildren<QPushButton*>())
    if (button->menu()) names[button->menu()] = plain(called(*button));
  for (const auto* menu : window.findChildren<QMenu*>())
    if (!menu->title().isEmpty()) names[menu] = plain(menu->title());
  return names;
}

/// Where an action stands: the field or the menu it belongs to.
QString contextOf(const QAction& action, const QHash<const QMenu*, QString>& menus) {
  QString context;
  for (const QObject* object : action.associatedObjects()) {
    if (const auto* row = qobject_cast<const FieldRow*>(object)) return row->name();
    const auto* menu = qobject_cast<const QMenu*>(object);
    if (!menu) continue;
    context = menus.value(menu);
    // "Back" of a menu "Zoom" says little while each chart has one.
    const QString around = menus.value(qobject_cast<const QMenu*>(menu->parent()));
    if (!around.isEmpty()) context += QStringLiteral(" · ") + around;
  }
  return context;
}

/// A field that is not read now has nothing to offer.
bool ofUnreadField(const QAction& action) {
  const auto* row = qobject_cast<const FieldRow*>(action.parent());
  if (!row) return false;
  const QWidget* editor = row->parentWidget();
  return row->isHidden() || (editor && editor->isHidden()) || !row->editor()->isEnabled();
}

bool belongsToText(const QObject* object) {
  for (; object; object = object->parent())
    if (object->inherits("QLineEdit") || object->inherits("QAbstractSpinBox")) return true;
  return false;
}

constexpr int of_window = 80, of_form = 60, of_gallery = 40;

}  // namespace

std::vector<PaletteItem> actionItems(QWidget& window) {
  QList<QPointer<QMenu>> menus;  // some are filled only when they open, and empty others on the way
  for (QMenu* menu : window.findChildren<QMenu*>()) menus << menu;
  for (const QPointer<QMenu>& menu : menus)
    if (menu) emit menu->aboutToShow();
  const auto names = menuNames(window);
  std::vector<PaletteItem> items;
  QSet<const QAction*> seen;
  for (QAction* action : window.findChildren<QAction*>()) {
    const QString title = plain(action->text());
    if (title.isEmpty() || action->isSeparator() || action->menu() || seen.contains(action)) continue;
    if (!action->isVisible() || belongsToText(action->parent()) || ofUnreadField(*action)) continue;
    seen.insert(action);
    QString help = action->statusTip().isEmpty() ? action->toolTip() : action->statusTip();
    if (help == title || help == action->text()) help.clear();
    items.push_back({title, contextOf(*action, names), action->shortcut().toString(QKeySequence::NativeText), help,
                     [action = QPointer<QAction>(action)] {
                       if (action) action->trigger();
                     },
                     action->isEnabled(), action, window.actions().contains(action) ? of_window : 0});
  }
  return items;
}

std::vector<PaletteItem> galleryItems(const std::function<void(const QString& name)>& open) {
  std::vector<PaletteItem> items;
  for (const GalleryItem& item : gallery()) {
    const Checked<Document> read = parse_document(item.document);
    const auto* document = std::get_if<Document>(&read);
    const QString name = QString::fromStdString(item.name);
    items.push_back({document ? QString::fromStdString(document->title) : name,
                     QCoreApplication::translate("palette", "Experiment"),
                     {},
                     document ? QString::fromStdString(document->about.question) : QString(),
                     [open, name] { open(name); },
                     true,
                     nullptr,
                     of_gallery});
  }
  return items;
}

std::vector<PaletteItem> fieldItems(QWidget& panel, const std::function<void(QWidget& row)>& jump) {
  std::vector<PaletteItem> items;
  for (FieldRow* row : panel.findChildren<FieldRow*>()) {
    if (!row->isVisibleTo(&panel)) continue;
    items.push_back({row->name(),
                     QCoreApplication::translate("palette", "Field"),
                     {},
                     row->toolTip(),
                     [jump, row = QPointer<FieldRow>(row)] {
                       if (row) jump(*row);
                     },
                     row->editor()->isEnabled(),
                     nullptr,
                     of_form});
  }
  return items;
}

}  // namespace kappa::ui
