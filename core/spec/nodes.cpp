/// Nodes as JSON, merged, completed, and walked along paths.
#include "core/spec/nodes.hpp"

#include <algorithm>
#include <cmath>

#include "core/catalog/catalog.hpp"
#include "core/spec/document.hpp"

namespace kappa {

using namespace spec;

namespace spec {

const Field* field_named(const Entry& entry, std::string_view id) {
  const auto it = std::find_if(entry.fields.begin(), entry.fields.end(), [&](const Field& f) { return f.id == id; });
  return it == entry.fields.end() ? nullptr : &*it;
}

Json json_of(const Value& value) {
  struct Visitor {
    Json operator()(bool v) const { return v; }
    Json operator()(std::int64_t v) const { return v; }
    Json operator()(double v) const { return v; }
    Json operator()(const std::string& v) const { return v; }
    Json operator()(const std::vector<double>& v) const { return Json::List(v.begin(), v.end()); }
    Json operator()(const std::vector<std::string>& v) const { return Json::List(v.begin(), v.end()); }
    Json operator()(const NodePtr& v) const { return v ? json_of(*v) : Json(); }
  };
  return std::visit(Visitor{}, value);
}

Json json_of(const Node& node) {
  Json json = Json::object();
  if (!node.id.empty()) json.set("type", node.id);
  const auto put = [&](const std::string& key, const Value& value) {
    const auto* inner = std::get_if<NodePtr>(&value);
    if (inner == nullptr || *inner) json.set(key, json_of(value));
  };
  const Entry* entry = Catalog::get().find(node.kind, node.id);
  if (entry != nullptr)
    for (const Field& field : entry->fields)
      if (const auto given = node.params.find(field.id); given != node.params.end()) put(given->first, given->second);
  for (const auto& [key, value] : node.params)
    if (json.find(key) == nullptr) put(key, value);
  return json;
}

Node merged(const Node& base, const Node& changes) {
  if (!changes.id.empty() && changes.id != base.id) return changes;
  Node out = base;
  for (const auto& [key, value] : changes.params) out.params.insert_or_assign(key, value);
  return out;
}

Value normal(const Field& field, Value value) {
  if (const auto* i = std::get_if<std::int64_t>(&value); i != nullptr && std::holds_alternative<Range>(field.domain))
    return static_cast<double>(*i);
  if (const auto* d = std::get_if<double>(&value);
      d != nullptr && std::holds_alternative<Count>(field.domain) && *d == std::floor(*d) && std::abs(*d) < 9e18)
    return static_cast<std::int64_t>(*d);
  return value;
}

Field as_hosted(const Field& field, const Field* host) {
  Field hosted = field;
  if (host == nullptr || field.id != "peak" || std::holds_alternative<Slot>(host->domain)) return hosted;
  hosted.domain = host->domain;
  if (auto* range = std::get_if<Range>(&hosted.domain)) range->automatic = false;
  if (std::holds_alternative<double>(host->initial)) hosted.initial = host->initial;
  return hosted;
}

NodePtr child_of(const Node& node, const Field& field) {
  const auto given = node.params.find(field.id);
  const auto* child = std::get_if<NodePtr>(given != node.params.end() ? &given->second : &field.initial);
  return child != nullptr ? *child : nullptr;
}

namespace {

/// A value as `When` spells it.
std::string spelled(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* node = std::get_if<NodePtr>(&value)) return *node ? (*node)->id : "";
  return write_json_line(json_of(value));
}

NodePtr completed(const NodePtr& node, const Field& field);

Node completed(const Node& node, const Field* host) {
  Node out = node;
  const Entry* entry = Catalog::get().find(node.kind, node.id);
  if (entry == nullptr) return out;
  for (const Field& plain : entry->fields) {
    const Field field = as_hosted(plain, host);
    const auto given = out.params.find(field.id);
    if (given == out.params.end() && !active(*entry, out, field)) continue;
    Value value = given != out.params.end() ? normal(field, given->second) : field.initial;
    if (const auto* inner = std::get_if<NodePtr>(&value)) {
      if (!*inner) continue;
      value = completed(*inner, field);
    }
    out.params.insert_or_assign(field.id, std::move(value));
  }
  return out;
}

NodePtr completed(const NodePtr& node, const Field& field) {
  return std::make_shared<const Node>(completed(*node, node->kind == Kind::schedule ? &field : nullptr));
}

/// The first step of a path and the rest, whose data is null when there is none.
std::pair<std::string_view, std::string_view> split(std::string_view path) {
  const std::size_t slash = path.find('/');
  return slash == path.npos ? std::pair{path, std::string_view()}
                            : std::pair{path.substr(0, slash), path.substr(slash + 1)};
}

std::optional<Target> target_of(const Node& node, std::string_view path, const Field* host) {
  const auto [first, rest] = split(path);
  const Entry* entry = Catalog::get().find(node.kind, node.id);
  const Field* field = entry != nullptr ? field_named(*entry, first) : nullptr;
  if (field == nullptr) return std::nullopt;
  const bool scheduled = host != nullptr;
  if (rest.empty() && rest.data() == nullptr)
    return Target{as_hosted(*field, host), scheduled ? host->live : field->live};
  const NodePtr child = child_of(node, *field);
  if (!child) return std::nullopt;
  return target_of(*child, rest, child->kind == Kind::schedule ? field : nullptr);
}

std::optional<Node> with_value(const Node& node, std::string_view path, const Value& value, const Field* host) {
  const auto [first, rest] = split(path);
  const Entry* entry = Catalog::get().find(node.kind, node.id);
  const Field* plain = entry != nullptr ? field_named(*entry, first) : nullptr;
  if (plain == nullptr) return std::nullopt;
  const Field field = as_hosted(*plain, host);
  Node out = node;
  if (rest.empty() && rest.data() == nullptr) {
    if (refusal(field, value)) return std::nullopt;
    out.params.insert_or_assign(field.id, normal(field, value));
    return out;
  }
  const NodePtr child = child_of(node, field);
  if (!child) return std::nullopt;
  auto inner = with_value(*child, rest, value, child->kind == Kind::schedule ? &field : nullptr);
  if (!inner) return std::nullopt;
  out.params.insert_or_assign(field.id, std::make_shared<const Node>(std::move(*inner)));
  return out;
}

}  // namespace

bool active(const Entry& entry, const Node& node, const Field& field) {
  if (!field.when) return true;
  const Field* other = field_named(entry, field.when->field);
  if (other == nullptr) return true;
  if (other->id != field.id && !active(entry, node, *other)) return false;
  const auto given = node.params.find(other->id);
  const std::string now = spelled(given != node.params.end() ? given->second : other->initial);
  return std::find(field.when->values.begin(), field.when->values.end(), now) != field.when->values.end();
}

std::optional<Target> target_of(const Node& node, std::string_view path) { return target_of(node, path, nullptr); }

}  // namespace spec

Node complete_node(const Node& node) { return spec::completed(node, static_cast<const Field*>(nullptr)); }

std::optional<Node> with_value(const Node& node, std::string_view path, const Value& value) {
  return spec::with_value(node, path, value, nullptr);
}

std::string node_to_json(const Node& node) { return write_json_line(json_of(node)); }

Checked<Node> node_from_json(Kind kind, std::string_view text) {
  auto json = read_json(text);
  if (Issues* issues = std::get_if<Issues>(&json)) return std::move(*issues);
  Issues issues;
  Reading reading{".", issues};
  Node node = read_node(kind, std::get<Json>(json), "", reading);
  if (issues.empty()) issues = validate_node(node, "");
  if (!issues.empty()) return issues;
  return node;
}

}  // namespace kappa
