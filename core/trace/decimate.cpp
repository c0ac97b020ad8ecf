/// The few vertices that draw exactly what all the points would: each pixel column's lowest and highest.
#include "core/trace/decimate.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <optional>

namespace kappa {

double Window::edge(unsigned column) const {
  if (column >= pixel_columns) return x1;
  const double share = static_cast<double>(column) / pixel_columns;
  if (x_scale == Scale::log) return x0 * std::pow(x1 / x0, share);
  return x0 + (x1 - x0) * share;
}

namespace {

struct Kind {
  MarkKind mark;
  Feature feature;
  bool log_only;
};
constexpr std::array kinds{Kind{MarkKind::zero, Feature::zero, true}, Kind{MarkKind::negative, Feature::negative, true},
                           Kind{MarkKind::not_a_number, Feature::not_a_number, false},
                           Kind{MarkKind::infinite, Feature::infinite, false}};

/// Gathers the undrawn points of pixel columns from left to right into stretches.
class Stretches {
 public:
  explicit Stretches(Scale y_scale) : log_(y_scale == Scale::log) {}

  bool concerns(const Kind& kind) const { return log_ || !kind.log_only; }

  /// `at(kind, from_left)`: the x of that kind's first or last point in this pixel column.
  template <class At>
  void add(std::int64_t pixel_column, const Extent& extent, At&& at) {
    for (std::size_t k = 0; k < kinds.size(); ++k) {
      if (!concerns(kinds[k]) || !has(extent, kinds[k].feature, 0)) continue;
      Stretch& stretch = open_[k];
      if (stretch.undrawn && std::abs(pixel_column - stretch.column) > 1) close(k);
      if (!stretch.undrawn) stretch.undrawn = Undrawn{kinds[k].mark, at(kinds[k], true), 0};
      stretch.undrawn->last = at(kinds[k], false);
      stretch.column = pixel_column;
    }
  }

  std::vector<Undrawn> finish() {
    std::vector<Undrawn> all;
    for (std::size_t k = 0; k < kinds.size(); ++k) {
      if (open_[k].undrawn) close(k);
      all.insert(all.end(), done_[k].begin(), done_[k].end());
    }
    return all;
  }

 private:
  struct Stretch {
    std::optional<Undrawn> undrawn;
    std::int64_t column = 0;
  };
  void close(std::size_t k) {
    done_[k].push_back(*open_[k].undrawn);
    open_[k].undrawn.reset();
  }

  const bool log_;
  std::array<Stretch, kinds.size()> open_;
  std::array<std::vector<Undrawn>, kinds.size()> done_;
};

constexpr double gap = std::numeric_limits<double>::quiet_NaN();

bool drawable(double y, Scale scale) { return std::isfinite(y) && (scale == Scale::linear || y > 0); }
double drawn(double y, Scale scale) { return drawable(y, scale) ? y : gap; }

/// One decimation of a column; indices [first, last) are the points in the window.
class Pass {
 public:
  Pass(const Column& column, const Window& window) : column_(column), window_(window), stretches_(window.y_scale) {}

  Decimated run() {
    const std::uint64_t n = column_.size();  // read once: the writer may be at work
    const std::uint64_t first = std::min(n, first_at(window_.x0)), last = std::min(n, first_after(window_.x1));
    if (first > 0 && can_stand(first - 1)) point(first - 1);
    if (first < last) inside(first, last);
    if (last < n && last >= first) point(last);
    out_.points = last > first ? last - first : 0;
    out_.undrawn = stretches_.finish();
    return std::move(out_);
  }

 private:
  static constexpr double beyond = 18446744073709551616.0;  // 2^64

  std::uint64_t first_at(double x) const {
    if (window_.x_scale == Scale::log) x = std::max(x, 1.0);  // step 0 has no place on a logarithmic axis
    if (!(x > 0)) return 0;
    return x >= beyond ? column_.size() : column_.lower_bound(static_cast<std::uint64_t>(std::ceil(x)));
  }
  std::uint64_t first_after(double x) const {
    if (!(x >= 0)) return 0;
    const double next = std::floor(x) + 1;
    return next >= beyond ? column_.size() : column_.lower_bound(static_cast<std::uint64_t>(next));
  }
  double x_of(std::uint64_t i) const { return static_cast<double>(column_.step(i)); }
  bool can_stand(std::uint64_t i) const { return window_.x_scale == Scale::linear || column_.step(i) > 0; }

  void point(std::uint64_t i) { out_.vertices.push_back({x_of(i), drawn(column_.value(i), window_.y_scale)}); }

  void inside(std::uint64_t first, std::uint64_t last) {
    std::vector<std::uint64_t> bounds{first};
    for (unsigned p = 1; p < window_.pixel_columns; ++p)
      bounds.push_back(std::clamp(first_at(window_.edge(p)), bounds.back(), last));
    bounds.push_back(last);
    const std::vector<Extremes> found = column_.extremes(bounds);
    const bool all = last - first <= window_.pixel_columns;
    for (unsigned p = 0; p < window_.pixel_columns; ++p)
      if (bounds[p] < bounds[p + 1]) pixel_column(p, bounds[p], bounds[p + 1], found[p], all);
  }

