/// Reads a lesson's JSON and holds each of its steps against the experiment that it is about.
#include <algorithm>
#include <utility>

#include "core/catalog/gallery.hpp"
#include "core/lessons/lesson.hpp"
#include "core/lessons/live_text.hpp"
#include "core/lessons/setting.hpp"
#include "core/run/claims_json.hpp"
#include "core/spec/words.hpp"

namespace kappa {
namespace {

using spec::child_path;
using spec::Json;

/// Collects what is wrong on the way through the tree.
struct LessonReader {
  Issues issues;

  void complain(const std::string& path, const std::string& message) { issues.push_back({path, message, ""}); }

  void keys(const Json& json, const std::string& path, std::vector<std::string_view> known) {
    if (json.members() == nullptr) return complain(path, "found " + spec::found(json) + ", expected an object");
    for (const spec::JsonMember& member : *json.members())
      if (std::find(known.begin(), known.end(), member.key) == known.end())
        issues.push_back({child_path(path, member.key), "there is no such key; there are: " + spec::listed(known),
                          spec::did_you_mean(member.key, known)});
  }

  std::string text(const Json& json, const std::string& path, std::string_view key, bool needed = true) {
    const Json* given = json.find(key);
    const std::string* words = given == nullptr ? nullptr : given->text();
    if (words != nullptr && !words->empty()) return *words;
    if (given != nullptr)
      complain(child_path(path, key), "found " + spec::found(*given) + ", expected a text");
    else if (needed)
      complain(child_path(path, key), "is missing: a text is expected");
    return {};
  }

  std::vector<std::string> texts(const Json& json, const std::string& path, std::string_view key) {
    std::vector<std::string> all;
    const Json* given = json.find(key);
    if (given == nullptr) return all;
    const std::string place = child_path(path, key);
    if (given->list() == nullptr) {
      complain(place, "found " + spec::found(*given) + ", expected a list of texts");
      return all;
    }
    for (const Json& one : *given->list())
      if (const std::string* words = one.text())
        all.push_back(*words);
      else
        complain(child_path(place, all.size()), "found " + spec::found(one) + ", expected a text");
    return all;
  }

  LessonAsk ask(const Json& json, const std::string& path) {
    keys(json, path, {"question", "choices", "number", "answer", "because"});
    LessonAsk out;
    out.question = text(json, path, "question");
    out.choices = texts(json, path, "choices");
    out.unit = text(json, path, "number", false);
    out.answer = text(json, path, "answer");
    out.because = text(json, path, "because", false);
    const bool choice = json.find("choices") != nullptr, number = json.find("number") != nullptr;
    if (choice == number) complain(path, "expected either choices or a number");
    if (choice && out.choices.size() < 2) complain(child_path(path, "choices"), "expected two choices or more");
    if (choice && std::find(out.choices.begin(), out.choices.end(), out.answer) == out.choices.end())
      complain(child_path(path, "answer"), "found " + in_quotes(out.answer) + ", expected one of the choices");
    return out;
  }

  LessonStep step(const Json& json, const std::string& path) {
    keys(json, path, {"text", "set", "ask", "hide", "lock", "show"});
    LessonStep out;
    out.text = text(json, path, "text");
    if (const Json* set = json.find("set")) {
      if (set->members() == nullptr)
        complain(child_path(path, "set"), "found " + spec::found(*set) + ", expected pointers and their values");
      else
        for (const spec::JsonMember& member : *set->members())
          out.set.emplace_back(member.key, spec::write_json_line(member.value));
    }
    if (const Json* asked = json.find("ask")) out.ask = ask(*asked, child_path(path, "ask"));
    out.hide = texts(json, path, "hide");
    out.lock = texts(json, path, "lock");
    out.show = texts(json, path, "show");
    return out;
  }

