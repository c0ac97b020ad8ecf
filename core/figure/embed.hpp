/// Carries an experiment document inside a picture and reads it back, byte for byte.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kappa {

std::string svg_metadata(std::string_view document);  ///< a <metadata> element; empty for an empty document
std::string tex_comment(std::string_view document);   ///< lines that start with %; empty for an empty document

/// The document inside an SVG or LaTeX file written by this program; nothing when there is none.
std::optional<std::string> embedded_document(std::string_view text);

std::string base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);

}  // namespace kappa
