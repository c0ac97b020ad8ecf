/// Holds values against their domains: the sentences that forms and documents show.
#include <cmath>

#include "core/catalog/catalog.hpp"
#include "core/spec/document.hpp"
#include "core/spec/nodes.hpp"
#include "core/spec/words.hpp"

namespace kappa {

namespace spec {

namespace {

std::string outside(double value, const Range& range) {
  if (value < range.lo) return shown(value) + " is below the minimum " + shown(range.lo);
  if (value > range.hi) return shown(value) + " is above the maximum " + shown(range.hi);
  if (range.open_lo && value == range.lo) return shown(value) + " is not above " + shown(range.lo);
  if (range.open_hi && value == range.hi) return shown(value) + " is not below " + shown(range.hi);
  return "";
}

/// What is wrong with a value, not looking inside nested methods; empty: nothing.
struct Against {
  const Field& field;
  const Value& value;

  std::string expected() const {
    return "found " + found(value) + ", expected " + allowed(field.domain) +
           (field.schedulable ? ", or a schedule object" : "");
  }
  bool automatic(bool may) const {
    const auto* text = std::get_if<std::string>(&value);
    return may && text != nullptr && *text == "auto";
  }
  template <class T>
  std::string is() const {
    return std::holds_alternative<T>(value) ? "" : expected();
  }
  std::string is_node(Kind kind) const {
    const auto* node = std::get_if<NodePtr>(&value);
    return node != nullptr && *node && (*node)->kind == kind ? "" : expected();
  }

  std::string operator()(const Flag&) const { return is<bool>(); }
  std::string operator()(const Text& domain) const {
    const auto* text = std::get_if<std::string>(&value);
    if (text == nullptr || domain.refuse == nullptr) return is<std::string>();
    return domain.refuse(*text).value_or("");
  }
  std::string operator()(const FilePath&) const { return is<std::string>(); }
  std::string operator()(const Slot& slot) const { return is_node(slot.kind); }
  std::string operator()(const DataSource&) const { return is<NodePtr>(); }
  std::string operator()(const Range& range) const {
    if (automatic(range.automatic)) return "";
    if (field.schedulable && is_node(Kind::schedule).empty()) return "";
    const Json json = json_of(value);
    const auto number = json.number();
    if (!number || std::isnan(*number)) return expected();
    return outside(*number, range);
  }
  std::string operator()(const Count& count) const {
    if (automatic(count.automatic)) return "";
    const auto number = json_of(value).number();
    if (!number || *number != std::floor(*number)) return expected();
    if (*number < static_cast<double>(count.lo))
      return found(value) + " is below the minimum " + std::to_string(count.lo);
    if (*number > static_cast<double>(count.hi))
      return found(value) + " is above the maximum " + std::to_string(count.hi);
    return "";
  }
  std::string operator()(const Choices& choices) const {
    const auto* text = std::get_if<std::string>(&value);
    for (const std::string& name : choices.names)
      if (text != nullptr && *text == name) return "";
    return expected();
  }
  std::string operator()(const Many& many) const {
    const auto* list = std::get_if<std::vector<double>>(&value);
    if (list == nullptr) return expected();
    if (const std::string wrong = length(list->size(), many.least, many.most, "numbers"); !wrong.empty()) return wrong;
    for (const double number : *list) {
      if (std::isnan(number)) return "found nan, expected " + allowed(field.domain);
      if (const std::string wrong = outside(number, many.of); !wrong.empty()) return wrong;
    }
    return "";
  }
  std::string operator()(const Names& names) const {
    const auto* list = std::get_if<std::vector<std::string>>(&value);
    return list == nullptr ? expected() : length(list->size(), names.least, names.most, "texts");
  }
  static std::string length(std::size_t n, std::size_t least, std::size_t most, const char* what) {
    if (n >= least && n <= most) return "";
    return "found " + std::to_string(n) + " " + what + ", expected " + std::to_string(least) + " to " +
           std::to_string(most);
  }
};

std::string hint_for(const Field& field, const Value& value) {
  const auto* choices = std::get_if<Choices>(&field.domain);
  const auto* text = std::get_if<std::string>(&value);
  if (choices == nullptr || text == nullptr) return "";
  const std::vector<std::string_view> names(choices->names.begin(), choices->names.end());
  return did_you_mean(*text, names);
}

void check_source(const Node& source, const std::string& path, Issues& issues) {
  const auto file = source.params.find("path");
  const auto* text = file != source.params.end() ? std::get_if<std::string>(&file->second) : nullptr;
  if (text == nullptr || text->empty())
    issues.push_back({child_path(path, "path"), "missing; the file to read, .csv or .npy", ""});
}

}  // namespace

void check_value(const Field& field, const Value& value, const std::string& path, Issues& issues) {
  const auto* inner = std::get_if<NodePtr>(&value);
  const bool source = std::holds_alternative<DataSource>(field.domain);
  if (source && inner != nullptr && !*inner) return;  // no data of one's own
  const std::string wrong = std::visit(Against{field, value}, field.domain);
  if (!wrong.empty())
    issues.push_back({path, wrong, hint_for(field, value)});
  else if (source)
    check_source(**inner, path, issues);
  else if (inner != nullptr)
    check_node(**inner, path, issues, (*inner)->kind == Kind::schedule ? &field : nullptr);
}

void check_node(const Node& node, const std::string& path, Issues& issues, const Field* host) {
  const Entry* entry = Catalog::get().find(node.kind, node.id);
  if (entry == nullptr) {
    const auto ids = Catalog::get().ids(node.kind);
    const std::string what = node.id.empty()
                                 ? "\"type\" is missing; "
                                 : "no " + std::string(name_of(node.kind)) + " is named " + in_quotes(node.id) + "; ";
    issues.push_back({child_path(path, "type"), what + "allowed: " + listed(ids), did_you_mean(node.id, ids)});
    return;
  }
  for (const auto& [key, value] : node.params) {
    const Field* field = field_named(*entry, key);
    if (field == nullptr) {
      issues.push_back({child_path(path, key), "unknown key; " + in_quotes(entry->id) + " has no such field", ""});
      continue;
    }
    check_value(as_hosted(*field, host), value, child_path(path, key), issues);
  }
}

}  // namespace spec

Issues validate_node(const Node& node, const std::string& path) {
  Issues issues;
  spec::check_node(node, path, issues);
  return issues;
}

std::optional<std::string> refusal(const Field& field, const Value& value) {
  Issues issues;
  spec::check_value(field, value, "", issues);
  if (issues.empty()) return std::nullopt;
  return to_string(issues.front());
}

}  // namespace kappa