  Lesson lesson(const Json& json, const std::string& name) {
    keys(json, "", {"title", "about", "base", "steps"});
    Lesson out;
    out.name = name;
    out.title = text(json, "", "title");
    out.about = text(json, "", "about");
    out.base = text(json, "", "base");
    const Json* steps = json.find("steps");
    if (steps == nullptr || steps->list() == nullptr || steps->list()->empty())
      complain("/steps", "expected a list of steps");
    else
      for (const Json& one : *steps->list()) out.steps.push_back(step(one, child_path("/steps", out.steps.size())));
    return out;
  }

  /// What a text says of now must be in this step's document, what it says of before in an earlier one.
  void live(const std::string& text, const std::vector<Document>& documents, const std::string& path) {
    auto read = parse_live_text(text, path);
    if (Issues* wrong = std::get_if<Issues>(&read))
      return issues.insert(issues.end(), wrong->begin(), wrong->end()), void();
    for (LivePiece piece : std::get<std::vector<LivePiece>>(read)) {
      const bool before = !std::exchange(piece.was, {}).empty();
      Issues found;
      for (std::size_t i = 0; i < documents.size(); ++i) {
        if (before == (i + 1 == documents.size())) continue;
        found = check_live_text({piece}, documents[i], path);
        if (found.empty()) break;
      }
      if (before && documents.size() < 2) complain(path, "there is no earlier step");
      issues.insert(issues.end(), found.begin(), found.end());
    }
  }

  void against(const LessonStep& step, const std::vector<Document>& documents, const std::string& path) {
    const Document& document = documents.back();
    live(step.text, documents, child_path(path, "text"));
    if (step.ask) {
      const std::string place = child_path(path, "ask");
      live(step.ask->question, documents, child_path(place, "question"));
      if (step.ask->choices.empty()) live(step.ask->answer, documents, child_path(place, "answer"));
      live(step.ask->because, documents, child_path(place, "because"));
    }
    std::vector<std::string> ids;
    for (const FigureSpec& figure : figures_of(document)) ids.push_back(figure.id);
    const auto known = [&](const std::string& word, auto&& others) {
      return std::find(ids.begin(), ids.end(), word) != ids.end() ||
             std::find(std::begin(others), std::end(others), word) != std::end(others);
    };
    const std::vector<std::string_view> names(ids.begin(), ids.end());
    for (const std::string& id : step.show)
      if (!known(id, std::vector<std::string_view>{}))
        complain(child_path(path, "show"),
                 "there is no chart " + in_quotes(id) + "; there are: " + spec::listed(names));
    for (const std::string& id : step.hide)
      if (!known(id, lesson_panels))
        complain(child_path(path, "hide"),
                 "there is no chart or panel " + in_quotes(id) + "; there are: setup, " + spec::listed(names));
    for (const std::string& lock : step.lock) {
      const bool control =
          std::find(std::begin(lesson_controls), std::end(lesson_controls), lock) != std::end(lesson_controls);
      if (!control && !setting_at(document, lock))
        complain(child_path(path, "lock"), "the experiment has nothing at " + in_quotes(lock));
    }
  }
};

}  // namespace

Checked<Lesson> parse_lesson(std::string_view text, const std::string& name) {
  auto json = spec::read_json(text);
  if (Issues* issues = std::get_if<Issues>(&json)) return std::move(*issues);
  LessonReader reader;
  Lesson lesson = reader.lesson(std::get<Json>(json), name);
  if (!reader.issues.empty()) return std::move(reader.issues);
  std::vector<Document> documents;
  for (std::size_t i = 0; i < lesson.steps.size(); ++i) {
    auto document = lesson_document(lesson, i);
    if (Issues* issues = std::get_if<Issues>(&document)) return std::move(*issues);
    documents.push_back(std::get<Document>(std::move(document)));
    reader.against(lesson.steps[i], documents, child_path("/steps", i));
  }
  if (!reader.issues.empty()) return std::move(reader.issues);
  return lesson;
}

}  // namespace kappa
