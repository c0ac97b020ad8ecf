/// Reference pages of methods, generated from their cards and fields.
#pragma once

#include <string>

#include "core/kinds/card.hpp"

namespace kappa {

/// Title, idea, equation, a table of parameters, references: Markdown that also reads well as plain text.
std::string describe_markdown(const Entry& entry);
/// The same as a JSON object.
std::string describe_json(const Entry& entry);
/// All methods of a kind: `[{"id", "title", "idea"}, ...]`.
std::string list_json(Kind kind);

/// A field's default as a document writes it, and what it may be, in words.
std::string default_in_words(const Field& field);
std::string allowed_in_words(const Field& field);

}  // namespace kappa
