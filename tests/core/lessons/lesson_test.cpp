/// Every built-in lesson reads, runs, and says what is true of its runs; bad ones are refused with the place.
#include "core/lessons/lesson.hpp"

#include <gmock/gmock.h>

#include "core/catalog/gallery.hpp"
#include "core/lessons/live_text.hpp"
#include "core/run/claims_json.hpp"
#include "core/spec/json.hpp"

namespace kappa {
namespace {

using ::testing::HasSubstr;

std::vector<std::string> lesson_names() {
  std::vector<std::string> names;
  for (const LessonItem& item : lessons()) names.push_back(item.name);
  return names;
}

Lesson lesson_named(const std::string& name) {
  auto read = open_lesson(name);
  if (const Issues* issues = issues_of(read)) throw std::runtime_error(name + ": " + to_string(issues->front()));
  return std::get<Lesson>(read);
}

std::vector<LivePiece> pieces_of(const std::string& text) {
  return std::get<std::vector<LivePiece>>(parse_live_text(text, ""));
}

/// Takes the steps one after the other, running each to its end.
template <class Look>
void take(const Lesson& lesson, Look look) {
  LiveMemory memory;
  for (std::size_t i = 0; i < lesson.steps.size(); ++i) {
    auto read = lesson_document(lesson, i);
    const Document document = std::get<Document>(read);
    Runner runner(document, {.threads = 1});
    ASSERT_TRUE(runner.wait(std::chrono::seconds(200))) << lesson.name << " step " << i + 1;
    const RunnerStatus status = runner.status();
    const std::vector<ClaimResult> claims = runner.claims();
    const auto trace = runner.trace();
    const LiveSource source{document, *trace, status, claims, std::nullopt, &memory};
    look(i, source);
    for (std::size_t later = i + 1; later < lesson.steps.size(); ++later)
      for (const std::string& text : live_texts(lesson.steps[later])) remember(pieces_of(text), source, memory);
  }
}

double number_of(const std::string& placeholder, const LiveSource& source) {
  const auto pieces = pieces_of("{" + placeholder + "}");
  const auto value = live_value(pieces.front(), source);
  return value ? value->number : std::numeric_limits<double>::quiet_NaN();
}

class Lessons : public ::testing::TestWithParam<std::string> {};

TEST_P(Lessons, TeachInFiveToEightStepsAndAskForAPrediction) {
  const Lesson lesson = lesson_named(GetParam());
  EXPECT_GE(lesson.steps.size(), 5u);
  EXPECT_LE(lesson.steps.size(), 8u);
  std::size_t questions = 0;
  for (const LessonStep& step : lesson.steps) {
    questions += step.ask.has_value();
    EXPECT_LT(step.text.size(), 900u) << "a step fits a panel: " << step.text;
  }
  EXPECT_GE(questions, 1u);
}

TEST_P(Lessons, EveryNumberIsKnownOnceTheStepHasRun) {
  const Lesson lesson = lesson_named(GetParam());
  take(lesson, [&](std::size_t i, const LiveSource& source) {
    for (const std::string& text : live_texts(lesson.steps[i]))
      for (const LivePiece& piece : pieces_of(text))
        EXPECT_TRUE(piece.numbers.empty() || live_value(piece, source)) << "step " << i + 1 << ": " << text;
  });
}

INSTANTIATE_TEST_SUITE_P(Every, Lessons, ::testing::ValuesIn(lesson_names()), [](const auto& at) { return at.param; });

TEST(LessonsAsAWhole, AreTheSixOfTheCourse) {
  EXPECT_THAT(lesson_names(),
              ::testing::IsSupersetOf({"adam", "conditioning", "learning_rate", "momentum", "muon", "sensing"}));
}

/// What the words of the lessons say of the numbers.
struct Saying {
  const char* lesson;
  std::size_t step;  ///< from 1
  const char* number;
  double lo, hi;
};

const Saying sayings[] = {
    {"conditioning", 2, "κ = 100.steps_to@1e-6 ÷ κ = 10.steps_to@1e-6", 8, 12},
    {"conditioning", 3, "κ = 1000.steps_to@1e-6 ÷ κ = 100.steps_to@1e-6", 9, 11},
    {"conditioning", 4, "claim:slope.measured", 0.9598, 0.9618},
    {"learning_rate", 2, "η = 0.5.steps_to@1e-6 ÷ η = 1.steps_to@1e-6", 1.8, 2.2},
    {"learning_rate", 3, "η = 2.1.loss@2", 0, 0.1},
    {"learning_rate", 3, "η = 2.1.loss@200", 1e10, 1e300},
    {"learning_rate", 4, "η = 2.1.loss@200 ÷ η = 2.1.loss@199", 1.2, 1.22},
    {"learning_rate", 5, "η = 1.9.steps_to@1e-6 ÷ η = 1.steps_to@1e-6", 0, 0.99},
    {"momentum", 2, "Gradient descent.steps_to@1e-6 ÷ Heavy ball.steps_to@1e-6", 4, 10},
    {"momentum", 3, "Heavy ball.loss@4 ÷ Heavy ball.loss@start", 1.5, 4},
    {"momentum", 4, "β = 0.9.steps_to@1e-6 ÷ Heavy ball.steps_to@1e-6", 2, 10},
    {"momentum", 5, "β = 0.5.loss@end", 1e19, 1e308},
    {"momentum", 6, "Ball, κ = 1000.steps_to@1e-6 ÷ Ball, κ = 100.steps_to@1e-6", 3, 4},
    {"adam", 2, "GD.steps_to@1e-2 ÷ Adam.steps_to@1e-2", 10, 100},
    {"adam", 4, "GD, turned.steps_to@1e-2 ÷ GD.steps_to@1e-2", 0.99, 1.01},
    {"adam", 4, "Adam, turned.steps_to@1e-2 ÷ Adam.steps_to@1e-2", 3, 100},
    {"muon", 1, "Gradient descent.update_condition_number@0", 1000, 9999},
    {"muon", 2, "Adam.update_condition_number@0", 20, 99},
    {"muon", 3, "Exact Muon.update_condition_number@20", 0.999, 1.001},
    {"muon", 4, "Muon.update_condition_number@0", 5, 20},
    {"muon", 5, "Gradient descent.loss@20 ÷ Adam.loss@20", 0, 0.99},
    {"muon", 5, "Gradient descent.loss@20 ÷ Muon.loss@20", 0, 0.99},
    {"muon", 6, "Muon.loss@end ÷ Adam.loss@end", 0, 0.1},
    {"sensing", 1, "GD.estimate_effective_rank@50", 0.99, 1.1},
    {"sensing", 1, "GD.estimate_effective_rank@200", 1.8, 2.1},
    {"sensing", 3, "κ = 50.steps_to:relative_error@1e-6 ÷ κ = 5.steps_to:relative_error@1e-6", 7, 12},
    {"sensing", 4, "GD.steps_to:relative_error@1e-6 ÷ ScaledGD(λ).steps_to:relative_error@1e-6", 10, 100},
    {"sensing", 5, "κ = 50.steps_to:relative_error@1e-6 ÷ κ = 5.steps_to:relative_error@1e-6", 0.7, 1.3},
    {"sensing", 4, "was:κ = 20.steps_to:relative_error@1e-6", 1000, 2000},
    {"sensing", 5, "was:κ = 50.steps_to:relative_error@1e-6", 2000, 5000},
    {"sensing", 6, "λ = 10⁻⁶.loss@2 ÷ λ = 10⁻⁶.loss@start", 100, 1e9},
    {"sensing", 6, "λ = 1.steps_to:relative_error@1e-6", 300, std::numeric_limits<double>::infinity()},
};

TEST_P(Lessons, SayWhatTheRunsShow) {
  const Lesson lesson = lesson_named(GetParam());
  std::size_t said = 0;
  take(lesson, [&](std::size_t i, const LiveSource& source) {
    for (const Saying& saying : sayings) {
      if (saying.lesson != lesson.name || saying.step != i + 1) continue;
      ++said;
      const double measured = number_of(saying.number, source);
      EXPECT_GE(measured, saying.lo) << "step " << saying.step << ": " << saying.number;
      EXPECT_LE(measured, saying.hi) << "step " << saying.step << ": " << saying.number;
    }
  });
  EXPECT_GE(said, 2u);
}

TEST(LessonDocument, ArrangesTheChartsAsTheStepShowsThem) {
  const Lesson lesson = lesson_named("conditioning");
  const auto document = std::get<Document>(lesson_document(lesson, 0));
  const auto view = std::get<spec::Json>(spec::read_json(document.view));
  const spec::Json::List& charts = *view.find("charts")->list();
  ASSERT_EQ(charts.size(), figures_of(document).size());
  EXPECT_EQ(*charts[0].find("id")->text(), "loss");
  for (std::size_t i = 0; i < charts.size(); ++i) EXPECT_EQ(std::get<bool>(charts[i].find("shown")->value), i == 0);
}

TEST(LessonDocument, TakesEveryEarlierStepWithIt) {
  const Lesson lesson = lesson_named("conditioning");
  EXPECT_EQ(std::get<Document>(lesson_document(lesson, 0)).runs.size(), 1u);
  EXPECT_EQ(std::get<Document>(lesson_document(lesson, 1)).runs.size(), 2u);
  EXPECT_EQ(std::get<Document>(lesson_document(lesson, 2)).runs.size(), 3u);
}

struct Refusal {
  const char *what, *step, *base, *path, *message;
};

class BadLesson : public ::testing::TestWithParam<Refusal> {};

TEST_P(BadLesson, IsRefusedWithThePlace) {
  const Refusal& bad = GetParam();
  const std::string text =
      std::string(R"({"title": "t", "about": "a", "base": ")") + bad.base + R"(", "steps": [)" + bad.step + "]}";
  const auto read = parse_lesson(text, "bad");
  const Issues* issues = issues_of(read);
  ASSERT_NE(issues, nullptr);
  EXPECT_THAT(issues->front().path, HasSubstr(bad.path)) << to_string(issues->front());
  EXPECT_THAT(to_string(issues->front()), HasSubstr(bad.message));
}

INSTANTIATE_TEST_SUITE_P(
    Every, BadLesson,
    ::testing::Values(
        Refusal{"base", R"({"text": "x"})", "no_such", "/base", "no_such"},
        Refusal{"key", R"({"text": "x", "sett": {}})", "conditioning", "/steps/0/sett", "did you mean"},
        Refusal{"pointer", R"({"text": "x", "set": {"/problem/condition_numbr": 3}})", "conditioning", "/steps/0/set",
                "condition_numbr"},
        Refusal{"value", R"({"text": "x", "set": {"/problem/condition_number": -3}})", "conditioning", "/steps/0/set",
                "-3"},
        Refusal{"run", R"({"text": "{Adm.loss@end}"})", "conditioning", "/steps/0/text", "Adam"},
        Refusal{"claim", R"({"text": "{claim:ratio.measured}"})", "conditioning", "/steps/0/text", "ratio"},
        Refusal{"setting", R"({"text": "{/problem/kappa}"})", "conditioning", "/steps/0/text", "/problem/kappa"},
        Refusal{"was", R"({"text": "{was:Adam.loss@end}"})", "conditioning", "/steps/0/text", "earlier step"},
        Refusal{"open", R"({"text": "{Adam.loss@end"})", "conditioning", "/steps/0/text", "never closed"},
        Refusal{"chart", R"({"text": "x", "show": ["lss"]})", "conditioning", "/steps/0/show", "loss"},
        Refusal{"panel", R"({"text": "x", "hide": ["menu"]})", "conditioning", "/steps/0/hide", "setup"},
        Refusal{"lock", R"({"text": "x", "lock": ["/problem/kappa"]})", "conditioning", "/steps/0/lock", "kappa"},
        Refusal{"answer", R"({"text": "x", "ask": {"question": "?", "choices": ["a", "b"], "answer": "c"}})",
                "conditioning", "/steps/0/ask/answer", "one of the choices"},
        Refusal{"both", R"({"text": "x", "ask": {"question": "?", "answer": "1"}})", "conditioning", "/steps/0/ask",
                "choices or a number"}),
    [](const auto& at) { return std::string(at.param.what); });

TEST(LiveText, PartsLabelsFromSeriesAtTheLastDot) {
  const auto pieces = pieces_of("a {1.9 / L.loss@12} b {x.steps_to:e@1e-6}");
  ASSERT_EQ(pieces.size(), 4u);
  EXPECT_EQ(pieces[0].words, "a ");
  EXPECT_EQ(pieces[1].numbers[0].run, "1.9 / L");
  EXPECT_EQ(pieces[1].numbers[0].name, "loss");
  EXPECT_EQ(pieces[1].numbers[0].step, 12u);
  EXPECT_EQ(pieces[3].numbers[0].name, "e");
  EXPECT_EQ(pieces[3].numbers[0].target, 1e-6);
}

TEST(LiveText, KnowsNothingBeforeTheRunHasComeSoFar) {
  auto name = std::string();
  Document document = complete(std::get<Document>(open_experiment("conditioning", name)));
  Runner runner(document, {.threads = 1, .start_paused = true});
  const LiveMemory memory;
  const auto known = [&](const char* text) {
    const RunnerStatus status = runner.status();
    const auto claims = runner.claims();
    return !std::isnan(number_of(text, {document, *runner.trace(), status, claims, std::nullopt, &memory}));
  };
  EXPECT_FALSE(known("Adam.loss@120"));
  EXPECT_FALSE(known("claim:slope.measured"));
  EXPECT_TRUE(known("/problem/condition_number"));
  runner.resume();
  ASSERT_TRUE(runner.wait(std::chrono::seconds(60)));
  EXPECT_TRUE(known("Adam.loss@120"));
  EXPECT_TRUE(known("Adam.loss@end"));
  EXPECT_TRUE(known("claim:slope:Heavy ball.measured"));
  EXPECT_TRUE(known("claim:1.measured"));
  EXPECT_FALSE(known("Nobody.steps_to@1e-6")) << "not even never";
}

}  // namespace
}  // namespace kappa
