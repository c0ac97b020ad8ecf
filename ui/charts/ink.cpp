/// Gathers how far up and down the strokes reach at four places of each pixel column, and turns that into coverage.
#include "ui/charts/ink.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <limits>
#include <utility>

namespace kappa::ui {
namespace {

constexpr std::size_t places = 4;  // in a pixel column: as many shades an upright edge has
constexpr std::size_t tile = 64;   // columns of a picture: a band that rises or falls is not held by one large one

/// Of a pixel, in whole numbers: what is added above is taken away below to the last bit. All of it is 255 <<
/// share_bits.
using Share = std::int16_t;
constexpr int share_bits = 7;
static_assert((255 << share_bits) % places == 0);

double lengthOf(QPointF v) { return std::sqrt(QPointF::dotProduct(v, v)); }

/// The top and bottom of what strokes cover, at the middle of each place; in pixels of the device.
class Cover {
 public:
  Cover(double left, std::size_t columns)
      : left_(left),
        top_(columns * places, std::numeric_limits<double>::infinity()),
        bottom_(columns * places, -std::numeric_limits<double>::infinity()) {}

  /// A segment's stroke is a rectangle, so the ends of its share of a place lie on its four edges.
  void add(QPointF from, QPointF to, const Nib& nib) {
    const QPointF way = to - from;
    const double length = lengthOf(way);
    if (!(length > 0)) return;
    const QPointF along = way / length, beyond = nib.cap * along,
                  aside = 0.5 * nib.width * QPointF(-along.y(), along.x());
    const std::array<QPointF, 4> corners{from - beyond + aside, to + beyond + aside, to + beyond - aside,
                                         from - beyond - aside};
    // Round the rectangle: below it to the right, above it back to the left, whichever way it points.
    for (std::size_t i = 0; i < corners.size(); ++i) {
      const QPointF a = corners[i], b = corners[(i + 1) % corners.size()];
      if (a.x() < b.x()) edge(a, b, bottom_, [](double lowest, double y) { return std::max(lowest, y); });
      if (b.x() < a.x()) edge(b, a, top_, [](double highest, double y) { return std::min(highest, y); });
    }
  }

  /// Whole rows that hold all of some columns.
  std::pair<double, double> ends(std::size_t from, std::size_t to) const {
    double highest = top_[from * places], lowest = bottom_[from * places];
    for (std::size_t k = from * places; k < to * places; ++k)
      highest = std::min(highest, top_[k]), lowest = std::max(lowest, bottom_[k]);
    return {std::floor(highest), std::ceil(lowest)};
  }

  /// How much of each pixel of some columns (a tile's at most) is covered, 255 for all of it, in the rows between two
  /// whole ones. `changes`: room that is left as it is found, all zero.
  QImage shades(std::size_t from, std::size_t to, double highest, double lowest, std::vector<Share>& changes) const {
    const auto rows = static_cast<std::size_t>(lowest - highest);
    QImage image(static_cast<int>(to - from), static_cast<int>(rows), QImage::Format_Alpha8);
    changes.resize(std::max(changes.size(), (rows + 2) * tile));
    for (std::size_t column = from; column < to; ++column) addShares(column, highest, changes.data() + (column - from));
    std::array<Share, tile> share{};
    share.fill(1 << share_bits >> 1);  // rounds to the nearest
    std::array<uchar, tile> shade{};
    uchar* out = image.bits();
    for (std::size_t row = 0; row < rows; ++row, out += image.bytesPerLine()) {
      Share* change = changes.data() + row * tile;
      for (std::size_t k = 0; k < tile; ++k) share[k] = static_cast<Share>(share[k] + change[k]), change[k] = 0;
      for (std::size_t k = 0; k < tile; ++k) shade[k] = static_cast<uchar>(share[k] >> share_bits);
      std::copy_n(shade.data(), to - from, out);
    }
    std::fill_n(changes.data() + rows * tile, 2 * tile, Share{0});
    return image;
  }

