/// Looks into JSON trees, and takes JSON pointers apart.
#include "core/spec/json.hpp"

#include <algorithm>
#include <charconv>

namespace kappa::spec {

Json::Json(Object v) : value(std::move(v)) {}

Json Json::object() { return Json(Object{}); }

std::optional<double> Json::number() const {
  if (const auto* d = std::get_if<double>(&value)) return *d;
  if (const auto* i = std::get_if<std::int64_t>(&value)) return static_cast<double>(*i);
  return std::nullopt;
}

const Json* Json::find(std::string_view key) const {
  const Object* all = members();
  if (all == nullptr) return nullptr;
  const auto it = std::find_if(all->begin(), all->end(), [&](const JsonMember& m) { return m.key == key; });
  return it == all->end() ? nullptr : &it->value;
}

Json* Json::find(std::string_view key) { return const_cast<Json*>(std::as_const(*this).find(key)); }

Json& Json::set(std::string_view key, Json v) {
  if (Json* known = find(key)) return *known = std::move(v);
  return std::get<Object>(value).emplace_back(JsonMember{std::string(key), std::move(v)}).value;
}

std::string child_path(std::string_view path, std::string_view key) {
  std::string out(path);
  out += '/';
  for (const char c : key) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
  return out;
}

std::string child_path(std::string_view path, std::size_t index) { return child_path(path, std::to_string(index)); }

std::optional<std::vector<std::string>> pointer_steps(std::string_view pointer) {
  std::vector<std::string> steps;
  if (pointer.empty()) return steps;
  if (pointer.front() != '/') return std::nullopt;
  for (std::size_t i = 0; i < pointer.size(); ++i) {
    const char c = pointer[i];
    if (c == '/') {
      steps.emplace_back();
    } else if (c == '~') {
      const char next = i + 1 < pointer.size() ? pointer[i + 1] : '\0';
      if (next != '0' && next != '1') return std::nullopt;
      steps.back() += next == '0' ? '~' : '/';
      ++i;
    } else {
      steps.back() += c;
    }
  }
  return steps;
}

std::optional<std::size_t> index_of(std::string_view step) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
  const bool whole = error == std::errc() && end == step.data() + step.size();
  if (!whole || (step.size() > 1 && step.front() == '0')) return std::nullopt;
  return index;
}

}  // namespace kappa::spec
