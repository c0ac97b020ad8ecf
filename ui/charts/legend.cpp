/// Flows legend entries into rows and paints their swatches as they are on the chart.
#include "ui/charts/legend.hpp"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <cmath>

#include "ui/charts/figure_equal.hpp"
#include "ui/charts/glyphs.hpp"
#include "ui/charts/plot_geometry.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

constexpr double swatch = 22, between = 16, bar_width = 96;

QString textOf(const LegendEntry& entry) {
  const QString label = QString::fromStdString(entry.label), note = QString::fromStdString(entry.note);
  return note.isEmpty() ? label : label + QStringLiteral(" · ") + note;
}

/// The tick's own label where a tick ends the range: 10⁻¹⁶ rather than 1e−16.
QString endOf(const Heat& heat, double value) {
  for (const Tick& tick : heat.ticks)
    if (tick.value == value && !tick.label.empty()) return QString::fromStdString(tick.label);
  if (heat.scale == Scale::log && value > 0 && power_of_ten(decade_of(value)) == value)
    return QString::fromStdString(format_decade(decade_of(value)));
  return QString::fromStdString(format_value(value));
}

std::vector<LegendCell> cellsOf(const Figure& figure, const QFontMetricsF& metrics, double width) {
  std::vector<LegendCell> cells;
  const bool named_on_chart = labelsTheoryOnChart(figure);
  for (const LegendEntry& entry : figure.legend) {
    if (entry.theory && named_on_chart) continue;
    const QString text = metrics.elidedText(textOf(entry), Qt::ElideRight, std::max(40.0, width - swatch));
    cells.push_back({.what = LegendCell::What::entry,
                     .box = QRectF(0, 0, swatch + metrics.horizontalAdvance(text), 0),
                     .entry = entry,
                     .text = text,
                     .low = {},
                     .high = {},
                     .bar = figure.curves.empty() && figure.paths.empty() && !figure.bars.empty()});
  }
  for (const Heat& heat : figure.heats) {
    const QString low = endOf(heat, heat.lo), high = endOf(heat, heat.hi);
    const double wide = metrics.horizontalAdvance(low) + metrics.horizontalAdvance(high) + bar_width + 12;
    cells.push_back({.what = LegendCell::What::heat,
                     .box = QRectF(0, 0, wide, 0),
                     .entry = {},
                     .text = {},
                     .low = low,
                     .high = high});
  }
  return cells;
}

void paintSwatch(QPainter& painter, QPointF middle, const LegendCell& cell, const Theme& theme) {
  const LegendEntry& entry = cell.entry;
  const QColor colour = runColour(theme, entry.colour);
  const double x = middle.x(), y = middle.y();
  if (entry.theory) {
    painter.setPen(QPen(colour, 1.4));
    const double dash = *entry.theory == TheoryKind::exact ? 7 : *entry.theory == TheoryKind::bound ? 4.5 : 1.6;
    for (double from = x - 8; from < x + 8; from += dash + 3.5)
      painter.drawLine(QPointF(from, y), QPointF(std::min(from + dash, x + 8), y));
    return;
  }
  if (cell.bar && entry.colour != neutral) {
    painter.fillRect(QRectF(x - 6, y - 4, 12, 8), colour);
    return;
  }
  if (entry.colour != neutral) {
    painter.setPen(QPen(colour, theme.curve_width, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(QPointF(x - 8, y), QPointF(x + 8, y));
    drawMarker(painter, entry.marker == Marker::none ? Marker::circle : entry.marker, middle, 3.2, colour,
               toColour(theme.panel));
    return;
  }
  painter.fillRect(QRectF(x - 6, y - 4, 12, 8), toColour(mix(theme.line, theme.grid, 0.5)));
}

void paintColourBar(QPainter& painter, const LegendCell& cell, const Theme& theme, const QFontMetricsF& metrics) {
  painter.setPen(toColour(theme.muted));
  painter.drawText(cell.box, Qt::AlignVCenter | Qt::AlignLeft, cell.low);
  painter.drawText(cell.box, Qt::AlignVCenter | Qt::AlignRight, cell.high);
  const double left = cell.box.left() + metrics.horizontalAdvance(cell.low) + 6;
  QLinearGradient gradient(left, 0, left + bar_width, 0);
  for (int i = 0; i <= 16; ++i) gradient.setColorAt(i / 16.0, toColour(viridis(i / 16.0)));
  painter.fillRect(QRectF(left, cell.box.center().y() - 4, bar_width, 8), gradient);
}

}  // namespace

LegendLayout layOutLegend(const Figure& figure, double width, const QFont& font, int rows) {
  LegendLayout layout;
  const QFontMetricsF metrics(font);
  const double row_height = std::ceil(metrics.height()) + 4;
  const auto cells = cellsOf(figure, metrics, width);
  const auto moreText = [](std::size_t n) {
    return QCoreApplication::translate("Legend", "+%n more", nullptr, static_cast<int>(n));
  };
  const double more_width = metrics.horizontalAdvance(moreText(99)) + between;
  double x = 0;
  int row = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    LegendCell cell = cells[i];
    const bool last_row = row == rows - 1, last_cell = i + 1 == cells.size();
    const double room = width - (last_row && !last_cell ? more_width : 0);
    if (x > 0 && x + cell.box.width() > room) {
      if (last_row) {
        const QString text = moreText(cells.size() - i);
        layout.cells.push_back({.what = LegendCell::What::more,
                                .box = QRectF(x, row * row_height, metrics.horizontalAdvance(text) + 2, row_height),
                                .entry = {},
                                .text = text,
                                .low = {},
                                .high = {}});
        for (const LegendEntry& entry : figure.legend)
          layout.full += (layout.full.isEmpty() ? "" : "\n") + textOf(entry);
        break;
      }
      ++row;
      x = 0;
    }
    cell.box = QRectF(x, row * row_height, cell.box.width(), row_height);
    x += cell.box.width() + between;
    layout.cells.push_back(std::move(cell));
  }
  layout.height = layout.cells.empty() ? 0 : (row + 1) * row_height;
  return layout;
}

