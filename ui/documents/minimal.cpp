/// Takes defaults out of every method and from the top of a document, and makes sure that nothing else went.
#include "ui/documents/minimal.hpp"

#include <QJsonDocument>
#include <QJsonObject>

namespace kappa::ui {
namespace {

/// Both must be complete: a value that the defaults have, too, says nothing.
Node withoutDefaults(const Node& node) {
  const Node usual = complete_node({node.kind, node.id, {}});
  Node out{node.kind, node.id, {}};
  for (const auto& [key, value] : node.params) {
    const auto initial = usual.params.find(key);
    const bool hosted = node.kind == Kind::schedule && key == "peak";  // its default is that of the field it stands in
    if (!hosted && initial != usual.params.end() && equal(initial->second, value)) continue;
    const auto* inner = std::get_if<NodePtr>(&value);
    out.params[key] = inner && *inner ? Value(std::make_shared<const Node>(withoutDefaults(**inner))) : value;
  }
  return out;
}

Document slim(Document document) {
  for (RunSpec& run : document.runs) {
    if (!run.fork) run.optimizer = withoutDefaults(run.optimizer);
    if (run.problem) run.problem = withoutDefaults(*run.problem);
    if (run.init) run.init = withoutDefaults(*run.init);
  }
  document.problem = withoutDefaults(document.problem);
  document.init = withoutDefaults(document.init);
  for (auto* list : {&document.probes, &document.claims})
    for (Node& node : *list) node = withoutDefaults(node);
  if (!document.settings.id.empty()) document.settings = withoutDefaults(document.settings);
  return document;
}

QJsonObject jsonOf(const Document& document) {
  return QJsonDocument::fromJson(QByteArray::fromStdString(write_document(document))).object();
}

}  // namespace

QByteArray minimalJson(const Document& document) {
  const Document whole = complete(document);
  const std::string meant = write_document(whole);
  QJsonObject json = jsonOf(slim(whole));
  const QJsonObject usual = jsonOf(slim(complete(Document{})));
  for (const char* key : {"study", "seed", "repeats", "steps", "batch", "init", "probes", "stop", "theories"})
    if (const QString name = QString::fromLatin1(key); json.value(name) == usual.value(name)) json.remove(name);
  const QByteArray small = QJsonDocument(json).toJson(QJsonDocument::Compact);
  const auto read = parse_document(small.toStdString());
  const auto* same = std::get_if<Document>(&read);
  if (same && write_document(complete(*same)) == meant) return small;
  return QByteArray::fromStdString(meant);  // such as a sweep, whose axes have an order
}

}  // namespace kappa::ui
