/// How the document wants its charts: which, in what order, and each one's scales and form; the view's key "charts".
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <optional>
#include <vector>

#include "core/lab.hpp"

namespace kappa::ui {

struct ChartLook {
  QString id;
  bool shown = true;
  std::optional<Scale> x, y;  ///< absent: the figure's own
  int smoothing = 0;          ///< recorded points; below 2: none
  bool mean = false;          ///< smoothed by the mean, not the median
  QString form;               ///< bars, points, lines or heat; empty: the figure's own
  int span = 0;               ///< columns: 1 or 2; 0: as it comes
  bool start = true, theory = true;

  bool operator==(const ChartLook&) const = default;
};

using ChartLooks = std::vector<ChartLook>;

/// One for each figure, in the order they stand; figures that the view does not speak of follow in their own order.
ChartLooks chartLooks(const QJsonArray& charts, const std::vector<FigureSpec>& figures);
/// Nothing where all is as it comes. What the view says of figures that there are none of now is kept.
QJsonArray writeLooks(const ChartLooks& looks, const std::vector<FigureSpec>& figures, const QJsonArray& before);

/// Wide and narrow pictures by turns, so that the loss has a spectrum beside it.
std::vector<std::size_t> ownOrder(const std::vector<FigureForm>& forms);
bool isNarrow(FigureForm form);

/// The figure as the look wants it.
FigureSpec withLook(FigureSpec spec, const ChartLook& look);
void applyLook(FigureOptions& options, const ChartLook& look);

}  // namespace kappa::ui
