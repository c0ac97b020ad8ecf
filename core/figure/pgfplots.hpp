/// Writes a figure as a standalone LaTeX file that draws it with pgfplots.
#pragma once

#include <string>
#include <string_view>

#include "core/figure/figure.hpp"

namespace kappa {

/// `document` travels in a comment block; empty: none.
std::string write_pgfplots(const Figure& figure, std::string_view document = {});

/// Text as LaTeX reads it: specials escaped, Greek letters, superscripts and signs as commands.
std::string latex(std::string_view utf8);

}  // namespace kappa
