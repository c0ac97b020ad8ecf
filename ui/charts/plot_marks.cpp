/// Places marks, never two of a colour closer than they can be told apart.
#include "ui/charts/plot_marks.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace kappa::ui {
namespace {

constexpr double inset = 5;  // a mark at the frame lies just inside it
constexpr double apart = 7;

class MarkPlacer {
 public:
  explicit MarkPlacer(PlotGeometry& out) : out_(out), area_(out.map.area) {}

  void place(MarkKind kind, double x, double y, int colour, const std::string& text, Vertex way = {0, -1}) {
    double px = out_.map.x.pixel(x);
    if (!std::isfinite(px) || px < area_.left() - 1 || px > area_.right() + 1) return;
    const bool line = kind == MarkKind::edit || kind == MarkKind::fork, upright = out_.map.y.hi > out_.map.y.lo;
    if (way.x != 0) px = std::clamp(px, area_.left() + inset, area_.right() - inset);
    const QPointF at(px, kind == MarkKind::below && way.y >= 0 ? held(out_.map.y.pixel(y)) : height(kind, y));
    for (auto mark = out_.marks.rbegin(); mark != out_.marks.rend(); ++mark)
      if (mark->colour == colour && mark->line == line && QLineF(mark->at, at).length() < apart) return;
    out_.marks.push_back(
        {kind, colour, at, line, QString::fromStdString(text), QPointF(way.x, upright ? -way.y : way.y)});
  }

 private:
  double held(double py) const { return std::clamp(py, area_.top() + inset, area_.bottom() - inset); }
  double height(MarkKind kind, double y) const {
    const bool upright = out_.map.y.hi > out_.map.y.lo;
    const double floor = upright ? area_.bottom() - inset : area_.top() + inset;
    const double ceiling = upright ? area_.top() + inset : area_.bottom() - inset;
    const double at = std::isinf(y) ? ceiling : out_.map.y.pixel(y);
    switch (kind) {
      case MarkKind::zero:
      case MarkKind::negative:
      case MarkKind::below:
        return floor;
      case MarkKind::not_a_number:
        return ceiling;
      case MarkKind::infinite:
        return y < 0 ? floor : ceiling;
      case MarkKind::edit:
      case MarkKind::fork:
        return area_.top() + inset;
      case MarkKind::diverged:
      case MarkKind::reached:
        break;
    }
    const double other = kind == MarkKind::diverged ? ceiling : floor;
    return std::isfinite(at) ? held(at) : other;
  }

  PlotGeometry& out_;
  QRectF area_;
};

std::optional<MarkKind> unshowable(double y, bool log) {
  if (std::isnan(y)) return MarkKind::not_a_number;
  if (std::isinf(y)) return MarkKind::infinite;
  if (log && y == 0) return MarkKind::zero;
  if (log && y < 0) return MarkKind::negative;
  return std::nullopt;
}

}  // namespace

void addMarks(PlotGeometry& out, const Figure& figure) {
  MarkPlacer placer(out);
  for (const Mark& mark : figure.marks)
    placer.place(mark.kind, mark.x, mark.y, mark.colour, mark.text, outward(mark, figure));
  // The figure's own marks are complete; what it says nothing about is found here, so that no value is lost unseen.
  const auto told = [&](int colour) {
    return std::any_of(figure.marks.begin(), figure.marks.end(),
                       [=](const Mark& m) { return m.colour == colour && m.kind <= MarkKind::diverged; });
  };
  for (const Curve& curve : figure.curves) {
    if (curve.theory || curve.faint || told(curve.colour)) continue;
    std::optional<MarkKind> before;
    for (std::size_t i = 0; i < curve.vertices.size(); ++i) {
      const Vertex& v = curve.vertices[i];
      const auto kind = unshowable(v.y, out.map.y.log);
      // A gap that is not a number is marked once, where it begins; a run of zeros is marked all along.
      if (kind && (kind != before || kind == MarkKind::zero)) placer.place(*kind, v.x, v.y, curve.colour, {});
      before = kind;
    }
  }
  for (const Bars& bars : figure.bars) {
    if (bars.ghost || told(bars.colour)) continue;
    for (std::size_t i = 0; i < bars.values.size(); ++i)
      if (const auto kind = unshowable(bars.values[i], true); kind && (out.map.y.log || kind != MarkKind::negative))
        placer.place(*kind, static_cast<double>(i + 1), bars.values[i], bars.colour, {});
  }
}

}  // namespace kappa::ui
