/// The values under the pointer: a box beside it, or a strip along the plot's edge where a box would hide the plot.
#pragma once

#include <QRectF>
#include <QString>
#include <vector>

#include "core/lab.hpp"

class QPainter;

namespace kappa::ui {

struct ReadoutRow {
  int colour = neutral;
  QString label, value;
  Marker marker = Marker::circle;
};

struct Readout {
  QString head;
  std::vector<ReadoutRow> rows;
};

struct ReadoutPlace {
  QRectF box, plot;
  bool strip = false;  ///< without names: the legend has them, by colour and marker
};

/// `at`: the pointer's line, and about how high the values lie that are to stay in sight.
ReadoutPlace placeReadout(const Readout& readout, const Theme& look, const QRectF& plot, const QRectF& room, QPointF at,
                          double values_at);
void paintReadout(QPainter& painter, const Readout& readout, const Theme& look, const ReadoutPlace& place);

}  // namespace kappa::ui
