/// Thins points to at most two a pixel column, keeping every column's extremes and telling what a curve cannot show.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/figure/build.hpp"
#include "core/figure/figure.hpp"
#include "core/trace/trace.hpp"

namespace kappa {

/// Where a step lies on the x axis: itself, or what the run had asked of its oracle by then.
class StepMap {
 public:
  StepMap() = default;
  StepMap(const std::vector<Trace::Cost>& costs, CountBy by);
  double x_of(double step) const;
  double step_of(double x) const;

 private:
  std::vector<double> steps_, counts_;   ///< empty: identity
};

/// Points in order of x, with the extent of any stretch of them.
class Points {
 public:
  virtual ~Points() = default;
  virtual std::uint64_t size() const = 0;
  virtual double x(std::uint64_t i) const = 0;
  virtual double y(std::uint64_t i) const = 0;
  virtual std::uint64_t lower_bound(double x) const = 0;
  virtual Extent extent(std::uint64_t first, std::uint64_t last) const = 0;
};

class ColumnPoints : public Points {
 public:
  ColumnPoints(const Column& column, const StepMap& map) : column_(column), map_(map) {}
  std::uint64_t size() const override { return column_.size(); }
  double x(std::uint64_t i) const override { return map_.x_of(static_cast<double>(column_.step(i))); }
  double y(std::uint64_t i) const override { return column_.value(i); }
  std::uint64_t lower_bound(double x) const override;
  Extent extent(std::uint64_t first, std::uint64_t last) const override { return column_.extent(first, last); }

 private:
  const Column& column_;
  const StepMap& map_;
};

class ListPoints : public Points {
 public:
  ListPoints(std::span<const double> x, std::span<const double> y) : x_(x), y_(y) {}
  std::uint64_t size() const override { return x_.size(); }
  double x(std::uint64_t i) const override { return x_[i]; }
  double y(std::uint64_t i) const override { return y_[i]; }
  std::uint64_t lower_bound(double x) const override;
  Extent extent(std::uint64_t first, std::uint64_t last) const override;

 private:
  std::span<const double> x_, y_;
};

/// A stretch of neighbouring points that have no place on the axis.
struct Flaw {
  MarkKind kind{};
  double first = 0, last = 0;
};

struct Reduced {
  std::vector<Vertex> vertices;
  std::vector<Flaw> flaws;
  std::uint64_t drawn = 0, points = 0;   ///< finite vertices; recorded points in the window
  Extent extent;
  double first = 0, last = 0;            ///< the first finite value and the very last value in the window
};

struct Window {
  double lo = 0, hi = 1;
  Scale x_scale = Scale::linear, y_scale = Scale::linear;
  unsigned columns = 600;
};

Reduced reduce(const Points& points, const Window& window);

/// The kind of mark a value needs on such an axis; nothing when the axis can show it.
std::optional<MarkKind> flaw_of(double value, Scale scale);

}  // namespace kappa
