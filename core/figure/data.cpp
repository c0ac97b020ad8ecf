/// The data shown, one value a row, as the series files write numbers.
#include "core/figure/data.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace kappa {
namespace {

std::string number(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  return {buffer.data(), end};
}

std::string cell(std::string_view text) {
  if (text.find_first_of(",\"\n\r") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (char c : text) out.append(c == '"' ? 2 : 1, c);
  return out + '"';
}

struct Table {
  std::string out = "curve,kind,x,value\n";
  void row(std::string_view curve, std::string_view kind, double x, double value) {
    out += cell(curve) + ',' + std::string(kind) + ',' + number(x) + ',' + number(value) + '\n';
  }
};

std::string_view word(TheoryKind kind) {
  switch (kind) {
    case TheoryKind::exact: return "exact";
    case TheoryKind::bound: return "bound";
    case TheoryKind::guide: return "guide";
  }
  return {};
}

std::string_view word(MarkKind kind) {
  switch (kind) {
    case MarkKind::zero: return "zero";
    case MarkKind::negative: return "negative";
    case MarkKind::not_a_number: return "nan";
    case MarkKind::infinite: return "inf";
    case MarkKind::diverged: return "diverged";
    case MarkKind::edit: return "edit";
    case MarkKind::fork: return "fork";
    case MarkKind::reached: return "reached";
  }
  return {};
}

void heat_rows(Table& table, const Figure& figure, const Heat& heat) {
  if (heat.values.size() != std::size_t{heat.rows} * heat.cols) return;
  const auto middle = [](double a, double b, Scale scale, std::uint32_t i, std::uint32_t n) {
    const double part = (i + 0.5) / n;
    return scale == Scale::log ? a * std::pow(b / a, part) : a + (b - a) * part;
  };
  for (std::uint32_t r = 0; r < heat.rows; ++r) {
    const std::string curve = heat.label + ", y = " + number(middle(heat.y0, heat.y1, figure.y.scale, r, heat.rows));
    for (std::uint32_t c = 0; c < heat.cols; ++c)
      if (const double v = heat.values[std::size_t{r} * heat.cols + c]; !std::isnan(v))
        table.row(curve, "heat", middle(heat.x0, heat.x1, figure.x.scale, c, heat.cols), v);
  }
}

}  // namespace

std::string write_data_csv(const Figure& figure) {
  Table table;
  for (const Curve& curve : figure.curves)
    for (const Vertex& v : curve.vertices)
      if (std::isfinite(v.y)) table.row(curve.label, curve.theory ? word(*curve.theory) : "measured", v.x, v.y);
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
    for (const Vertex& v : path.vertices) table.row(path.label, "path", v.x, v.y);
  for (const Point& point : figure.points) table.row(point.label, "point", point.x, point.y);
  for (const Mark& mark : figure.marks) table.row(mark.text, word(mark.kind), mark.x, mark.y);
  return std::move(table.out);
}

}  // namespace kappa
