/// Puts the room together and connects its parts.
#include "ui/window/main_window.hpp"

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QApplication>
#include <QCloseEvent>
#include <QComboBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QSettings>
#include <QStackedWidget>
#include <algorithm>
#include <cstdio>

#include "ui/charts/plot_view.hpp"
#include "ui/documents/history_popup.hpp"
#include "ui/documents/source.hpp"
#include "ui/exports/exports.hpp"
#include "ui/forms/wording.hpp"
#include "ui/gallery/gallery_page.hpp"
#include "ui/lessons/lesson_panel.hpp"
#include "ui/lessons/lesson_player.hpp"
#include "ui/lessons/lessons_page.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/actions.hpp"
#include "ui/window/chart_card.hpp"
#include "ui/window/chart_grid.hpp"
#include "ui/window/document_files.hpp"
#include "ui/window/focus_rules.hpp"
#include "ui/window/habits.hpp"
#include "ui/window/info_panel.hpp"
#include "ui/window/locked_fields.hpp"
#include "ui/window/menus.hpp"
#include "ui/window/message_strip.hpp"
#include "ui/window/presenter.hpp"
#include "ui/window/presenter_strip.hpp"
#include "ui/window/run_bar.hpp"
#include "ui/window/setup_panel.hpp"
#include "ui/window/top_bar.hpp"

namespace kappa::ui {
namespace {

constexpr int room_for_right = 1140, room_for_left = 860,
              room_for_lesson = 1060;  // narrower than this, a panel folds by itself

/// A line between a panel and the charts.
class Line : public QWidget {
 public:
  explicit Line(const AppTheme& theme) : theme_(theme) {
    setFixedWidth(1);
    connect(&theme, &AppTheme::changed, this, [this] { update(); });
  }

 protected:
  void paintEvent(QPaintEvent*) override { QPainter(this).fillRect(rect(), toColour(theme_.tokens().line)); }

