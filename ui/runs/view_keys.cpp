/// Reads and writes the keys that runs and their comparison need.
#include "ui/runs/view_keys.hpp"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace kappa::ui {

QJsonObject viewOf(const Document& document) {
  return QJsonDocument::fromJson(QByteArray::fromStdString(document.view)).object();
}

Document withView(Document document, const QJsonObject& view) {
  document.view = view.isEmpty() ? std::string() : QJsonDocument(view).toJson(QJsonDocument::Compact).toStdString();
  return document;
}

void renameInView(Document& document, const std::string& from, const std::string& to) {
  QJsonObject view = viewOf(document);
  const QString old = QString::fromStdString(from), now = QString::fromStdString(to);
  const QJsonArray hidden = view.value(QStringLiteral("hidden")).toArray();
  QJsonObject colours = view.value(QStringLiteral("colours")).toObject();
  if (!hidden.contains(old) && !colours.contains(old)) return;
  QJsonArray still;
  for (const QJsonValue& label : hidden)
    if (label.toString() != old)
      still.append(label);
    else if (!now.isEmpty())
      still.append(now);
  if (colours.contains(old)) {
    if (!now.isEmpty()) colours[now] = colours.value(old);
    colours.remove(old);
  }
  still.isEmpty() ? view.remove(QStringLiteral("hidden")) : void(view[QStringLiteral("hidden")] = still);
  colours.isEmpty() ? view.remove(QStringLiteral("colours")) : void(view[QStringLiteral("colours")] = colours);
  document = withView(std::move(document), view);
}

QString idOf(CountBy by) {
  switch (by) {
    case CountBy::steps:
      return QStringLiteral("steps");
    case CountBy::gradients:
      return QStringLiteral("gradients");
    case CountBy::losses:
      return QStringLiteral("losses");
    case CountBy::samples:
      return QStringLiteral("samples");
    case CountBy::epochs:
      return QStringLiteral("epochs");
    case CountBy::seconds:
      return QStringLiteral("seconds");
  }
  return {};
}

CountBy countByNamed(const QString& id) {
  for (const CountBy by : counted_along)
    if (idOf(by) == id) return by;
  return CountBy::steps;
}

QString titleOf(CountBy by) {
  const auto tr = [](const char* text) { return QCoreApplication::translate("CountBy", text); };
  switch (by) {
    case CountBy::steps:
      return tr("steps");
    case CountBy::gradients:
      return tr("gradient calls");
    case CountBy::losses:
      return tr("loss calls");
    case CountBy::samples:
      return tr("samples");
    case CountBy::epochs:
      return tr("epochs");
    case CountBy::seconds:
      return tr("seconds");
  }
  return {};
}

}  // namespace kappa::ui
