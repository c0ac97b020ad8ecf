/// Finds lessons among the resources and makes each step's document out of the base.
#include "core/lessons/lesson.hpp"

#include <algorithm>

#include "core/catalog/catalog.hpp"
#include "core/catalog/gallery.hpp"
#include "core/catalog/resources.hpp"
#include "core/run/claims_json.hpp"
#include "core/spec/json.hpp"

namespace kappa {
namespace {

constexpr std::string_view lesson_folder = "lessons/", lesson_ending = ".json";

bool is_in(const std::vector<std::string>& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// The `charts` of a view: those to be shown first and in their order, one or two of them as wide as can be.
spec::Json charts_of(const std::vector<FigureSpec>& figures, const LessonStep& step) {
  spec::Json::List charts;
  const auto add = [&](const std::string& id, bool shown, bool large) {
    spec::Json one = spec::Json::object();
    one.set("id", id);
    one.set("shown", shown);
    if (large) one.set("span", 2);
    charts.push_back(std::move(one));
  };
  for (const std::string& id : step.show) add(id, true, step.show.size() <= 2 || &id == &step.show.front());
  for (const FigureSpec& figure : figures)
    if (!is_in(step.show, figure.id)) add(figure.id, step.show.empty() && !is_in(step.hide, figure.id), false);
  return charts;
}

}  // namespace

std::vector<LessonItem> lessons() {
  std::vector<LessonItem> all;
  for (const Resource& resource : resources()) {
    if (!resource.path.starts_with(lesson_folder) || !resource.path.ends_with(lesson_ending)) continue;
    const std::size_t length = resource.path.size() - lesson_folder.size() - lesson_ending.size();
    all.push_back({std::string(resource.path.substr(lesson_folder.size(), length)), resource.bytes});
  }
  return all;
}

Checked<Lesson> open_lesson(std::string_view name) {
  const std::vector<LessonItem> all = lessons();
  std::vector<std::string_view> names;
  for (const LessonItem& item : all) {
    if (item.name == name) return parse_lesson(item.text, item.name);
    names.push_back(item.name);
  }
  const std::string_view near = nearest(name, names);
  return Issues{{std::string(name), "there is no lesson of that name",
                 near.empty() ? "" : "did you mean \"" + std::string(near) + "\"?", Trouble::file}};
}

std::vector<std::string> live_texts(const LessonStep& step) {
  std::vector<std::string> texts{step.text};
  if (!step.ask) return texts;
  texts.push_back(step.ask->question);
  if (step.ask->choices.empty()) texts.push_back(step.ask->answer);
  texts.push_back(step.ask->because);
  return texts;
}

Checked<Document> lesson_document(const Lesson& lesson, std::size_t step) {
  const auto item = gallery_item(lesson.base);
  if (!item) return Issues{{"/base", "there is no experiment \"" + lesson.base + "\" in the gallery", ""}};
  std::string text(item->document);
  for (std::size_t i = 0; i <= step && i < lesson.steps.size(); ++i)
    for (const auto& [pointer, value] : lesson.steps[i].set) {
      auto next = set_in_json(text, pointer, value);
      const std::string place = "/steps/" + std::to_string(i) + "/set";
      if (Issues* wrong = std::get_if<Issues>(&next)) {
        for (Issue& issue : *wrong) issue.path = spec::child_path(place, pointer) + ": " + issue.path;
        return std::move(*wrong);
      }
      text = std::move(std::get<std::string>(next));
    }
  auto read = parse_document(text);
  if (Issues* wrong = std::get_if<Issues>(&read)) {
    for (Issue& issue : *wrong) issue.path = "/steps/" + std::to_string(step) + "/set: " + issue.path;
    return std::move(*wrong);
  }
  Document document = complete(std::get<Document>(read));
  const LessonStep& now = lesson.steps.at(step);
  if (now.show.empty() && now.hide.empty()) return document;
  auto view = document.view.empty() ? Checked<spec::Json>(spec::Json::object()) : spec::read_json(document.view);
  spec::Json& looks = std::get<spec::Json>(view);
  looks.set("charts", charts_of(figures_of(document), now));
  document.view = spec::write_json_line(looks);
  return document;
}

}  // namespace kappa
