/// Writes a figure as a publication-clean SVG: the same bytes for the same figure, in every locale.
#pragma once

#include <string>

#include "core/figure/embed.hpp"
#include "core/figure/figure.hpp"
#include "core/figure/palette.hpp"

namespace kappa {

struct SvgOptions {
  double width = 640, height = 420;
  ThemeId theme = ThemeId::light;
  bool transparent = false;         ///< no ground
  bool no_text = false;             ///< no title, ticks, legend
  bool thumbnail = false;           ///< gallery picture: transparent, no text, no grid, only what the runs draw
  std::string embedded_document{};  ///< the experiment document, kept in <metadata>
};

std::string write_svg(const Figure& figure, const SvgOptions& options = {});

}  // namespace kappa