 private:
  /// A column's share of each row below `highest`, as the change from the row above.
  void addShares(std::size_t column, double highest, Share* changes) const {
    constexpr int one = (255 << share_bits) / static_cast<int>(places);
    const auto add = [](Share& change, int by) { change = static_cast<Share>(change + by); };
    const auto step = [&](double y, int weight) {
      const auto row = static_cast<std::size_t>(y - highest);
      const auto part = static_cast<int>(weight * (y - highest - static_cast<double>(row)));
      add(changes[row * tile], weight - part);
      add(changes[(row + 1) * tile], part);
    };
    for (std::size_t k = column * places; k < (column + 1) * places; ++k) {
      if (!(top_[k] < bottom_[k])) continue;
      step(top_[k], one);
      step(bottom_[k], -one);
    }
  }

  /// From left to right, into the heights of one side.
  template <class Farther>
  void edge(QPointF a, QPointF b, std::vector<double>& heights, Farther farther) const {
    const double slope = (b.y() - a.y()) / (b.x() - a.x()) / places;
    const double from = (a.x() - left_) * places - 0.5, to = (b.x() - left_) * places - 0.5;
    // The middles of places from `from` to `to`; whole numbers by cutting, as rounding would take most of the time.
    auto first = static_cast<std::ptrdiff_t>(std::max(from, 0.0));
    if (static_cast<double>(first) < from) ++first;
    const auto end = std::min(std::ssize(heights), to < 0 ? 0 : static_cast<std::ptrdiff_t>(to) + 1);
    const double y = a.y() + (static_cast<double>(first) - from) * slope;
    double* height = heights.data() + first;
    for (std::ptrdiff_t i = 0; i < end - first; ++i) height[i] = farther(height[i], y + static_cast<double>(i) * slope);
  }

  double left_;
  std::vector<double> top_, bottom_;
};

}  // namespace

bool worthInk(std::span<const QLineF> lines) {
  constexpr std::size_t few = 64;  // are drawn in no time
  constexpr double begun = 20;     // beginning a stroke is as much work as going on for so many pixels
  constexpr double often = 8;      // strokes that go on for so many times the width are not a plain curve's
  if (lines.size() < few) return false;
  double drawn = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const QLineF& line = lines[i];
    if (line.x2() < line.x1() || (i > 0 && line.x1() < lines[i - 1].x2())) return false;
    drawn += begun + lengthOf(line.p2() - line.p1());
  }
  return drawn > often * (lines.back().x2() - lines.front().x1());
}

std::vector<Ink> inksOf(std::span<const QLineF> lines, const Nib& nib, double device_scale) {
  const Nib scaled{nib.width * device_scale, nib.cap * device_scale};
  const double reach = 0.5 * scaled.width + scaled.cap;
  const double left = std::floor(lines.front().x1() * device_scale - reach);
  const double right = std::ceil(lines.back().x2() * device_scale + reach);
  const auto columns = static_cast<std::size_t>(std::max(1.0, right - left));
  Cover cover(left, columns);
  for (const QLineF& line : lines) cover.add(device_scale * line.p1(), device_scale * line.p2(), scaled);
  std::vector<Ink> inks;
  std::vector<Share> room;
  for (std::size_t from = 0; from < columns; from += tile) {
    const auto [highest, lowest] = cover.ends(from, std::min(columns, from + tile));
    if (!(highest < lowest)) continue;
    Ink ink{cover.shades(from, std::min(columns, from + tile), highest, lowest, room),
            QPointF(left + static_cast<double>(from), highest) / device_scale};
    ink.cover.setDevicePixelRatio(device_scale);
    inks.push_back(std::move(ink));
  }
  return inks;
}

Tint::Tint(const QColor& colour) {
  const QRgb full = colour.rgb();
  for (std::size_t a = 0; a < shades_.size(); ++a)
    shades_[a] = qPremultiply(qRgba(qRed(full), qGreen(full), qBlue(full), static_cast<int>(a)));
}

QImage Tint::operator()(const Ink& ink) const {
  QImage image(ink.cover.size(), QImage::Format_ARGB32_Premultiplied);
  image.setDevicePixelRatio(ink.cover.devicePixelRatio());
  const int width = image.width(), height = image.height();
  const uchar* from = ink.cover.constBits();
  uchar* bytes = image.bits();
  for (int row = 0; row < height; ++row, from += ink.cover.bytesPerLine(), bytes += image.bytesPerLine()) {
    auto* to = reinterpret_cast<QRgb*>(bytes);
    for (int k = 0; k < width; ++k) to[k] = shades_[from[k]];
  }
  return image;
}

}  // namespace kappa::ui
