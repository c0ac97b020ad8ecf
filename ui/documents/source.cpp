/// Tells by their looks what texts are, and reads each its own way.
#include "ui/documents/source.hpp"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

#include "ui/documents/share_string.hpp"
#include "ui/runs/run_folder.hpp"

namespace kappa::ui {
namespace {

const auto kExperiment = QStringLiteral("experiment.kappa.json");

QString tr(const char* text) { return QCoreApplication::translate("opening", text); }

Checked<Source> copyOf(Checked<Document> read, const QString& name) {
  if (const Issues* issues = issues_of(read)) return *issues;
  return Source{std::get<Document>(std::move(read)), name, {}};
}

bool isDocumentText(const QString& text) { return text.trimmed().startsWith(u'{'); }

/// A folder of results keeps its experiment beside what came of it.
bool isResults(const QFileInfo& file) {
  return file.fileName() == kExperiment && QFileInfo::exists(file.dir().filePath(QStringLiteral("summary.json")));
}

Checked<Source> fromFile(const QString& path) {
  std::string stem;
  const QFileInfo file(path);
  auto read = openExperiment(path, stem);
  const QString name = isResults(file) ? file.dir().dirName() : QString::fromStdString(stem);
  Checked<Source> source = copyOf(std::move(read), name);
  if (auto* own = std::get_if<Source>(&source);
      own && file.isFile() && path.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive) && !isResults(file))
    own->path = file.absoluteFilePath();
  return source;
}

}  // namespace

Checked<Source> readSource(const QString& what) {
  if (isShareString(what)) return copyOf(fromShareString(what), tr("shared"));
  if (isDocumentText(what)) return copyOf(parse_document(what.toStdString()), tr("pasted"));
  const QFileInfo file(what);
  if (!file.isDir() || gallery_item(what.toStdString()))
    return fromFile(what);  // results may lie in a folder of its name
  const QString inside = QDir(what).filePath(kExperiment);
  if (QFileInfo::exists(inside)) {
    std::string stem;
    return copyOf(openExperiment(inside, stem), QFileInfo(QDir(what).absolutePath()).fileName());
  }
  return Issues{
      {what.toStdString(), tr("there is no experiment.kappa.json in this folder").toStdString(), "", Trouble::input}};
}

QStringList sourcesIn(const QMimeData& data) {
  QStringList all;
  for (const QUrl& url : data.urls()) {
    if (url.isLocalFile()) all << url.toLocalFile();
    if (isShareString(url.toString())) all << url.toString();
  }
  if (all.isEmpty() && data.hasText() && (isShareString(data.text()) || isDocumentText(data.text())))
    all << data.text().trimmed();
  return all;
}

}  // namespace kappa::ui