  void pixel_column(unsigned p, std::uint64_t first, std::uint64_t last, const Extremes& found, bool all) {
    stretches_.add(p, found.extent, [&](const Kind& kind, bool from_left) {
      return x_of(from_left ? column_.find(first, last, kind.feature) : last_with(first, last, kind.feature));
    });
    if (all || last - first <= 2) {
      for (std::uint64_t i = first; i < last; ++i) point(i);
      return;
    }
    const bool log = window_.y_scale == Scale::log;
    if (!(log ? found.extent.has_positive : found.extent.finite)) {
      out_.vertices.push_back({x_of(first), gap});
      return;
    }
    // Their values are known: the points themselves need not be fetched.
    const std::uint64_t low = log ? found.lowest_positive : found.lowest, high = found.highest;
    const Vertex lowest{x_of(low), log ? found.extent.positive : found.extent.lo};
    const Vertex highest{x_of(high), found.extent.hi};
    out_.vertices.push_back(low < high ? lowest : highest);
    if (low != high) out_.vertices.push_back(low < high ? highest : lowest);
  }

  std::uint64_t last_with(std::uint64_t first, std::uint64_t last, Feature feature) const {
    while (last - first > 1) {
      const std::uint64_t middle = first + (last - first) / 2;
      (has(column_.extent(middle, last), feature, 0) ? first : last) = middle;
    }
    return first;
  }

  const Column& column_;
  const Window& window_;
  Stretches stretches_;
  Decimated out_;
};

/// One decimation of a curve: points in a row that share a pixel column are a group, so are those beyond one side.
class CurvePass {
 public:
  CurvePass(std::span<const double> x, std::span<const double> y, const Window& window)
      : x_(x), y_(y), window_(window), stretches_(window.y_scale) {}

  Decimated run() {
    const std::size_t n = std::min(x_.size(), y_.size());
    for (std::size_t i = 0; i < n; ++i) out_.points += inside(place(x_[i]));
    for (std::size_t first = 0, last = 0; first < n; first = last) {
      const std::int64_t p = place(x_[first]);
      while (last < n && place(x_[last]) == p) ++last;
      if (p == nowhere) {
        out_.vertices.push_back({x_[first], gap});
      } else if (inside(p)) {
        group(p, first, last);
      } else {  // only what the curve enters or leaves the window by
        if (first > 0) point(first);
        if (last < n && (first == 0 || last - first > 1)) point(last - 1);
      }
    }
    out_.undrawn = stretches_.finish();
    return std::move(out_);
  }

 private:
  static constexpr std::int64_t nowhere = -2, left = -1;
  bool inside(std::int64_t p) const { return p >= 0 && p < static_cast<std::int64_t>(window_.pixel_columns); }

  std::int64_t place(double x) const {
    const bool log = window_.x_scale == Scale::log;
    if (!std::isfinite(x) || (log && !(x > 0))) return nowhere;
    const auto columns = static_cast<std::int64_t>(window_.pixel_columns);
    if (x < window_.x0) return left;
    if (x > window_.x1) return columns;
    if (window_.x0 == window_.x1) return columns - 1;
    const double share = log ? std::log(x / window_.x0) / std::log(window_.x1 / window_.x0)
                             : (x - window_.x0) / (window_.x1 - window_.x0);
    auto p = std::clamp(static_cast<std::int64_t>(share * static_cast<double>(columns)), std::int64_t{0}, columns - 1);
    // Rounding may be off by one; the edges decide.
    while (p > 0 && x < window_.edge(static_cast<unsigned>(p))) --p;
    while (p + 1 < columns && x >= window_.edge(static_cast<unsigned>(p + 1))) ++p;
    return p;
  }

  void point(std::size_t i) { out_.vertices.push_back({x_[i], drawn(y_[i], window_.y_scale)}); }

  void group(std::int64_t p, std::size_t first, std::size_t last) {
    Extent extent;
    for (std::size_t i = first; i < last; ++i) extent.add(y_[i]);
    stretches_.add(p, extent, [&](const Kind& kind, bool from_left) {
      for (std::size_t i = from_left ? first : last - 1;; from_left ? ++i : --i) {
        Extent one;
        one.add(y_[i]);
        if (has(one, kind.feature, 0)) return x_[i];
      }
    });
    if (out_.points <= window_.pixel_columns || last - first <= 2) {
      for (std::size_t i = first; i < last; ++i) point(i);
      return;
    }
    const bool log = window_.y_scale == Scale::log;
    if (!(log ? extent.has_positive : extent.finite)) {
      out_.vertices.push_back({x_[first], gap});
      return;
    }
    const auto begin = y_.begin();
    const auto index = [&](double value) {
      return static_cast<std::size_t>(
          std::find(begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(last), value) -
          begin);
    };
    const std::size_t low = index(log ? extent.positive : extent.lo), high = index(extent.hi);
    point(std::min(low, high));
    if (low != high) point(std::max(low, high));
  }

  const std::span<const double> x_, y_;
  const Window& window_;
  Stretches stretches_;
  Decimated out_;
};

}  // namespace

Decimated decimate(const Column& column, const Window& window) {
  if (window.pixel_columns == 0 || !(window.x0 <= window.x1)) return {};
  if (window.x_scale == Scale::log && !(window.x0 > 0)) return {};
  return Pass(column, window).run();
}

Decimated decimate(const Column& column, double x0, double x1, unsigned pixel_columns, Scale x_scale, Scale y_scale) {
  return decimate(column, Window{x0, x1, pixel_columns, x_scale, y_scale});
}

Decimated decimate(std::span<const double> x, std::span<const double> y, const Window& window) {
  if (window.pixel_columns == 0 || !(window.x0 <= window.x1)) return {};
  if (window.x_scale == Scale::log && !(window.x0 > 0)) return {};
  return CurvePass(x, y, window).run();
}

}  // namespace kappa
