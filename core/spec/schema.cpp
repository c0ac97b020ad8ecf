/// The JSON Schema of documents, generated from the catalogue: one definition for each method.
#include "core/catalog/catalog.hpp"
#include "core/spec/parse.hpp"

namespace kappa {

using namespace spec;

namespace spec {

namespace {

Json object_of(std::initializer_list<JsonMember> members) { return Json::Object(members); }
Json reference(const std::string& name) { return object_of({{"$ref", "#/$defs/" + name}}); }
Json type_of(const char* name) { return object_of({{"type", name}}); }
Json any_of(Json::List options) { return object_of({{"anyOf", std::move(options)}}); }
Json constant(std::string_view value) { return object_of({{"const", value}}); }
std::string def_of(Kind kind, std::string_view id) { return std::string(name_of(kind)) + "." + std::string(id); }

void extend(Json& json, Json more) {
  for (JsonMember& member : *more.members()) json.set(member.key, std::move(member.value));
}

/// The method itself, or the fields to change where its type is known already.
Json changes_of(Kind kind) {
  return any_of({reference(std::string(name_of(kind))),
                 object_of({{"type", "object"}, {"not", object_of({{"required", Json::List{"type"}}})}})});
}

Json limits(const Range& range) {
  Json json = type_of("number");
  json.set(range.open_lo ? "exclusiveMinimum" : "minimum", range.lo);
  if (range.hi < 1e300) json.set(range.open_hi ? "exclusiveMaximum" : "maximum", range.hi);
  return json;
}

struct DomainSchema {
  const Field& field;

