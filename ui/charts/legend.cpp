/// Flows legend entries into rows, paints their swatches as they are on the chart, and turns clicks into wishes.
#include "ui/charts/legend.hpp"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/charts/figure_equal.hpp"
#include "ui/charts/glyphs.hpp"
#include "ui/charts/legend_popup.hpp"
#include "ui/charts/plot_geometry.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

constexpr double swatch = 22, between = 16, bar_width = 96, least_bar_width = 40;

/// The tick's own label where a tick ends the range: 10⁻¹⁶ rather than 1e−16.
QString endOf(const Heat& heat, double value) {
  for (const Tick& tick : heat.ticks)
    if (tick.value == value && !tick.label.empty()) return QString::fromStdString(tick.label);
  if (heat.scale == Scale::log && value > 0 && power_of_ten(decade_of(value)) == value)
    return QString::fromStdString(format_decade(decade_of(value)));
  return QString::fromStdString(format_value(value));
}

bool isStart(const LegendEntry& entry) { return entry.swatch == Swatch::bar && entry.colour == neutral; }

std::vector<LegendCell> cellsOf(const Figure& figure, const QFontMetricsF& metrics, double width,
                                const std::vector<std::string>& named) {
  std::vector<LegendCell> cells;
  for (const Heat& heat : figure.heats) {  // first: without its colours a map says nothing
    const QString low = endOf(heat, heat.lo), high = endOf(heat, heat.hi);
    QString text = QString::fromStdString(heat.label);
    if (heat.scale == Scale::log) text = QCoreApplication::translate("Legend", "log %1").arg(text);
    // The bar gives way to its name, down to what still shows its colours.
    const double ends = metrics.horizontalAdvance(low) + metrics.horizontalAdvance(high) + 12;
    const double colours =
        std::clamp(width - ends - 8 - metrics.horizontalAdvance(text) - 1, least_bar_width, bar_width);
    const double bar = ends + colours;
    text = metrics.elidedText(text, Qt::ElideRight, std::max(0.0, width - bar - 8));
    cells.push_back({.what = LegendCell::What::heat,
                     .box = QRectF(0, 0, bar + 8 + metrics.horizontalAdvance(text), 0),
                     .entry = {},
                     .text = text,
                     .low = low,
                     .high = high,
                     .bar = colours});
  }
  const bool start_named = namesStartOnChart(figure);
  for (const LegendEntry& entry : figure.legend) {
    if (entry.theory && std::find(named.begin(), named.end(), entry.id) != named.end()) continue;
    if (start_named && isStart(entry)) continue;
    const QString text = metrics.elidedText(legendText(entry), Qt::ElideRight, std::max(40.0, width - swatch));
    cells.push_back({.what = LegendCell::What::entry,
                     .box = QRectF(0, 0, swatch + metrics.horizontalAdvance(text), 0),
                     .entry = entry,
                     .text = text,
                     .low = {},
                     .high = {}});
  }
  return cells;
}

void paintColourBar(QPainter& painter, const LegendCell& cell, const Theme& theme, const QFontMetricsF& metrics) {
  painter.setPen(toColour(theme.muted));
  const double left = cell.box.left() + metrics.horizontalAdvance(cell.low) + 6;
  painter.drawText(cell.box, Qt::AlignVCenter | Qt::AlignLeft, cell.low);
  painter.drawText(cell.box.adjusted(left + cell.bar + 6 - cell.box.left(), 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                   cell.high);
  painter.drawText(cell.box, Qt::AlignVCenter | Qt::AlignRight, cell.text);
  QLinearGradient gradient(left, 0, left + cell.bar, 0);
  for (int i = 0; i <= 16; ++i) gradient.setColorAt(i / 16.0, toColour(viridis(i / 16.0)));
  painter.fillRect(QRectF(left, cell.box.center().y() - 4, cell.bar, 8), gradient);
}

}  // namespace

QString legendText(const LegendEntry& entry) {
  const QString label = QString::fromStdString(entry.label), note = QString::fromStdString(entry.note);
  return note.isEmpty() ? label : label + QStringLiteral(" · ") + note;
}

