/// Makes the actions, connects those that are the session's own, and enables what can be done now.
#include "ui/window/actions.hpp"

#include <QActionGroup>
#include <QWidget>

#include "ui/forms/wording.hpp"
#include "ui/runs/view_keys.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {

Actions::Actions(Session& session, AppTheme& theme, QWidget* window) : QObject(window), window_(window) {
  makeFiles(session);
  makeRun(session);
  makeTime(session);
  makeView(theme);
  makeClassroom();
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
  exportCharts = make(tr("Charts as files…"), tr("Pictures, LaTeX or data of one chart or all of them"),
                      {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E)});
  copyChart = make(tr("Copy chart"), tr("The chart as a picture on the clipboard"),
                   {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_C)});
  copyData = make(tr("Copy data"), tr("What the chart shows as a table on the clipboard"),
                  {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_D)});
  exportFilm = make(tr("Animation…"), tr("A film of the spectrum or the landscape over the recorded steps"));
  exportReport = make(tr("Report…"), tr("One page with pictures, settings, claims and the experiment itself"),
                      {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R)});
  exportRun = make(tr("Whole run as a folder…"), tr("Write all results of the finished run, as kappascope-cli does"),
                   {QKeySequence(Qt::CTRL | Qt::Key_E)});
  quit = make(tr("Quit"), tr("Close all windows of the lab"), {QKeySequence(Qt::CTRL | Qt::Key_Q)});
  newWindow = make(tr("New window"), tr("Another window, for another experiment"),
                   {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N)});
  openWindow = make(tr("Open in a new window…"), tr("Open an experiment and keep this one"),
                    {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O)});
  closeWindow = make(tr("Close window"), tr("Close this window"), {QKeySequence(Qt::CTRL | Qt::Key_W)});
  share = make(tr("Copy as share string"), tr("The whole experiment as one word, to paste into a message"),
               {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)});
  paste = make(tr("Paste experiment"), tr("Open the share string, document or file that was copied"),
               {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V)});
  commandLine = make(tr("Copy as command line"), tr("The shell command that runs this experiment without the window"),
                     {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L)});
  history = make(tr("History…"), tr("All edits since the experiment was opened, to go back to any"),
                 {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_H)});
  undo = session.undoStack().createUndoAction(this, tr("Undo"));
  undo->setShortcuts({QKeySequence::Undo});
  redo = session.undoStack().createRedoAction(this, tr("Redo"));
  redo->setShortcuts({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
  undo->setStatusTip(tr("Take the last edit back"));
  redo->setStatusTip(tr("Do again what was taken back"));
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
  connect(newest, &QAction::triggered, &session, [&session] {
    session.setFrozen(false);
    session.setAtStep({});
  });
}

void Actions::makeTime(Session& session) {
  fork = make(tr("Fork here"), tr("Go on from this very state with another run, to change it and compare"),
              {QKeySequence(Qt::Key_F)});
  playBack = make(tr("Play back"), tr("Move through the recorded steps, or hold"), {QKeySequence(Qt::Key_P)});
  recordedBefore =
      make(tr("Recorded step before"), tr("Look at the recorded step before this one"), {QKeySequence(Qt::Key_Comma)});
  recordedAfter =
      make(tr("Recorded step after"), tr("Look at the recorded step after this one"), {QKeySequence(Qt::Key_Period)});
  freeze =
      make(tr("Freeze"), tr("Keep charts and numbers as they are while the run goes on"), {QKeySequence(Qt::Key_Z)});
  keep = make(tr("Keep this result"),
              tr("The finished curves stay in the charts, faintly, when the experiment changes, and come back with it"),
              {QKeySequence(Qt::Key_K)});
  equalBudget = make(tr("Equal budget"), tr("All runs end where the shortest one has spent what the axis counts"));
  for (QAction* action : {playBack, freeze, equalBudget}) action->setCheckable(true);
  connect(fork, &QAction::triggered, &session, [&session] {
    if (const Issues issues = session.fork(); !issues.empty()) emit session.troubled(wording::sentences(issues));
  });
  connect(playBack, &QAction::triggered, &session, &Session::setPlayingBack);
  connect(recordedBefore, &QAction::triggered, &session, [&session] { session.scrubBy(-1); });
  connect(recordedAfter, &QAction::triggered, &session, [&session] { session.scrubBy(1); });
  connect(freeze, &QAction::triggered, &session, &Session::setFrozen);
  connect(keep, &QAction::triggered, &session, &Session::keepResult);
  connect(equalBudget, &QAction::triggered, &session, &Session::setEqualBudget);
  auto* group = new QActionGroup(this);
  for (const CountBy by : counted_along) {
    QAction* one = make(titleOf(by), tr("Charts over %1").arg(titleOf(by)));
    one->setCheckable(true);
    one->setData(static_cast<int>(by));
    connect(one, &QAction::triggered, &session, [&session, by] { session.setCountBy(by); });
    group->addAction(one);
    along << one;
  }
  connect(&session, &Session::viewChanged, this, [this, &session] { follow(session); });
}

void Actions::makeView(AppTheme& theme) {
  gallery = make(tr("Gallery"), tr("Experiments that come with the lab"), {QKeySequence(Qt::ALT | Qt::Key_1)});
  setup = make(tr("Setup"), tr("The present experiment"), {QKeySequence(Qt::ALT | Qt::Key_2)});
  leftPanel = make(tr("Setup panel"), tr("Fold or unfold the left panel"), {QKeySequence(Qt::Key_F8)});
  rightPanel = make(tr("Results panel"), tr("Fold or unfold the right panel"), {QKeySequence(Qt::Key_F9)});
  find = make(tr("Find anything…"), tr("Find an action, an experiment or a field by a few letters"),
              {QKeySequence(Qt::CTRL | Qt::Key_K)});
  dataTable = make(tr("Data of the charts…"), tr("What a chart shows, as a sentence and a table"),
                   {QKeySequence(Qt::CTRL | Qt::Key_D)});
  resetLayout = make(tr("Reset layout"), tr("Panels, charts and the window's size as they were at first"));
  nextPart = make(tr("Next part of the window"), tr("The keyboard goes on to the next bar, panel or the charts"),
                  {QKeySequence(Qt::Key_F6)});
  partBefore = make(tr("Previous part of the window"), tr("The keyboard goes back to the bar, panel or charts before"),
                    {QKeySequence(Qt::SHIFT | Qt::Key_F6)});
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

void Actions::makeClassroom() {
  lessons = make(tr("Lessons"), tr("Predict, run, compare: short courses on what is on the screen"),
                 {QKeySequence(Qt::ALT | Qt::Key_3)});
  lessons->setCheckable(true);
  gallery->actionGroup()->addAction(lessons);
  lessonBack =
      make(tr("Previous step of the lesson"), tr("Back in the lesson"), {QKeySequence(Qt::ALT | Qt::Key_Left)});
  lessonNext = make(tr("Next step of the lesson"), tr("On in the lesson"), {QKeySequence(Qt::ALT | Qt::Key_Right)});
  lessonLeave = make(tr("Leave the lesson"), tr("Close the lesson and keep its experiment"));
  for (QAction* action : {lessonBack, lessonNext, lessonLeave}) action->setEnabled(false);
  present = make(tr("Present"), tr("Fill the screen with large type, for a projector"), {QKeySequence(Qt::Key_F5)});
  present->setCheckable(true);
}

void Actions::lock(const Session& session, const QStringList& controls) {
  if (controls == locked_) return;
  locked_ = controls;
  follow(session);
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
  const bool steps = session.countsSteps(), recorded = steps && session.lastStep() > 0;
  fork->setEnabled(session.forkStep().has_value());
  playBack->setEnabled(recorded);
  playBack->setChecked(session.playingBack());
  playBack->setText(session.playingBack() ? tr("Hold the play-back") : tr("Play back"));
  recordedBefore->setEnabled(recorded);
  recordedAfter->setEnabled(recorded);
  freeze->setEnabled(recorded);
  freeze->setChecked(session.frozenAt().has_value());
  keep->setEnabled(state == RunState::finished && !session.kept().holds(&session.trace()));
  equalBudget->setEnabled(steps);
  equalBudget->setChecked(session.equalBudget());
  for (QAction* one : along) {
    one->setEnabled(steps);
    one->setChecked(one->data().toInt() == static_cast<int>(session.countBy()));
  }
  const std::pair<const char*, QAction*> controls[] = {
      {"run", run}, {"step", step}, {"stop", stop}, {"restart", restart}, {"fork", fork}};
  for (const auto& [name, action] : controls)
    if (locked_.contains(QLatin1String(name))) action->setEnabled(false);
}

}  // namespace kappa::ui
