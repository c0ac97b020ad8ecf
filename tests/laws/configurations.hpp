/// Every way to set an optimizer that may change which symmetries it has: choices, ticks, "auto", and idle terms awake.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "core/catalog/catalog.hpp"
#include "core/spec/document.hpp"

namespace kappa::laws {

struct Configuration {
  std::string name;
  Node node;
};

/// A tame value inside a numeric domain: what an "auto" field or an idle term is set to.
inline Value tame(const Field& field) {
  if (const auto* real = std::get_if<Range>(&field.domain)) {
    if (real->log) return std::clamp(0.1, real->slider_lo, real->slider_hi);
    return real->lo + 0.3 * (std::min(real->hi, real->lo + 1) - real->lo);
  }
  const Count& count = std::get<Count>(field.domain);
  return std::clamp<std::int64_t>(2, count.lo, count.hi);
}

/// A field that another one switches on is set together with it.
inline Configuration with(const Entry& entry, const Field& field, const Value& value, const std::string& words) {
  Configuration out{field.id + " " + words, {entry.kind, entry.id, {{field.id, value}}}};
  if (field.when) {
    const auto other = std::find_if(entry.fields.begin(), entry.fields.end(),
                                    [&](const Field& f) { return f.id == field.when->field; });
    if (other == entry.fields.end() || field.when->values.empty()) return out;
    if (std::holds_alternative<bool>(other->initial))
      out.node.params[other->id] = field.when->values[0] == "true";
    else
      out.node.params[other->id] = field.when->values[0];
  }
  return out;
}

inline std::vector<Configuration> configurations(const Entry& entry) {
  std::vector<Configuration> all = {{"defaults", {entry.kind, entry.id, {}}}};
  for (const Field& field : entry.fields) {
    if (const auto* choices = std::get_if<Choices>(&field.domain))
      for (const std::string& name : choices->names)
        if (!equal(field.initial, Value(name))) all.push_back(with(entry, field, name, name));
    if (const bool* tick = std::get_if<bool>(&field.initial))
      all.push_back(with(entry, field, !*tick, *tick ? "off" : "on"));
    const auto* word = std::get_if<std::string>(&field.initial);
    const auto* number = std::get_if<double>(&field.initial);
    const bool numeric = std::holds_alternative<Range>(field.domain) || std::holds_alternative<Count>(field.domain);
    if (numeric && word != nullptr) all.push_back(with(entry, field, tame(field), "given"));
    if (numeric && number != nullptr && *number == 0) all.push_back(with(entry, field, tame(field), "on"));
  }
  for (Configuration& one : all) one.node = complete_node(one.node);
  return all;
}

/// Has an inner optimizer of its own: its symmetries are at most its base's.
inline bool is_wrapper(const Entry& entry) {
  return std::any_of(entry.fields.begin(), entry.fields.end(),
                     [](const Field& f) { return f.id == "base" && std::holds_alternative<Slot>(f.domain); });
}

inline std::vector<std::string> ids_of(Kind kind) {
  std::vector<std::string> ids;
  for (const Entry& entry : Catalog::get().all(kind)) ids.push_back(entry.id);
  return ids;
}

}  // namespace kappa::laws
