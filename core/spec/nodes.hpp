/// Nodes and values between JSON and the catalogue: read by type, written in the fields' order, walked along paths.
#pragma once

#include <string>
#include <string_view>

#include "core/kinds/card.hpp"
#include "core/spec/json.hpp"

namespace kappa::spec {

/// Where issues go, and what relative paths of data are relative to.
struct Reading {
  std::string directory;
  Issues& issues;
  void complain(std::string path, std::string message, std::string hint = "") {
    issues.push_back({std::move(path), std::move(message), std::move(hint)});
  }
};

/// The JSON as a value of that field's type; ranges are for `refusal`. `present`: the method it changes, when it may
/// leave out its type. Nothing, and an issue, when the type is wrong.
std::optional<Value> read_value(const Field& field, const Json& json, const std::string& path, Reading& reading,
                                const Node* present = nullptr);

/// A method object. Where its type is missing, its keys are those of `base`, and the node's id stays empty.
Node read_node(Kind kind, const Json& json, const std::string& path, Reading& reading, const Node* base = nullptr);
/// A study's settings, whose type stands elsewhere.
Node read_settings(std::string_view study, const Json& json, const std::string& path, Reading& reading);

Json json_of(const Value& value);
Json json_of(const Node& node);

/// `changes` over `base`: parameter by parameter when its id is empty or the same; else `changes` itself.
Node merged(const Node& base, const Node& changes);

const Field* field_named(const Entry& entry, std::string_view id);
/// Is the field read, as the node stands? False when its `when` does not hold.
bool active(const Entry& entry, const Node& node, const Field& field);
/// Whole numbers as reals where the field is real, and the reverse: JSON writes both alike.
Value normal(const Field& field, Value value);
/// A schedule's field, whose peak obeys the field `host` that the schedule stands in.
Field as_hosted(const Field& field, const Field* host);
/// The method a field holds: as given, or its default.
NodePtr child_of(const Node& node, const Field& field);

/// The field that "base/learning_rate" names in the node; a schedule's peak takes its host's domain.
struct Target {
  Field field;
  bool live = false;  ///< may change while running, and so may its schedule's numbers
};
std::optional<Target> target_of(const Node& node, std::string_view path);

/// Issues of a value that `refusal` would refuse, with paths inside nested methods.
void check_value(const Field& field, const Value& value, const std::string& path, Issues& issues);
void check_node(const Node& node, const std::string& path, Issues& issues, const Field* host = nullptr);

}  // namespace kappa::spec
