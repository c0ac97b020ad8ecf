/// Cuts the box with the widest spread of pixels in two, until there are as many boxes as free places.
#include "ui/exports/quantiser.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kappa::ui {
namespace {

constexpr std::size_t most_colours = 255;  // one index of 256 means "as before"

struct Shade {
  QRgb colour = 0;
  double weight = 0;
};

int channel(QRgb colour, int which) { return which == 0 ? qRed(colour) : which == 1 ? qGreen(colour) : qBlue(colour); }

struct ColourBox {
  std::vector<Shade> shades;
  int axis = 0;
  double spread = 0;

  explicit ColourBox(std::vector<Shade> inside) : shades(std::move(inside)) {
    double weight = 0;
    for (const Shade& s : shades) weight += s.weight;
    for (int which = 0; which < 3; ++which) {
      int lo = 255, hi = 0;
      for (const Shade& s : shades) {
        lo = std::min(lo, channel(s.colour, which));
        hi = std::max(hi, channel(s.colour, which));
      }
      // The eye tells greens apart best; a box of many pixels matters more.
      const double wide = (hi - lo) * (which == 1 ? 1.2 : which == 2 ? 0.8 : 1.0) * std::sqrt(std::sqrt(weight));
      if (wide > spread) spread = wide, axis = which;
    }
  }

  std::pair<ColourBox, ColourBox> cut() {
    std::sort(shades.begin(), shades.end(),
              [&](const Shade& a, const Shade& b) { return channel(a.colour, axis) < channel(b.colour, axis); });
    double whole = 0, sum = 0;
    for (const Shade& s : shades) whole += s.weight;
    std::size_t at = 1;
    for (; at + 1 < shades.size(); ++at)
      if ((sum += shades[at - 1].weight) >= 0.5 * whole) break;
    const auto middle = shades.begin() + static_cast<std::ptrdiff_t>(at);
    return {ColourBox({shades.begin(), middle}), ColourBox({middle, shades.end()})};
  }

  QRgb mean() const {
    double r = 0, g = 0, b = 0, whole = 0;
    for (const Shade& s : shades) {
      r += s.weight * qRed(s.colour);
      g += s.weight * qGreen(s.colour);
      b += s.weight * qBlue(s.colour);
      whole += s.weight;
    }
    return qRgb(static_cast<int>(r / whole + 0.5), static_cast<int>(g / whole + 0.5),
                static_cast<int>(b / whole + 0.5));
  }
};

std::vector<Shade> shadesOf(const std::vector<QImage>& samples, const std::vector<QRgb>& without) {
  QHash<QRgb, double> counts;
  for (const QImage& image : samples)
    for (int y = 0; y < image.height(); ++y) {
      const auto* line = reinterpret_cast<const QRgb*>(image.constScanLine(y));
      for (int x = 0; x < image.width(); ++x) counts[line[x] | 0xFF000000U] += 1;
    }
  for (const QRgb colour : without) counts.remove(colour);
  std::vector<Shade> shades;
  for (auto it = counts.cbegin(); it != counts.cend(); ++it) shades.push_back({it.key(), it.value()});
  // A hash has no order of its own: the same film gets the same palette.
  std::sort(shades.begin(), shades.end(), [](const Shade& a, const Shade& b) { return a.colour < b.colour; });
  return shades;
}

}  // namespace

Quantiser::Quantiser(const std::vector<QImage>& samples, const std::vector<QRgb>& kept) {
  for (const QRgb colour : kept)
    if (std::find(colours_.begin(), colours_.end(), colour | 0xFF000000U) == colours_.end())
      colours_.push_back(colour | 0xFF000000U);
  std::vector<Shade> shades = shadesOf(samples, colours_);
  const std::size_t free = most_colours - std::min(most_colours, colours_.size());
  if (shades.size() <= free) {
    for (const Shade& s : shades) colours_.push_back(s.colour);
  } else if (free > 0) {
    std::vector<ColourBox> boxes{ColourBox(std::move(shades))};
    while (boxes.size() < free) {
      const auto widest = std::max_element(boxes.begin(), boxes.end(),
                                           [](const ColourBox& a, const ColourBox& b) { return a.spread < b.spread; });
      if (widest->shades.size() < 2) break;
      auto [low, high] = widest->cut();
      *widest = std::move(low);
      boxes.push_back(std::move(high));
    }
    for (const ColourBox& box : boxes) colours_.push_back(box.mean());
  }
  if (colours_.empty()) colours_.push_back(0xFF000000U);
}

unsigned char Quantiser::nearest(QRgb colour) const {
  std::size_t best = 0;
  int least = std::numeric_limits<int>::max();
  for (std::size_t i = 0; i < colours_.size(); ++i) {
    const int r = qRed(colour) - qRed(colours_[i]), g = qGreen(colour) - qGreen(colours_[i]),
              b = qBlue(colour) - qBlue(colours_[i]);
    const int away = 3 * r * r + 4 * g * g + 2 * b * b;
    if (away < least) least = away, best = i;
  }
  return static_cast<unsigned char>(best);
}

std::vector<unsigned char> Quantiser::indices(const QImage& picture) {
  std::vector<unsigned char> out;
  out.reserve(static_cast<std::size_t>(picture.width()) * static_cast<std::size_t>(picture.height()));
  for (int y = 0; y < picture.height(); ++y) {
    const auto* line = reinterpret_cast<const QRgb*>(picture.constScanLine(y));
    for (int x = 0; x < picture.width(); ++x) {
      const QRgb colour = line[x] | 0xFF000000U;
      auto it = known_.constFind(colour);
      if (it == known_.constEnd()) it = known_.insert(colour, nearest(colour));
      out.push_back(*it);
    }
  }
  return out;
}

}  // namespace kappa::ui
