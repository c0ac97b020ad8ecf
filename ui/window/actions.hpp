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
  QAction *undo, *redo;
  QAction *run, *step, *stop, *restart, *newest;
  QAction *gallery, *setup, *leftPanel, *rightPanel;
  QList<QAction*> themes;
  QAction* exportRun;

 private:
  QAction* make(const QString& text, const QString& tip, const QList<QKeySequence>& keys = {});
  void makeFiles(Session& session);
  void makeRun(Session& session);
  void makeView(AppTheme& theme);
  void follow(const Session& session);

  QWidget* window_;
};

}  // namespace kappa::ui
