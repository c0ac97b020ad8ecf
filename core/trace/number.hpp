/// Numbers as text that reads back to the same bits, in every locale.
#pragma once

#include <charconv>
#include <cmath>
#include <concepts>
#include <string>

namespace kappa {

/// The shortest form that reads back to the same double; `nan` (whatever its sign), `inf`, `-inf`.
inline void append_number(std::string& out, double value) {
  if (std::isnan(value)) {
    out += "nan";
    return;
  }
  char text[32];
  out.append(text, std::to_chars(text, text + sizeof text, value).ptr);
}

template <std::integral Integer>
requires(!std::same_as<Integer, bool>) void append_number(std::string& out, Integer value) {
  char text[24];
  out.append(text, std::to_chars(text, text + sizeof text, value).ptr);
}

}  // namespace kappa
