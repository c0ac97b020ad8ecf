/// Samples a heat map at the device's pixels.
#include "ui/charts/heat_image.hpp"

#include <algorithm>
#include <cmath>

namespace kappa::ui {
namespace {

/// For each device pixel of a side, the cell that covers its middle, or -1.
std::vector<int> cellsAlong(const AxisMap& axis, double begin, int pixels, double scale, double from, double to,
                            std::uint32_t cells) {
  std::vector<int> found(static_cast<std::size_t>(pixels), -1);
  for (int i = 0; i < pixels; ++i) {
    const double t = axis.between(axis.value(begin + (i + 0.5) / scale), from, to);
    if (t >= 0 && t < 1) found[static_cast<std::size_t>(i)] = static_cast<int>(t * cells);
  }
  return found;
}

}  // namespace

HeatTile heatTile(const Heat& heat, const PlotMap& map, double device_scale) {
  const std::size_t cells = static_cast<std::size_t>(heat.rows) * heat.cols;
  if (cells == 0 || heat.values.size() < cells || map.area.isEmpty()) return {};
  const int width = std::max(1, static_cast<int>(std::lround(map.area.width() * device_scale)));
  const int height = std::max(1, static_cast<int>(std::lround(map.area.height() * device_scale)));
  const auto cols = cellsAlong(map.x, map.area.left(), width, device_scale, heat.x0, heat.x1, heat.cols);
  const auto rows = cellsAlong(map.y, map.area.top(), height, device_scale, heat.y0, heat.y1, heat.rows);

  std::vector<QRgb> colours(cells, 0);  // a value that is not a number stays transparent
  for (std::size_t i = 0; i < cells; ++i)
    if (const auto t = heat_position(heat, heat.values[i])) {
      const Rgb c = viridis(*t);
      colours[i] = qRgb(c.r, c.g, c.b);
    }
  QImage image(width, height, QImage::Format_ARGB32_Premultiplied);
  image.fill(Qt::transparent);
  for (int py = 0; py < height; ++py) {
    const int row = rows[static_cast<std::size_t>(py)];
    if (row < 0) continue;
    auto* line = reinterpret_cast<QRgb*>(image.scanLine(py));
    for (int px = 0; px < width; ++px)
      if (const int col = cols[static_cast<std::size_t>(px)]; col >= 0)
        line[px] = colours[static_cast<std::size_t>(row) * heat.cols + static_cast<std::size_t>(col)];
  }
  return {map.area, image};
}

}  // namespace kappa::ui
