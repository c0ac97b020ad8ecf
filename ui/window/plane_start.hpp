/// Ties the start that is dragged on a plane to the problem's fields and keeps the runs following it.
#pragma once

#include <QObject>

#include "core/lab.hpp"

namespace kappa::ui {

class ChartView;
class PlaneDrag;
class Session;

/// Only where the document says where it starts: a problem with `start_x` and `start_y`, begun at its own start.
class PlaneStart : public QObject {
  Q_OBJECT

 public:
  PlaneStart(Session& session, ChartView& view);

 private:
  void follow();
  void moveTo(double x, double y);

  Session& session_;
  ChartView& view_;
  PlaneDrag* drag_;
  int drags_ = 0;
};

bool startCanMove(const Document& document);
Document withStart(const Document& document, double x, double y);

}  // namespace kappa::ui
