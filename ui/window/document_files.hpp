/// Opening and saving by dialogs, clipboard and drops, the list of recent files, and the question before edits are
/// lost.
#pragma once

#include <QObject>
#include <QStringList>

#include "core/lab.hpp"

class QMenu;
class QSettings;
class QWidget;

namespace kappa::ui {

class Session;
struct Notice;

class DocumentFiles : public QObject {
  Q_OBJECT

 public:
  /// `settings` remembers recent files; null: nothing is remembered.
  DocumentFiles(Session& session, QSettings* settings, QWidget* window);

  void askOpen();
  void askOpenInWindow();
  /// Whatever `readSource` understands; asks first when edits would be lost.
  bool open(const QString& what);
  /// The first here, the others each in a window of its own.
  void openAll(const QStringList& all);
  bool save();
  bool saveAs();
  void startFresh();
  void startStudy(const std::string& id);
  /// True when there is nothing to lose, it has been saved, or it may be lost.
  bool mayLose();
  QMenu* recent() const { return recent_; }

  void copyShareString();
  void copyCommandLine();
  void paste();

 signals:
  void troubled(const QString& sentence);
  void noticed(const kappa::ui::Notice& notice);
  void noticeGone(const QString& source);
  void done();                            ///< another document is there
  void windowAsked(const QString& what);  ///< a new window; empty: with nothing in particular

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QString askFile(const QString& title);
  bool write(const QString& path);
  bool mayReplace();
  bool changedOnDisk() const;
  void lookAtDisk();
  void follow();
  void copy(const QString& text, const QString& what);
  void remember(const QString& path);
  void fillRecent();

  Session& session_;
  QSettings* settings_;
  QWidget* window_;
  QMenu* recent_;
  QByteArray disk_;    ///< the saved file's hash when it was last read or written here
  bool told_ = false;  ///< that the file has changed since
};

}  // namespace kappa::ui
