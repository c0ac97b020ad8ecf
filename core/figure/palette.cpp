/// The tables of colours; every value is checked for contrast by its test.
#include "core/figure/palette.hpp"

#include <algorithm>
#include <cmath>

namespace kappa {
namespace {

constexpr std::array<Rgb, 8> light_runs{rgb(0x0072b2), rgb(0xd55e00), rgb(0x009e73), rgb(0xcc79a7),
                                        rgb(0x8a6d00), rgb(0x2a9bd6), rgb(0x7a4fb5), rgb(0x555555)};
constexpr std::array<Rgb, 8> dark_runs{rgb(0x56b4e9), rgb(0xff9f4a), rgb(0x3fd0a4), rgb(0xe59ac9),
                                       rgb(0xe6c84a), rgb(0x9ad4ff), rgb(0xb79cf2), rgb(0xbbbbbb)};

constexpr std::array<Theme, 3> themes{
    Theme{ThemeId::light, "light", rgb(0xf4f5f7), rgb(0xffffff), rgb(0xf7f8fa), rgb(0x1b1f24), rgb(0x5b6673),
          rgb(0xdfe3e8), rgb(0xeceff3), rgb(0x0b6bcb), rgb(0x1a7f4b), rgb(0xb3261e), light_runs, 2.2, 1.2},
    Theme{ThemeId::dark, "dark", rgb(0x15181d), rgb(0x1c2027), rgb(0x12151a), rgb(0xe8ebef), rgb(0x9aa4b2),
          rgb(0x303641), rgb(0x262c35), rgb(0x5aa9ff), rgb(0x4fd18b), rgb(0xff7b72), dark_runs, 2.2, 1.2},
    Theme{ThemeId::projector, "projector", rgb(0xffffff), rgb(0xffffff), rgb(0xffffff), rgb(0x000000), rgb(0x333333),
          rgb(0xb0b0b0), rgb(0xdddddd), rgb(0x0040a0), rgb(0x006030), rgb(0xa00000), light_runs, 3.7, 2.2}};

/// Nathaniel Smith and Stefan van der Walt's viridis, in the public domain (CC0).
constexpr std::array<std::uint32_t, 256> viridis_hex{
    0x440154, 0x440256, 0x450457, 0x450559, 0x46075a, 0x46085c, 0x460a5d, 0x460b5e, 0x470d60, 0x470e61, 0x471063,
    0x471164, 0x471365, 0x481467, 0x481668, 0x481769, 0x48186a, 0x481a6c, 0x481b6d, 0x481c6e, 0x481d6f, 0x481f70,
    0x482071, 0x482173, 0x482374, 0x482475, 0x482576, 0x482677, 0x482878, 0x482979, 0x472a7a, 0x472c7a, 0x472d7b,
    0x472e7c, 0x472f7d, 0x46307e, 0x46327e, 0x46337f, 0x463480, 0x453581, 0x453781, 0x453882, 0x443983, 0x443a83,
    0x443b84, 0x433d84, 0x433e85, 0x423f85, 0x424086, 0x424186, 0x414287, 0x414487, 0x404588, 0x404688, 0x3f4788,
    0x3f4889, 0x3e4989, 0x3e4a89, 0x3e4c8a, 0x3d4d8a, 0x3d4e8a, 0x3c4f8a, 0x3c508b, 0x3b518b, 0x3b528b, 0x3a538b,
    0x3a548c, 0x39558c, 0x39568c, 0x38588c, 0x38598c, 0x375a8c, 0x375b8d, 0x365c8d, 0x365d8d, 0x355e8d, 0x355f8d,
    0x34608d, 0x34618d, 0x33628d, 0x33638d, 0x32648e, 0x32658e, 0x31668e, 0x31678e, 0x31688e, 0x30698e, 0x306a8e,
    0x2f6b8e, 0x2f6c8e, 0x2e6d8e, 0x2e6e8e, 0x2e6f8e, 0x2d708e, 0x2d718e, 0x2c718e, 0x2c728e, 0x2c738e, 0x2b748e,
    0x2b758e, 0x2a768e, 0x2a778e, 0x2a788e, 0x29798e, 0x297a8e, 0x297b8e, 0x287c8e, 0x287d8e, 0x277e8e, 0x277f8e,
    0x27808e, 0x26818e, 0x26828e, 0x26828e, 0x25838e, 0x25848e, 0x25858e, 0x24868e, 0x24878e, 0x23888e, 0x23898e,
    0x238a8d, 0x228b8d, 0x228c8d, 0x228d8d, 0x218e8d, 0x218f8d, 0x21908d, 0x21918c, 0x20928c, 0x20928c, 0x20938c,
    0x1f948c, 0x1f958b, 0x1f968b, 0x1f978b, 0x1f988b, 0x1f998a, 0x1f9a8a, 0x1e9b8a, 0x1e9c89, 0x1e9d89, 0x1f9e89,
    0x1f9f88, 0x1fa088, 0x1fa188, 0x1fa187, 0x1fa287, 0x20a386, 0x20a486, 0x21a585, 0x21a685, 0x22a785, 0x22a884,
    0x23a983, 0x24aa83, 0x25ab82, 0x25ac82, 0x26ad81, 0x27ad81, 0x28ae80, 0x29af7f, 0x2ab07f, 0x2cb17e, 0x2db27d,
    0x2eb37c, 0x2fb47c, 0x31b57b, 0x32b67a, 0x34b679, 0x35b779, 0x37b878, 0x38b977, 0x3aba76, 0x3bbb75, 0x3dbc74,
    0x3fbc73, 0x40bd72, 0x42be71, 0x44bf70, 0x46c06f, 0x48c16e, 0x4ac16d, 0x4cc26c, 0x4ec36b, 0x50c46a, 0x52c569,
    0x54c568, 0x56c667, 0x58c765, 0x5ac864, 0x5cc863, 0x5ec962, 0x60ca60, 0x63cb5f, 0x65cb5e, 0x67cc5c, 0x69cd5b,
    0x6ccd5a, 0x6ece58, 0x70cf57, 0x73d056, 0x75d054, 0x77d153, 0x7ad151, 0x7cd250, 0x7fd34e, 0x81d34d, 0x84d44b,
    0x86d549, 0x89d548, 0x8bd646, 0x8ed645, 0x90d743, 0x93d741, 0x95d840, 0x98d83e, 0x9bd93c, 0x9dd93b, 0xa0da39,
    0xa2da37, 0xa5db36, 0xa8db34, 0xaadc32, 0xaddc30, 0xb0dd2f, 0xb2dd2d, 0xb5de2b, 0xb8de29, 0xbade28, 0xbddf26,
    0xc0df25, 0xc2df23, 0xc5e021, 0xc8e020, 0xcae11f, 0xcde11d, 0xd0e11c, 0xd2e21b, 0xd5e21a, 0xd8e219, 0xdae319,
    0xdde318, 0xdfe318, 0xe2e418, 0xe5e419, 0xe7e419, 0xeae51a, 0xece51b, 0xefe51c, 0xf1e51d, 0xf4e61e, 0xf6e620,
    0xf8e621, 0xfbe723, 0xfde725,
};

constexpr std::array<Rgb, 256> viridis_rgb = [] {
  std::array<Rgb, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = rgb(viridis_hex[i]);
  return table;
}();

double luminance(Rgb colour) {
  const auto linear = [](std::uint8_t channel) {
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b);
}

}  // namespace

std::string to_hex(Rgb colour) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text = "#";
  for (std::uint8_t channel : {colour.r, colour.g, colour.b}) {
    text += digits[channel >> 4];
    text += digits[channel & 15];
  }
  return text;
}

