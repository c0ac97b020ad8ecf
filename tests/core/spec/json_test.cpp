/// Strict reading, readable writing, pointers, and values set by pointer.
#include "core/spec/json.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "core/spec/document.hpp"

namespace kappa::spec {
namespace {

using testing::HasSubstr;

Json tree(std::string_view text) { return std::get<Json>(read_json(text)); }
std::string trouble(std::string_view text) {
  const auto read = read_json(text);
  return issues_of(read) != nullptr ? to_string(issues_of(read)->front()) : "accepted";
}
std::string set(std::string_view text, std::string_view pointer, std::string_view value) {
  const auto result = set_in_json(text, pointer, value);
  return issues_of(result) != nullptr ? to_string(issues_of(result)->front())
                                      : write_json_line(tree(std::get<std::string>(result)));
}

TEST(Json, KeepsTheOrderOfKeys) {
  EXPECT_EQ(write_json_line(tree(R"({"b":1,"a":[true,null,"x"],"c":{}})")),
            R"({"b": 1, "a": [true, null, "x"], "c": {}})");
}

TEST(Json, TellsWholeNumbersFromReals) {
  EXPECT_TRUE(std::holds_alternative<std::int64_t>(tree("12").value));
  EXPECT_TRUE(std::holds_alternative<double>(tree("12.0").value));
  EXPECT_TRUE(std::holds_alternative<double>(tree("18446744073709551615").value));
  EXPECT_EQ(write_json_line(tree("-0.0")), "-0.0");
}

TEST(Json, SaysWhereItStops) {
  EXPECT_THAT(trouble("{\n  \"a\": 1e400\n}"), HasSubstr("line 2, column 12: the number 1e400 is too large"));
  EXPECT_THAT(trouble("[1, NaN]"), HasSubstr("line 1, column 5: NaN and infinities"));
  EXPECT_THAT(trouble("{\"κ\": x}"), HasSubstr("line 1, column 7"));
  EXPECT_THAT(trouble("[1,"), HasSubstr("unexpected end of input"));
  EXPECT_THAT(trouble(R"({"a": {"b": 1, "b": 2}})"), HasSubstr("/a/b: the key \"b\" stands twice"));
  EXPECT_THAT(trouble(std::string(65, '[') + std::string(65, ']')), HasSubstr("64 levels"));
  EXPECT_EQ(trouble(std::string(64, '[') + std::string(64, ']')), "accepted");
}

TEST(Json, ShortThingsStayOnOneLine) {
  EXPECT_EQ(write_json(tree(R"({"a":{"x":1,"y":[1,2]},"runs":[{"o":{}},{"o":{"l":2}}],"flat":[{"l":1},{"l":2}]})")),
            "{\n  \"a\": {\"x\": 1, \"y\": [1, 2]},\n  \"runs\": [\n    {\"o\": {}},\n    {\"o\": {\"l\": 2}}\n  ],\n  "
            "\"flat\": "
            "[{\"l\": 1}, {\"l\": 2}]\n}\n");
  const std::string wide = write_json(tree("{\"a\": {\"b\": \"" + std::string(120, 'x') + "\"}}"));
  EXPECT_THAT(wide, HasSubstr("{\n  \"a\": {\n    \"b\": \"x"));
}

RC_GTEST_PROP(Json, NumbersReadBackTheSame, (double number)) {
  RC_PRE(std::isfinite(number));
  const Json read = tree(write_json_line(Json(number)));
  RC_ASSERT(*read.number() == number);
  RC_ASSERT(std::signbit(*read.number()) == std::signbit(number));
}

RC_GTEST_PROP(Json, TextsReadBackTheSame, (const std::string& bytes)) {
  std::string text;
  for (const char c : bytes)
    if (c != '\0') text += (static_cast<unsigned char>(c) < 0x80) ? std::string(1, c) : std::string("κ");
  RC_ASSERT(*tree(write_json_line(Json(text))).text() == text);
}

TEST(Pointer, EscapesAndSplits) {
  EXPECT_EQ(child_path("/a", "b/c~d"), "/a/b~1c~0d");
  EXPECT_EQ(pointer_steps("/a/b~1c~0d/").value(), (std::vector<std::string>{"a", "b/c~d", ""}));
  EXPECT_FALSE(pointer_steps("a").has_value());
  EXPECT_FALSE(pointer_steps("/~2").has_value());
  EXPECT_EQ(index_of("10"), 10u);
  EXPECT_FALSE(index_of("01").has_value());
  EXPECT_FALSE(index_of("-1").has_value());
}

TEST(SetInJson, PutsValuesAndBareWords) {
  EXPECT_EQ(set(R"({"seed": 1})", "/seed", "7"), R"({"seed": 7})");
  EXPECT_EQ(set(R"({"a": {}})", "/title", "two words"), R"({"a": {}, "title": "two words"})");
  EXPECT_EQ(set(R"({"runs": [{"label": "a"}]})", "/runs/0/optimizer", R"({"type": "adam"})"),
            R"({"runs": [{"label": "a", "optimizer": {"type": "adam"}}]})");
  EXPECT_EQ(set("{}", "/stop/loss_below", "1e-3"), R"({"stop": {"loss_below": 0.001}})");
  EXPECT_EQ(set(R"({"probes": []})", "/probes/-", R"({"type": "loss"})"), R"({"probes": [{"type": "loss"}]})");
}

TEST(SetInJson, NamesWhatExists) {
  EXPECT_THAT(set(R"({"problem": {}})", "/problm/samples", "3"), HasSubstr("did you mean \"problem\"?"));
  EXPECT_THAT(set(R"({"runs": [1, 2]})", "/runs/2/steps", "3"),
              HasSubstr("/runs/2: there is no \"2\" in this list; the list has 0 to 1"));
  EXPECT_THAT(set(R"({"seed": 1})", "/seed/x", "3"), HasSubstr("nothing below 1"));
  EXPECT_THAT(set(R"({"a": {"optimizer": {}}})", "/a/optimzer/x", "3"), HasSubstr("did you mean \"optimizer\"?"));
  EXPECT_THAT(set("{}", "seed", "3"), HasSubstr("expected a JSON pointer"));
}

}  // namespace
}  // namespace kappa::spec
