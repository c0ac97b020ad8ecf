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

#include "ui/charts/axis_labels.hpp"
#include "ui/charts/plot_geometry.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {

struct AxisPair::Parts {
  QChart chart;
  QCategoryAxis* x = new QCategoryAxis;  // owned by the chart
  QCategoryAxis* y = new QCategoryAxis;  // likewise
  QGraphicsSimpleTextItem x_name{&chart}, y_name{&chart};
  std::vector<AxisLabel> x_labels, y_labels;
  QRectF area;
  ThemeId theme{};
  bool coloured = false, moved = true;

  void colour(const Theme& look);
  /// Whether anything changed.
  static bool relabel(QCategoryAxis& axis, std::vector<AxisLabel>& shown, std::vector<AxisLabel> wanted);
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

bool AxisPair::Parts::relabel(QCategoryAxis& axis, std::vector<AxisLabel>& shown, std::vector<AxisLabel> wanted) {
  if (shown == wanted) return false;
  for (const QString& label : axis.categoriesLabels()) axis.remove(label);
  axis.setStartValue(-1);
  for (const AxisLabel& label : wanted) {
    QString key = label.text.toHtmlEscaped();
    while (axis.categoriesLabels().contains(key)) key += QChar(0x200b);  // labels are keys: keep them different
    axis.append(key, label.fraction);
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
  // In steps, so that a live range does not shake the plot.
  const double left = std::max(52.0, 8 * std::ceil(roomBeside(figure.y, size.width(), metrics) / 8));
  const double right = std::max(16.0, 4 * std::ceil(roomBeyond(figure.x, size.width(), metrics) / 4));
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
  p.x->setGridLineVisible(false);
  p.y->setGridLineVisible(hasGrid(figure));
  return area;
}

void AxisPair::label(const Figure& figure, const PlotMap& map) {
  Parts& p = *parts_;
  const QFontMetricsF metrics(p.x_name.font());
  const double right = p.chart.size().width() - map.area.right();
  const bool x = Parts::relabel(*p.x, p.x_labels, labelsBelow(figure.x, map.x, metrics, map.area.left(), right));
  const bool y =
      Parts::relabel(*p.y, p.y_labels, labelsBeside(figure.y, map.y, metrics, map.area.left() - beside_labels));
  if (!std::exchange(p.moved, false) && !x && !y) return;  // laying labels out is most of a frame's time
  p.chart.layout()->invalidate();
  p.chart.layout()->activate();
}

}  // namespace kappa::ui
