/// The menus at the right end of the top bar.
#pragma once

class QMenu;
class QWidget;

namespace kappa::ui {

class Actions;
class ChartGrid;
class DocumentFiles;

namespace menus {

QMenu* file(Actions& actions, DocumentFiles& files, QWidget* parent);
QMenu* edit(Actions& actions, QWidget* parent);
QMenu* view(Actions& actions, QWidget* parent);
QMenu* exports(Actions& actions, ChartGrid& charts, QWidget* parent);

}  // namespace menus
}  // namespace kappa::ui
