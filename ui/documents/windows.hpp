/// All windows of this process, each with a session, a recovery place and an autosave of its own.
#pragma once

#include <QObject>
#include <QPointer>
#include <memory>
#include <vector>

#include "core/lab.hpp"

class QSettings;
class QTemporaryDir;

namespace kappa::ui {

class Abandoned;
class AppTheme;
class Autosave;
class MainWindow;
class RecoveryPlace;
class Session;

class Windows : public QObject {
  Q_OBJECT

 public:
  /// `settings` as in MainWindow. `base`: where recovery places are, and beside it what is kept; empty: nothing
  /// outlives the process.
  Windows(AppTheme& theme, QSettings* settings, const QString& base);
  ~Windows() override;

  /// A new window with what `readSource` understands, or the first experiment of the gallery when that is empty, and
  /// `sets` ("/pointer=VALUE") as edits that can be undone. Upon issues there is no new window.
  Issues open(const QString& what = {}, const QStringList& sets = {});
  /// What processes that died have left, as notices of the newest window.
  void offerRecovered();

  MainWindow* newest() const;
  Session* sessionOf(const MainWindow* window) const;
  int count() const;  ///< open ones

  /// Closes every window without a question and waits for the workers, at most so long; false: some still work.
  bool finish(int milliseconds);

 private:
  struct Desk;
  void connectDesk(Desk& desk);
  void closed(Desk* desk);
  void sweep();
  void offer(MainWindow& window, const std::shared_ptr<Abandoned>& left);
  void offerResults(MainWindow& window, const std::shared_ptr<Abandoned>& left);
  void saveResults(MainWindow& window, const std::shared_ptr<Abandoned>& left, const QString& folder);
  void recover(MainWindow& window, const std::shared_ptr<Abandoned>& left);
  Desk* deskOf(const MainWindow* window) const;

  AppTheme& theme_;
  QSettings* settings_;
  QString base_, kept_;
  std::unique_ptr<QTemporaryDir> temporary_;
  std::vector<std::unique_ptr<Desk>> desks_;  // in order of opening
};

}  // namespace kappa::ui
