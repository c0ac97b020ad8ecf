/// Numbers as text that reads back to the same bits, in every locale.
#pragma once

#include <charconv>
#include <concepts>
#include <cstddef>
#include <string>

namespace kappa {

inline constexpr std::size_t longest_number = 32;  ///< characters that a number may take

/// The shortest form that reads back to the same double, with the characters of `std::to_chars`; `nan` (whatever its
/// sign), `inf`, `-inf`. Returns its end.
char* number_to(char* at, double value);

template <std::integral Integer>
requires(!std::same_as<Integer, bool>) char* number_to(char* at, Integer value) {
  return std::to_chars(at, at + longest_number, value).ptr;
}

template <class Number>
void append_number(std::string& out, Number value) {
  char text[longest_number];
  out.append(text, number_to(text, value));
}

}  // namespace kappa