void paintSwatch(QPainter& painter, QPointF middle, const LegendEntry& entry, const Theme& theme) {
  const QColor ground = toColour(theme.panel);
  const QColor colour = toColour(entry.hidden ? mix(theme.muted, theme.panel, 0.6) : run_colour(theme, entry.colour));
  const double x = middle.x(), y = middle.y();
  const Marker shape = entry.marker == Marker::none ? Marker::circle : entry.marker;
  if (entry.theory) return paintDash(painter, {x - 8, y, x + 8, y}, *entry.theory, colour, 1.4);
  if (isStart(entry)) return painter.fillRect(QRectF(x - 6, y - 4, 12, 8), toColour(mix(theme.line, theme.grid, 0.5)));
  if (entry.swatch == Swatch::bar) {
    if (!entry.hidden) return painter.fillRect(QRectF(x - 6, y - 4, 12, 8), colour);
    painter.setPen(QPen(colour, 1));
    painter.setBrush(Qt::NoBrush);
    return painter.drawRect(QRectF(x - 5.5, y - 3.5, 11, 7));
  }
  if (entry.swatch != Swatch::loose_points) {
    const double width = entry.swatch == Swatch::points ? 1.2 : theme.curve_width;
    painter.setPen(QPen(colour, entry.hidden ? 1 : width, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(QPointF(x - 8, y), QPointF(x + 8, y));
  }
  if (entry.marker == Marker::none && entry.run.empty() && entry.swatch == Swatch::curve) return;
  drawMarker(painter, shape, middle, 3.2, entry.hidden ? ground : colour, entry.hidden ? colour : ground);
}

LegendLayout layOutLegend(const Figure& figure, double width, const QFont& font, int rows,
                          const std::vector<std::string>& named) {
  LegendLayout layout;
  const QFontMetricsF metrics(font);
  const double row_height = std::ceil(metrics.height()) + 4;
  const auto cells = cellsOf(figure, metrics, width, named);
  const auto moreText = [](std::size_t n) {
    return QCoreApplication::translate("Legend", "+%n more", nullptr, static_cast<int>(n));
  };
  double x = 0;
  int row = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    LegendCell cell = cells[i];
    const bool last_cell = i + 1 == cells.size();
    const double more = metrics.horizontalAdvance(moreText(cells.size() - i - 1)) + 2 + between;
    const auto room = [&] { return width - (row == rows - 1 && !last_cell ? more : 0); };
    if (x > 0 && x + cell.box.width() > room()) {
      if (row == rows - 1) {
        const QString text = moreText(cells.size() - i);
        layout.cells.push_back({.what = LegendCell::What::more,
                                .box = QRectF(x, row * row_height, metrics.horizontalAdvance(text) + 2, row_height),
                                .entry = {},
                                .text = text,
                                .low = {},
                                .high = {}});
        for (const LegendEntry& entry : figure.legend)
          layout.full += (layout.full.isEmpty() ? "" : "\n") + legendText(entry);
        break;
      }
      ++row;
      x = 0;
    }
    if (x == 0 && cell.what == LegendCell::What::entry && cell.box.width() > room()) {
      cell.text = metrics.elidedText(cell.text, Qt::ElideRight, std::max(0.0, room() - swatch));
      cell.box.setWidth(swatch + metrics.horizontalAdvance(cell.text));
    }
    cell.cut = cell.what == LegendCell::What::entry && cell.text != legendText(cell.entry);
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
  const QFontMetricsF metrics(font);
  for (const LegendCell& cell : layout.cells) {
    QFont own = font;
    own.setStrikeOut(cell.entry.hidden);
    painter.setFont(own);
    if (cell.what == LegendCell::What::heat) {
      paintColourBar(painter, cell, theme, metrics);
      continue;
    }
    const bool entry = cell.what == LegendCell::What::entry;
    if (entry) paintSwatch(painter, {cell.box.left() + 8, cell.box.center().y()}, cell.entry, theme);
    painter.setPen(toColour(cell.what == LegendCell::What::more ? theme.accent : theme.muted));
    painter.drawText(cell.box.adjusted(entry ? swatch : 0, 0, 2, 0), Qt::AlignVCenter | Qt::AlignLeft, cell.text);
  }
  painter.restore();
}

Legend::Legend(const AppTheme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  setMouseTracking(true);
  setAccessibleName(tr("Legend"));
  connect(&theme, &AppTheme::changed, this, &Legend::layOutAgain);
}

LegendPopup* Legend::popup() const { return popup_; }

QFont Legend::font() const { return uiFont(typeOf(theme_.id()).head); }

QSize Legend::sizeHint() const {
  return {120, rows_ * (static_cast<int>(std::ceil(QFontMetricsF(font()).height())) + 4) + 2};
}
QSize Legend::minimumSizeHint() const { return {20, sizeHint().height()}; }

void Legend::setFigure(const Figure& figure, const std::vector<std::string>& named) {
  Figure summary;
  summary.legend = figure.legend;
  summary.y.label = figure.y.label;
  for (const Bars& bars : figure.bars) {
    Bars& kind = summary.bars.emplace_back();
    kind.id = bars.id, kind.ghost = bars.ghost, kind.points = bars.points;
  }
  for (const Heat& heat : figure.heats) {
    Heat& range = summary.heats.emplace_back();
    range.label = heat.label, range.lo = heat.lo, range.hi = heat.hi, range.ticks = heat.ticks,
    range.scale = heat.scale;
  }
  if (sameFigure(summary, summary_) && named == named_) return;
  summary_ = std::move(summary);
  named_ = named;
  if (popup_) popup_->setEntries(summary_.legend);
  layOutAgain();
}

void Legend::setMostRows(int rows) {
  if (rows == std::exchange(most_rows_, rows)) return;
  layOutAgain();
}

void Legend::layOutAgain() {
  rows_ = 1;
  layout_ = layOutLegend(summary_, width(), font(), rows_, named_);
  const auto cut = [](const LegendCell& cell) { return cell.cut; };
  if (most_rows_ > 1 && std::any_of(layout_.cells.begin(), layout_.cells.end(), cut)) {
    rows_ = most_rows_;
    layout_ = layOutLegend(summary_, width(), font(), rows_, named_);
  }
  QStringList all;
  for (const LegendEntry& entry : summary_.legend)
    all << (entry.hidden ? tr("%1, hidden").arg(legendText(entry)) : legendText(entry));
  setAccessibleDescription(all.join(QStringLiteral("; ")));
  const auto cells = active();
  setFocusPolicy(cells.empty() ? Qt::NoFocus : Qt::TabFocus);
  current_ = std::min(current_, cells.empty() ? 0 : cells.size() - 1);
  updateGeometry();
  update();
}

std::vector<std::size_t> Legend::active() const {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < layout_.cells.size(); ++i) {
    const LegendCell& cell = layout_.cells[i];
    if (cell.what == LegendCell::What::more || !cell.entry.run.empty()) found.push_back(i);
  }
  return found;
}

const LegendCell* Legend::cellAt(QPointF at) const {
  for (const std::size_t i : active())
    if (layout_.cells[i].box.adjusted(-4, -2, 4, 4).contains(at)) return &layout_.cells[i];
  return nullptr;
}

void Legend::act(const LegendCell& cell) {
  if (cell.what == LegendCell::What::more) return openAll();
  emit toggled(QString::fromStdString(cell.entry.run));
}

void Legend::openAll() {
  if (popup_) return void(popup_->close());
  popup_ = new LegendPopup(theme_, this);
  popup_->setEntries(summary_.legend);
  connect(popup_, &LegendPopup::toggled, this, &Legend::toggled);
  connect(popup_, &LegendPopup::singled, this, &Legend::singled);
  popup_->showBelow(*this);
}

/// Whatever is cut short can be read whole, whether or not a click does anything there.
QString Legend::helpAt(QPointF at) const {
  if (const LegendCell* cell = cellAt(at)) return helpOf(*cell);
  for (const LegendCell& cell : layout_.cells)
    if (cell.box.contains(at)) return cell.what == LegendCell::What::entry ? legendText(cell.entry) : cell.text;
  return {};
}

QString Legend::helpOf(const LegendCell& cell) const {
  if (cell.what == LegendCell::What::more) return layout_.full;
  return tr("%1: a click hides or shows it, a double click shows it alone").arg(legendText(cell.entry));
}

bool Legend::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    auto* help = static_cast<QHelpEvent*>(event);
    QToolTip::showText(help->globalPos(), helpAt(help->pos()), this);
    return true;
  }
  if (event->type() == QEvent::ShortcutOverride) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Space || key == Qt::Key_Left || key == Qt::Key_Right) return event->accept(), true;
  }
  return QWidget::event(event);
}

