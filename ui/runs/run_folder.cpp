/// Finds a place for runs, reads documents from wherever they lie, copies finished runs.
#include "ui/runs/run_folder.hpp"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <filesystem>

#include "ui/charts/export.hpp"

namespace kappa::ui {
namespace {

std::optional<std::string> inside(const QString& path) {
  const QString suffix = QFileInfo(path).suffix().toLower();
  if (suffix == QStringLiteral("png") || suffix == QStringLiteral("pdf")) {
    const auto found = documentIn(path);
    return found ? std::optional(found->toStdString()) : std::nullopt;
  }
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly)) return std::nullopt;
  return embedded_document(file.readAll().toStdString());
}

}  // namespace

QString recoveryFolder() {
  const QDir base(QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + QStringLiteral("/recovery"));
  const QDateTime week_ago = QDateTime::currentDateTime().addDays(-7);
  for (const QFileInfo& old : base.entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot))
    if (old.lastModified() < week_ago) QDir(old.filePath()).removeRecursively();  // left by a process that was killed
  int number = 1;
  const auto own = [&] {
    return base.filePath(QStringLiteral("%1-%2").arg(QCoreApplication::applicationPid()).arg(number));
  };
  while (QFileInfo::exists(own())) ++number;
  return own();
}

Checked<Document> openExperiment(const QString& file_or_name, std::string& stem) {
  static const QStringList pictures = {"png", "pdf", "svg", "tex"};
  const QFileInfo file(file_or_name);
  if (!file.isFile() || !pictures.contains(file.suffix().toLower()))
    return open_experiment(file_or_name.toStdString(), stem);
  stem = file.completeBaseName().toStdString();
  if (const auto text = inside(file_or_name)) return parse_document(*text, file.absolutePath().toStdString());
  return Issues{{file_or_name.toStdString(), "there is no experiment inside this picture", "", Trouble::input}};
}

Issues copyRun(const QString& from, const QString& to, const Document& document) {
  namespace fs = std::filesystem;
  if (const auto refused = refuse_directory(to.toStdString(), document, false)) return {*refused};
  if (const auto failed = make_directory(to.toStdString())) return {*failed};
  std::error_code error;
  fs::copy(fs::path(from.toStdString()), fs::path(to.toStdString()),
           fs::copy_options::recursive | fs::copy_options::overwrite_existing, error);
  if (error) return {{to.toStdString(), error.message(), "", Trouble::file}};
  return {};
}

}  // namespace kappa::ui
