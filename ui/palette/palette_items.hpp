/// Everything that can be found by typing: actions, experiments of the gallery, fields of the form.
#pragma once

#include <QAction>
#include <QPointer>
#include <functional>
#include <vector>

class QWidget;

namespace kappa::ui {

struct PaletteItem {
  QString title, context, keys, help;
  std::function<void()> run;
  bool enabled = true;
  QPointer<QAction> action = nullptr;  ///< of an action
  int weight = 0;                      ///< of two that fit as well the heavier goes first
};

/// Every action in reach of the window: its own, those of its menus, those of its fields.
std::vector<PaletteItem> actionItems(QWidget& window);
std::vector<PaletteItem> galleryItems(const std::function<void(const QString& name)>& open);
/// Fields that are shown in the panel, each by its name.
std::vector<PaletteItem> fieldItems(QWidget& panel, const std::function<void(QWidget& row)>& jump);

}  // namespace kappa::ui
