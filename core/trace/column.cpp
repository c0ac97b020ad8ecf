/// The column behind a series: chunks of values, steps only where they are not regular, and a pyramid of extents.
#include "core/trace/column.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace kappa {
namespace {

/// Sums up a range from left to right, and keeps the row in which each of its ends is met first: where in the row is
/// asked of three rows only.
class Survey {
 public:
  /// Values in a row, the number of their first.
  void add(std::uint64_t first, std::span<const double> values) {
    Group sum;
    bool ordered = true;  // no branch on the values: in noise, every other one would be guessed wrong
    for (const double v : values) {
      sum.lo = v < sum.lo ? v : sum.lo;
      sum.hi = v > sum.hi ? v : sum.hi;
      ordered &= v == v;
    }
    sum.positive = sum.lo;
    if (!(ordered && sum.lo > 0 && sum.hi < Group::infinity)) {
      sum = {};
      for (const double v : values) sum.add(v, 0);
    }
    take(sum, {0, first, values, {}});
  }
  void add(int level, std::uint64_t first, std::span<const Group> groups) {
    Group sum;
    for (const Group& group : groups) {
      sum.lo = group.lo < sum.lo ? group.lo : sum.lo;
      sum.hi = group.hi > sum.hi ? group.hi : sum.hi;
      sum.positive = group.positive < sum.positive ? group.positive : sum.positive;
      sum.has_zero |= group.has_zero;
      sum.has_nan |= group.has_nan;
      sum.has_infinite |= group.has_infinite;
    }
    take(sum, {level, first, {}, groups});
  }
  /// From each row into the first of its members that has the end.
  void enter() {
    lowest_ = in_lowest_.first_with(&Group::lo, sum_.lo);
    highest_ = in_highest_.first_with(&Group::hi, sum_.hi);
    positive_ = sum_.lo > 0 ? lowest_ : in_positive_.first_with(&Group::positive, sum_.positive);
  }
  /// From each piece into its member; false once all of them are points.
  bool descend(const Pyramid& pyramid) {
    pyramid.descend(lowest_, &Group::lo_at);
    pyramid.descend(highest_, &Group::hi_at);
    if (sum_.lo > 0)
      positive_ = lowest_;
    else
      pyramid.descend(positive_, &Group::positive_at);
    return lowest_.level > 0 || highest_.level > 0 || positive_.level > 0;
  }
  Extent extent() const { return sum_.extent(); }
  Extremes extremes() const { return {extent(), lowest_.number, highest_.number, positive_.number}; }

 private:
  struct Row {
    int level = 0;
    std::uint64_t first = 0;
    std::span<const double> values;
    std::span<const Group> groups;
    Pyramid::Piece first_with(double Group::*end, double wanted) const {
      std::uint64_t at = 0;
      if (level == 0)
        while (at < values.size() && values[at] != wanted) ++at;
      else
        while (at < groups.size() && groups[at].*end != wanted) ++at;
      return {level, first + at};
    }
  };
  void take(const Group& sum, const Row& row) {
    if (sum.lo < sum_.lo) in_lowest_ = row;
    if (sum.hi > sum_.hi) in_highest_ = row;
    if (sum.positive < sum_.positive) in_positive_ = row;
    sum_.add(sum, 0);
  }
  Group sum_;
  Row in_lowest_, in_highest_, in_positive_;
  Pyramid::Piece lowest_, highest_, positive_;
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

template <class Sum>
void ChunkedColumn::sum_up(std::uint64_t first, std::uint64_t last, Sum& sum) const {
  pyramid_.walk(
      first, std::min(last, size()),
      [&](std::uint64_t from, std::uint64_t to) {
        sum.add(from, values(from, to));
        return to - from;
      },
      [&](int level, std::uint64_t number, std::span<const Group> groups) {
        sum.add(level, number, groups);
        return groups.size();
      });
}

Extent ChunkedColumn::extent(std::uint64_t first, std::uint64_t last) const {
  Survey range;
  sum_up(first, last, range);
  return range.extent();
}

std::vector<Extremes> ChunkedColumn::extremes(std::span<const std::uint64_t> bounds) const {
  // Almost all of the time would go by in waiting for memory, so everything is sent for well before it is needed: what
  // lies around a bound some ranges ahead, and on the way down the next member of each before the first is entered.
  constexpr std::size_t ahead = 6;
  const std::uint64_t n = size();
  std::vector<Survey> ranges(bounds.size() - 1);
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    if (i + ahead < bounds.size()) send_for(std::min(bounds[i + ahead], n));
    sum_up(bounds[i], bounds[i + 1], ranges[i]);
    ranges[i].enter();
  }
  for (bool inside = true; std::exchange(inside, false);)
    for (Survey& range : ranges) inside |= range.descend(pyramid_);
  std::vector<Extremes> found;
  found.reserve(ranges.size());
  for (const Survey& range : ranges) found.push_back(range.extremes());
  return found;
}

/// The group of points around a bound and the groups beside it, if they are complete.
void ChunkedColumn::send_for(std::uint64_t bound) const {
  const std::uint64_t group = bound / Pyramid::fan_out * Pyramid::fan_out;
  if (group + Pyramid::fan_out > size()) return;
  for (const double *at = values(group, group).data(), *end = at + Pyramid::fan_out; at < end; at += 8)
    __builtin_prefetch(at);
  pyramid_.send_for(bound, size());
}

std::uint64_t ChunkedColumn::find(std::uint64_t first, std::uint64_t last, Feature feature, double wanted) const {
  const auto passed = [&](const auto& row, auto&& extent_of) {
    return static_cast<std::uint64_t>(
        std::find_if(row.begin(), row.end(),
                     [&](const auto& member) { return has(extent_of(member), feature, wanted); }) -
        row.begin());
  };
  const auto of_point = [](double v) {
    Extent point;
    point.add(v);
    return point;
  };
  return pyramid_.walk(
      first, std::min(last, size()),
      [&](std::uint64_t from, std::uint64_t to) { return passed(values(from, to), of_point); },
      [&](int, std::uint64_t, std::span<const Group> groups) {
        return passed(groups, [](const Group& group) { return group.extent(); });
      });
}

}  // namespace kappa
