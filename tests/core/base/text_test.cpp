/// Characters of UTF-8 against a table written from the standard, and quotes of whatever a file holds.
#include "core/base/text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kappa {
namespace {

std::string encoded(std::uint32_t code) {
  std::string out;
  if (code < 0x80) return {static_cast<char>(code)};
  const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  out += static_cast<char>((0xF0 << (3 - more) & 0xFF) | code >> (6 * more));
  for (int i = more - 1; i >= 0; --i) out += static_cast<char>(0x80 | (code >> (6 * i) & 0x3F));
  return out;
}

TEST(Text, EveryCodePointIsOneCharacter) {
  for (std::uint32_t code = 0; code <= 0x10FFFF; ++code) {
    const std::string text = encoded(code);
    const bool surrogate = code >= 0xD800 && code < 0xE000;
    ASSERT_EQ(character_length(text), surrogate ? 0 : text.size()) << code;
    ASSERT_EQ(surrogate ? code : code_point(text), code);
    ASSERT_EQ(count_characters(text), 1u) << code;
    ASSERT_EQ(to_next_character(text + "κ"), text.size());
  }
}

TEST(Text, NothingElseIsACharacter) {
  for (const std::string_view bad :
       {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80", "\xFF", "\xCE", "\xE2\x82", "\xE2(\xA1", "\xF0\x9F\x98", ""}) {
    EXPECT_EQ(character_length(bad), 0u) << bad.size();
    EXPECT_EQ(first_bad_utf8("κ" + std::string(bad)), bad.empty() ? std::nullopt : std::optional<std::size_t>(2));
  }
  EXPECT_EQ(character_length("κ", 2), 0u);
  EXPECT_EQ(to_next_character("a\xE2\x82"
                              "b",
                              1),
            2u)
      << "what is broken goes in one";
  EXPECT_EQ(to_next_character("κ", 2), 0u);
}

RC_GTEST_PROP(Text, BeginningsCutNoCharacter, ()) {
  std::string text;
  for (const std::uint32_t seed : *rc::gen::container<std::vector<std::uint32_t>>(rc::gen::inRange(0u, 0x110000u)))
    text += encoded(seed >= 0xD800 && seed < 0xE000 ? seed - 0x800 : seed);
  const auto most = *rc::gen::inRange<std::size_t>(0, text.size() + 4);
  const std::string_view whole = whole_characters(text, most);
  RC_ASSERT(whole.size() <= most);
  RC_ASSERT(!first_bad_utf8(whole));
  RC_ASSERT(std::string_view(text).starts_with(whole));
  if (whole.size() < text.size()) RC_ASSERT(whole.size() + character_length(text, whole.size()) > most);
}

TEST(Text, QuotesAreShortAndMoveNoCursor) {
  EXPECT_EQ(in_quotes("a\x1B[2J\nb"), "\"a?[2J?b\"");
  EXPECT_EQ(in_quotes(std::string(40, 'a')), "\"" + std::string(40, 'a') + "\"");
  EXPECT_EQ(in_quotes(std::string(39, 'a') + "κκ"), "\"" + std::string(39, 'a') + "...\"");
  EXPECT_EQ(shortened("κappa", 1), "...");
}

}  // namespace
}  // namespace kappa
