/// The planes on which landscapes are drawn, and what they are called.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kappa {

/// own: the problem's two parameters. extreme: its directions of least and greatest curvature. steepest, random: from
/// the start to the solution, and across it. downhill: along the start's gradient, where no solution is known.
enum class PlaneKind : std::uint8_t { own, extreme, steepest, random, downhill };

struct PlaneWords {
  std::string_view title;  ///< what follows "Landscape: "; empty in the own plane
  std::string_view x, y;   ///< names of the axes
};
PlaneWords words_of(PlaneKind kind);
std::optional<PlaneKind> plane_kind(std::uint32_t number);  ///< as fields.csv numbers them, in the order above

}  // namespace kappa