void paintLegend(QPainter& painter, const LegendLayout& layout, const Theme& theme, const QFont& font) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setFont(font);
  const QFontMetricsF metrics(font);
  for (const LegendCell& cell : layout.cells) {
    if (cell.what == LegendCell::What::heat) {
      paintColourBar(painter, cell, theme, metrics);
      continue;
    }
    const bool entry = cell.what == LegendCell::What::entry;
    if (entry) paintSwatch(painter, {cell.box.left() + 8, cell.box.center().y()}, cell, theme);
    painter.setPen(toColour(theme.muted));
    painter.drawText(cell.box.adjusted(entry ? swatch : 0, 0, 2, 0), Qt::AlignVCenter | Qt::AlignLeft, cell.text);
  }
  painter.restore();
}

Legend::Legend(const AppTheme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
  QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
  connect(&theme, &AppTheme::changed, this, [this] { updateGeometry(), update(); });
}

QFont Legend::font() const { return uiFont(typeOf(theme_.id()).head); }

void Legend::setFigure(const Figure& figure) {
  Figure summary;
  summary.legend = figure.legend;
  for (const Curve& curve : figure.curves) summary.curves.emplace_back().theory = curve.theory;
  summary.bars.resize(figure.bars.size());
  summary.paths.resize(figure.paths.size());
  for (const Heat& heat : figure.heats) {
    Heat& range = summary.heats.emplace_back();
    range.label = heat.label, range.lo = heat.lo, range.hi = heat.hi, range.ticks = heat.ticks,
    range.scale = heat.scale;
  }
  if (sameFigure(summary, summary_)) return;
  summary_ = std::move(summary);
  updateGeometry();
  tellRest();
  update();
}

/// What has no room is told as a tooltip.
void Legend::tellRest() { setToolTip(layOutLegend(summary_, width(), font(), rows_).full); }

void Legend::resizeEvent(QResizeEvent*) { tellRest(); }

void Legend::setRows(int most) {
  if (most == rows_) return;
  rows_ = most;
  updateGeometry();
  tellRest();
}

int Legend::heightForWidth(int width) const {
  return rows_ < 1 ? 0 : static_cast<int>(std::ceil(layOutLegend(summary_, width, font(), rows_).height));
}

QSize Legend::sizeHint() const { return {120, heightForWidth(width())}; }

void Legend::paintEvent(QPaintEvent*) {
  if (rows_ < 1) return;
  QPainter painter(this);
  paintLegend(painter, layOutLegend(summary_, width(), font(), rows_), theme_.tokens(), font());
}

}  // namespace kappa::ui
