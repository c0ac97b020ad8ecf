/// Dense zig-zags as the pixels that their strokes cover: one picture for what would be thousands of strokes over each
/// other, at a cost that the number of points does not change.
#pragma once

#include <QColor>
#include <QImage>
#include <QLineF>
#include <QPointF>
#include <array>
#include <span>
#include <vector>

namespace kappa::ui {

struct Nib {
  double width = 2.2;
  double cap = 1.1;  ///< how far a segment reaches beyond its ends
};

/// Alpha alone, 0 to 255, over whole pixels of the device.
struct Ink {
  QImage cover;
  QPointF at;  ///< of its upper left corner
};

/// Whether so many strokes lie so densely that their pixels are found faster than they are drawn. Never where x falls.
bool worthInk(std::span<const QLineF> lines);

/// The pixels of segments whose x never falls, as smooth at their edges as the strokes are. Such strokes cover one
/// stretch of any upright line, so its two ends tell all.
std::vector<Ink> inksOf(std::span<const QLineF> lines, const Nib& nib, double device_scale);

/// Gives inks a colour, to be painted.
class Tint {
 public:
  explicit Tint(const QColor& colour);
  QImage operator()(const Ink& ink) const;

 private:
  std::array<QRgb, 256> shades_;
};

}  // namespace kappa::ui
