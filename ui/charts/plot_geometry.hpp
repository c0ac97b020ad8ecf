/// What a figure becomes for one plot area: segments, rectangles, glyphs and labels in pixels, ready to be painted.
#pragma once

#include <QFont>
#include <QImage>
#include <QLineF>
#include <QPainterPath>
#include <QPolygonF>
#include <QString>
#include <optional>
#include <string>
#include <vector>

#include "ui/charts/ink.hpp"
#include "ui/charts/plot_map.hpp"

namespace kappa::ui {

struct Stroke {
  int colour = neutral;
  double width = 2.2, opacity = 1;
  std::vector<QLineF> lines;
  std::vector<QPointF> dots;       ///< points with a gap on either side
  bool halo = false;               ///< edged with the ground, so that it stands off what lies under it
  std::vector<Ink> inks = {};      ///< dense stretches, as pixels
  std::vector<QLineF> inked = {};  ///< the lines that are in the inks, which need not be drawn
};

/// Square caps close the corners between segments, and are far cheaper than round joins; thin lines would show them.
inline bool squareCapped(const Stroke& stroke) { return stroke.width > 1.5; }

struct Area {
  int colour = neutral;
  QPolygonF outline;
};

struct BarSet {
  int colour = neutral;
  bool ghost = false;
  std::vector<QRectF> bars;
};

struct Glyph {
  int colour = neutral;
  Marker shape = Marker::circle;
  double radius = 3;
  QPointF at;
};

struct Arrow {
  int colour = neutral;
  QPointF tip, direction;
};

struct PlacedMark {
  MarkKind kind{};
  int colour = neutral;
  QPointF at;
  bool line = false;  ///< an edit or a fork, which concerns every curve at that x
  QString text;
  QPointF outward = {0, 1};  ///< where a mark of the kind `below` points, in pixels
};

struct Label {
  QRectF box;
  QString text;
  int colour = neutral;
  std::optional<TheoryKind> theory = {};  ///< a dash in its manner stands before the text
  bool ground = false;                    ///< lies on the panel's colour, whatever is below
};

struct HeatTile {
  QRectF where;
  QImage image;
};

/// What lies above one level of a landscape.
struct Shade {
  double depth = 0;  ///< from 0, the panel itself, to 1
  QPainterPath area;
};

struct PlotGeometry {
  PlotMap map;
  bool empty = true;  ///< nothing to draw but the axes
  std::vector<HeatTile> heats;
  std::vector<Shade> shades;
  std::vector<QLineF> levels;
  std::vector<Area> bands;
  std::vector<BarSet> bars;
  std::vector<Stroke> strokes;
  std::vector<Glyph> glyphs, ends;
  std::vector<Arrow> arrows;
  std::vector<Glyph> starts;
  std::vector<Glyph> moments;  ///< rings where paths stand at the step looked back at
  std::vector<PlacedMark> marks;
  std::vector<Label> labels;
  std::vector<std::string> named;  ///< theory curves whose names stand on the plot: the legend need not
};

struct GeometryOptions {
  double curve_width = 2.2, theory_width = 1.2;
  double device_scale = 1;  ///< pixels of the device per pixel of the map, for images
  QFont label_font;
  bool pixels = false;  ///< for a screen: dense curves may be pixels of the device rather than lines
};

PlotGeometry layOut(const Figure& figure, const QRectF& area, const GeometryOptions& options);

/// The start's grey bars are named above the plot, where nothing else is: then the legend leaves them out.
bool namesStartOnChart(const Figure& figure);

}  // namespace kappa::ui
