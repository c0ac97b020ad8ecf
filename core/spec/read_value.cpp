/// Reads one value or one method object against the catalogue: types, unknown keys, nested methods, schedules.
#include <cmath>
#include <filesystem>

#include "core/catalog/catalog.hpp"
#include "core/spec/nodes.hpp"
#include "core/spec/words.hpp"

namespace kappa::spec {

namespace {

std::string resolved(const std::string& path, const std::string& directory) {
  if (path.empty()) return path;
  const std::filesystem::path file(path);
  if (file.is_absolute()) return file.lexically_normal().string();
  return std::filesystem::absolute(std::filesystem::path(directory) / file).lexically_normal().string();
}

std::optional<std::int64_t> whole(const Json& json) {
  if (const auto* i = std::get_if<std::int64_t>(&json.value)) return *i;
  const auto* d = std::get_if<double>(&json.value);
  if (d == nullptr || *d != std::floor(*d) || std::abs(*d) > 9e18) return std::nullopt;
  return static_cast<std::int64_t>(*d);
}

/// Reads a JSON value of a domain; nothing when its type is not the domain's.
struct ByDomain {
  const Field& field;
  const Json& json;
  const std::string& path;
  Reading& reading;
  const Node* present;

  bool automatic(bool allowed) const { return allowed && json.text() != nullptr && *json.text() == "auto"; }

