/// Short, safe words about whatever a document holds.
#include "core/spec/words.hpp"

#include "core/catalog/catalog.hpp"
#include "core/trace/number.hpp"

namespace kappa::spec {

std::string shown(double value) {
  std::string out;
  append_number(out, value);
  return out;
}

namespace {

struct Found {
  std::string operator()(std::monostate) const { return "nothing (null)"; }
  std::string operator()(bool v) const { return v ? "true" : "false"; }
  std::string operator()(std::int64_t v) const { return std::to_string(v); }
  std::string operator()(double v) const { return shown(v); }
  std::string operator()(const std::string& v) const { return "the text " + in_quotes(v); }
  std::string operator()(const Json::List&) const { return "a list"; }
  std::string operator()(const Json::Object&) const { return "an object"; }
  std::string operator()(const std::vector<double>&) const { return "a list of numbers"; }
  std::string operator()(const std::vector<std::string>&) const { return "a list of texts"; }
  std::string operator()(const NodePtr& v) const { return v ? with_article(v->kind) + " object" : "nothing"; }
};

}  // namespace

std::string found(const Json& json) { return std::visit(Found{}, json.value); }
std::string found(const Value& value) { return std::visit(Found{}, value); }

std::string did_you_mean(std::string_view word, std::span<const std::string_view> names) {
  if (word.empty() || word.size() > 64) return "";
  std::string_view near = nearest(word, names);
  for (std::size_t i = 0; near.empty() && word.size() > 3 && i < names.size(); ++i)
    if (names[i].starts_with(word)) near = names[i];  // "warmup" for "warmup_steps"
  return near.empty() ? "" : "did you mean \"" + std::string(near) + "\"?";
}

std::string listed(std::span<const std::string_view> names) {
  constexpr std::size_t most = 24;
  std::string out;
  for (std::size_t i = 0; i < names.size() && i < most; ++i) (out += i > 0 ? ", " : "") += shortened(names[i], 40);
  if (names.size() > most) out += ", ... (" + std::to_string(names.size()) + " in all)";
  return out.empty() ? "none" : out;
}

std::string with_article(Kind kind) {
  const std::string_view name = name_of(kind);
  return (name.front() == 'o' || name.front() == 'i' ? "an " : "a ") + std::string(name);
}

}  // namespace kappa::spec
