/// Axes are category axes over [0, 1] with labels on their values: Qt's log axis is wrong below 1e-12.
#include "ui/charts/axis_pair.hpp"

#include <QCategoryAxis>
#include <QChart>
#include <QCoreApplication>
#include <QFontMetricsF>
#include <QGraphicsLayout>
#include <QGraphicsSimpleTextItem>
#include <QLegend>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/charts/plot_geometry.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

constexpr double label_margins = 14, name_gap = 6, beside_labels = 20;
constexpr double most_for_names = 0.35;  // of the width, left of the plot
constexpr int least_name = 5;            // characters that tell a name from its neighbours

struct Place {
  double fraction;
  QString label;
  bool operator==(const Place&) const = default;
};

/// Labelled ticks, ascending along the axis.
std::vector<Place> labelledPlaces(const Axis& axis, const AxisMap& map) {
  std::vector<Place> all;
  for (const Tick& tick : axis.ticks) {
    const double t = map.fraction(tick.value);
    if (tick.label.empty() || !(t >= -1e-9 && t <= 1 + 1e-9)) continue;
    all.push_back({std::clamp(t, 0.0, 1.0), QString::fromStdString(tick.label)});
  }
  std::sort(all.begin(), all.end(), [](const Place& a, const Place& b) { return a.fraction < b.fraction; });
  return all;
}

double widestName(const Axis& axis, const QFontMetricsF& metrics) {
  double widest = 0;
  for (const Tick& tick : axis.ticks)
    widest = std::max(widest, metrics.horizontalAdvance(QString::fromStdString(tick.label)));
  return widest;
}

/// Names below the plot, cut to the room that each has; `left` and `right`: what the picture has beyond the plot.
std::vector<Place> namesBelow(const Axis& axis, const AxisMap& map, const QFontMetricsF& metrics, double left,
                              double right) {
  const std::vector<Place> all = labelledPlaces(axis, map);
  const double pixels = std::abs(map.to - map.from);
  const NameRoom names = name_room(all.size(), name_distance(axis) * pixels, widestName(axis, metrics), name_gap,
                                   least_name * metrics.averageCharWidth());
  std::vector<Place> kept;
  for (std::size_t i = 0; i < all.size(); i += names.every) {
    const double at = all[i].fraction * pixels;
    const double room = std::min({names.room, 2 * (left + at), 2 * (right + pixels - at)});
    kept.push_back({all[i].fraction, metrics.elidedText(all[i].label, Qt::ElideRight, room)});
  }
  return kept;
}

/// Names left of the plot: as many as stand above each other.
std::vector<Place> namesBeside(const Axis& axis, const AxisMap& map, const QFontMetricsF& metrics, double room) {
  const std::vector<Place> all = labelledPlaces(axis, map);
  const double apart = name_distance(axis) * std::abs(map.to - map.from);
  const auto every = static_cast<std::size_t>(std::max(1.0, std::ceil(metrics.height() / std::max(apart, 0.1))));
  std::vector<Place> kept;
  for (std::size_t i = 0; i < all.size(); i += every)
    kept.push_back({all[i].fraction, metrics.elidedText(all[i].label, Qt::ElideRight, room)});
  return kept;
}

/// Thinned until neighbours stand `apart` pixels from each other.
std::vector<Place> placesOf(const Axis& axis, const AxisMap& map, const QFontMetricsF* widths, double apart) {
  const std::vector<Place> all = labelledPlaces(axis, map);
  const double pixels = std::abs(map.to - map.from);
  for (std::size_t stride = 1; stride <= all.size(); ++stride) {
    bool fits = true;
    double taken = -1e9, before = -1e9;
    for (std::size_t i = 0; i < all.size() && fits; i += stride) {
      const double at = all[i].fraction * pixels, wide = widths ? widths->horizontalAdvance(all[i].label) : 0;
      fits = at - 0.5 * wide >= taken && at - before >= wide + (widths ? label_margins : 0);
      taken = at + 0.5 * wide + apart;
      before = at;
    }
    if (!fits) continue;
    std::vector<Place> kept;
    for (std::size_t i = 0; i < all.size(); i += stride) kept.push_back(all[i]);
    return kept;
  }
  return all;
}

bool isPlane(const Figure& figure) {
  return figure.equal_aspect || !figure.heats.empty() || !figure.levels.empty() || !figure.paths.empty();
}

}  // namespace

struct AxisPair::Parts {
  QChart chart;
  QCategoryAxis* x = new QCategoryAxis;  // owned by the chart
  QCategoryAxis* y = new QCategoryAxis;  // likewise
  QGraphicsSimpleTextItem x_name{&chart}, y_name{&chart};
  std::vector<Place> x_places, y_places;
  QRectF area;
  ThemeId theme{};
  bool coloured = false, moved = true;

  void colour(const Theme& look);
  /// Whether anything changed.
  static bool relabel(QCategoryAxis& axis, std::vector<Place>& shown, std::vector<Place> wanted);
};

void AxisPair::Parts::colour(const Theme& look) {
  const QFont font = uiFont(typeOf(look.id).head);
  if (coloured && theme == look.id && font == x_name.font()) return;
  coloured = moved = true;
  theme = look.id;
  for (QCategoryAxis* axis : {x, y}) {
    axis->setLabelsFont(font);
    axis->setLabelsBrush(toColour(look.muted));
    axis->setGridLinePen(QPen(toColour(look.grid), 1));
  }
  for (QGraphicsSimpleTextItem* name : {&x_name, &y_name}) {
    name->setFont(font);
    name->setBrush(toColour(look.muted));
  }
}

