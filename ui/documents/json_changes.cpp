/// Walks two trees side by side.
#include "ui/documents/json_changes.hpp"

#include <QJsonArray>
#include <QJsonDocument>

namespace kappa::ui {
namespace {

void walk(const QJsonValue& before, const QJsonValue& after, const QStringList& at, std::vector<JsonChange>& found) {
  if (before == after) return;
  if (before.isObject() && after.isObject()) {
    const QJsonObject a = before.toObject(), b = after.toObject();
    QStringList keys = a.keys();
    for (const QString& key : b.keys())
      if (!a.contains(key)) keys << key;
    for (const QString& key : keys)
      walk(a.contains(key) ? a.value(key) : QJsonValue(QJsonValue::Undefined),
           b.contains(key) ? b.value(key) : QJsonValue(QJsonValue::Undefined), at + QStringList{key}, found);
    return;
  }
  const QJsonArray a = before.toArray(), b = after.toArray();
  if (before.isArray() && after.isArray() && a.size() == b.size()) {
    for (qsizetype i = 0; i < a.size(); ++i) walk(a.at(i), b.at(i), at + QStringList{QString::number(i)}, found);
    return;
  }
  found.push_back({at, before, after});
}

}  // namespace

std::vector<JsonChange> changesBetween(const QJsonValue& before, const QJsonValue& after) {
  std::vector<JsonChange> found;
  walk(before, after, {}, found);
  return found;
}

QString pointerOf(const QStringList& steps) {
  QString pointer;
  for (QString step : steps)
    pointer += u'/' + step.replace(u'~', QStringLiteral("~0")).replace(u'/', QStringLiteral("~1"));
  return pointer;
}

QString jsonText(const QJsonValue& value) {
  const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
  return QString::fromUtf8(list.mid(1, list.size() - 2));
}

}  // namespace kappa::ui
