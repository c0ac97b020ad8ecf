/// Places of categories are names: they are shortened first, then thinned. Numbers are only thinned.
#include "ui/charts/axis_labels.hpp"

#include <algorithm>
#include <cmath>

namespace kappa::ui {
namespace {

constexpr double label_margins = 14, name_gap = 6;
constexpr double most_for_names = 0.35;  // of the width, left of the plot
constexpr int least_name = 5;            // characters that tell a name from its neighbours

/// All labels within the map, ascending along the axis.
std::vector<AxisLabel> labelsOf(const Axis& axis, const AxisMap& map) {
  std::vector<AxisLabel> all;
  for (const Tick& tick : axis.ticks) {
    const double t = map.fraction(tick.value);
    if (tick.label.empty() || !(t >= -1e-9 && t <= 1 + 1e-9)) continue;
    all.push_back({std::clamp(t, 0.0, 1.0), QString::fromStdString(tick.label)});
  }
  std::sort(all.begin(), all.end(), [](const AxisLabel& a, const AxisLabel& b) { return a.fraction < b.fraction; });
  return all;
}

double widestLabel(const Axis& axis, const QFontMetricsF& metrics) {
  double widest = 0;
  for (const Tick& tick : axis.ticks)
    widest = std::max(widest, metrics.horizontalAdvance(QString::fromStdString(tick.label)));
  return widest;
}

double pixelsOf(const AxisMap& map) { return std::abs(map.to - map.from); }

std::vector<AxisLabel> every(std::size_t stride, const std::vector<AxisLabel>& all) {
  std::vector<AxisLabel> kept;
  for (std::size_t i = 0; i < all.size(); i += stride) kept.push_back(all[i]);
  return kept;
}

/// Every k-th label, with the smallest k that `fits(label, the one before)`.
template <class Fits>
std::vector<AxisLabel> thinned(const std::vector<AxisLabel>& all, const Fits& fits) {
  for (std::size_t stride = 1; stride < all.size(); ++stride) {
    bool all_fit = true;
    for (std::size_t i = stride; i < all.size() && all_fit; i += stride) all_fit = fits(all[i], all[i - stride]);
    if (all_fit) return every(stride, all);
  }
  return every(std::max<std::size_t>(1, all.size()), all);
}

}  // namespace

double roomBeside(const Axis& axis, double width, const QFontMetricsF& metrics) {
  const double widest = widestLabel(axis, metrics);
  return (axis.named ? std::min(widest, most_for_names * width) : widest) + beside_labels;
}

double roomBeyond(const Axis& axis, double width, const QFontMetricsF& metrics) {
  if (axis.ticks.empty()) return 0;
  const double last = metrics.horizontalAdvance(QString::fromStdString(axis.ticks.back().label));
  return 0.5 * (axis.named ? std::min(last, name_distance(axis) * width) : last) + 2;
}

std::vector<AxisLabel> labelsBelow(const Axis& axis, const AxisMap& map, const QFontMetricsF& metrics, double left,
                                   double right) {
  const std::vector<AxisLabel> all = labelsOf(axis, map);
  const double pixels = pixelsOf(map);
  if (!axis.named) {
    return thinned(all, [&](const AxisLabel& label, const AxisLabel& before) {
      const double own = metrics.horizontalAdvance(label.text), other = metrics.horizontalAdvance(before.text);
      return (label.fraction - before.fraction) * pixels >= std::max(own, 0.5 * (own + other)) + label_margins;
    });
  }
  const NameRoom names = name_room(all.size(), name_distance(axis) * pixels, widestLabel(axis, metrics), name_gap,
                                   least_name * metrics.averageCharWidth());
  std::vector<AxisLabel> kept = every(names.every, all);
  for (AxisLabel& name : kept) {
    const double at = name.fraction * pixels;
    const double room = std::min({names.room, 2 * (left + at), 2 * (right + pixels - at)});
    name.text = metrics.elidedText(name.text, Qt::ElideRight, room);
  }
  return kept;
}

std::vector<AxisLabel> labelsBeside(const Axis& axis, const AxisMap& map, const QFontMetricsF& metrics, double room) {
  const double pixels = pixelsOf(map);
  const double apart = axis.named ? metrics.height() : std::max({26.0, 1.1 * metrics.height(), pixels / 7});
  std::vector<AxisLabel> kept = thinned(labelsOf(axis, map), [&](const AxisLabel& label, const AxisLabel& before) {
    return (label.fraction - before.fraction) * pixels >= apart;
  });
  if (axis.named)
    for (AxisLabel& name : kept) name.text = metrics.elidedText(name.text, Qt::ElideRight, room);
  return kept;
}

bool hasGrid(const Figure& figure) {
  return !figure.equal_aspect && figure.heats.empty() && figure.levels.empty() && figure.paths.empty() &&
         figure.bars.empty();
}

}  // namespace kappa::ui
