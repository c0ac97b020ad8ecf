/// Writes a figure as a publication-clean SVG: the same bytes for the same figure, in every locale.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/figure/embed.hpp"
#include "core/figure/figure.hpp"
#include "core/figure/palette.hpp"

namespace kappa {

struct SvgOptions {
  double width = 640, height = 420;
  double scale = 1;  ///< shown so many times as large as it is laid out
  ThemeId theme = ThemeId::light;
  bool transparent = false;         ///< no ground
  bool no_text = false;             ///< no title, ticks, legend
  bool thumbnail = false;           ///< gallery picture: transparent, no text, no grid, only what the runs draw
  std::string embedded_document{};  ///< the experiment document, kept in <metadata>
};

std::string write_svg(const Figure& figure, const SvgOptions& options = {});

/// A figure and its place on a sheet.
struct PlacedFigure {
  const Figure* figure = nullptr;
  double x = 0, y = 0, width = 0, height = 0;
};
/// Several figures in one picture, below a title.
std::string write_svg_sheet(std::string_view title, std::span<const PlacedFigure> figures, const SvgOptions& options);

}  // namespace kappa
