/// Makes the actions, connects those that are the session's own, and enables what can be done now.
#include "ui/window/actions.hpp"

#include <QActionGroup>
#include <QWidget>

#include "ui/session.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {

Actions::Actions(Session& session, AppTheme& theme, QWidget* window) : QObject(window), window_(window) {
  makeFiles(session);
  makeRun(session);
  makeView(theme);
  connect(&session, &Session::refreshed, this, [this, &session] { follow(session); });
  connect(&session, &Session::runnerReplaced, this, [this, &session] { follow(session); });
  connect(&session, &Session::documentChanged, this, [this, &session] { follow(session); });
  follow(session);
}

QAction* Actions::make(const QString& text, const QString& tip, const QList<QKeySequence>& keys) {
  auto* action = new QAction(text, this);
  action->setShortcuts(keys);
  action->setStatusTip(tip);
  const QString key =
      keys.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(keys.front().toString(QKeySequence::NativeText));
  action->setToolTip(tip + key);
  window_->addAction(action);
  return action;
}

void Actions::makeFiles(Session& session) {
  fresh = make(tr("New"), tr("Start from one gradient descent on a quadratic"), {QKeySequence::New});
  open = make(tr("Open…"), tr("Open an experiment, or a picture with one inside"), {QKeySequence::Open});
  save = make(tr("Save"), tr("Save the experiment with what was done while it ran"), {QKeySequence::Save});
  saveAs = make(tr("Save as…"), tr("Save the experiment under another name"),
                {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)});
  exportRun = make(tr("Whole run as a folder…"), tr("Write all results of the finished run, as kappascope-cli does"),
                   {QKeySequence(Qt::CTRL | Qt::Key_E)});
  quit = make(tr("Quit"), tr("Close the lab"), {QKeySequence(Qt::CTRL | Qt::Key_Q)});
  undo = session.undoStack().createUndoAction(this, tr("Undo"));
  undo->setShortcuts({QKeySequence::Undo});
  redo = session.undoStack().createRedoAction(this, tr("Redo"));
  redo->setShortcuts({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
  for (QAction* action : {undo, redo}) window_->addAction(action);
}

void Actions::makeRun(Session& session) {
  run = make(tr("Run"), tr("Run or pause"), {QKeySequence(Qt::Key_Space)});
  step = make(tr("Step"), tr("One step of every run"), {QKeySequence(Qt::Key_Right)});
  stop = make(tr("Stop"), tr("End the runs where they stand and judge the claims"),
              {QKeySequence(Qt::CTRL | Qt::Key_Period)});
  restart = make(tr("Restart"), tr("Back to the first step"), {QKeySequence(Qt::Key_Home)});
  newest = make(tr("Show the newest step"), tr("Let the charts follow the runs again"), {QKeySequence(Qt::Key_End)});
  connect(run, &QAction::triggered, &session, &Session::toggle);
  connect(step, &QAction::triggered, &session, [&session] { session.step(); });
  connect(stop, &QAction::triggered, &session, &Session::stop);
  connect(restart, &QAction::triggered, &session, &Session::restart);
  connect(newest, &QAction::triggered, &session, [&session] { session.setAtStep({}); });
}

void Actions::makeView(AppTheme& theme) {
  gallery = make(tr("Gallery"), tr("Experiments that come with the lab"), {QKeySequence(Qt::ALT | Qt::Key_1)});
  setup = make(tr("Setup"), tr("The present experiment"), {QKeySequence(Qt::ALT | Qt::Key_2)});
  leftPanel = make(tr("Setup panel"), tr("Fold or unfold the left panel"), {QKeySequence(Qt::Key_F8)});
  rightPanel = make(tr("Results panel"), tr("Fold or unfold the right panel"), {QKeySequence(Qt::Key_F9)});
  for (QAction* action : {gallery, setup, leftPanel, rightPanel}) action->setCheckable(true);
  auto* places = new QActionGroup(this);
  places->addAction(gallery);
  places->addAction(setup);
  auto* group = new QActionGroup(this);
  for (const ThemeChoice choice :
       {ThemeChoice::system, ThemeChoice::light, ThemeChoice::dark, ThemeChoice::projector}) {
    QAction* one = make(AppTheme::nameOf(choice), tr("How the window looks"));
    one->setCheckable(true);
    one->setChecked(theme.choice() == choice);
    one->setData(static_cast<int>(choice));
    connect(one, &QAction::triggered, &theme, [&theme, choice] { theme.choose(choice); });
    connect(&theme, &AppTheme::changed, one, [one, &theme, choice] { one->setChecked(theme.choice() == choice); });
    group->addAction(one);
    themes << one;
  }
}

void Actions::follow(const Session& session) {
  const RunState state = session.state();
  const bool over = state == RunState::finished || state == RunState::closing;
  run->setText(state == RunState::running ? tr("Pause") : tr("Run"));
  run->setEnabled(state != RunState::closing);
  step->setEnabled(!over);
  stop->setEnabled(session.started() && !over);
  restart->setEnabled(session.started());
  exportRun->setEnabled(state == RunState::finished);
}

}  // namespace kappa::ui
