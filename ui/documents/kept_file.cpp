/// ID.trace holds the numbers, ID.json its hash, the document and the name.
#include "ui/documents/kept_file.hpp"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

#include "ui/documents/trace_file.hpp"

namespace kappa::ui {
namespace {

const auto kKeptVersion = QStringLiteral("kappascope_kept"), kKeptName = QStringLiteral("name"),
           kKeptWhen = QStringLiteral("when"), kKeptHash = QStringLiteral("sha256"),
           kKeptDocument = QStringLiteral("document"), kKeptHidden = QStringLiteral("hidden"),
           kKeptColours = QStringLiteral("colours"), kKeptWhole = QStringLiteral("whole");

QString numbersOf(const QString& folder, const QString& id) { return folder + u'/' + id + QStringLiteral(".trace"); }
QString cardOf(const QString& folder, const QString& id) { return folder + u'/' + id + QStringLiteral(".json"); }

QJsonObject readCard(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

std::optional<Issue> writeCard(const QString& path, const QJsonObject& card) {
  return atomic_write(path.toStdString(), QJsonDocument(card).toJson().toStdString());
}

Issue keptIssue(const QString& path, const char* why) {
  return {path.toStdString(), QCoreApplication::translate("kept_file", why).toStdString(), {}, Trouble::file};
}

}  // namespace

std::optional<Issue> writeKept(const QString& folder, const KeptResults::Kept& kept) {
  if (auto issue = make_directory(folder.toStdString())) return issue;
  QByteArray hash;
  if (auto issue = writeTrace(numbersOf(folder, kept.id), *kept.trace, hash)) return issue;
  QJsonArray hidden, colours;
  for (const std::string& label : kept.hidden) hidden << QString::fromStdString(label);
  for (const int colour : kept.colours) colours << colour;
  return writeCard(cardOf(folder, kept.id), {{kKeptVersion, 1},
                                             {kKeptName, kept.name},
                                             {kKeptWhen, QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)},
                                             {kKeptHash, QString::fromLatin1(hash.toHex())},
                                             {kKeptHidden, hidden},
                                             {kKeptColours, colours},
                                             {kKeptWhole, kept.whole},
                                             {kKeptDocument, QString::fromStdString(write_document(*kept.document))}});
}

std::optional<Issue> renameKept(const QString& folder, const QString& id, const QString& name) {
  QJsonObject card = readCard(cardOf(folder, id));
  if (card.isEmpty()) return keptIssue(cardOf(folder, id), "cannot be read");
  card[kKeptName] = name;
  return writeCard(cardOf(folder, id), card);
}

/// The last one takes its folder along.
void removeKept(const QString& folder, const QString& id) {
  QFile::remove(cardOf(folder, id));
  QFile::remove(numbersOf(folder, id));
  QDir().rmdir(folder);
}

std::vector<KeptName> keptIn(const QString& folder) {
  std::vector<KeptName> all;
  for (const QFileInfo& file : QDir(folder).entryInfoList({QStringLiteral("*.json")}, QDir::Files)) {
    const QJsonObject card = readCard(file.filePath());
    all.push_back({file.completeBaseName(), card.value(kKeptName).toString(),
                   QDateTime::fromString(card.value(kKeptWhen).toString(), Qt::ISODateWithMs)});
  }
  std::stable_sort(all.begin(), all.end(), [](const KeptName& a, const KeptName& b) { return a.when < b.when; });
  return all;
}

Checked<KeptResults::Kept> readKept(const QString& folder, const QString& id) {
  const QJsonObject card = readCard(cardOf(folder, id));
  if (card.value(kKeptVersion).toInt() != 1) return Issues{keptIssue(cardOf(folder, id), "cannot be read")};
  auto document = parse_document(card.value(kKeptDocument).toString().toStdString());
  if (const Issues* issues = issues_of(document)) return *issues;
  QByteArray hash;
  auto trace = readTrace(numbersOf(folder, id), hash);
  if (!trace || QString::fromLatin1(hash.toHex()) != card.value(kKeptHash).toString())
    return Issues{keptIssue(numbersOf(folder, id), "is not what was written")};
  KeptResults::Kept kept{card.value(kKeptName).toString(),
                         std::make_shared<const Document>(complete(std::get<Document>(std::move(document)))),
                         std::move(trace),
                         {},
                         {},
                         id,
                         folder};
  for (const QJsonValue& label : card.value(kKeptHidden).toArray())
    kept.hidden.push_back(label.toString().toStdString());
  for (const QJsonValue& colour : card.value(kKeptColours).toArray()) kept.colours.push_back(colour.toInt());
  kept.whole = card.value(kKeptWhole).toBool(true);
  return kept;
}

}  // namespace kappa::ui
