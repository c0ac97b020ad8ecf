/// Writes JSON for people to read: short lists and objects on one line, everything else indented.
#include <algorithm>
#include <cmath>

#include "core/spec/json.hpp"
#include "core/trace/number.hpp"

namespace kappa::spec {

namespace {

constexpr std::size_t width = 120;

void append_text(std::string& out, std::string_view text) {
  constexpr char hex[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      (out += '\\') += c;
    else if (c == '\n')
      out += "\\n";
    else if (c == '\t')
      out += "\\t";
    else if (c == '\r')
      out += "\\r";
    else if (byte < 0x20 || byte == 0x7f)
      ((out += "\\u00") += hex[byte >> 4]) += hex[byte & 15];
    else
      out += c;
  }
  out += '"';
}

void append_line(std::string& out, const Json& json);

struct Line {
  std::string& out;
  void operator()(std::monostate) const { out += "null"; }
  void operator()(bool v) const { out += v ? "true" : "false"; }
  void operator()(std::int64_t v) const { append_number(out, v); }
  void operator()(double v) const {
    if (!std::isfinite(v))
      out += "null";
    else if (v == 0 && std::signbit(v))
      out += "-0.0";  // "-0" would read back as the whole number 0
    else
      append_number(out, v);
  }
  void operator()(const std::string& v) const { append_text(out, v); }
  void operator()(const Json::List& v) const {
    out += '[';
    for (std::size_t i = 0; i < v.size(); ++i) {
      if (i > 0) out += ", ";
      append_line(out, v[i]);
    }
    out += ']';
  }
  void operator()(const Json::Object& v) const {
    out += '{';
    for (std::size_t i = 0; i < v.size(); ++i) {
      if (i > 0) out += ", ";
      append_text(out, v[i].key);
      out += ": ";
      append_line(out, v[i].value);
    }
    out += '}';
  }
};

void append_line(std::string& out, const Json& json) { std::visit(Line{out}, json.value); }

bool holds_object(const Json& json) {
  const Json::Object* all = json.members();
  return all != nullptr &&
         std::any_of(all->begin(), all->end(), [](const JsonMember& m) { return m.value.members() != nullptr; });
}

/// Objects with objects inside, such as runs, are read one below the other.
bool is_table(const Json& json) {
  const Json::List* list = json.list();
  return list != nullptr && list->size() > 1 && std::any_of(list->begin(), list->end(), holds_object);
}

void append_pretty(std::string& out, const Json& json, std::size_t indent, std::size_t column, bool force) {
  std::string line;
  append_line(line, json);
  const bool container = json.list() != nullptr || json.members() != nullptr;
  if (!container || line.size() == 2 || (!force && !is_table(json) && column + line.size() + 1 <= width)) {
    out += line;
    return;
  }
  const std::string inner(indent + 2, ' ');
  if (const Json::List* list = json.list()) {
    out += "[\n";
    for (std::size_t i = 0; i < list->size(); ++i) {
      out += inner;
      append_pretty(out, (*list)[i], indent + 2, indent + 2, false);
      out += i + 1 < list->size() ? ",\n" : "\n";
    }
    out += std::string(indent, ' ') + "]";
    return;
  }
  const Json::Object& members = *json.members();
  out += "{\n";
  for (std::size_t i = 0; i < members.size(); ++i) {
    std::string key = inner;
    append_text(key, members[i].key);
    key += ": ";
    out += key;
    append_pretty(out, members[i].value, indent + 2, key.size(), false);
    out += i + 1 < members.size() ? ",\n" : "\n";
  }
  out += std::string(indent, ' ') + "}";
}

}  // namespace

std::string write_json(const Json& json) {
  std::string out;
  append_pretty(out, json, 0, 0, true);
  out += '\n';
  return out;
}

std::string write_json_line(const Json& json) {
  std::string out;
  append_line(out, json);
  return out;
}

}  // namespace kappa::spec