 private:
  const AppTheme& theme_;
};

}  // namespace

MainWindow::MainWindow(Session& session, AppTheme& theme, QSettings* settings, QWidget* parent)
    : QMainWindow(parent),
      session_(session),
      theme_(theme),
      settings_(settings),
      actions_(new Actions(session, theme, this)),
      files_(new DocumentFiles(session, settings, this)),
      top_(new TopBar(session, *actions_, theme)),
      places_(new QStackedWidget),
      gallery_(new GalleryPage(theme)),
      setup_(new SetupPanel(session, theme)),
      charts_(new ChartGrid(session, theme)),
      info_(new InfoPanel(session, theme)),
      bar_(new RunBar(session, *actions_, theme)),
      message_(new MessageStrip),
      history_(new HistoryPopup(session.undoStack(), this)),
      lessons_(new LessonsPage(theme)),
      player_(new LessonPlayer(session, this)),
      lesson_(new LessonPanel(*player_, *actions_, theme)),
      strip_(new PresenterStrip(session, *setup_, theme)),
      presenter_(new Presenter(this, theme, {charts_, bar_, strip_, lesson_})) {
  setMinimumSize(640, 480);
  setAcceptDrops(true);
  setWindowIcon(QIcon(QStringLiteral(":/icons/kappascope.svg")));
  auto* all = new QWidget;
  auto* column = new QVBoxLayout(all);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(top_);
  column->addWidget(message_);
  places_->addWidget(gallery_);
  places_->addWidget(makeDesk());
  places_->addWidget(lessons_);
  column->addWidget(places_, 1);
  setCentralWidget(all);
  addMenus();
  exports_ = new Exports(session_, theme_, *charts_, *actions_, settings_, this);
  connectActions();
  connectClassroom();
  habits_ = new Habits(*this, session_, theme_);
  focus_ = new FocusRules(*this);
  focus_->setParts({top_, message_, gallery_, lessons_, setup_, charts_, info_, lesson_, strip_, bar_});
  connect(actions_->nextPart, &QAction::triggered, this, [this] { focus_->goToPart(true); });
  connect(actions_->partBefore, &QAction::triggered, this, [this] { focus_->goToPart(false); });
  qApp->installEventFilter(this);
  recall();
  showGallery();
  showTitle();
}

QWidget* MainWindow::makeDesk() {
  auto* desk = new QWidget;
  auto* upper = new QHBoxLayout;
  upper->setSpacing(0);
  upper->addWidget(charts_, 1);
  upper->addWidget(new Line(theme_));
  upper->addWidget(info_);
  upper->addWidget(lesson_);
  auto* right = new QVBoxLayout;
  right->setSpacing(0);
  right->addLayout(upper, 1);
  right->addWidget(strip_);
  right->addWidget(bar_);
  auto* whole = new QHBoxLayout(desk);
  whole->setContentsMargins(0, 0, 0, 0);
  whole->setSpacing(0);
  whole->addWidget(setup_);
  whole->addWidget(new Line(theme_));
  whole->addLayout(right, 1);
  return desk;
}

void MainWindow::addMenus() {
  top_->addMenu(tr("File"), menus::file(*actions_, *files_, this), QKeySequence(Qt::ALT | Qt::Key_F));
  top_->addMenu(tr("Edit"), menus::edit(*actions_, this), QKeySequence(Qt::ALT | Qt::Key_E));
  QMenu* view = menus::view(*actions_, this);
  view->insertMenu(actions_->dataTable, charts_->addMenu());
  top_->addMenu(tr("View"), view, QKeySequence(Qt::ALT | Qt::Key_V));
  top_->addMenu(tr("Export"), menus::exports(*actions_, *charts_, this), QKeySequence(Qt::ALT | Qt::Key_X));
  top_->addButton(actions_->present);
}

void MainWindow::connectActions() {
  connect(actions_->open, &QAction::triggered, files_, &DocumentFiles::askOpen);
  connect(actions_->save, &QAction::triggered, files_, &DocumentFiles::save);
  connect(actions_->saveAs, &QAction::triggered, files_, &DocumentFiles::saveAs);
  connect(actions_->fresh, &QAction::triggered, files_, &DocumentFiles::startFresh);
  connect(actions_->quit, &QAction::triggered, qApp, &QApplication::closeAllWindows);
  connect(actions_->newWindow, &QAction::triggered, this, [this] { emit files_->windowAsked({}); });
  connect(actions_->openWindow, &QAction::triggered, files_, &DocumentFiles::askOpenInWindow);
  connect(actions_->closeWindow, &QAction::triggered, this, &QWidget::close);
  connect(actions_->share, &QAction::triggered, files_, &DocumentFiles::copyShareString);
  connect(actions_->paste, &QAction::triggered, files_, &DocumentFiles::paste);
  connect(actions_->commandLine, &QAction::triggered, files_, &DocumentFiles::copyCommandLine);
  connect(actions_->history, &QAction::triggered, this,
          [this] { history_->showAt(top_->mapToGlobal(QPoint(top_->width() - 12, top_->height() + 4))); });
  connect(actions_->gallery, &QAction::triggered, this, &MainWindow::showGallery);
  connect(actions_->setup, &QAction::triggered, this, &MainWindow::showSetup);
  connect(actions_->leftPanel, &QAction::triggered, this, [this](bool on) {
    left_wanted_ = on;
    setup_->setVisible(on);
  });
  connect(actions_->rightPanel, &QAction::triggered, this, [this](bool on) {
    right_wanted_ = on;
    (player_->isOpen() ? static_cast<QWidget*>(lesson_) : info_)->setVisible(on);
  });
  for (QAction* action : {actions_->run, actions_->step, actions_->restart})
    connect(action, &QAction::triggered, this, &MainWindow::showSetup);
  connect(gallery_, &GalleryPage::chosen, files_, &DocumentFiles::open);
  connect(gallery_, &GalleryPage::fileAsked, files_, &DocumentFiles::askOpen);
  connect(files_, &DocumentFiles::done, this, &MainWindow::showSetup);
  connect(files_, &DocumentFiles::troubled, message_, &MessageStrip::tell);
  connect(files_, &DocumentFiles::noticed, message_, &MessageStrip::add);
  connect(files_, &DocumentFiles::noticeGone, message_, &MessageStrip::takeBack);
  connect(&session_, &Session::troubled, message_, &MessageStrip::tellRun);
  connect(&session_, &Session::refreshed, this, [this] {
    if (session_.state() == RunState::finished || session_.idle()) message_->runWentWell();
  });
  connect(&session_, &Session::documentChanged, this, &MainWindow::showTitle);
  connect(&session_, &Session::editedChanged, this, &MainWindow::showTitle);
  connect(exports_, &Exports::troubled, message_, &MessageStrip::tell);
  connect(exports_, &Exports::noticed, message_, &MessageStrip::add);
  connect(exports_, &Exports::noticeGone, message_, &MessageStrip::takeBack);
}

void MainWindow::showGallery() { showPlace(0, actions_->gallery); }
void MainWindow::showSetup() { showPlace(1, actions_->setup); }
void MainWindow::showLessons() { showPlace(2, actions_->lessons); }

/// The keyboard goes to where one goes, not to some part of it.
void MainWindow::showPlace(int place, QAction* action) {
  action->setChecked(true);
  const bool there = place == places_->currentIndex() && focusWidget();
  places_->setCurrentIndex(place);
  if (!there) places_->currentWidget()->setFocus();
}

bool MainWindow::openLesson(const QString& name) {
  if (!files_->mayLose()) return false;
  const Issues issues = player_->open(name);
  message_->tell(issues.empty() ? QString() : wording::sentences(issues));
  if (!issues.empty()) return false;
  showSetup();
  lesson_->setFocus();
  return true;
}

bool MainWindow::startLesson(const QString& place, bool passing) {
  if (const Issues issues = player_->open(place.section(u':', 0, 0)); !issues.empty()) {
    for (const Issue& issue : issues) std::fprintf(stderr, "%s\n", to_string(issue).c_str());
    return false;
  }
  showSetup();
  player_->goTo(static_cast<std::size_t>(std::max(1, place.section(u':', 1, 1).toInt()) - 1));
  if (passing) player_->predict({.number = {}, .passed = true});
  return true;
}

void MainWindow::startPresenting(bool full_screen) {
  showSetup();
  presenter_->start(full_screen);
}

void MainWindow::connectClassroom() {
  new LockedFields(session_, *setup_);
  connect(actions_->lessons, &QAction::triggered, this, &MainWindow::showLessons);
  connect(lessons_, &LessonsPage::chosen, this, &MainWindow::openLesson);
  connect(actions_->lessonNext, &QAction::triggered, player_, &LessonPlayer::next);
  connect(actions_->lessonBack, &QAction::triggered, player_, &LessonPlayer::back);
  connect(actions_->lessonLeave, &QAction::triggered, player_, [this] {
    player_->leave();
    presenter_->isOn() ? void() : showLessons();
  });
  const auto follow = [this] {
    const bool open = player_->isOpen();
    actions_->lessonBack->setEnabled(open && player_->step() > 0);
    for (QAction* action : {actions_->lessonNext, actions_->lessonLeave}) action->setEnabled(open);
    actions_->lock(session_, player_->lockedControls());
    fold();
  };
  connect(player_, &LessonPlayer::openChanged, this, follow);
  connect(player_, &LessonPlayer::stepChanged, this, follow);
  connect(actions_->present, &QAction::triggered, this,
          [this](bool on) { on ? startPresenting(true) : presenter_->stop(); });
  connect(presenter_, &Presenter::changed, this, [this](bool on) {
    actions_->present->setChecked(on);
    strip_->setActive(on);
    fold();
    // What a presenter's remote control sends.
    const auto keys = [on](Qt::Key arrow, Qt::Key page) {
      return on ? QList<QKeySequence>{QKeySequence(Qt::ALT | arrow), QKeySequence(page)}
                : QList<QKeySequence>{QKeySequence(Qt::ALT | arrow)};
    };
    actions_->lessonNext->setShortcuts(keys(Qt::Key_Right, Qt::Key_PageDown));
    actions_->lessonBack->setShortcuts(keys(Qt::Key_Left, Qt::Key_PageUp));
  });
}

void MainWindow::showTitle() {
  const QString title = QString::fromStdString(session_.document().title);
  setWindowTitle(tr("%1%2 — Kappascope")
                     .arg(title.isEmpty() ? session_.name() : title, session_.edited() ? tr(" • edited") : QString()));
}

/// Where there is little room the right panel goes first, then the left; with more room they come back.
void MainWindow::fold() {
  const bool lesson = player_->isOpen(), presenting = presenter_->isOn();
  lesson_->setFixedWidth(lesson_->widthIn(width()));
  lesson_->setVisible(lesson && right_wanted_);
  info_->setVisible(!lesson && !presenting && right_wanted_ && width() >= room_for_right);
  // What a step hands over to the student has to be in sight.
  const bool hands_over = !session_.locks().contains(QStringLiteral("/runs"));
  const int room = lesson && !hands_over ? room_for_lesson : room_for_left;
  setup_->setVisible(!presenting && left_wanted_ && width() >= room && !player_->hides(QStringLiteral("setup")));
  actions_->rightPanel->setChecked(!info_->isHidden() || !lesson_->isHidden());
  actions_->leftPanel->setChecked(!setup_->isHidden());
}

void MainWindow::resizeEvent(QResizeEvent* event) {
  QMainWindow::resizeEvent(event);
  if (event->oldSize().width() != event->size().width()) fold();
}

/// Not every platform leaves a minimised window in peace.
void MainWindow::changeEvent(QEvent* event) {
  QMainWindow::changeEvent(event);
  if (event->type() == QEvent::WindowStateChange) setUpdatesEnabled(!isMinimized());
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (!files_->mayLose()) return event->ignore();
  presenter_->stop();
  remember();
  exports_->close();
  event->accept();
}

void MainWindow::remember() {
  if (!settings_) return;
  settings_->setValue(QStringLiteral("geometry"), saveGeometry());
  settings_->setValue(QStringLiteral("theme"), static_cast<int>(theme_.choice()));
  settings_->setValue(QStringLiteral("left"), left_wanted_);
  settings_->setValue(QStringLiteral("right"), right_wanted_);
}

void MainWindow::recall() {
  resize(1280, 800);
  if (!settings_) return;
  restoreGeometry(settings_->value(QStringLiteral("geometry")).toByteArray());
  const int theme = settings_->value(QStringLiteral("theme"), 0).toInt();
  if (theme >= 0 && theme <= static_cast<int>(ThemeChoice::projector)) theme_.choose(static_cast<ThemeChoice>(theme));
  left_wanted_ = settings_->value(QStringLiteral("left"), true).toBool();
  right_wanted_ = settings_->value(QStringLiteral("right"), true).toBool();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (!sourcesIn(*event->mimeData()).isEmpty()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  event->acceptProposedAction();
  files_->openAll(sourcesIn(*event->mimeData()));
}

bool MainWindow::focusNextPrevChild(bool next) { return focus_ && focus_->goOn(next); }

/// Keys that mean something to what has the focus are its own before they are shortcuts.
bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() != QEvent::ShortcutOverride || !watched->isWidgetType())
    return QMainWindow::eventFilter(watched, event);
  auto* key = static_cast<QKeyEvent*>(event);
  const bool chooses = qobject_cast<QComboBox*>(watched);
  const bool presses = qobject_cast<QAbstractButton*>(watched) || chooses;
  const bool searches = chooses && !key->text().isEmpty() && key->text().front().isLetterOrNumber();
  const bool moves = qobject_cast<QAbstractSlider*>(watched) || chooses || qobject_cast<PlotView*>(watched) ||
                     (places_->currentIndex() != 1 && places_->isAncestorOf(static_cast<QWidget*>(watched)));
  const bool own = searches || (presses && key->key() == Qt::Key_Space) ||
                   (moves && (key->key() == Qt::Key_Right || key->key() == Qt::Key_Home || key->key() == Qt::Key_End));
  if (!own || key->modifiers() & (Qt::ControlModifier | Qt::AltModifier))
    return QMainWindow::eventFilter(watched, event);
  event->accept();
  return true;
}

}  // namespace kappa::ui
