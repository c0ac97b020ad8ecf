/// What every window of the lab has besides its work: the palette that finds anything, charts as tables, a way back
/// to the first layout.
#pragma once

#include <QObject>

namespace kappa::ui {

class AppTheme;
class CommandPalette;
class MainWindow;
class Session;

class Habits : public QObject {
  Q_OBJECT

 public:
  Habits(MainWindow& window, Session& session, const AppTheme& theme);

  CommandPalette& palette() { return *palette_; }

 private:
  void jump(QWidget& row);
  void showData();
  void resetLayout();

  MainWindow& window_;
  Session& session_;
  CommandPalette* palette_;
};

}  // namespace kappa::ui