  std::optional<Value> operator()(const Flag&) const {
    if (const auto* b = std::get_if<bool>(&json.value)) return *b;
    return std::nullopt;
  }
  std::optional<Value> operator()(const Range& range) const {
    if (automatic(range.automatic)) return *json.text();
    if (const auto number = json.number()) return *number;
    if (!field.schedulable || json.members() == nullptr) return std::nullopt;
    const Node* old = present != nullptr && present->kind == Kind::schedule ? present : nullptr;
    Node schedule = read_node(Kind::schedule, json, path, reading, old);
    return std::make_shared<const Node>(schedule.id.empty() && old != nullptr ? merged(*old, schedule) : schedule);
  }
  std::optional<Value> operator()(const Count& count) const {
    if (automatic(count.automatic)) return *json.text();
    if (const auto number = whole(json)) return *number;
    return std::nullopt;
  }
  std::optional<Value> operator()(const Choices&) const { return text(); }
  std::optional<Value> operator()(const Text&) const { return text(); }
  std::optional<Value> operator()(const FilePath&) const {
    if (json.text() == nullptr) return std::nullopt;
    return resolved(*json.text(), reading.directory);
  }
  std::optional<Value> operator()(const Many&) const {
    if (json.list() == nullptr) return std::nullopt;
    std::vector<double> numbers;
    for (const Json& item : *json.list()) {
      const auto number = item.number();
      if (!number) reading.complain(child_path(path, numbers.size()), "found " + found(item) + ", expected a number");
      numbers.push_back(number.value_or(std::nan("")));
    }
    return numbers;
  }
  std::optional<Value> operator()(const Names&) const {
    if (json.list() == nullptr) return std::nullopt;
    std::vector<std::string> names;
    for (const Json& item : *json.list()) {
      if (item.text() == nullptr)
        reading.complain(child_path(path, names.size()), "found " + found(item) + ", expected a text");
      names.push_back(item.text() != nullptr ? *item.text() : std::string());
    }
    return names;
  }
  std::optional<Value> operator()(const Slot& slot) const {
    if (json.members() == nullptr) return std::nullopt;
    const auto* initial = std::get_if<NodePtr>(&field.initial);
    const Node* base = present != nullptr ? present : initial != nullptr ? initial->get() : nullptr;
    Node node = read_node(slot.kind, json, path, reading, base);
    return std::make_shared<const Node>(node.id.empty() && base != nullptr ? merged(*base, node) : node);
  }
  std::optional<Value> operator()(const DataSource&) const {
    if (json.members() == nullptr) return std::nullopt;
    Node source{Kind::problem, "", {}};
    for (const JsonMember& member : *json.members()) {
      const std::string place = child_path(path, member.key);
      constexpr std::string_view keys[] = {"path", "target"};
      if (member.key != "path" && member.key != "target")
        reading.complain(place, "unknown key; allowed: path, target", did_you_mean(member.key, keys));
      else if (member.value.text() == nullptr)
        reading.complain(place, "found " + found(member.value) + ", expected a text");
      else
        source.params[member.key] =
            member.key == "path" ? resolved(*member.value.text(), reading.directory) : *member.value.text();
    }
    if (json.find("path") == nullptr)
      reading.complain(child_path(path, "path"), "missing; the file to read, .csv or .npy");
    return std::make_shared<const Node>(source);
  }
  std::optional<Value> text() const {
    if (json.text() == nullptr) return std::nullopt;
    return *json.text();
  }
};

std::vector<std::string_view> names_of(const Entry& entry) {
  std::vector<std::string_view> names;
  for (const Field& field : entry.fields) names.push_back(field.id);
  return names;
}

void read_params(const Entry& entry, const Json& json, const std::string& path, bool typed, Reading& reading,
                 const Node* base, Node& node) {
  const auto names = names_of(entry);
  for (const JsonMember& member : *json.members()) {
    if (typed && member.key == "type") continue;
    const Field* field = field_named(entry, member.key);
    if (field == nullptr) {
      reading.complain(
          child_path(path, member.key),
          "unknown key; the " + std::string(name_of(entry.kind)) + " " + in_quotes(entry.id) + " has: " + listed(names),
          did_you_mean(member.key, names));
      continue;
    }
    const NodePtr present = base != nullptr ? child_of(*base, *field) : nullptr;
    if (auto value = read_value(*field, member.value, child_path(path, member.key), reading, present.get()))
      node.params.insert_or_assign(field->id, std::move(*value));
  }
}

}  // namespace

std::optional<Value> read_value(const Field& field, const Json& json, const std::string& path, Reading& reading,
                                const Node* present) {
  auto value = std::visit(ByDomain{field, json, path, reading, present}, field.domain);
  if (!value)
    reading.complain(path, "found " + found(json) + ", expected " + allowed(field.domain) +
                               (field.schedulable ? ", or a schedule object" : ""));
  return value;
}

Node read_node(Kind kind, const Json& json, const std::string& path, Reading& reading, const Node* base) {
  Node node{kind, "", {}};
  const std::string name(name_of(kind));
  if (json.members() == nullptr) {
    reading.complain(path,
                     "found " + found(json) + ", expected " + with_article(kind) + " object such as {\"type\": ...}");
    return node;
  }
  const auto ids = Catalog::get().ids(kind);
  const Json* type = json.find("type");
  if (type == nullptr && base == nullptr) {
    reading.complain(path, "\"type\" is missing; it names the " + name + ": " + listed(ids));
    return node;
  }
  if (type != nullptr && type->text() == nullptr) {
    reading.complain(child_path(path, "type"),
                     "found " + found(*type) + ", expected the name of " + with_article(kind) + ": " + listed(ids));
    return node;
  }
  if (type != nullptr) node.id = *type->text();
  if (base != nullptr && type != nullptr && base->id != node.id) base = nullptr;
  const Entry* entry = Catalog::get().find(kind, type != nullptr ? node.id : base->id);
  if (entry != nullptr) read_params(*entry, json, path, true, reading, base, node);
  return node;
}

Node read_settings(std::string_view study, const Json& json, const std::string& path, Reading& reading) {
  Node node{Kind::study, std::string(study), {}};
  if (json.members() == nullptr)
    reading.complain(path, "found " + found(json) + ", expected an object");
  else if (const Entry* entry = Catalog::get().find(Kind::study, study))
    read_params(*entry, json, path, false, reading, nullptr, node);
  return node;
}

}  // namespace kappa::spec
