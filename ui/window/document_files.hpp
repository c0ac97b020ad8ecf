/// Opening and saving by dialogs, the list of recent files, and the question before edits are lost.
#pragma once

#include <QObject>

class QMenu;
class QSettings;
class QWidget;

namespace kappa::ui {

class Session;

class DocumentFiles : public QObject {
  Q_OBJECT

 public:
  /// `settings` remembers recent files; null: nothing is remembered.
  DocumentFiles(Session& session, QSettings* settings, QWidget* window);

  void askOpen();
  /// A file or a gallery name; asks first when edits would be lost.
  bool open(const QString& file_or_name);
  bool save();
  bool saveAs();
  void startFresh();
  void startStudy(const std::string& id);
  /// True when there is nothing to lose, it has been saved, or it may be lost.
  bool mayLose();
  QMenu* recent() const { return recent_; }
  void exportRun();

 signals:
  void troubled(const QString& sentence);
  void done();  ///< another document is there

 private:
  bool write(const QString& path);
  void remember(const QString& path);
  void fillRecent();

  Session& session_;
  QSettings* settings_;
  QWidget* window_;
  QMenu* recent_;
};

}  // namespace kappa::ui
