/// Places where windows keep what is not saved yet, and what processes that died have left in theirs.
#pragma once

#include <QDateTime>
#include <QString>
#include <memory>
#include <vector>

#include "core/lab.hpp"

namespace kappa::ui {

/// A file that one process holds as long as it lives: the kernel lets go of it when the process is killed.
class FolderLock {
 public:
  /// Null when another holds it.
  static std::unique_ptr<FolderLock> take(const QString& path);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  FolderLock(QString path, int file) : path_(std::move(path)), file_(file) {}
  QString path_;
  int file_;
};

/// The user's own place for such data.
QString recoveryBase();

/// A folder of one window's own below the base, gone when this ends.
class RecoveryPlace {
 public:
  explicit RecoveryPlace(const QString& base);
  ~RecoveryPlace();
  RecoveryPlace(const RecoveryPlace&) = delete;
  RecoveryPlace& operator=(const RecoveryPlace&) = delete;
  const QString& folder() const { return folder_; }

 private:
  QString folder_;
  std::unique_ptr<FolderLock> lock_;
};

/// What is kept beside the document: how it was called, where it was saved, and a long run's results.
struct Origin {
  QString title, name, path;
  QString results;  ///< folder below the place; empty: what ran can be run again in no time
  bool edited = false;
  bool operator==(const Origin&) const = default;
};

/// Writes both so that nobody ever sees half of them; false when the disk refuses.
bool keepDocument(const QString& folder, const std::string& document, const Origin& origin);
void forgetDocument(const QString& folder);

/// What a process that died has left; held by this process until it is opened, discarded or let go.
class Abandoned {
 public:
  Abandoned(QString folder, std::unique_ptr<FolderLock> lock);

  const Origin& origin() const { return origin_; }
  const QDateTime& when() const { return when_; }
  const QString& folder() const { return folder_; }
  bool hasDocument() const;
  Checked<Document> document() const;
  QString results() const;  ///< a folder; empty when there is none worth keeping
  bool worthwhile() const { return hasDocument() || !results().isEmpty(); }
  void forgetDocument();
  void discard();  ///< everything of it

 private:
  QString folder_;
  std::unique_ptr<FolderLock> lock_;
  Origin origin_;
  QDateTime when_;
};

/// Newest first. Places with nothing to offer are cleaned away.
std::vector<std::shared_ptr<Abandoned>> abandonedIn(const QString& base);

}  // namespace kappa::ui