bool AxisPair::Parts::relabel(QCategoryAxis& axis, std::vector<Place>& shown, std::vector<Place> wanted) {
  if (shown == wanted) return false;
  for (const QString& label : axis.categoriesLabels()) axis.remove(label);
  axis.setStartValue(-1);
  for (const Place& place : wanted) {
    QString label = place.label.toHtmlEscaped();
    while (axis.categoriesLabels().contains(label)) label += QChar(0x200b);  // labels are keys: keep them different
    axis.append(label, place.fraction);
  }
  axis.setRange(0, 1);
  shown = std::move(wanted);
  return true;
}

AxisPair::AxisPair() : parts_(std::make_unique<Parts>()) {
  QChart& chart = parts_->chart;
  chart.legend()->hide();
  chart.setBackgroundVisible(false);
  chart.setMargins({});
  chart.setAnimationOptions(QChart::NoAnimation);
  chart.layout()->setContentsMargins(0, 0, 0, 0);
  for (QCategoryAxis* axis : {parts_->x, parts_->y}) {
    axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    axis->setLineVisible(false);
    axis->setRange(0, 1);
  }
  for (QCategoryAxis* axis : {parts_->x, parts_->y})
    axis->setTruncateLabels(false);  // the room is made by us; Qt would cut large type to dots
  chart.addAxis(parts_->x, Qt::AlignBottom);
  chart.addAxis(parts_->y, Qt::AlignLeft);
}

AxisPair::~AxisPair() = default;

QGraphicsItem* AxisPair::item() const { return &parts_->chart; }

QRectF AxisPair::place(const Figure& figure, QSizeF size, const Theme& theme) {
  Parts& p = *parts_;
  p.colour(theme);
  const QFontMetricsF metrics(p.x_name.font());
  double widest = widestName(figure.y, metrics);
  if (figure.y.named) widest = std::min(widest, most_for_names * size.width());
  // In steps, so that a live range does not shake the plot.
  const double left = std::max(52.0, 8 * std::ceil((widest + beside_labels) / 8));
  double last = 0;
  if (!figure.x.ticks.empty()) last = metrics.horizontalAdvance(QString::fromStdString(figure.x.ticks.back().label));
  if (figure.x.named) last = std::min(last, name_distance(figure.x) * size.width());
  const double right = std::max(16.0, 4 * std::ceil((0.5 * last + 2) / 4));  // the last label reaches beyond the plot
  const bool start = namesStartOnChart(figure);
  // A spectrum keeps the row even while it is at its start, so that nothing moves when the second one comes.
  const auto stands = [](const Bars& bars) { return !bars.points; };
  const bool spectrum = figure.y.label.empty() && std::any_of(figure.bars.begin(), figure.bars.end(), stands);
  const bool named = start || spectrum || (!figure.y.label.empty() && figure.y.label != figure.title);
  const std::string y_name =
      start ? QCoreApplication::translate("AxisPair", "grey: at the start").toStdString() : figure.y.label;
  const double row = std::ceil(metrics.height());
  const double top = named ? row + 8 : std::max(8.0, std::ceil(0.5 * row)),
               bottom = row + 10 + (figure.x.label.empty() ? 0 : row);
  const QRectF area(left, top, std::max(20.0, std::floor(size.width() - left - right)),
                    std::max(20.0, std::floor(size.height() - top - bottom)));

  const auto elided = [&](const std::string& text) {
    return metrics.elidedText(QString::fromStdString(text), Qt::ElideRight, area.width());
  };
  p.x_name.setText(elided(figure.x.label));
  p.y_name.setText(named ? elided(y_name) : QString());
  p.x_name.setPos(area.right() - p.x_name.boundingRect().width(), area.bottom() + row + 7);
  p.y_name.setPos(area.left(), 1);

  p.moved = p.moved || p.chart.size() != size;
  p.chart.resize(size);
  if (area != p.area) {
    p.area = area;
    p.moved = true;
    p.chart.setPlotArea(area);
  }
  const bool plane = isPlane(figure);
  p.x->setGridLineVisible(false);
  p.y->setGridLineVisible(!plane && figure.bars.empty());
  return area;
}

void AxisPair::label(const Figure& figure, const PlotMap& map) {
  Parts& p = *parts_;
  const QFontMetricsF metrics(p.x_name.font());
  const double right = p.chart.size().width() - map.area.right();
  const bool x = Parts::relabel(*p.x, p.x_places,
                                figure.x.named ? namesBelow(figure.x, map.x, metrics, map.area.left(), right)
                                               : placesOf(figure.x, map.x, &metrics, 14));
  const double apart = std::max({26.0, 1.1 * metrics.height(), map.area.height() / 7});
  const bool y = Parts::relabel(*p.y, p.y_places,
                                figure.y.named ? namesBeside(figure.y, map.y, metrics, map.area.left() - beside_labels)
                                               : placesOf(figure.y, map.y, nullptr, apart));
  if (!std::exchange(p.moved, false) && !x && !y) return;  // laying labels out is most of a frame's time
  p.chart.layout()->invalidate();
  p.chart.layout()->activate();
}

}  // namespace kappa::ui
