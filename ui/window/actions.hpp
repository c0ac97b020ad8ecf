/// Everything that can be done in the window, each as one action with its key and its sentence.
#pragma once

#include <QAction>
#include <QObject>

class QWidget;

namespace kappa::ui {

class AppTheme;
class Session;

class Actions : public QObject {
  Q_OBJECT

 public:
  Actions(Session& session, AppTheme& theme, QWidget* window);

  QAction *open, *save, *saveAs, *fresh, *quit;
  QAction *newWindow, *openWindow, *closeWindow;
  QAction *share, *paste, *commandLine, *history;
  QAction *undo, *redo;
  QAction *run, *step, *stop, *restart, *newest;
  QAction *fork, *playBack, *recordedBefore, *recordedAfter, *freeze, *keep, *equalBudget;
  QList<QAction*> along;  ///< what charts over steps count
  QAction *gallery, *setup, *leftPanel, *rightPanel;
  QAction *find, *dataTable, *resetLayout, *nextPart, *partBefore;
  QAction *lessons, *lessonNext, *lessonBack, *lessonLeave, *present;
  QList<QAction*> themes;
  QAction *exportCharts, *copyChart, *copyData, *exportFilm, *exportReport, *exportRun;

  /// Controls that a lesson keeps for later: run, step, stop, restart.
  void lock(const Session& session, const QStringList& controls);

 private:
  QAction* make(const QString& text, const QString& tip, const QList<QKeySequence>& keys = {});
  void makeFiles(Session& session);
  void makeRun(Session& session);
  void makeTime(Session& session);
  void makeView(AppTheme& theme);
  void makeClassroom();
  void follow(const Session& session);

  QWidget* window_;
  QStringList locked_;
};

}  // namespace kappa::ui
