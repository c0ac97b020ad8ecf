/// Counts are extrapolated exactly; epochs are their quotient by a constant and may be off by rounding.
#include "core/trace/cost_column.hpp"

#include <algorithm>
#include <cmath>

namespace kappa {
namespace {

/// b - a; counts never fall, and where they did the difference wraps round and back.
Trace::Cost difference(const Trace::Cost& b, const Trace::Cost& a) {
  return {b.step - a.step,       b.gradients - a.gradients,
          b.losses - a.losses,   b.hessian_products - a.hessian_products,
          b.samples - a.samples, {b.effort.epochs - a.effort.epochs, 0}};
}

bool same(const Trace::Cost& a, const Trace::Cost& b) {
  constexpr double rounding = 1e-12;
  return a.step == b.step && a.gradients == b.gradients && a.losses == b.losses &&
         a.hessian_products == b.hessian_products && a.samples == b.samples &&
         std::abs(a.effort.epochs - b.effort.epochs) <= rounding * std::max(1.0, std::abs(b.effort.epochs));
}

}  // namespace

Trace::Cost CostColumn::Stretch::row(std::uint64_t i) const {
  const std::uint64_t k = i - first;
  return {start.step + k * by.step,       start.gradients + k * by.gradients,
          start.losses + k * by.losses,   start.hessian_products + k * by.hessian_products,
          start.samples + k * by.samples, {start.effort.epochs + static_cast<double>(k) * by.effort.epochs, 0}};
}

void CostColumn::append(const Trace::Cost& row) {
  const std::uint64_t i = size_++;
  seconds_.append(row.step, row.effort.seconds);
  if (!stretches_.empty()) {
    Stretch& last = stretches_.back();
    if (i == last.first + 1) {
      last.by = difference(row, last.start);
      return;
    }
    if (same(last.row(i), row)) return;
  }
  stretches_.push_back({i, row, {}});
}

Trace::Cost CostColumn::row(std::uint64_t i) const {
  const auto above = std::upper_bound(stretches_.begin(), stretches_.end(), i,
                                      [](std::uint64_t at, const Stretch& s) { return at < s.first; });
  Trace::Cost row = std::prev(above)->row(i);
  row.effort.seconds = seconds_.value(i);
  return row;
}

std::optional<Trace::Cost> CostColumn::at(std::uint64_t step) const {
  const std::uint64_t above = step + 1 == 0 ? size_ : seconds_.lower_bound(step + 1);
  if (above == 0) return std::nullopt;
  return row(above - 1);
}

}  // namespace kappa
