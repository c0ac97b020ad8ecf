/// What a study or a probe declares of its pictures, and the words that the kinds of method share with them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace kappa {

enum class Scale : std::uint8_t { linear, log };
enum class TheoryKind : std::uint8_t { exact, bound, guide };

struct Vertex {
  double x = 0, y = 0;  ///< a non-finite y is a gap
};

/// What a study or a probe declares before the first point, so that the window lays itself out.
enum class FigureForm : std::uint8_t { series, curve, spectrum, spectrum_over_time, heat, plane };
struct FigureSpec {
  std::string id = {}, title = {}, x_label = {}, y_label = {};
  FigureForm form = FigureForm::series;
  Scale x_scale = Scale::linear, y_scale = Scale::linear;
  std::vector<std::string> names = {};                  ///< series, curves, spectra or fields shown; of each run
  std::vector<std::string> runs = {};                   ///< empty: all
  std::string note = {};                                ///< small text under the title
  std::string quantity = {};                            ///< of a spectrum over time: what its colours or lines are
  bool scatter = false;                                 ///< of curves: points that are not joined, in any order
  std::vector<std::string> x_names = {}, y_names = {};  ///< of the places 0, 1, ... (of a spectrum 1, 2, ...)
};

}  // namespace kappa
