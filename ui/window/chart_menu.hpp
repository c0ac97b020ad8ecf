/// What can be done to one chart, as the entries of its card's menu; and the charts that can be added.
#pragma once

#include <functional>

#include "ui/window/chart_looks.hpp"

class QMenu;

namespace kappa::ui {

class ChartCard;
class ChartGrid;
class Session;

namespace chart_menu {

void fill(QMenu& menu, ChartCard& card, ChartGrid& grid, Session& session);
/// Figures that were removed, and probes whose figures the document does not have yet; they go behind `after`.
void fillAdd(QMenu& menu, ChartGrid& grid, Session& session, ChartCard* after);

}  // namespace chart_menu
}  // namespace kappa::ui
