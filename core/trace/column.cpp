/// The column behind a series: chunks of values, steps only where they are not regular, and a pyramid of extents.
#include "core/trace/column.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kappa {
namespace {

constexpr double largest = std::numeric_limits<double>::max();

/// What `Extent::add` does, for many at once: ends that nothing has reached yet are infinite rather than flagged.
class Sum {
 public:
  void add(double v) {
    if (!(std::abs(v) <= largest)) {
      (std::isnan(v) ? nan_ : infinite_) = true;
      return;
    }
    lo_ = std::min(lo_, v);
    hi_ = std::max(hi_, v);
    if (v > 0) positive_ = std::min(positive_, v);
    zero_ |= v == 0;
  }
  void add(const Extent& group) {
    if (group.finite) {
      lo_ = std::min(lo_, group.lo);
      hi_ = std::max(hi_, group.hi);
    }
    if (group.has_positive) positive_ = std::min(positive_, group.positive);
    zero_ |= group.has_zero;
    nan_ |= group.has_nan;
    infinite_ |= group.has_infinite;
  }
  Extent extent() const {
    Extent all;
    all.finite = lo_ <= hi_;
    all.has_positive = positive_ <= largest;
    if (all.finite) all.lo = lo_, all.hi = hi_;
    if (all.has_positive) all.positive = positive_;
    all.has_zero = zero_;
    all.has_negative = all.finite && lo_ < 0;
    all.has_nan = nan_;
    all.has_infinite = infinite_;
    return all;
  }

 private:
  static constexpr double infinity = std::numeric_limits<double>::infinity();
  double lo_ = infinity, hi_ = -infinity, positive_ = infinity;
  bool zero_ = false, nan_ = false, infinite_ = false;
};

}  // namespace

void ChunkedColumn::append(std::uint64_t step, double value) {
  const std::uint64_t i = size_.load(std::memory_order_relaxed);
  const auto [number, offset] = chunk_place(i);
  const std::uint64_t length = chunk_length(number);
  if (offset == 0) open_chunk(number, step);
  Chunk& chunk = chunks_[number];
  note_step(chunk, offset, length, step);
  chunk.values[offset] = value;
  pyramid_.add(value);
  size_.store(i + 1, std::memory_order_release);
  if (offset + 1 < length) return;
  store_.retire(chunk.values, length * sizeof(double));
  if (auto* steps = chunk.steps.load(std::memory_order_relaxed)) store_.retire(steps, length * sizeof(std::uint64_t));
}

void ChunkedColumn::open_chunk(std::uint64_t number, std::uint64_t step) {
  Chunk& chunk = chunks_.grow(number);
  chunk.values = static_cast<double*>(store_.take(chunk_length(number) * sizeof(double)));
  chunk.first_step = step;
}

void ChunkedColumn::note_step(Chunk& chunk, std::uint64_t offset, std::uint64_t length, std::uint64_t step) {
  auto* steps = chunk.steps.load(std::memory_order_relaxed);
  if (!steps) {
    if (offset == 0) return;
    if (offset == 1) chunk.stride.store(step - chunk.first_step, std::memory_order_relaxed);
    const std::uint64_t stride = chunk.stride.load(std::memory_order_relaxed);
    if (step == chunk.first_step + stride * offset) return;
    // The stride breaks: spell out what it said so far. Readers of older points may follow either.
    steps = static_cast<std::uint64_t*>(store_.take(length * sizeof(std::uint64_t)));
    for (std::uint64_t k = 0; k < offset; ++k) steps[k] = chunk.first_step + stride * k;
    chunk.steps.store(steps, std::memory_order_release);
  }
  steps[offset] = step;
}

std::uint64_t ChunkedColumn::step(std::uint64_t i) const {
  const auto [number, offset] = chunk_place(i);
  const Chunk& chunk = chunks_[number];
  if (const auto* steps = chunk.steps.load(std::memory_order_acquire)) return steps[offset];
  return chunk.first_step + chunk.stride.load(std::memory_order_relaxed) * offset;
}

double ChunkedColumn::value(std::uint64_t i) const {
  const auto [number, offset] = chunk_place(i);
  return chunks_[number].values[offset];
}

std::uint64_t ChunkedColumn::lower_bound(std::uint64_t wanted) const {
  const std::uint64_t n = size();
  if (n == 0) return 0;
  // The last chunk that begins below the wanted step holds the answer or ends just before it.
  std::uint64_t low = 0, high = chunk_place(n - 1).chunk + 1;
  while (high - low > 1) {
    const std::uint64_t middle = low + (high - low) / 2;
    (chunks_[middle].first_step < wanted ? low : high) = middle;
  }
  const Chunk& chunk = chunks_[low];
  if (chunk.first_step >= wanted) return chunk_start(low);
  const std::uint64_t start = chunk_start(low);
  const std::uint64_t length = std::min(n - start, chunk_length(low));
  if (const auto* steps = chunk.steps.load(std::memory_order_acquire))
    return start + static_cast<std::uint64_t>(std::lower_bound(steps, steps + length, wanted) - steps);
  const std::uint64_t stride = chunk.stride.load(std::memory_order_relaxed);
  if (stride == 0) return start + length;
  const std::uint64_t distance = wanted - chunk.first_step;
  return start + std::min(length, distance / stride + (distance % stride != 0));
}

std::span<const double> ChunkedColumn::values(std::uint64_t first, std::uint64_t last) const {
  const auto [number, offset] = chunk_place(first);
  return {chunks_[number].values + offset, last - first};
}

Extent ChunkedColumn::extent(std::uint64_t first, std::uint64_t last) const {
  Sum sum;
  pyramid_.walk(
      first, std::min(last, size()),
      [&](std::uint64_t from, std::uint64_t to) {
        for (const double v : values(from, to)) sum.add(v);
        return to - from;
      },
      [&](std::span<const Extent> groups) {
        for (const Extent& group : groups) sum.add(group);
        return groups.size();
      });
  return sum.extent();
}

template <class InPoint, class InGroup>
std::uint64_t ChunkedColumn::search(std::uint64_t first, std::uint64_t last, InPoint&& in_point,
                                    InGroup&& in_group) const {
  const auto passed = [](const auto& row, auto&& holds) {
    return static_cast<std::uint64_t>(std::find_if(row.begin(), row.end(), holds) - row.begin());
  };
  return pyramid_.walk(
      first, std::min(last, size()),
      [&](std::uint64_t from, std::uint64_t to) { return passed(values(from, to), in_point); },
      [&](std::span<const Extent> groups) { return passed(groups, in_group); });
}

std::uint64_t ChunkedColumn::find(std::uint64_t first, std::uint64_t last, Feature feature, double wanted) const {
  // The three that every pixel column asks for are spelled out: a call for each point would take most of the time.
  switch (feature) {
    case Feature::lowest:
      return search(
          first, last, [=](double v) { return v <= wanted && v >= -largest; },
          [=](const Extent& e) { return e.finite && e.lo <= wanted; });
    case Feature::highest:
      return search(
          first, last, [=](double v) { return v >= wanted && v <= largest; },
          [=](const Extent& e) { return e.finite && e.hi >= wanted; });
    case Feature::lowest_positive:
      return search(
          first, last, [=](double v) { return v > 0 && v <= wanted && v <= largest; },
          [=](const Extent& e) { return e.has_positive && e.positive <= wanted; });
    default:
      break;
  }
  const auto in_point = [=](double v) {
    Extent point;
    point.add(v);
    return has(point, feature, wanted);
  };
  return search(first, last, in_point, [=](const Extent& group) { return has(group, feature, wanted); });
}

}  // namespace kappa
