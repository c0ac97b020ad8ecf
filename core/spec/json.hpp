/// JSON as plain values: a tree that keeps the order of its keys, so that no header needs a JSON library.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/issue.hpp"

namespace kappa::spec {

struct JsonMember;

struct Json {
  using List = std::vector<Json>;
  using Object = std::vector<JsonMember>;
  std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Object> value;

  Json() = default;
  Json(std::same_as<bool> auto v) : value(v) {}
  Json(std::int64_t v) : value(v) {}
  Json(int v) : value(std::int64_t{v}) {}
  Json(std::uint64_t v) : value(static_cast<std::int64_t>(v)) {}
  Json(double v) : value(v) {}
  Json(std::string v) : value(std::move(v)) {}
  Json(std::string_view v) : value(std::string(v)) {}
  Json(const char* v) : value(std::string(v)) {}
  Json(List v) : value(std::move(v)) {}
  Json(Object v);

  static Json object();
  const List* list() const { return std::get_if<List>(&value); }
  const Object* members() const { return std::get_if<Object>(&value); }
  List* list() { return std::get_if<List>(&value); }
  Object* members() { return std::get_if<Object>(&value); }
  const std::string* text() const { return std::get_if<std::string>(&value); }
  std::optional<double> number() const;          ///< whole or real
  const Json* find(std::string_view key) const;  ///< null: no object, or no such key
  Json* find(std::string_view key);
  Json& set(std::string_view key, Json v);  ///< replaces, or adds at the end; the value must be an object
};

struct JsonMember {
  std::string key;
  Json value;
};

inline constexpr std::size_t json_size_limit = 4'000'000;  ///< bytes of one document
inline constexpr std::size_t json_depth_limit = 64;

/// Strict: UTF-8, one value, no key twice, numbers that fit a double, bounded size and depth.
Checked<Json> read_json(std::string_view text);
/// Two spaces a level; what is short stays on one line. Numbers in the shortest form that reads back the same.
std::string write_json(const Json& json);
std::string write_json_line(const Json& json);

/// "/runs/0" + "a/b" = "/runs/0/a~1b".
std::string child_path(std::string_view path, std::string_view key);
std::string child_path(std::string_view path, std::size_t index);
/// The steps of a JSON pointer (RFC 6901); nothing when it is not one.
std::optional<std::vector<std::string>> pointer_steps(std::string_view pointer);
/// "0", "12": an index into a list.
std::optional<std::size_t> index_of(std::string_view step);

}  // namespace kappa::spec
