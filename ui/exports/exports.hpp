/// Everything that leaves the window: charts as files and on the clipboard, films, reports.
#pragma once

#include <QObject>
#include <QPointer>

#include "core/lab.hpp"
#include "ui/exports/file_work.hpp"

class QSettings;
class QWidget;

namespace kappa::ui {

class Actions;
class AppTheme;
class ChartCard;
class ChartGrid;
class ExportDialog;
class FilmDialog;
class RunDialog;
class Session;
struct Notice;

class Exports : public QObject {
  Q_OBJECT

 public:
  /// `settings` remembers the last choice; null: nothing is remembered.
  Exports(Session& session, const AppTheme& theme, ChartGrid& charts, Actions& actions, QSettings* settings,
          QWidget* window);

  void askCharts(ChartCard* card, bool alone);
  void askFilm(ChartCard* card);
  void askReport();
  void askRun();
  void writeReport(const QString& path);  ///< begins it; its end is told
  void copyChart(ChartCard* card);
  void copyData(ChartCard* card);
  /// Dialogs go with their window; what is at work is given up.
  void close();

 signals:
  void troubled(const QString& sentence);  ///< an empty one takes it back
  void noticed(const kappa::ui::Notice& notice);
  void noticeGone(const QString& source);

 private:
  ChartCard* current() const;
  void say(const QString& sentence) const;
  void tellEnd(const WorkEnd& end);

  Session& session_;
  const AppTheme& theme_;
  ChartGrid& charts_;
  QSettings* settings_;
  QWidget* window_;
  QPointer<ExportDialog> dialog_;
  QPointer<FilmDialog> film_;
  QPointer<RunDialog> run_;
  FileWork copying_, reporting_;
};

}  // namespace kappa::ui
