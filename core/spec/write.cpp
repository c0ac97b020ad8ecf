/// Writes a document, its keys in the order people read it.
#include "core/base/version.hpp"
#include "core/catalog/catalog.hpp"
#include "core/spec/parse.hpp"

namespace kappa {

using namespace spec;

namespace spec {

namespace {

using spec::json_of;

Json texts(const std::vector<std::string>& list) { return Json::List(list.begin(), list.end()); }

Json json_of(const About& about) {
  Json json = Json::object();
  if (!about.question.empty()) json.set("question", about.question);
  if (!about.look_for.empty()) json.set("look_for", about.look_for);
  if (!about.group.empty()) json.set("group", about.group);
  if (!about.papers.empty()) json.set("papers", texts(about.papers));
  return json;
}

Json json_of(const BatchSpec& batch) {
  Json json = Json::object();
  json.set("size", batch.size);
  json.set("order", batch.order);
  return json;
}

Json json_of(const Theories& theories) {
  if (theories.mode == Theories::Mode::listed) return texts(theories.ids);
  return theories.mode == Theories::Mode::none ? "none" : "auto";
}

Json list_of(const std::vector<Node>& nodes) {
  Json::List list;
  for (const Node& node : nodes) list.push_back(json_of(node));
  return list;
}

/// What a run's problem changes of the shared one. What only the shared one gives, the run takes at its default.
Json difference(const Node& shared, const Node& own) {
  if (own.id != shared.id) return json_of(own);
  Node changes{own.kind, own.id, {}};
  for (const auto& [key, value] : own.params)
    if (const auto it = shared.params.find(key); it == shared.params.end() || !equal(it->second, value))
      changes.params.emplace(key, value);
  if (const Entry* entry = Catalog::get().find(shared.kind, shared.id))
    for (const Field& field : entry->fields)
      if (const auto it = shared.params.find(field.id); it != shared.params.end() && !own.params.contains(field.id))
        if (!equal(it->second, field.initial)) changes.params.emplace(field.id, field.initial);
  Json json = json_of(changes);
  std::erase_if(*json.members(), [](const JsonMember& m) { return m.key == "type"; });
  return json;
}

Json json_of(const RunSpec& run, const Document& document) {
  Json json = Json::object();
  json.set("label", run.label);
  if (run.fork) {
    Json& fork = json.set("fork", Json::object());
    fork.set("run", run.fork->run);
    fork.set("step", run.fork->step);
  }
  if (!run.fork || !run.optimizer.id.empty() || !run.optimizer.params.empty())
    json.set("optimizer", json_of(run.optimizer));
  if (run.problem) json.set("problem", difference(document.problem, *run.problem));
  if (run.init) json.set("init", json_of(*run.init));
  if (run.steps) json.set("steps", *run.steps);
  if (run.batch) json.set("batch", json_of(*run.batch));
  return json;
}

Json json_of(const EventSpec& event) {
  Json json = Json::object();
  json.set("step", event.step);
  json.set(event.stop ? "stop" : "set", event.path);
  if (!event.stop) json.set("value", json_of(event.value));
  return json;
}

void put_descent(Json& json, const Document& document) {
  json.set("steps", document.steps);
  json.set("problem", json_of(document.problem));
  json.set("batch", json_of(document.batch));
  json.set("init", json_of(document.init));
  Json::List runs, events;
  for (const RunSpec& run : document.runs) runs.push_back(json_of(run, document));
  json.set("runs", std::move(runs));
  if (!document.probes.empty()) json.set("probes", list_of(document.probes));
  Json& stop = json.set("stop", Json::object());
  stop.set("loss_below", document.stop.loss_below);
  stop.set("diverged_above", document.stop.diverged_above);
  for (const EventSpec& event : document.events) events.push_back(json_of(event));
  if (!events.empty()) json.set("events", std::move(events));
}

}  // namespace

Json json_of(const Document& document, bool with_version) {
  Json json = Json::object();
  json.set("kappascope", document_version);
  if (with_version) json.set("kappascope_version", kappascope_version);
  json.set("study", document.study);
  if (!document.title.empty()) json.set("title", document.title);
  if (!document.note.empty()) json.set("note", document.note);
  json.set("seed", document.seed);
  json.set("repeats", document.repeats);
  if (document.about != About{}) json.set("about", json_of(document.about));
  if (document.study == descent)
    put_descent(json, document);
  else
    json.set("settings", json_of(Node{Kind::study, document.study, document.settings.params}));
  if (Json* settings = json.find("settings"); settings != nullptr)
    std::erase_if(*settings->members(), [](const JsonMember& m) { return m.key == "type"; });
  json.set("theories", json_of(document.theories));
  if (!document.claims.empty()) json.set("claims", list_of(document.claims));
  if (!document.sweep.empty()) {
    Json& sweep = json.set("sweep", Json::object());
    for (const SweepAxis& axis : document.sweep) {
      Json::List values;
      for (const Value& value : axis.values) values.push_back(json_of(value));
      sweep.set(axis.path, std::move(values));
    }
  }
  if (document.view.empty()) return json;
  auto view = read_json(document.view);
  if (Json* given = std::get_if<Json>(&view)) json.set("view", std::move(*given));
  return json;
}

}  // namespace spec

std::string write_document(const Document& document, bool with_version) {
  return write_json(json_of(document, with_version));
}

}  // namespace kappa
