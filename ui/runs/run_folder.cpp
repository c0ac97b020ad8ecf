/// Reads documents from wherever they lie.
#include "ui/runs/run_folder.hpp"

#include <QFile>
#include <QFileInfo>

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
  constexpr qint64 end = qint64{1} << 24;  // a table may be far larger than memory; its experiment stands last
  if (suffix == QStringLiteral("csv") && file.size() > end) file.seek(file.size() - end);
  return embedded_document(file.readAll().toStdString());
}

}  // namespace

Checked<Document> openExperiment(const QString& file_or_name, std::string& stem) {
  static const QStringList pictures = {"png", "pdf", "svg", "tex", "gif", "html", "csv"};
  const QFileInfo file(file_or_name);
  if (!file.isFile() || !pictures.contains(file.suffix().toLower()))
    return open_experiment(file_or_name.toStdString(), stem);
  stem = file.completeBaseName().toStdString();
  if (const auto text = inside(file_or_name)) return parse_document(*text, file.absolutePath().toStdString());
  // The tables of a results folder have theirs beside them.
  const QString beside = file.dir().filePath(QStringLiteral("experiment.kappa.json"));
  if (file.suffix().toLower() == QStringLiteral("csv") && QFileInfo::exists(beside)) {
    stem.clear();
    auto read = open_experiment(beside.toStdString(), stem);
    stem = file.dir().dirName().toStdString();
    return read;
  }
  return Issues{{file_or_name.toStdString(), "there is no experiment inside this file", "", Trouble::input}};
}

}  // namespace kappa::ui
