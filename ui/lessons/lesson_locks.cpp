/// Compares two documents place by place, as JSON.
#include "ui/lessons/lesson_locks.hpp"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>

namespace kappa::ui {
namespace {

QJsonValue placeIn(const QJsonValue& root, const QString& pointer) {
  QJsonValue at = root;
  const QStringList steps = pointer.split(u'/').mid(1);
  for (QString step : steps) {
    step.replace(QStringLiteral("~1"), QStringLiteral("/")).replace(QStringLiteral("~0"), QStringLiteral("~"));
    at = at.isArray() ? at.toArray().at(step.toInt()) : at.toObject().value(step);
  }
  return at;
}

QJsonValue jsonOf(const Document& document) {
  return QJsonDocument::fromJson(QByteArray::fromStdString(write_document(document))).object();
}

}  // namespace

Issues refusedByLocks(const Document& before, const Document& after, const QStringList& pointers) {
  Issues issues;
  if (pointers.isEmpty()) return issues;
  const QJsonValue old = jsonOf(before), wanted = jsonOf(after);
  for (const QString& pointer : pointers)
    if (placeIn(old, pointer) != placeIn(wanted, pointer))
      issues.push_back(
          {pointer.toStdString(),
           QCoreApplication::translate("LessonLocks", "stays as it is in this step of the lesson").toStdString(), ""});
  return issues;
}

bool isLocked(const QStringList& pointers, const QString& pointer) {
  return std::any_of(pointers.begin(), pointers.end(),
                     [&](const QString& lock) { return pointer == lock || pointer.startsWith(lock + u'/'); });
}

}  // namespace kappa::ui
