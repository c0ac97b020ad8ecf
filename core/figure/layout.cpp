/// Title and state on top, the legend in rows below them, then the plot with its tick labels outside.
#include "core/figure/layout.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/text.hpp"
#include "core/figure/ticks.hpp"

namespace kappa {
namespace {

constexpr double margin = 14, title_size = 14, body_size = 12, tick_size = 11;
constexpr double name_gap = 8, least_name = 44;  // some six characters tell a name from its neighbours
constexpr double most_for_names = 0.35;          // of the width, left of the plot
constexpr double legend_row = 18, swatch_width = 22, tick_gap = 8;

/// Advance of one character in units of the font size.
double advance(std::string_view character) {
  const auto lead = static_cast<unsigned char>(character[0]);
  if (lead >= 0x80) {
    if (character == "\u202f") return 0.2;
    static constexpr std::string_view raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ᵗᵏⁿᵀ₀₁₂₃₄₅₆₇₈₉ₜₖ";
    return raised.find(character) != std::string_view::npos ? 0.4 : 0.6;
  }
  if (lead >= '0' && lead <= '9') return 0.62;
  if (lead >= 'A' && lead <= 'Z') return lead == 'M' || lead == 'W' ? 0.9 : lead == 'I' ? 0.28 : 0.69;
  switch (lead) {
    case 'i':
    case 'l':
    case 'j':
    case '.':
    case ',':
    case ':':
    case ';':
    case '\'':
    case '|':
    case ' ':
      return 0.27;
    case 'f':
    case 't':
    case 'r':
    case '(':
    case ')':
    case '/':
    case '-':
      return 0.37;
    case 'm':
    case 'w':
      return 0.85;
    default:
      return 0.58;
  }
}

double screen(const Axis& axis, double value) { return axis.scale == Scale::log ? std::log10(value) : value; }

/// Share of the axis below a value.
double share(const Axis& axis, double value) {
  const double lo = screen(axis, axis.lo), hi = screen(axis, axis.hi);
  if (!(hi > lo)) return 0.5;
  // Halves keep the widest ranges from overflowing.
  return (screen(axis, value) / 2 - lo / 2) / (hi / 2 - lo / 2);
}

double held(double pixel) { return std::clamp(pixel, -1e7, 1e7); }

struct Builder {
  const Figure& figure;
  const LayoutOptions& options;
  Layout out;
  double top = margin, left = margin, right = margin, bottom = margin;

  void heading() {
    const double state = figure.state.empty() ? 0 : text_width(figure.state, tick_size) + 16;
    const double room = options.width - 2 * margin - state;
    top += 12;
    if (room > 40)
      out.labels.push_back(
          {margin, top, title_size, fitted(figure.title, title_size, room, true), Anchor::start, true, false});
    if (!figure.state.empty())
      out.labels.push_back({options.width - margin, top, tick_size, figure.state, Anchor::end});
    if (!figure.note.empty()) {
      top += 17;
      out.labels.push_back({margin, top, tick_size, fitted(figure.note, tick_size, options.width - 2 * margin)});
    }
    top += 10;
  }

  /// Entries flow in rows; where there are too many, the last place says how many more there are.
  void legend() {
    if (figure.legend.empty()) return;
    const auto rows = static_cast<std::size_t>(std::max(1.0, options.height * 0.3 / legend_row));
    double x = margin, y = top + 13;
    std::size_t row = 1;
    for (std::size_t i = 0; i < figure.legend.size(); ++i) {
      const LegendEntry& entry = figure.legend[i];
      const double most = options.width - 2 * margin - swatch_width - 6;
      const std::string label = fitted(entry.label, body_size, most);
      const double label_width = text_width(label, body_size);
      const double note_width = entry.note.empty() ? 0 : 6 + text_width(entry.note, tick_size);
      const double width = swatch_width + 6 + label_width + note_width;
      const std::size_t left_over = figure.legend.size() - i;
      const double reserve = row == rows && left_over > 1 ? 70 : 0;
      if (x > margin && x + width + reserve > options.width - margin) {
        if (row == rows) {
          out.labels.push_back({x, y, tick_size, "+ " + std::to_string(left_over) + " more"});
          break;
        }
        x = margin, y += legend_row, ++row;
      }
      out.legend.push_back({i,
                            {x, y - 10, swatch_width, 12},
                            {x + swatch_width + 6, y, body_size, label, Anchor::start, false, false},
                            {x + swatch_width + 12 + label_width, y, tick_size, entry.note}});
      x += width + 18;
    }
    top = y + 8;
  }

  NameRoom x_names(double plot_width) const {
    double widest = 0;
    for (const Tick& tick : figure.x.ticks) widest = std::max(widest, text_width(tick.label, tick_size));
    return name_room(figure.x.ticks.size(), name_distance(figure.x) * plot_width, widest, name_gap, least_name);
  }

