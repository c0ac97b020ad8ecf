/// Colours and marker shapes: the run colours, the three themes, viridis, and the contrast they are held to.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/figure/figure.hpp"

namespace kappa {

struct Rgb {
  std::uint8_t r = 0, g = 0, b = 0;
  bool operator==(const Rgb&) const = default;
};

constexpr Rgb rgb(std::uint32_t hex) {
  return {static_cast<std::uint8_t>(hex >> 16), static_cast<std::uint8_t>(hex >> 8), static_cast<std::uint8_t>(hex)};
}
std::string to_hex(Rgb colour);  ///< "#0072b2"

enum class ThemeId : std::uint8_t { light, dark, projector };

struct Theme {
  ThemeId id = ThemeId::light;
  std::string_view name;
  Rgb window, panel, field;
  Rgb text, muted, line, grid;
  Rgb accent, good, bad;
  std::array<Rgb, 8> runs;
  double curve_width = 2.2, theory_width = 1.2;
};

const Theme& theme(ThemeId id);
std::optional<ThemeId> theme_named(std::string_view name);
inline constexpr std::array<ThemeId, 3> all_themes{ThemeId::light, ThemeId::dark, ThemeId::projector};

/// Colour of a run index; colours repeat after eight, `neutral` is the muted text colour.
Rgb run_colour(const Theme& theme, int index);
/// Shape of a run index: the pair of colour and shape is unique for the first 64 runs.
Marker run_marker(int index);

/// Ground of a landscape, from the panel itself (depth 0) to the highest level (1): one muted hue, on which text keeps
/// its contrast.
Rgb level_tint(const Theme& theme, double depth);

/// WCAG 2 contrast ratio, from 1 to 21.
double contrast(Rgb a, Rgb b);
/// `a` over `b` with opacity `alpha`.
Rgb mix(Rgb a, Rgb b, double alpha);

const std::array<Rgb, 256>& viridis_table();
Rgb viridis(double t);  ///< t is clamped to [0, 1]

/// Where a value lies in the heat map's range, in [0, 1]; nothing for NaN.
std::optional<double> heat_position(const Heat& heat, double value);

/// Middle of cell i of n between two edges, on the axis's own scale.
double heat_middle(double from, double to, Scale scale, std::uint32_t i, std::uint32_t n);

}  // namespace kappa
