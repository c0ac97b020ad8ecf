/// Where two JSON values differ, as pointers with the values before and after.
#pragma once

#include <QJsonObject>
#include <QString>
#include <vector>

namespace kappa::ui {

struct JsonChange {
  QStringList steps;         ///< of the pointer, not escaped
  QJsonValue before, after;  ///< undefined: not there
};

/// Objects are compared by key and lists of one length by index; anything else that differs is one change.
std::vector<JsonChange> changesBetween(const QJsonValue& before, const QJsonValue& after);

/// "/runs/0/optimizer", RFC 6901.
QString pointerOf(const QStringList& steps);

/// One value as JSON on one line.
QString jsonText(const QJsonValue& value);

}  // namespace kappa::ui
