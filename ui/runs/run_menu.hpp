/// What can be done to one run, for its chip and for its row in the table.
#pragma once

#include <QMenu>
#include <functional>
#include <string>

namespace kappa::ui {

class AppTheme;
class Session;

void fillRunMenu(QMenu& menu, Session& session, const AppTheme& theme, const std::string& label,
                 const std::function<void()>& rename);
/// With its forks, as one step of the history; the other runs stay where they are.
void removeRun(Session& session, const std::string& label);
/// The new name in charts, claims and files; a sentence when it is refused.
QString renameRun(Session& session, const std::string& label, const QString& name);
/// A run's marker as charts draw it.
QIcon markerIcon(const AppTheme& theme, int colour, bool faint = false);

}  // namespace kappa::ui
