/// Min-max thinning over pixel columns; the pyramid under the trace makes it cheap at any length.
#include "core/figure/reduce.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kappa {
namespace {

constexpr double gap = std::numeric_limits<double>::quiet_NaN();

/// Linear interpolation in two ascending lists, extended by the identity slope past their ends.
double interpolate(const std::vector<double>& from, const std::vector<double>& to, double at) {
  const auto above = std::upper_bound(from.begin(), from.end(), at);
  if (above == from.begin()) return to.front();
  const auto i = static_cast<std::size_t>(above - from.begin()) - 1;
  if (above == from.end()) return to.back();
  return to[i] + (to[i + 1] - to[i]) * (at - from[i]) / (from[i + 1] - from[i]);
}

class Thinning {
 public:
  explicit Thinning(Scale y_scale) : y_scale_(y_scale) {}

  void point(double x, double y) {
    const auto kind = flaw_of(y, y_scale_);
    if (kind) return flaw(*kind, x, x), hole(x);
    open_ = false;
    vertex(x, y);
  }

  /// A whole pixel column of points as its two extremes, in the order the curve runs through them.
  void column(const Extent& e, double x0, double y0, double x1, double y1) {
    const bool log = y_scale_ == Scale::log;
    const bool any = log ? e.has_positive : e.finite;
    if (log && e.has_zero) flaw(MarkKind::zero, x0, x1);
    if (log && e.has_negative) flaw(MarkKind::negative, x0, x1);
    if (e.has_nan) flaw(MarkKind::not_a_number, x0, x1);
    if (e.has_infinite) flaw(MarkKind::infinite, x0, x1);
    if (!any) return hole(x0);
    open_ = open_ && (e.has_nan || e.has_infinite || (log && (e.has_zero || e.has_negative)));
    const double lo = log && !(e.lo > 0) ? e.positive : e.lo;
    const bool falls = !(y0 < y1);
    vertex(x0, falls ? e.hi : lo);
    vertex(x1, falls ? lo : e.hi);
  }

  Reduced result;

 private:
  void vertex(double x, double y) { result.vertices.push_back({x, y}), ++result.drawn; }
  void hole(double x) {
    if (result.vertices.empty() || std::isfinite(result.vertices.back().y)) result.vertices.push_back({x, gap});
  }
  void flaw(MarkKind kind, double x0, double x1) {
    auto& flaws = result.flaws;
    if (open_ && !flaws.empty() && flaws.back().kind == kind) {
      flaws.back().last = x1;
    } else {
      flaws.push_back({kind, x0, x1});
    }
    open_ = true;
  }

  Scale y_scale_;
  bool open_ = false;   ///< the last point was flawed, so that the stretch may go on
};

double column_edge(const Window& w, unsigned c) {
  const double part = double(c) / w.columns;
  if (w.x_scale == Scale::log) return std::pow(10, std::log10(w.lo) + part * (std::log10(w.hi) - std::log10(w.lo)));
  return w.lo + part * (w.hi - w.lo);
}

/// First finite value; a curve that starts broken costs a short walk.
double first_finite(const Points& points, std::uint64_t first, std::uint64_t last) {
  for (std::uint64_t i = first; i < last; ++i)
    if (const double y = points.y(i); std::isfinite(y)) return y;
  return gap;
}

}  // namespace

StepMap::StepMap(const std::vector<Trace::Cost>& costs, CountBy by) {
  if (by == CountBy::steps) return;
  for (const auto& cost : costs) {
    const auto count = by == CountBy::gradients ? cost.gradients : by == CountBy::losses ? cost.losses : cost.samples;
    if (!steps_.empty() && double(cost.step) <= steps_.back()) continue;
    steps_.push_back(double(cost.step));
    counts_.push_back(double(count));
  }
}

double StepMap::x_of(double step) const { return steps_.empty() ? step : interpolate(steps_, counts_, step); }

double StepMap::step_of(double x) const {
  if (steps_.empty()) return x;
  // Steps may ask nothing of the oracle: the first step of equal counts is the one meant.
  const auto at = std::lower_bound(counts_.begin(), counts_.end(), x);
  if (at == counts_.end()) return steps_.back() + 1;
  const auto i = static_cast<std::size_t>(at - counts_.begin());
  if (i == 0) return steps_.front();
  return steps_[i - 1] + (steps_[i] - steps_[i - 1]) * (x - counts_[i - 1]) / (counts_[i] - counts_[i - 1]);
}

std::uint64_t ColumnPoints::lower_bound(double x) const {
  const double step = std::ceil(map_.step_of(x));
  if (!(step > 0)) return 0;
  return step >= 1.8e19 ? column_.size() : std::min(column_.lower_bound(static_cast<std::uint64_t>(step)), column_.size());
}

std::uint64_t ListPoints::lower_bound(double x) const {
  return static_cast<std::uint64_t>(std::lower_bound(x_.begin(), x_.end(), x) - x_.begin());
}

Extent ListPoints::extent(std::uint64_t first, std::uint64_t last) const {
  Extent e;
  for (auto i = first; i < last; ++i) e.add(y_[i]);
  return e;
}

std::optional<MarkKind> flaw_of(double value, Scale scale) {
  if (std::isnan(value)) return MarkKind::not_a_number;
  if (std::isinf(value)) return MarkKind::infinite;
  if (scale == Scale::linear || value > 0) return std::nullopt;
  return value == 0 ? MarkKind::zero : MarkKind::negative;
}

Reduced reduce(const Points& points, const Window& window) {
  // The size is read once: the writer may append while we read.
  const std::uint64_t size = points.size();
  const std::uint64_t first = std::min(points.lower_bound(window.lo), size);
  std::uint64_t last = std::min(points.lower_bound(window.hi), size);
  while (last < size && points.x(last) <= window.hi) ++last;
  Thinning thinning(window.y_scale);
  Reduced& result = thinning.result;
  result.points = last - first;
  if (last > first) {
    result.extent = points.extent(first, last);
    result.first = first_finite(points, first, last);
    result.last = points.y(last - 1);
  }
  // One neighbour on either side lets the line run to the frame.
  const auto neighbour = [&](std::uint64_t i) {
    if (!flaw_of(points.y(i), window.y_scale) && (window.x_scale == Scale::linear || points.x(i) > 0))
      result.vertices.push_back({points.x(i), points.y(i)});
  };
  if (first > 0 && first <= size) neighbour(first - 1);
  if (last - first <= 2 * std::uint64_t{window.columns}) {
    for (auto i = first; i < last; ++i) thinning.point(points.x(i), points.y(i));
  } else {
    std::uint64_t from = first;
    for (unsigned c = 1; c <= window.columns && from < last; ++c) {
      const auto to = c == window.columns ? last : std::clamp(points.lower_bound(column_edge(window, c)), from, last);
      if (to - from <= 2) {
        for (auto i = from; i < to; ++i) thinning.point(points.x(i), points.y(i));
      } else {
        thinning.column(points.extent(from, to), points.x(from), points.y(from), points.x(to - 1), points.y(to - 1));
      }
      from = to;
    }
  }
  if (last < size) neighbour(last);
  return result;
}

}  // namespace kappa
