/// Assembles an SVG picture from its layers and its text.
#include "core/figure/svg.hpp"

#include <algorithm>
#include <cmath>

#include "core/figure/data.hpp"
#include "core/figure/svg_draw.hpp"

namespace kappa {
namespace {

std::string_view word(Anchor anchor) {
  switch (anchor) {
    case Anchor::middle:
      return " text-anchor=\"middle\"";
    case Anchor::end:
      return " text-anchor=\"end\"";
    case Anchor::start:
      break;
  }
  return "";
}

std::string text(const Label& label, const Theme& theme) {
  if (label.text.empty()) return {};
  return "<text x=\"" + svg::number(label.x) + "\" y=\"" + svg::number(label.y) + "\" font-size=\"" +
         svg::number(label.size) + '"' + std::string(word(label.anchor)) + (label.bold ? " font-weight=\"600\"" : "") +
         " fill=\"" + to_hex(label.muted ? theme.muted : theme.text) + "\">" + svg::escaped(label.text) + "</text>\n";
}

void draw_swatch(svg::Canvas& c, const LegendEntry& entry, const Box& box) {
  const double y = box.y + box.height / 2 - 0.5;
  const bool ghost = entry.colour == neutral && !entry.theory && entry.marker == Marker::square;
  if (ghost || entry.swatch == Swatch::bar) {
    const std::string colour = ghost ? to_hex(c.theme.line) : c.colour(entry.colour);
    c.out += "<rect x=\"" + svg::number(box.x + 6) + "\" y=\"" + svg::number(y - 5) +
             "\" width=\"10\" height=\"10\" rx=\"2\" fill=\"" + colour + "\"/>\n";
    return;
  }
  const auto dot = [&] {
    c.out += svg::marker(entry.marker, {box.x + box.width / 2, y}, 3.6, c.colour(entry.colour), to_hex(c.theme.panel));
  };
  if (entry.swatch == Swatch::loose_points) return dot();
  const bool on_heat = entry.theory && !c.figure.heats.empty();
  c.out += "<path d=\"M" + svg::number(box.x) + ' ' + svg::number(y) + 'h' + svg::number(box.width) +
           "\" fill=\"none\" stroke=\"" + (on_heat ? to_hex(c.theme.text) : c.colour(entry.colour)) +
           "\" stroke-width=\"" + svg::number(entry.theory ? c.theory_width : c.curve_width) + '"';
  if (entry.theory)
    c.out += *entry.theory == TheoryKind::guide ? " stroke-dasharray=\"1.5 4\"" : " stroke-dasharray=\"6 4\"";
  c.out += "/>\n";
  dot();
}

void draw_text(svg::Canvas& c, const SvgOptions& options) {
  for (const Label& label : c.layout.labels) c.out += text(label, c.theme);
  for (const LegendSpot& spot : c.layout.legend) {
    draw_swatch(c, c.figure.legend[spot.entry], spot.swatch);
    c.out += text(spot.label, c.theme) + text(spot.note, c.theme);
  }
  if (c.figure.empty.empty()) return;
  const Box& p = c.layout.plot;
  c.out +=
      text({p.x + p.width / 2, p.y + p.height / 2, 13, fitted(c.figure.empty, 13, options.width - 20), Anchor::middle},
           c.theme);
}

/// In numbers: some readers take a percentage for pixels.
std::string ground(const SvgOptions& options) {
  return "<rect width=\"" + svg::number(options.width) + "\" height=\"" + svg::number(options.height) + "\" fill=\"" +
         to_hex(theme(options.theme).panel) + "\"/>\n";
}

std::string head(std::string_view title, std::string_view sentence, const SvgOptions& options) {
  const std::string width = svg::number(options.width), height = svg::number(options.height);
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" +
                    svg::number(options.width * options.scale) + "\" height=\"" +
                    svg::number(options.height * options.scale) + "\" viewBox=\"0 0 " + width + ' ' + height +
                    "\" role=\"img\" font-family=\"Inter, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif\">\n";
  if (!title.empty()) out += "<title>" + svg::escaped(title) + "</title>\n";
  if (!sentence.empty()) out += "<desc>" + svg::escaped(sentence) + "</desc>\n";
  return out + svg_metadata(options.embedded_document);
}

}  // namespace

std::string write_svg(const Figure& figure, const SvgOptions& wanted) {
  SvgOptions options = wanted;
  options.width = std::isfinite(wanted.width) ? std::max(40.0, wanted.width) : 640;
  options.height = std::isfinite(wanted.height) ? std::max(40.0, wanted.height) : 420;
  const bool with_text = !options.no_text && !options.thumbnail;
  const Layout layout = lay_out(figure, {options.width, options.height, with_text});
  const Theme& theme = kappa::theme(options.theme);
  svg::Canvas canvas{figure,
                     layout,
                     theme,
                     options.thumbnail,
                     theme.curve_width,
                     theme.theory_width,
                     0.06,
                     head(figure.title, figure.sentence, options)};
  if (options.thumbnail) canvas.tolerance = 0.5;
  // Of very many curves each has the less to show.
  canvas.columns = std::clamp(80.0 / static_cast<double>(std::max<std::size_t>(1, figure.curves.size())), 1.0, 4.0);
  if (const std::string words = thinned_words(figure); !options.thumbnail && !words.empty())
    canvas.out += "<!-- " + words + " -->\n";

  if (!options.transparent && !options.thumbnail) canvas.out += ground(options);
  if (with_text && figure.heats.empty() && figure.levels.empty() && figure.paths.empty()) svg::draw_grid(canvas);
  svg::draw_heats(canvas);
  svg::draw_colour_bar(canvas);
  if (!options.thumbnail) svg::draw_levels(canvas);
  svg::draw_bands(canvas);
  svg::draw_bars(canvas);
  svg::draw_curves(canvas);
  svg::draw_paths(canvas);
  if (!options.thumbnail) {
    svg::draw_points(canvas);
    svg::draw_marks(canvas);
    svg::draw_cursor(canvas);
  }
  if (with_text) draw_text(canvas, options);
  return std::move(canvas.out) + "</svg>\n";
}

std::string write_svg_sheet(std::string_view title, std::span<const PlacedFigure> figures, const SvgOptions& options) {
  const Theme& theme = kappa::theme(options.theme);
  std::string sentences;
  for (const PlacedFigure& placed : figures) sentences += (sentences.empty() ? "" : " ") + placed.figure->sentence;
  std::string out = head(title, sentences, options);
  if (!options.transparent) out += ground(options);
  double top = options.height;
  for (const PlacedFigure& placed : figures) top = std::min(top, placed.y);
  if (top > 16 && !title.empty()) {
    const Label name{14, top - 8, 16, fitted(title, 16, options.width - 28, true), Anchor::start, true, false};
    out += text(name, theme);
  }
  for (const PlacedFigure& placed : figures) {
    SvgOptions own = options;
    own.width = placed.width;
    own.height = placed.height;
    own.scale = 1;
    own.transparent = true;
    own.embedded_document.clear();
    const std::string picture = write_svg(*placed.figure, own);
    // A group, not a picture inside a picture: not every program draws those.
    const auto from = picture.find('\n', picture.find("<svg")) + 1, to = picture.rfind("</svg>");
    out += "<g transform=\"translate(" + svg::number(placed.x) + ' ' + svg::number(placed.y) + ")\">\n" +
           picture.substr(from, to - from) + "</g>\n";
  }
  return out + "</svg>\n";
}

}  // namespace kappa