const Theme& theme(ThemeId id) { return themes[static_cast<std::size_t>(id)]; }

std::optional<ThemeId> theme_named(std::string_view name) {
  for (const Theme& t : themes)
    if (t.name == name) return t.id;
  return std::nullopt;
}

Rgb run_colour(const Theme& theme, int index) {
  return index < 0 ? theme.muted : theme.runs[static_cast<std::size_t>(index) % theme.runs.size()];
}

Marker run_marker(int index) {
  constexpr std::array<Marker, 8> shapes{Marker::circle, Marker::square, Marker::triangle,      Marker::diamond,
                                         Marker::cross,  Marker::plus,   Marker::triangle_down, Marker::star};
  if (index < 0) return Marker::none;
  const auto i = static_cast<std::size_t>(index);
  return shapes[(i + i / 8) % shapes.size()];
}

Rgb level_tint(const Theme& theme, double depth) {
  const double strongest = theme.id == ThemeId::dark ? 0.18 : theme.id == ThemeId::light ? 0.14 : 0.12;
  return mix(theme.accent, theme.panel, strongest * std::clamp(depth, 0.0, 1.0));
}

double contrast(Rgb a, Rgb b) {
  const double la = luminance(a), lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

Rgb mix(Rgb a, Rgb b, double alpha) {
  const auto blend = [&](std::uint8_t over, std::uint8_t under) {
    return static_cast<std::uint8_t>(std::lround(alpha * over + (1 - alpha) * under));
  };
  return {blend(a.r, b.r), blend(a.g, b.g), blend(a.b, b.b)};
}

const std::array<Rgb, 256>& viridis_table() { return viridis_rgb; }

Rgb viridis(double t) {
  const double at = std::clamp(std::isnan(t) ? 0.0 : t, 0.0, 1.0) * 255;
  return viridis_rgb[static_cast<std::size_t>(std::lround(at))];
}

std::optional<double> heat_position(const Heat& heat, double value) {
  if (std::isnan(value)) return std::nullopt;
  if (!(value > heat.lo)) return 0.0;
  if (!(value < heat.hi)) return 1.0;
  if (heat.scale == Scale::log) return (std::log(value) - std::log(heat.lo)) / (std::log(heat.hi) - std::log(heat.lo));
  return (value - heat.lo) / (heat.hi - heat.lo);
}

double heat_middle(double from, double to, Scale scale, std::uint32_t i, std::uint32_t n) {
  const double part = (i + 0.5) / n;
  return scale == Scale::log ? from * std::pow(to / from, part) : from + (to - from) * part;
}

}  // namespace kappa
