/// Sets one value of a JSON document by its pointer, and tries out the values of a sweep.
#include <algorithm>

#include "core/spec/parse.hpp"
#include "core/spec/words.hpp"

namespace kappa {

using namespace spec;

namespace spec {

namespace {

constexpr std::string_view top_keys[] = {"study",    "title",    "note",   "seed",  "repeats", "about", "steps",
                                         "problem",  "batch",    "init",   "runs",  "probes",  "stop",  "events",
                                         "settings", "theories", "claims", "sweep", "view"};

Issues none_such(const std::string& path, const Json& parent, const std::string& step) {
  if (const Json::List* list = parent.list()) {
    const std::string last =
        list->empty() ? "the list is empty" : "the list has 0 to " + std::to_string(list->size() - 1);
    return {{child_path(path, step), "there is no " + in_quotes(step) + " in this list; " + last, ""}};
  }
  if (parent.members() == nullptr)
    return {{child_path(path, step),
             "there is nothing below " + found(parent) + " at " + (path.empty() ? "the top" : path), ""}};
  std::vector<std::string_view> keys;
  if (path.empty())
    keys.assign(std::begin(top_keys), std::end(top_keys));
  else
    for (const JsonMember& member : *parent.members()) keys.push_back(member.key);
  return {{child_path(path, step), "there is no " + in_quotes(step) + "; there are: " + listed(keys),
           did_you_mean(step, keys)}};
}

bool may_add(const std::string& path, const Json& parent, const std::string& step) {
  if (parent.members() == nullptr) return false;
  if (path.empty()) return std::find(std::begin(top_keys), std::end(top_keys), step) != std::end(top_keys);
  std::vector<std::string_view> keys;
  for (const JsonMember& member : *parent.members()) keys.push_back(member.key);
  return did_you_mean(step, keys).empty();
}

/// What one step of a pointer leads to; a missing object on the way is made where no misspelling is near.
Json* step_into(Json& parent, const std::string& path, const std::string& step, bool last) {
  if (Json::List* list = parent.list()) {
    const auto index = index_of(step);
    if (index && *index < list->size()) return &(*list)[*index];
    return last && step == "-" ? &list->emplace_back() : nullptr;
  }
  if (Json* known = parent.find(step)) return known;
  if (parent.members() == nullptr) return nullptr;
  if (last && !path.empty()) return &parent.set(step, Json());
  return may_add(path, parent, step) ? &parent.set(step, Json::object()) : nullptr;
}

}  // namespace

/// Puts a value at a pointer; issues when the way there does not exist.
Issues set_value(Json& root, std::string_view pointer, Json value) {
  const auto steps = pointer_steps(pointer);
  if (!steps || steps->empty())
    return {
        {"", "found " + in_quotes(pointer) + ", expected a JSON pointer such as \"/problem/condition_number\"", ""}};
  Json* json = &root;
  std::string path;
  for (std::size_t i = 0; i < steps->size(); ++i) {
    const std::string& step = (*steps)[i];
    Json* next = step_into(*json, path, step, i + 1 == steps->size());
    if (next == nullptr) return none_such(path, *json, step);
    path = child_path(path, step);
    json = next;
  }
  *json = std::move(value);
  return {};
}

void check_sweep(const Document& document, Issues& issues) {
  if (document.sweep.size() > most_axes)
    return issues.push_back(
        {"/sweep",
         "found " + std::to_string(document.sweep.size()) + " axes, expected at most " + std::to_string(most_axes),
         ""});
  Document plain = document;
  plain.sweep.clear();
  const Json base = document.sweep.empty() ? Json() : json_of(plain, false);
  for (const SweepAxis& axis : document.sweep) {
    const std::string path = child_path("/sweep", axis.path);
    if (axis.values.empty() || axis.values.size() > most_values) {
      issues.push_back(
          {path,
           "found " + std::to_string(axis.values.size()) + " values, expected 1 to " + std::to_string(most_values),
           ""});
      continue;
    }
    for (std::size_t i = 0; i < axis.values.size(); ++i) {
      Json tried = base;
      Issues wrong = set_value(tried, axis.path, json_of(axis.values[i]));
      const bool placed = wrong.empty();
      if (placed)
        if (auto read = parse_document(write_json_line(tried)); const Issues* found = issues_of(read)) wrong = *found;
      if (wrong.empty()) continue;
      issues.push_back({placed ? child_path(path, i) : path, to_string(wrong.front()), ""});
      if (!placed) break;
    }
  }
}

}  // namespace spec

Checked<std::string> set_in_json(std::string_view text, std::string_view pointer, std::string_view value) {
  auto json = read_json(text);
  if (Issues* issues = std::get_if<Issues>(&json)) return std::move(*issues);
  auto given = read_json(value);
  Json* parsed = std::get_if<Json>(&given);
  Json& root = std::get<Json>(json);
  Issues issues = set_value(root, pointer, parsed != nullptr ? std::move(*parsed) : Json(value));
  if (!issues.empty()) return issues;
  return write_json(root);
}

}  // namespace kappa
