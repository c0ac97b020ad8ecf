/// The data shown, one value a row, as the series files write numbers.
#include "core/figure/data.hpp"

#include <cmath>
#include <string_view>

#include "core/figure/palette.hpp"
#include "core/figure/parts.hpp"
#include "core/trace/csv.hpp"
#include "core/trace/number.hpp"

namespace kappa {
namespace {

struct Rows {
  std::string out = "curve,kind,x,value\n";
  void row(std::string_view curve, std::string_view kind, double x, double value) {
    append_cell(out, curve);
    out.append(",").append(kind).append(",");
    append_number(out, x);
    out += ',';
    append_number(out, value);
    out += '\n';
  }
};

std::string_view word(MarkKind kind) {
  switch (kind) {
    case MarkKind::zero:
      return "zero";
    case MarkKind::negative:
      return "negative";
    case MarkKind::not_a_number:
      return "nan";
    case MarkKind::infinite:
      return "inf";
    case MarkKind::diverged:
      return "diverged";
    case MarkKind::edit:
      return "edit";
    case MarkKind::fork:
      return "fork";
    case MarkKind::reached:
      return "reached";
    case MarkKind::below:
      return "below";
  }
  return {};
}

std::string kind_of(const Curve& curve) {
  if (curve.theory) return std::string(theory_kind_name(*curve.theory)) + (curve.upright ? " vertical" : "");
  return curve.smoothed ? "smoothed" : "measured";
}

void heat_rows(Rows& table, const Figure& figure, const Heat& heat) {
  if (heat.values.size() != std::size_t{heat.rows} * heat.cols) return;
  for (std::uint32_t r = 0; r < heat.rows; ++r) {
    std::string curve = heat.label + ", y = ";
    append_number(curve, heat_middle(heat.y0, heat.y1, figure.y.scale, r, heat.rows));
    for (std::uint32_t c = 0; c < heat.cols; ++c)
      if (const double v = heat.values[std::size_t{r} * heat.cols + c]; !std::isnan(v))
        table.row(curve, "heat", heat_middle(heat.x0, heat.x1, figure.x.scale, c, heat.cols), v);
  }
}

}  // namespace

std::string write_data_csv(const Figure& figure) {
  Rows table;
  for (const Curve& curve : figure.curves) {
    const std::string kind = kind_of(curve);
    for (const Vertex& v : curve.vertices) {
      if (std::isfinite(v.y)) table.row(curve.label, kind, v.x, curve.upright ? std::nan("") : v.y);
      if (curve.upright) break;  // a place, whatever the picture's height
    }
  }
  for (const Band& band : figure.bands) {
    std::string_view label = band.label;
    for (const Curve& curve : figure.curves)
      if (curve.id == band.id) label = curve.label;
    for (std::size_t i = 0; i < band.x.size(); ++i) table.row(label, "lower", band.x[i], band.lower[i]);
    for (std::size_t i = 0; i < band.x.size(); ++i) table.row(label, "upper", band.x[i], band.upper[i]);
  }
  for (const Bars& bars : figure.bars)
    for (std::size_t i = 0; i < bars.values.size(); ++i)
      table.row(bars.label, bars.ghost ? "start" : "spectrum", static_cast<double>(i + 1), bars.values[i]);
  for (const Heat& heat : figure.heats) heat_rows(table, figure, heat);
  for (const Path& path : figure.paths)
    for (const Vertex& v : path.vertices)
      if (std::isfinite(v.y)) table.row(path.label, "path", v.x, v.y);  // a gap is none of its places
  for (const Point& point : figure.points) table.row(point.label, "point", point.x, point.y);
  for (const Mark& mark : figure.marks) table.row(mark.text, word(mark.kind), mark.x, mark.y);
  return std::move(table.out);
}

std::string thinned_words(const Figure& figure) {
  std::uint64_t drawn = 0, recorded = 0;
  for (const Curve& curve : figure.curves)
    if (!curve.theory && !curve.smoothed) drawn += curve.vertices.size(), recorded += curve.points;
  std::string words;
  if (recorded > drawn)
    words = "Thinned to what paper can show: " + std::to_string(recorded) + " recorded points are drawn by at most " +
            std::to_string(drawn) + " vertices; of a column of pixels the lowest and the highest are kept.";
  const auto has_gap = [](const Path& path) {
    return std::any_of(path.vertices.begin(), path.vertices.end(), [](const Vertex& v) { return !std::isfinite(v.y); });
  };
  if (std::any_of(figure.paths.begin(), figure.paths.end(), has_gap))
    words += std::string(words.empty() ? "" : " ") + "Paths leave out what lies wholly on what they have drawn before.";
  return words;
}

}  // namespace kappa
