/// One drag is one edit, however many places it went through.
#include "ui/window/plane_start.hpp"

#include "ui/charts/chart_view.hpp"
#include "ui/charts/plane_drag.hpp"
#include "ui/charts/plot_view.hpp"
#include "ui/runs/document_edits.hpp"
#include "ui/session.hpp"

namespace kappa::ui {

bool startCanMove(const Document& document) {
  if (document.study != "descent" || document.init.id != "default") return false;
  const Entry* entry = Catalog::get().find(Kind::problem, document.problem.id);
  const auto has = [&](const char* id) {
    return std::any_of(entry->fields.begin(), entry->fields.end(), [&](const Field& f) { return f.id == id; });
  };
  return entry != nullptr && has("start_x") && has("start_y");
}

Document withStart(const Document& document, double x, double y) {
  Node problem = document.problem;
  problem.params["start_x"] = x;
  problem.params["start_y"] = y;
  return withProblem(document, complete_node(problem));
}

PlaneStart::PlaneStart(Session& session, ChartView& view)
    : QObject(&view), session_(session), view_(view), drag_(new PlaneDrag(*view.plot(), view.scene())) {
  connect(drag_, &PlaneDrag::moved, this, &PlaneStart::moveTo);
  connect(drag_, &PlaneDrag::finished, this, [this] { ++drags_; });
  connect(&session, &Session::documentChanged, this, &PlaneStart::follow);
  connect(&session, &Session::refreshed, this, [this] {
    if (!session_.rebuilding()) drag_->settle();
  });
  follow();
}

void PlaneStart::follow() {
  const bool can = startCanMove(session_.document());
  drag_->setEnabled(can);
  view_.setHint(can ? tr("drag the start") : QString(),
                can ? tr("Drag the ring where the paths begin, or move it with the arrow keys (with Ctrl by less): the "
                         "runs start again from there")
                    : QString());
}

void PlaneStart::moveTo(double x, double y) {
  session_.change(withStart(session_.document(), x, y), tr("move the start"), QStringLiteral("start %1").arg(drags_));
  session_.hurry();
}

}  // namespace kappa::ui
