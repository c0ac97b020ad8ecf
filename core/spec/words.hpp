/// What error messages are made of: found values in short, lists of names, near misses.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/base/text.hpp"
#include "core/kinds/node.hpp"
#include "core/spec/json.hpp"

namespace kappa::spec {

/// "the text "fast"", "3", "a list", "nothing (null)".
std::string found(const Json& json);
std::string found(const Value& value);
std::string shown(double value);
/// "did you mean "adam"?", or nothing when no name is near.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> names);
/// "a, b, c"; when there are many, only the first of them and how many there are.
std::string listed(std::span<const std::string_view> names);
/// "an optimizer", "a problem".
std::string with_article(Kind kind);

}  // namespace kappa::spec
