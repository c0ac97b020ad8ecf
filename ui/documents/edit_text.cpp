/// Reads the difference of two documents as a sentence.
#include "ui/documents/edit_text.hpp"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <algorithm>

#include "ui/documents/json_changes.hpp"
#include "ui/forms/wording.hpp"

namespace kappa::ui {
namespace {

constexpr qsizetype most_characters = 40;

QString tr(const char* text) { return QCoreApplication::translate("edits", text); }

QJsonObject jsonOf(Document document) {
  document.view.clear();
  return QJsonDocument::fromJson(QByteArray::fromStdString(write_document(document))).object();
}

QString elided(const QString& text) {
  return text.size() <= most_characters ? text : text.left(most_characters - 1) + u'…';
}

QString valueText(const QJsonValue& value) {
  if (value.isBool()) return value.toBool() ? tr("on") : tr("off");
  if (value.isDouble()) return QString::number(value.toDouble(), 'g', 6);
  if (value.isString()) return elided(value.toString().replace(u'_', u' '));
  if (value.isUndefined() || value.isNull()) return tr("default");
  const QJsonObject method = value.toObject();
  if (!method.contains(QStringLiteral("type"))) return elided(jsonText(value));
  const QString name = method.value(QStringLiteral("type")).toString().replace(u'_', u' ');
  const QJsonValue peak = method.value(QStringLiteral("peak"));
  return peak.isDouble() ? name + u' ' + valueText(peak) : name;
}

QString words(const QStringList& steps) {
  QStringList all;
  for (const QString& step : steps) all << wording::choice(step.toStdString());
  return all.join(u' ');
}

QString titleOfMethod(Kind kind, const QString& id) {
  const Entry* entry = Catalog::get().find(kind, id.toStdString());
  return entry ? QString::fromStdString(entry->card.title) : wording::choice(id.toStdString());
}

QString labelAt(const QJsonObject& document, const QString& index) {
  const QJsonArray runs = document.value(QStringLiteral("runs")).toArray();
  return runs.at(index.toInt()).toObject().value(QStringLiteral("label")).toString();
}

QStringList labelsOf(const Document& document) {
  QStringList labels;
  for (const RunSpec& run : document.runs) labels << QString::fromStdString(run.label);
  return labels;
}

/// Runs added, removed and renamed; empty when it is something else.
QString ofRuns(const Document& before, const Document& after) {
  const QStringList old = labelsOf(before), now = labelsOf(after);
  if (old == now) return {};
  QStringList gone, come;
  for (const QString& label : old)
    if (!now.contains(label)) gone << label;
  for (const QString& label : now)
    if (!old.contains(label)) come << label;
  if (come.size() == 1 && gone.size() == 1 && old.size() == now.size())
    return tr("rename “%1” to “%2”").arg(elided(gone[0]), elided(come[0]));
  if (come.size() == 1 && gone.isEmpty()) {
    const auto& fork = after.runs[static_cast<std::size_t>(now.indexOf(come[0]))].fork;
    if (!fork) return tr("add run “%1”").arg(elided(come[0]));
    return tr("fork “%1” at step %2").arg(elided(QString::fromStdString(fork->run))).arg(fork->step);
  }
  if (come.isEmpty() && gone.size() == 1) return tr("remove run “%1”").arg(elided(gone[0]));
  return come.isEmpty() && gone.isEmpty() ? tr("move runs") : QString();
}

/// One value at one place, named from its owner.
QString ofValue(const JsonChange& change, const QJsonObject& after) {
  const QStringList& at = change.steps;
  const QString to = valueText(change.after);
  if (at.size() >= 4 && at[0] == QStringLiteral("runs")) {
    const QString what = words(at.mid(at[2] == QStringLiteral("optimizer") ? 3 : 2));
    return tr("%1 of %2 to %3").arg(what, elided(labelAt(after, at[1])), to);
  }
  if (at.size() == 3 && at[0] == QStringLiteral("runs"))
    return tr("%1 of %2 to %3").arg(words({at[2]}), elided(labelAt(after, at[1])), to);
  if (at.size() == 3 && at[0] == QStringLiteral("probes")) {
    const QJsonObject probe = after.value(at[0]).toArray().at(at[1].toInt()).toObject();
    return tr("%1 of %2 to %3")
        .arg(words({at[2]}), wording::choice(probe.value(QStringLiteral("type")).toString().toStdString()), to);
  }
  if (at.size() >= 2 && (at[0] == QStringLiteral("problem") || at[0] == QStringLiteral("settings")))
    return tr("%1 to %2").arg(words(at.mid(1)), to);
  if (at.size() == 2 && at[0] == QStringLiteral("init")) return tr("%1 of the start to %2").arg(words({at[1]}), to);
  static const QStringList told = {"title", "seed", "repeats", "steps", "batch", "stop", "theories"};
  return told.contains(at.value(0)) ? tr("%1 to %2").arg(words(at), to) : QString();
}

/// Another method in one place: its type changes and its fields with it.
QString ofMethod(const std::vector<JsonChange>& changes, const QJsonObject& after) {
  const auto type = std::find_if(changes.begin(), changes.end(), [](const JsonChange& change) {
    return change.steps.last() == QStringLiteral("type");
  });
  if (type == changes.end()) return {};
  const QStringList owner = type->steps.mid(0, type->steps.size() - 1);
  for (const JsonChange& change : changes)
    if (change.steps.mid(0, owner.size()) != owner) return {};
  const QString id = type->after.toString();
  if (owner.size() == 3 && owner[2] == QStringLiteral("optimizer"))
    return tr("method of %1 to %2").arg(elided(labelAt(after, owner[1])), titleOfMethod(Kind::optimizer, id));
  if (owner == QStringList{QStringLiteral("problem")}) return tr("problem to %1").arg(titleOfMethod(Kind::problem, id));
  if (owner == QStringList{QStringLiteral("init")}) return tr("start to %1").arg(wording::choice(id.toStdString()));
  return tr("%1 to %2")
      .arg(words(owner.mid(owner.value(0) == QStringLiteral("runs") ? 3 : 1)), wording::choice(id.toStdString()));
}

}  // namespace

QString editText(const Document& before, const Document& after, const QString& otherwise) {
  if (const QString runs = ofRuns(before, after); !runs.isEmpty()) return runs;
  const QJsonObject now = jsonOf(after);
  const std::vector<JsonChange> changes = changesBetween(jsonOf(before), now);
  QString told;
  if (changes.size() == 1 && changes.front().steps.last() != QStringLiteral("type"))
    told = ofValue(changes.front(), now);
  else if (!changes.empty())
    told = ofMethod(changes, now);
  return told.isEmpty() ? otherwise : told;
}

}  // namespace kappa::ui
