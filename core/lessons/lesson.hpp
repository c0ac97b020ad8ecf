/// A lesson: an experiment of the gallery and the steps in which it is taught, read from resources/lessons.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/figure/figure.hpp"
#include "core/spec/document.hpp"

namespace kappa {

/// A prediction asked for before the run: one of the choices, or a number in `unit`.
struct LessonAsk {
  std::string question;
  std::vector<std::string> choices;
  std::string unit;     ///< of the number; there are no choices then
  std::string answer;   ///< one of the choices, or the number as live text
  std::string because;  ///< live text shown beside the truth; may be empty
};

struct LessonStep {
  std::string text;                                      ///< live text; *emphasis*, paragraphs parted by a new line
  std::vector<std::pair<std::string, std::string>> set;  ///< JSON pointer into the document, value as JSON
  std::optional<LessonAsk> ask;
  std::vector<std::string> hide;  ///< charts, or the panel "setup"
  std::vector<std::string> lock;  ///< pointers that cannot be changed, or run, step, stop, restart
  std::vector<std::string> show;  ///< the only charts shown, the first of them largest; empty: all
};

struct Lesson {
  std::string name;  ///< the file's stem
  std::string title, about, base;
  std::vector<LessonStep> steps;
};

struct LessonItem {
  std::string name;
  std::string_view text;  ///< JSON
};

/// What a step may hide or lock beside charts and pointers.
inline constexpr std::string_view lesson_panels[] = {"setup"};
inline constexpr std::string_view lesson_controls[] = {"run", "step", "stop", "restart"};

std::vector<LessonItem> lessons();  ///< compiled in, by name

/// Reads a lesson and checks it against the gallery: every pointer, run, chart and claim it names must be there.
Checked<Lesson> parse_lesson(std::string_view json, const std::string& name);
Checked<Lesson> open_lesson(std::string_view name);

/// Every live text that is shown in a step: its own, the answer to its question, and the reason.
std::vector<std::string> live_texts(const LessonStep& step);

/// The experiment as step `step` has it: the base with what this and all earlier steps set, its charts as it shows
/// them.
Checked<Document> lesson_document(const Lesson& lesson, std::size_t step);

}  // namespace kappa
