/// Takes an object apart key by key.
#include "core/spec/keys.hpp"

#include <algorithm>

#include "core/spec/document.hpp"
#include "core/spec/words.hpp"

namespace kappa::spec {

Keys::Keys(const Json& json, std::string path, Reading& reading)
    : json_(json), path_(std::move(path)), reading_(reading) {
  if (json.members() == nullptr) reading_.complain(path_, "found " + found(json) + ", expected an object");
}

const Json* Keys::take(std::string_view key) {
  if (std::find(asked_.begin(), asked_.end(), key) == asked_.end()) asked_.push_back(key);
  return json_.find(key);
}

const Json* Keys::need(std::string_view key, std::string_view what) {
  const Json* json = take(key);
  if (json == nullptr && json_.members() != nullptr) reading_.complain(path(key), "missing; " + std::string(what));
  return json;
}

std::optional<Value> Keys::value(Part part, std::string_view key) {
  const Json* json = take(key);
  if (json == nullptr) return std::nullopt;
  const Field& field = field_of(part, key);
  auto read = read_value(field, *json, path(key), reading_);
  if (!read) return std::nullopt;
  const std::size_t before = reading_.issues.size();
  check_value(field, *read, path(key), reading_.issues);
  return reading_.issues.size() == before ? read : std::nullopt;
}

void Keys::read(Part part, std::string_view key, std::string& out) {
  if (const auto read = value(part, key)) out = std::get<std::string>(*read);
}

void Keys::read(Part part, std::string_view key, std::uint64_t& out) {
  if (const auto read = value(part, key)) out = static_cast<std::uint64_t>(std::get<std::int64_t>(*read));
}

void Keys::read(Part part, std::string_view key, double& out) {
  if (const auto read = value(part, key)) out = std::get<double>(*read);
}

void Keys::refuse(std::string_view key, std::string_view why) {
  refused_.push_back(key);
  if (json_.find(key) != nullptr) reading_.complain(path(key), std::string(why));
}

void Keys::finish() {
  if (json_.members() == nullptr) return;
  const auto has = [](const std::vector<std::string_view>& list, std::string_view key) {
    return std::find(list.begin(), list.end(), key) != list.end();
  };
  for (const JsonMember& member : *json_.members())
    if (!has(asked_, member.key) && !has(refused_, member.key))
      reading_.complain(path(member.key), "unknown key; allowed: " + listed(asked_), did_you_mean(member.key, asked_));
}

}  // namespace kappa::spec
