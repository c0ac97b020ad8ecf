/// Text as people read it: UTF-8 by characters rather than bytes, and whatever a file holds made fit to be quoted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kappa {

/// Bytes of the character that begins at `at`; 0: none does there (cut short, overlong, a surrogate, beyond Unicode).
std::size_t character_length(std::string_view text, std::size_t at = 0);
/// Bytes from `at` to the next that may begin a character: as many as a whole character has, and all of a broken one.
std::size_t to_next_character(std::string_view text, std::size_t at = 0);
/// The code point of one whole character.
std::uint32_t code_point(std::string_view character);
/// Columns that a text takes; a stray byte takes none.
std::size_t count_characters(std::string_view text);
/// The byte where a text stops being UTF-8.
std::optional<std::size_t> first_bad_utf8(std::string_view text);

/// The longest beginning of at most `most` bytes that cuts no character.
std::string_view whole_characters(std::string_view text, std::size_t most);
/// That beginning, with "..." where something is left out.
std::string shortened(std::string_view text, std::size_t most);
/// In quotation marks, shortened to 40 bytes, control characters shown as "?": they would move a terminal's cursor.
std::string in_quotes(std::string_view text);

}  // namespace kappa
