/// Carries an experiment document inside a picture and reads it back, byte for byte.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kappa {

std::string svg_metadata(std::string_view document);  ///< a <metadata> element; empty for an empty document
std::string tex_comment(std::string_view document);   ///< lines that start with %; empty for an empty document
std::string html_script(std::string_view document);   ///< a <script> that does nothing, also well-formed as XML
/// The last line of a table: "# kappascope document: base64 ...". Readers that know comments skip it, and for all
/// others the header stays the first line.
std::string csv_comment(std::string_view document);
std::string gif_comment(std::string_view document);  ///< the text of a comment extension; ASCII

/// The document inside an SVG, LaTeX, HTML, CSV or GIF file written by this program; nothing when there is none.
std::optional<std::string> embedded_document(std::string_view text);

std::string base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);

}  // namespace kappa