void Legend::resizeEvent(QResizeEvent*) { layOutAgain(); }
void Legend::focusInEvent(QFocusEvent*) { update(); }
void Legend::focusOutEvent(QFocusEvent*) { update(); }

void Legend::mousePressEvent(QMouseEvent* event) {
  const LegendCell* cell = event->button() == Qt::LeftButton ? cellAt(event->position()) : nullptr;
  if (!cell) return event->ignore();
  act(LegendCell(*cell));
}

void Legend::mouseDoubleClickEvent(QMouseEvent* event) {
  const LegendCell* cell = event->button() == Qt::LeftButton ? cellAt(event->position()) : nullptr;
  if (!cell) return event->ignore();
  if (cell->what != LegendCell::What::entry) return;
  const QString run = QString::fromStdString(cell->entry.run);
  emit toggled(run);  // takes back what the first click did
  emit singled(run);
}

void Legend::mouseMoveEvent(QMouseEvent* event) {
  setCursor(cellAt(event->position()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void Legend::keyPressEvent(QKeyEvent* event) {
  const auto cells = active();
  if (cells.empty()) return event->ignore();
  const LegendCell cell = layout_.cells[cells[current_]];
  switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
      current_ = (current_ + (event->key() == Qt::Key_Right ? 1 : cells.size() - 1)) % cells.size();
      return update();
    case Qt::Key_Space:
      return act(cell);
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (cell.what == LegendCell::What::more) return openAll();
      emit singled(QString::fromStdString(cell.entry.run));
      return;
    default:
      event->ignore();
  }
}

void Legend::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.translate(0, 1);
  paintLegend(painter, layout_, theme_.tokens(), font());
  const auto cells = active();
  if (!hasFocus() || cells.empty()) return;
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(toColour(theme_.tokens().accent), 1.6));
  painter.setBrush(Qt::NoBrush);
  painter.drawRoundedRect(layout_.cells[cells[current_]].box.adjusted(0, 0.5, 4, -0.5).intersected(QRectF(rect())), 4,
                          4);
}

}  // namespace kappa::ui