  Json or_auto(Json json, bool automatic) const {
    return automatic ? any_of({std::move(json), constant("auto")}) : json;
  }
  Json operator()(const Flag&) const { return type_of("boolean"); }
  Json operator()(const Range& range) const {
    Json number = limits(range);
    if (!field.schedulable && !range.automatic) return number;
    Json::List options{number};
    if (range.automatic) options.push_back(constant("auto"));
    if (field.schedulable)
      options.push_back(
          object_of({{"$ref", "#/$defs/schedule"}, {"properties", object_of({{"peak", std::move(number)}})}}));
    return any_of(std::move(options));
  }
  Json operator()(const Count& count) const {
    return or_auto(object_of({{"type", "integer"}, {"minimum", count.lo}, {"maximum", count.hi}}), count.automatic);
  }
  Json operator()(const Choices& choices) const {
    return object_of({{"enum", Json::List(choices.names.begin(), choices.names.end())}});
  }
  Json operator()(const Text&) const { return type_of("string"); }
  Json operator()(const FilePath&) const { return type_of("string"); }
  Json operator()(const Many& many) const { return list(limits(many.of), many.least, many.most); }
  Json operator()(const Names& names) const { return list(type_of("string"), names.least, names.most); }
  Json operator()(const Slot& slot) const { return changes_of(slot.kind); }
  Json operator()(const DataSource&) const {
    return object_of({{"type", "object"},
                      {"properties", object_of({{"path", type_of("string")}, {"target", type_of("string")}})},
                      {"required", Json::List{"path"}},
                      {"additionalProperties", false}});
  }
  static Json list(Json items, std::size_t least, std::size_t most) {
    return object_of({{"type", "array"},
                      {"items", std::move(items)},
                      {"minItems", std::uint64_t{least}},
                      {"maxItems", std::uint64_t{most}}});
  }
};

Json schema_of(const Field& field) {
  Json json = std::visit(DomainSchema{field}, field.domain);
  std::string help = field.help;
  if (!field.unit.empty()) help += " [" + field.unit + "]";
  if (field.when) {
    help += "; read when " + field.when->field + " is ";
    for (std::size_t i = 0; i < field.when->values.size(); ++i) help += (i > 0 ? " or " : "") + field.when->values[i];
  }
  if (!help.empty()) json.set("description", help);
  const auto* node = std::get_if<NodePtr>(&field.initial);
  if (node == nullptr || *node) json.set("default", json_of(field.initial));
  return json;
}

Json closed(Json properties, Json::List required) {
  Json json = object_of({{"type", "object"}, {"properties", std::move(properties)}});
  if (!required.empty()) json.set("required", std::move(required));
  json.set("additionalProperties", false);
  return json;
}

Json schema_of(const Entry& entry) {
  Json properties = Json::object();
  const bool typed = entry.kind != Kind::study;
  if (typed) properties.set("type", constant(entry.id));
  for (const Field& field : entry.fields) properties.set(field.id, schema_of(field));
  Json json = object_of({{"title", entry.card.title}, {"description", entry.card.idea}});
  extend(json, closed(std::move(properties), typed ? Json::List{"type"} : Json::List{}));
  return json;
}

Json part_properties(Part part) {
  Json properties = Json::object();
  for (const Field& field : fields_of(part)) properties.set(field.id, schema_of(field));
  return properties;
}

Json list_of(Json items, int least = 0) {
  Json json = object_of({{"type", "array"}, {"items", std::move(items)}});
  if (least > 0) json.set("minItems", least);
  return json;
}

Json run_schema() {
  Json own = part_properties(Part::run);
  extend(*own.find("label"), object_of({{"pattern", "\\S"}, {"maxLength", 200}}));
  Json fork = own;
  own.set("optimizer", reference("optimizer"));
  own.set("problem", changes_of(Kind::problem));
  own.set("init", reference("init"));
  own.set("steps", *part_properties(Part::descent).find("steps"));
  own.set("batch", reference("batch"));
  fork.set("fork", closed(part_properties(Part::fork), {"run", "step"}));
  fork.set("optimizer", changes_of(Kind::optimizer));
  return any_of({closed(std::move(own), {"label", "optimizer"}), closed(std::move(fork), {"label", "fork"})});
}

Json event_schema() {
  Json set = part_properties(Part::event), stop = set;
  set.set("set", object_of({{"type", "string"}, {"pattern", "^/runs/[0-9]+/optimizer/."}}));
  set.set("value", Json::object());
  stop.set("stop", object_of({{"type", "string"}, {"pattern", "^/runs/[0-9]+$"}}));
  return any_of({closed(std::move(set), {"step", "set", "value"}), closed(std::move(stop), {"step", "stop"})});
}

Json common_properties() {
  Json json = Json::object();
  json.set("kappascope", object_of({{"const", document_version}, {"description", "version of the document"}}));
  json.set("kappascope_version", object_of({{"description", "the Kappascope that wrote this; not read"}}));
  json.set("study", Json());
  extend(json, part_properties(Part::document));
  json.set("about", closed(part_properties(Part::about), {}));
  json.set("theories", any_of({object_of({{"enum", Json::List{"auto", "none"}}}), list_of(reference("theory_name"))}));
  json.set("claims", list_of(reference("claim")));
  json.set("sweep", object_of({{"type", "object"},
                               {"propertyNames", object_of({{"pattern", "^/"}})},
                               {"additionalProperties", list_of(Json::object(), 1)}}));
  json.set("view", type_of("object"));
  return json;
}

Json descent_schema(Json properties) {
  properties.set("study", constant(descent));
  extend(properties, part_properties(Part::descent));
  properties.set("problem", reference("problem"));
  properties.set("batch", reference("batch"));
  properties.set("init", reference("init"));
  Json& runs = properties.set("runs", list_of(reference("run"), 1));
  runs.set("maxItems", std::uint64_t{most_runs});
  properties.set("probes", list_of(reference("probe")));
  properties.set("stop", closed(part_properties(Part::stop), {}));
  properties.set("events", list_of(reference("event")));
  return closed(std::move(properties), {"kappascope", "problem", "runs"});
}

Json definitions() {
  Json defs = Json::object();
  for (const Kind kind : all_kinds) {
    Json::List names, options;
    for (const Entry& entry : Catalog::get().all(kind)) {
      names.push_back(entry.id);
      options.push_back(reference(def_of(kind, entry.id)));
      defs.set(def_of(kind, entry.id), schema_of(entry));
    }
    const std::string name(name_of(kind));
    defs.set(name + "_name", object_of({{"enum", std::move(names)}}));
    defs.set(name, options.empty() ? Json(false) : object_of({{"oneOf", std::move(options)}}));
  }
  defs.set("batch", closed(part_properties(Part::batch), {}));
  defs.set("run", run_schema());
  defs.set("event", event_schema());
  return defs;
}

}  // namespace

}  // namespace spec

std::string document_schema() {
  const Json common = common_properties();
  Json::List documents{descent_schema(common)};
  for (const Entry& entry : Catalog::get().all(Kind::study)) {
    Json properties = common;
    properties.set("study", constant(entry.id));
    properties.set("settings", reference(def_of(Kind::study, entry.id)));
    documents.push_back(closed(std::move(properties), {"kappascope", "study"}));
  }
  Json schema = Json::object();
  schema.set("$schema", "https://json-schema.org/draft/2020-12/schema");
  schema.set("title", "Kappascope experiment document");
  schema.set("oneOf", std::move(documents));
  schema.set("$defs", definitions());
  return write_json(schema);
}

}  // namespace kappa
