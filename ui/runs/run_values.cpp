/// Paints a row for each run: marker, name, value in even digits.
#include "ui/runs/run_values.hpp"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/charts/glyphs.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

constexpr int row = 30;

bool below(double a, double b) { return std::isnan(b) ? !std::isnan(a) : a < b; }

}  // namespace

RunValues::RunValues(const AppTheme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  connect(&theme, &AppTheme::changed, this, [this] { update(); });
}

void RunValues::setValues(std::vector<RunValue> values) {
  std::stable_sort(values.begin(), values.end(),
                   [](const RunValue& a, const RunValue& b) { return below(a.value, b.value); });
  const bool resized = values.size() != values_.size();
  values_ = std::move(values);
  QStringList said;
  for (const RunValue& v : values_) said << QString::fromStdString(v.label + ": " + format_value(v.value));
  setAccessibleDescription(said.join(QStringLiteral("; ")));
  if (resized) updateGeometry();
  update();
}

QSize RunValues::sizeHint() const { return {160, row * static_cast<int>(values_.size())}; }

void RunValues::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Theme& look = theme_.tokens();
  const QFont names = font(), numbers = figureFont(typeOf(look.id).head + 1);
  double y = 0;
  for (const RunValue& v : values_) {
    const QRectF box(0, y, width(), row);
    drawMarker(painter, run_marker(v.colour), {8, box.center().y()}, 5, theme_.run(v.colour), toColour(look.panel));
    const QString told = QString::fromStdString(format_value(v.value));
    const double room = QFontMetricsF(numbers).horizontalAdvance(told);
    painter.setFont(numbers);
    painter.setPen(toColour(look.muted));
    painter.drawText(box, Qt::AlignVCenter | Qt::AlignRight, told);
    painter.setFont(names);
    painter.setPen(toColour(look.text));
    const QRectF left = box.adjusted(22, 0, -room - 8, 0);
    painter.drawText(left, Qt::AlignVCenter,
                     QFontMetricsF(names).elidedText(QString::fromStdString(v.label), Qt::ElideRight, left.width()));
    y += row;
  }
}

}  // namespace kappa::ui
