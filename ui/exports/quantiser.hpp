/// At most 255 colours for a film: the theme's own as they are, the rest by median cut; no dithering.
#pragma once

#include <QHash>
#include <QImage>
#include <vector>

namespace kappa::ui {

class Quantiser {
 public:
  /// Colours of `kept` are in the palette whatever the pictures show.
  Quantiser(const std::vector<QImage>& samples, const std::vector<QRgb>& kept);

  const std::vector<QRgb>& colours() const { return colours_; }
  /// A byte for every pixel, row by row.
  std::vector<unsigned char> indices(const QImage& picture);

 private:
  unsigned char nearest(QRgb colour) const;

  std::vector<QRgb> colours_;
  QHash<QRgb, unsigned char> known_;
};

}  // namespace kappa::ui
