/// Reads strict JSON: what is wrong is said with its line and column, or with its place in the tree.
#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <set>

#include "core/spec/json.hpp"
#include "core/spec/words.hpp"

namespace kappa::spec {

namespace {

/// "line 3, column 7" of the byte at `offset`; columns count characters.
std::string place(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  const std::string_view before = text.substr(0, offset);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t start = before.rfind('\n') == before.npos ? 0 : before.rfind('\n') + 1;
  const std::size_t column = 1 + count_characters(before.substr(start));
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

/// The word around a byte, to tell NaN from other misspellings.
std::string word_at(std::string_view text, std::size_t offset) {
  const auto letter = [&](std::size_t i) { return std::isalpha(static_cast<unsigned char>(text[i])) != 0; };
  std::size_t begin = std::min(offset, text.size());
  while (begin > 0 && letter(begin - 1)) --begin;
  std::string word;
  for (std::size_t i = begin; i < text.size() && letter(i) && word.size() < 10; ++i)
    word += static_cast<char>(std::tolower(static_cast<unsigned char>(text[i])));
  return word;
}

class Builder {
 public:
  using json = nlohmann::json;
  explicit Builder(std::string_view text) : text_(text) {}

  bool null() { return put({}); }
  bool boolean(bool v) { return put(v); }
  bool number_integer(json::number_integer_t v) { return put(std::int64_t{v}); }
  bool number_unsigned(json::number_unsigned_t v) {
    if (v <= static_cast<std::uint64_t>(INT64_MAX)) return put(static_cast<std::int64_t>(v));
    return put(static_cast<double>(v));
  }
  bool number_float(double v, const std::string&) { return put(v); }
  bool string(std::string& v) {
    if (v.find('\0') != v.npos) complain("a text holds the character U+0000, which is not allowed");
    return put(std::move(v));
  }
  bool binary(json::binary_t&) { return false; }
  bool start_object(std::size_t) { return open(Json::object()); }
  bool start_array(std::size_t) { return open(Json(Json::List{})); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(std::string& key) {
    Level& level = levels_.back();
    level.key = key;
    if (!level.seen.insert(key).second && issues_.size() < most_issues)
      issues_.push_back({path(), "the key " + in_quotes(key) + " stands twice in this object; it is allowed once", ""});
    return true;
  }
  bool parse_error(std::size_t position, const std::string& token, const nlohmann::detail::exception& error) {
    const std::size_t last = position == 0 ? 0 : position - 1;
    const std::string word = word_at(text_, last);
    std::string what = error.what();
    if (error.id == 406) {
      what = "the number " + shortened(token, 40) + " is too large for a double";
    } else if (word == "nan" || word.starts_with("inf")) {
      what = "NaN and infinities are not JSON numbers";
    } else {
      const std::size_t column = what.find(": ", what.find("column"));
      what = shortened(column == what.npos ? what : what.substr(column + 2), 200);
    }
    issues_.push_back({"", place(text_, last) + ": " + what, ""});
    return false;
  }

  Checked<Json> result() {
    if (issues_.empty()) return std::move(root_);
    return std::move(issues_);
  }

 private:
  static constexpr std::size_t most_issues = 100;
  struct Level {
    Json* json;
    std::string key;
    std::set<std::string> seen;
  };

  /// Where the next value goes: lists further up hold the open element already.
  std::string path() const {
    std::string out;
    for (const Level& level : levels_) {
      const Json::List* list = level.json->list();
      const std::size_t next = list == nullptr ? 0 : list->size() - (&level == &levels_.back() ? 0 : 1);
      out = list != nullptr ? child_path(out, next) : child_path(out, level.key);
    }
    return out;
  }
  void complain(const char* message) {
    if (issues_.size() < most_issues) issues_.push_back({path(), message, ""});
  }
  Json* place_for(Json v) {
    if (levels_.empty()) return &(root_ = std::move(v));
    Json& parent = *levels_.back().json;
    if (Json::List* list = parent.list()) return &list->emplace_back(std::move(v));
    return &parent.members()->emplace_back(JsonMember{levels_.back().key, std::move(v)}).value;
  }
  bool put(Json v) {
    place_for(std::move(v));
    return true;
  }
  bool open(Json container) {
    if (levels_.size() == json_depth_limit) {
      issues_.push_back({shortened(path(), 80),
                         "nested more than " + std::to_string(json_depth_limit) + " levels deep, which is the limit",
                         ""});
      return false;
    }
    levels_.push_back({place_for(std::move(container)), {}, {}});
    return true;
  }
  bool close() {
    levels_.pop_back();
    return true;
  }

  std::string_view text_;
  Json root_;
  std::vector<Level> levels_;  // a parent's list does not grow while its last element is open, so pointers stay
  Issues issues_;
};

}  // namespace

Checked<Json> read_json(std::string_view text) {
  if (text.size() > json_size_limit)
    return Issues{
        {"",
         "the document has " + std::to_string(text.size()) + " bytes; the limit is " + std::to_string(json_size_limit),
         ""}};
  if (const auto bad = first_bad_utf8(text))
    return Issues{{"", place(text, *bad) + ": the text is not UTF-8, which documents are written in", ""}};
  if (text.find_first_not_of(" \t\r\n") == text.npos)
    return Issues{{"", "the document is empty; a JSON object is needed", ""}};
  Builder builder(text);
  nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  return builder.result();
}

}  // namespace kappa::spec
