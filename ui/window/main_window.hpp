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
class GalleryPage;
class InfoPanel;
class MessageStrip;
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
  void showGallery();
  void showSetup();

 protected:
  void closeEvent(QCloseEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QWidget* makeDesk();
  void connectActions();
  void addMenus();
  void fold();
  void showTitle();
  void exportChart(ChartCard* card);
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
  bool left_wanted_ = true, right_wanted_ = true;
};

}  // namespace kappa::ui
