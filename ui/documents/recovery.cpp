/// A place is a folder with a lock beside it: whose lock can be taken, that one's process is dead.
#include "ui/documents/recovery.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QUuid>
#include <algorithm>
#include <cstdio>

namespace kappa::ui {
namespace {

const auto kDocument = QStringLiteral("/document.kappa.json");
const auto kOrigin = QStringLiteral("/origin.json");
const auto kLock = QStringLiteral(".lock");

/// Not forced onto the disk, as that may take longer than a frame: it is to outlive the process, not the machine.
bool replaceFile(const QString& path, const QByteArray& bytes) {
  QFile next(path + QStringLiteral(".new"));
  if (!next.open(QIODevice::WriteOnly) || next.write(bytes) != bytes.size() || !next.flush()) return false;
  next.close();
  return std::rename(next.fileName().toLocal8Bit().constData(), path.toLocal8Bit().constData()) == 0;
}

QByteArray bytesOf(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray written(const Origin& origin) {
  return QJsonDocument(QJsonObject{{QStringLiteral("title"), origin.title},
                                   {QStringLiteral("name"), origin.name},
                                   {QStringLiteral("path"), origin.path},
                                   {QStringLiteral("results"), origin.results},
                                   {QStringLiteral("edited"), origin.edited}})
      .toJson();
}

Origin originIn(const QString& folder) {
  const QJsonObject json = QJsonDocument::fromJson(bytesOf(folder + kOrigin)).object();
  const auto text = [&](const char* key) { return json.value(QLatin1String(key)).toString(); };
  return {text("title"), text("name"), text("path"), QFileInfo(text("results")).fileName(),
          json.value(QStringLiteral("edited")).toBool()};
}

}  // namespace

std::unique_ptr<FolderLock> FolderLock::take(const QString& path) {
  const QByteArray name = QFile::encodeName(path);
  const int file = ::open(name.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return nullptr;
  struct stat mine {
  }, there{};
  const bool held = flock(file, LOCK_EX | LOCK_NB) == 0 && fstat(file, &mine) == 0 &&
                    stat(name.constData(), &there) == 0 && mine.st_ino == there.st_ino;  // not unlinked meanwhile
  if (!held) {
    ::close(file);
    return nullptr;
  }
  const QByteArray pid = QByteArray::number(QCoreApplication::applicationPid()) + '\n';  // for people who look
  const bool told =
      ftruncate(file, 0) == 0 && pwrite(file, pid.constData(), static_cast<std::size_t>(pid.size()), 0) > 0;
  if (!told) qWarning("%s: cannot be written", name.constData());
  return std::unique_ptr<FolderLock>(new FolderLock(path, file));
}

FolderLock::~FolderLock() {
  QFile::remove(path_);
  ::close(file_);
}

QString recoveryBase() {
  return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + QStringLiteral("/recovery");
}

RecoveryPlace::RecoveryPlace(const QString& base) {
  QDir().mkpath(base);
  // Never a name that was there before: a worker left behind by a window still clears up in its own.
  for (int attempt = 0; !lock_ && attempt < 100; ++attempt) {  // then the disk is full or read-only: nothing is kept
    const QString own = QUuid::createUuid().toString(QUuid::WithoutBraces).left(8);
    folder_ = QDir(base).filePath(QStringLiteral("%1-%2").arg(QCoreApplication::applicationPid()).arg(own));
    if (!QFileInfo::exists(folder_)) lock_ = FolderLock::take(folder_ + kLock);
  }
  QDir().mkpath(folder_);
}

RecoveryPlace::~RecoveryPlace() { QDir(folder_).removeRecursively(); }

bool keepDocument(const QString& folder, const std::string& document, const Origin& origin) {
  return QDir().mkpath(folder) && replaceFile(folder + kOrigin, written(origin)) &&
         replaceFile(folder + kDocument, QByteArray::fromStdString(document));
}

void forgetDocument(const QString& folder) {
  QFile::remove(folder + kDocument);
  QFile::remove(folder + kOrigin);
}

Abandoned::Abandoned(QString folder, std::unique_ptr<FolderLock> lock)
    : folder_(std::move(folder)), lock_(std::move(lock)), origin_(originIn(folder_)) {
  when_ = QFileInfo(folder_ + (hasDocument() ? kDocument : kOrigin)).lastModified();
}

bool Abandoned::hasDocument() const { return QFileInfo::exists(folder_ + kDocument); }
Checked<Document> Abandoned::document() const { return read_document((folder_ + kDocument).toStdString()); }

QString Abandoned::results() const {
  if (origin_.results.isEmpty()) return {};
  const QString run = folder_ + u'/' + origin_.results;
  return QFileInfo::exists(run) ? run : QString();
}

void Abandoned::forgetDocument() { QFile::remove(folder_ + kDocument); }

void Abandoned::discard() {
  QDir(folder_).removeRecursively();
  lock_.reset();
}

std::vector<std::shared_ptr<Abandoned>> abandonedIn(const QString& base) {
  std::vector<std::shared_ptr<Abandoned>> found;
  for (const QFileInfo& one : QDir(base).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot)) {
    auto lock = FolderLock::take(one.filePath() + kLock);
    if (!lock) continue;  // its process lives, or another is asking about it now
    auto left = std::make_shared<Abandoned>(one.filePath(), std::move(lock));
    left->worthwhile() ? found.push_back(std::move(left)) : left->discard();
  }
  for (const QFileInfo& lock : QDir(base).entryInfoList({u'*' + kLock}, QDir::Files))
    if (!QFileInfo::exists(lock.filePath().chopped(kLock.size()))) FolderLock::take(lock.filePath());
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a->when() > b->when(); });
  return found;
}

}  // namespace kappa::ui
