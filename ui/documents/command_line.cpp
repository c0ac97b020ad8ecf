/// Looks for the shortest command, tries it out on the text that the command will read, and writes it.
#include "ui/documents/command_line.hpp"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>

#include "ui/documents/json_changes.hpp"
#include "ui/documents/minimal.hpp"

namespace kappa::ui {
namespace {

constexpr std::size_t most_sets = 8;
constexpr qsizetype most_characters = 1500;
const auto kProgram = QStringLiteral("kappascope-cli run ");

QJsonObject jsonOf(const std::string& text) {
  return QJsonDocument::fromJson(QByteArray::fromStdString(text)).object();
}

struct Setting {
  QString pointer, value;
};

/// What `--set` cannot say, as a key that goes or another method, is said by setting the whole object around it.
std::vector<Setting> settingsBetween(const QJsonObject& before, const QJsonObject& after) {
  std::vector<Setting> found;
  QSet<QString> whole;
  for (const JsonChange& change : changesBetween(before, after)) {
    QStringList steps = change.steps;
    const bool other = steps.size() > 1 && (change.after.isUndefined() || steps.last() == QStringLiteral("type"));
    if (other) steps.removeLast();
    if (steps.isEmpty() || (change.after.isUndefined() && !other)) return {};
    QJsonValue value = after;
    for (const QString& step : steps)
      value = value.isArray() ? value.toArray().at(step.toInt()) : value.toObject().value(step);
    const QString pointer = pointerOf(steps);
    if (other) {
      whole << pointer + u'/';
      std::erase_if(found, [&](const Setting& s) { return s.pointer.startsWith(pointer + u'/'); });
    }
    const bool said =
        std::any_of(whole.begin(), whole.end(), [&](const QString& w) { return pointer.startsWith(w); }) ||
        std::any_of(found.begin(), found.end(), [&](const Setting& s) { return s.pointer == pointer; });
    if (!said) found.push_back({pointer, jsonText(value)});
  }
  return found;
}

/// Whether the settings, put into the text one after another, make the document.
bool makes(std::string text, const std::vector<Setting>& settings, const std::string& directory,
           const std::string& meant) {
  for (const Setting& one : settings) {
    auto next = set_in_json(text, one.pointer.toStdString(), one.value.toStdString());
    if (issues_of(next)) return false;
    text = std::get<std::string>(next);
  }
  const auto read = parse_document(text, directory);
  const auto* document = std::get_if<Document>(&read);
  return document && write_document(complete(*document)) == meant;
}

/// A folder of its own for every other document, so that the command is not refused for another's results.
QString resultsFolder(const QString& name, const std::string& meant) {
  const QByteArray hash = QCryptographicHash::hash(QByteArray::fromStdString(meant), QCryptographicHash::Sha256);
  return name + u'-' + QString::fromLatin1(hash.toHex().left(6));
}

QString fileName(QString name) {
  static const QRegularExpression odd(QStringLiteral("[^A-Za-z0-9_.-]+"));
  name.replace(odd, QStringLiteral("-"));
  return name.isEmpty() || name.startsWith(u'-') || name.startsWith(u'.') ? QStringLiteral("experiment") : name;
}

}  // namespace

QString shellWord(const QString& text) {
  static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_./:=,+@%-]+$"));
  if (plain.match(text).hasMatch()) return text;
  return u'\'' + QString(text).replace(u'\'', QStringLiteral("'\\''")) + u'\'';
}

QString commandLine(const Document& document, const QString& name, const QString& path) {
  const std::string meant = write_document(complete(document));
  std::string stem;
  const std::string source = (path.isEmpty() ? name : path).toStdString();
  if (!path.isEmpty() || gallery_item(source)) {
    const std::string directory = path.isEmpty() ? "." : QFileInfo(path).absolutePath().toStdString();
    const auto text = experiment_text(source, stem);
    const auto base = open_experiment(source, stem);
    if (!issues_of(text) && !issues_of(base)) {
      const auto settings = settingsBetween(jsonOf(write_document(complete(std::get<Document>(base)))), jsonOf(meant));
      QString command = kProgram + shellWord(path.isEmpty() ? name : path);
      for (const Setting& one : settings)
        command += QStringLiteral(" --set ") + shellWord(one.pointer + u'=' + one.value);
      if (!settings.empty())
        command += QStringLiteral(" --out ") + shellWord(resultsFolder(QString::fromStdString(stem), meant));
      if (settings.size() <= most_sets && command.size() <= most_characters &&
          makes(std::get<std::string>(text), settings, directory, meant))
        return command;
    }
  }
  const QString file = fileName(name);
  const QString text = QString::fromUtf8(minimalJson(document)).trimmed();
  return QStringLiteral("f=$(mktemp -d)/%1.kappa.json && cat >\"$f\" <<'KAPPASCOPE' && ").arg(file) + kProgram +
         QStringLiteral("\"$f\" --out ") + resultsFolder(file, meant) + u'\n' + text + QStringLiteral("\nKAPPASCOPE\n");
}

}  // namespace kappa::ui
