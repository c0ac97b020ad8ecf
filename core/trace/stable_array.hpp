/// An array that grows without ever moving an element, so that readers need no lock.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace kappa {

/// Segments of First, 2 First, 4 First ... elements. One writer grows it and publishes the length elsewhere, with
/// release; readers touch only elements below a length they have read with acquire.
template <class T, std::size_t First>
class StableArray {
  static_assert(std::has_single_bit(First));

 public:
  StableArray() = default;
  StableArray(const StableArray&) = delete;
  StableArray& operator=(const StableArray&) = delete;
  ~StableArray() {
    for (auto& segment : segments_) delete[] segment.load(std::memory_order_relaxed);
  }

  T& operator[](std::uint64_t i) const {
    const Place p = place(i);
    return segments_[p.segment].load(std::memory_order_acquire)[p.offset];
  }

  /// The elements from i on that are stored beside it, `most` at most.
  std::span<const T> row(std::uint64_t i, std::uint64_t most) const {
    const Place p = place(i);
    const T* segment = segments_[p.segment].load(std::memory_order_acquire);
    return {segment + p.offset, std::min(most, (std::uint64_t{First} << p.segment) - p.offset)};
  }

  /// The writer's access: makes room for element i if there is none.
  T& grow(std::uint64_t i) {
    const Place p = place(i);
    auto& segment = segments_.at(p.segment);
    if (!segment.load(std::memory_order_relaxed)) segment.store(new T[First << p.segment](), std::memory_order_release);
    return segment.load(std::memory_order_relaxed)[p.offset];
  }

 private:
  struct Place {
    unsigned segment;
    std::uint64_t offset;
  };
  static Place place(std::uint64_t i) {
    const auto segment = static_cast<unsigned>(std::bit_width(i / First + 1) - 1);
    return {segment, i - First * ((std::uint64_t{1} << segment) - 1)};
  }

  std::array<std::atomic<T*>, 28> segments_{};
};

}  // namespace kappa