  void margins() {
    if (!figure.y.label.empty()) {
      top += 14;
      out.labels.push_back({margin, top, tick_size, fitted(figure.y.label, tick_size, options.width - 2 * margin)});
    }
    top += 10;
    double widest = 0;
    for (const Tick& tick : figure.y.ticks) widest = std::max(widest, text_width(tick.label, tick_size));
    if (figure.y.named) widest = std::min(widest, most_for_names * options.width);
    left = margin + std::max(widest + tick_gap, 20.0);
    bottom = 30 + (figure.x.label.empty() ? 0 : 13);
    double last = 0;
    for (const Tick& tick : figure.x.ticks)
      if (!tick.label.empty()) last = text_width(tick.label, tick_size);
    if (figure.x.named) last = std::min(last, x_names(options.width - left - margin).room);
    right = std::max(margin, last / 2 + 4);
    if (!figure.heats.empty()) {
      double bar = 0;
      for (const Tick& tick : figure.heats[0].ticks) bar = std::max(bar, text_width(tick.label, tick_size));
      right = margin + bar + 6 + 10 + 14;
    }
  }

  void plot() {
    Box& box = out.plot;
    box = {left, top, std::max(10.0, options.width - left - right), std::max(10.0, options.height - top - bottom)};
    if (figure.equal_aspect) {
      const double wide = figure.x.hi - figure.x.lo, high = figure.y.hi - figure.y.lo;
      const double unit = std::min(box.width / wide, box.height / high);
      if (std::isfinite(unit) && unit > 0)
        box = {box.x + (box.width - unit * wide) / 2, box.y + (box.height - unit * high) / 2, unit * wide, unit * high};
    }
  }

  void x_name_labels() {
    const Box& box = out.plot;
    const NameRoom names = x_names(box.width);
    for (std::size_t i = 0; i < figure.x.ticks.size(); i += names.every) {
      const double x = pixel_x(figure.x, box, figure.x.ticks[i].value);
      const double room = std::min({names.room, 2 * x, 2 * (options.width - x)});
      if (std::string name = fitted(figure.x.ticks[i].label, tick_size, room); !name.empty())
        out.labels.push_back({x, box.bottom() + 18, tick_size, std::move(name), Anchor::middle});
    }
  }

  void tick_labels() {
    const Box& box = out.plot;
    if (figure.x.named) x_name_labels();
    double free_from = -1e9;
    for (const Tick& tick : figure.x.ticks) {
      if (tick.label.empty() || figure.x.named) continue;
      const double width = text_width(tick.label, tick_size), x = pixel_x(figure.x, box, tick.value);
      if (x - width / 2 < free_from) continue;
      free_from = x + width / 2 + 10;
      out.labels.push_back({x, box.bottom() + 18, tick_size, tick.label, Anchor::middle});
    }
    double free_below = 1e9;
    for (const Tick& tick : figure.y.ticks) {
      if (tick.label.empty()) continue;
      const double y = pixel_y(figure.y, box, tick.value);
      if (y > free_below) continue;
      free_below = y - tick_size - 3;
      const std::string label =
          figure.y.named ? fitted(tick.label, tick_size, box.x - tick_gap - margin + 0.01) : tick.label;
      out.labels.push_back({box.x - tick_gap, y + 4, tick_size, label, Anchor::end});
    }
    if (!figure.x.label.empty())
      out.labels.push_back(
          {box.right(), box.bottom() + 33, tick_size, fitted(figure.x.label, tick_size, box.width), Anchor::end});
  }

  void colour_bar() {
    if (figure.heats.empty()) return;
    const Heat& heat = figure.heats[0];
    const Box bar{out.plot.right() + 14, out.plot.y, 10, out.plot.height};
    out.colour_bar = bar;
    const Axis axis{"", heat.scale, heat.lo, heat.hi, {}};
    double free_below = 1e9;
    for (const Tick& tick : heat.ticks) {
      if (tick.label.empty()) continue;
      const double y = pixel_y(axis, bar, tick.value);
      if (y > free_below) continue;
      free_below = y - tick_size - 3;
      out.labels.push_back({bar.right() + 6, y + 4, tick_size, tick.label});
    }
  }
};

}  // namespace

Vertex outward(const Mark& mark, const Figure& figure) {
  if (mark.y <= figure.y.lo) return {0, -1};
  if (mark.y >= figure.y.hi) return {0, 1};
  if (mark.x <= figure.x.lo) return {-1, 0};
  if (mark.x >= figure.x.hi) return {1, 0};
  return {0, -1};
}

double text_width(std::string_view utf8, double size, bool bold) {
  double width = 0;
  for (std::size_t i = 0; i < utf8.size();) {
    const std::size_t length = to_next_character(utf8, i);
    width += advance(utf8.substr(i, length));
    i += length;
  }
  return width * size * (bold ? 1.06 : 1.0);
}

std::string fitted(std::string_view utf8, double size, double width, bool bold) {
  if (text_width(utf8, size, bold) <= width) return std::string(utf8);
  std::string text(utf8);
  while (!text.empty()) {
    text.resize(whole_characters(text, text.size() - 1).size());
    if (text_width(text + "…", size, bold) <= width) return text + "…";
  }
  return text;
}

double pixel_x(const Axis& axis, const Box& plot, double value) {
  return held(plot.x + share(axis, value) * plot.width);
}
double pixel_y(const Axis& axis, const Box& plot, double value) {
  return held(plot.bottom() - share(axis, value) * plot.height);
}

Layout lay_out(const Figure& figure, const LayoutOptions& options) {
  Builder b{figure, options, {}};
  if (!options.text) {
    const double inset = std::min(options.width, options.height) * 0.03;
    b.left = b.right = b.top = b.bottom = inset;
    b.plot();
    return b.out;
  }
  b.heading();
  b.legend();
  b.margins();
  b.plot();
  b.tick_labels();
  b.colour_bar();
  return b.out;
}

}  // namespace kappa
