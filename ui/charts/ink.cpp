/// Gathers how far up and down the strokes reach at eight places of each pixel column, and turns that into coverage.
#include "ui/charts/ink.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace kappa::ui {
namespace {

constexpr std::size_t places = 8;  // in a pixel column: as many shades an upright edge has
constexpr std::size_t tile = 64;   // columns of a picture: a band that rises or falls is not held by one large one

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
    for (std::size_t i = 0; i < corners.size(); ++i) edge(corners[i], corners[(i + 1) % corners.size()]);
  }

  /// Whole rows that hold all of some columns.
  std::pair<double, double> ends(std::size_t from, std::size_t to) const {
    const auto at = [](const std::vector<double>& all, std::size_t column) {
      return all.begin() + static_cast<std::ptrdiff_t>(column * places);
    };
    return {std::floor(*std::min_element(at(top_, from), at(top_, to))),
            std::ceil(*std::max_element(at(bottom_, from), at(bottom_, to)))};
  }

  /// How much of each pixel of some columns is covered, 255 for all of it, in the rows between two whole ones.
  QImage shades(std::size_t from, std::size_t to, double highest, double lowest) const {
    const auto rows = static_cast<std::size_t>(lowest - highest);
    QImage image(static_cast<int>(to - from), static_cast<int>(rows), QImage::Format_Alpha8);
    std::vector<float> differences((rows + 2) * tile, 0);
    for (std::size_t column = from; column < to; ++column)
      addShares(column, highest, differences.data() + (column - from));
    std::array<float, tile> share{};
    for (std::size_t row = 0; row < rows; ++row) {
      uchar* out = image.scanLine(static_cast<int>(row));
      const float* difference = differences.data() + row * tile;
      for (std::size_t k = 0; k < tile; ++k) share[k] += difference[k];
      for (std::size_t k = 0; k < to - from; ++k)
        out[k] = static_cast<uchar>(255.0F * std::clamp(share[k], 0.0F, 1.0F) + 0.5F);
    }
    return image;
  }

 private:
  /// A column's share of each row below `highest`, as the difference from the row above.
  void addShares(std::size_t column, double highest, float* differences) const {
    const auto step = [&](double y, float weight) {
      const auto row = static_cast<std::size_t>(y - highest);
      const float part = weight * static_cast<float>(y - highest - static_cast<double>(row));
      differences[row * tile] += weight - part;
      differences[(row + 1) * tile] += part;
    };
    for (std::size_t k = column * places; k < (column + 1) * places; ++k) {
      if (!(top_[k] < bottom_[k])) continue;
      step(top_[k], 1.0F / places);
      step(bottom_[k], -1.0F / places);
    }
  }

  void edge(QPointF a, QPointF b) {
    if (a.x() > b.x()) std::swap(a, b);
    if (!(a.x() < b.x())) return;  // upright: its ends belong to the two others
    const double slope = (b.y() - a.y()) / (b.x() - a.x()) / places;
    const double from = (a.x() - left_) * places - 0.5, to = (b.x() - left_) * places - 0.5;
    std::size_t k = from > 0 ? static_cast<std::size_t>(from) : 0;
    if (static_cast<double>(k) < from) ++k;
    const std::size_t end = std::min(top_.size(), to < 0 ? 0 : static_cast<std::size_t>(to) + 1);
    for (double y = a.y() + (static_cast<double>(k) - from) * slope; k < end; ++k, y += slope) {
      top_[k] = std::min(top_[k], y);
      bottom_[k] = std::max(bottom_[k], y);
    }
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
  for (std::size_t from = 0; from < columns; from += tile) {
    const auto [highest, lowest] = cover.ends(from, std::min(columns, from + tile));
    if (!(highest < lowest)) continue;
    Ink ink{cover.shades(from, std::min(columns, from + tile), highest, lowest),
            QPointF(left + static_cast<double>(from), highest) / device_scale};
    ink.cover.setDevicePixelRatio(device_scale);
    inks.push_back(std::move(ink));
  }
  return inks;
}

QImage tinted(const Ink& ink, const QColor& colour) {
  std::array<QRgb, 256> shades{};
  for (std::size_t a = 0; a < shades.size(); ++a) {
    const int alpha = static_cast<int>(a);
    shades[a] = qPremultiply(qRgba(colour.red(), colour.green(), colour.blue(), alpha));
  }
  QImage image(ink.cover.size(), QImage::Format_ARGB32_Premultiplied);
  image.setDevicePixelRatio(ink.cover.devicePixelRatio());
  const int width = image.width(), height = image.height();
  for (int row = 0; row < height; ++row) {
    const uchar* from = ink.cover.constScanLine(row);
    auto* to = reinterpret_cast<QRgb*>(image.scanLine(row));
    for (int k = 0; k < width; ++k) to[k] = shades[from[k]];
  }
  return image;
}

}  // namespace kappa::ui
