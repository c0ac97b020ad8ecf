/// The window: bars, panels and pages around one session.
#pragma once

#include <QMainWindow>

class QSettings;
class QStackedWidget;

namespace kappa::ui {

class Actions;
class AppTheme;
class ChartCard;
class ChartGrid;
class DocumentFiles;
class Exports;
class FocusRules;
class GalleryPage;
class Habits;
class HistoryPopup;
class InfoPanel;
class LessonPanel;
class LessonPlayer;
class LessonsPage;
class MessageStrip;
class Presenter;
class PresenterStrip;
class RunBar;
class Session;
class SetupPanel;
class TopBar;

class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  /// `settings` remembers size, theme and folded panels; null: nothing is remembered.
  MainWindow(Session& session, AppTheme& theme, QSettings* settings = nullptr, QWidget* parent = nullptr);

  Actions& actions() { return *actions_; }
  DocumentFiles& files() { return *files_; }
  GalleryPage& gallery() { return *gallery_; }
  SetupPanel& setup() { return *setup_; }
  ChartGrid& charts() { return *charts_; }
  MessageStrip& message() { return *message_; }
  Exports& exports() { return *exports_; }
  Habits& habits() { return *habits_; }
  HistoryPopup& history() { return *history_; }
  LessonsPage& lessons() { return *lessons_; }
  LessonPlayer& lesson() { return *player_; }
  LessonPanel& lessonPanel() { return *lesson_; }
  Presenter& presenter() { return *presenter_; }
  PresenterStrip& presenterStrip() { return *strip_; }
  void showGallery();
  void showSetup();
  void showLessons();
  bool openLesson(const QString& name);
  /// "name" or "name:step", as on the command line; `passing`: its question does not hold the runs.
  bool startLesson(const QString& place, bool passing);
  void startPresenting(bool full_screen);

 protected:
  void changeEvent(QEvent* event) override;
  void closeEvent(QCloseEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  bool focusNextPrevChild(bool next) override;

 private:
  void showPlace(int place, QAction* action);
  QWidget* makeDesk();
  void connectActions();
  void connectClassroom();
  void addMenus();
  void fold();
  void showTitle();
  void remember();
  void recall();

  Session& session_;
  AppTheme& theme_;
  QSettings* settings_;
  Actions* actions_;
  DocumentFiles* files_;
  TopBar* top_;
  QStackedWidget* places_;
  GalleryPage* gallery_;
  SetupPanel* setup_;
  ChartGrid* charts_;
  InfoPanel* info_;
  RunBar* bar_;
  MessageStrip* message_;
  HistoryPopup* history_;
  LessonsPage* lessons_;
  LessonPlayer* player_;
  LessonPanel* lesson_;
  PresenterStrip* strip_;
  Presenter* presenter_;
  Habits* habits_;
  FocusRules* focus_ = nullptr;
  Exports* exports_;
  bool left_wanted_ = true, right_wanted_ = true;
};

}  // namespace kappa::ui
