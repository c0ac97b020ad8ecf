/// The column behind a spectrum: vectors of any width one after another, and where each begins.
#include "core/trace/spectrum_column.hpp"

namespace kappa {

void ChunkedSpectrum::append(std::uint64_t step, std::uint32_t index, double value) {
  const std::uint64_t count = count_.load(std::memory_order_relaxed);
  const std::uint64_t total = total_.load(std::memory_order_relaxed);
  if (count == 0 || vectors_[count - 1].step != step || index <= last_index_) {
    vectors_.grow(count) = {step, total};
    count_.store(count + 1, std::memory_order_release);
  }
  last_index_ = index;
  const auto [number, offset] = chunk_place(total);
  const std::uint64_t length = chunk_length(number);
  if (offset == 0) chunks_.grow(number) = static_cast<double*>(store_.take(length * sizeof(double)));
  chunks_[number][offset] = value;
  total_.store(total + 1, std::memory_order_release);
  if (offset + 1 == length) store_.retire(chunks_[number], length * sizeof(double));
}

std::uint64_t ChunkedSpectrum::size() const {
  const std::uint64_t total = total_.load(std::memory_order_acquire);
  const std::uint64_t count = count_.load(std::memory_order_acquire);
  // A vector whose first value is not there yet does not count.
  return count > 0 && vectors_[count - 1].begin >= total ? count - 1 : count;
}

std::vector<double> ChunkedSpectrum::values(std::uint64_t i) const {
  // In this order: a total that holds values of a later vector comes with a count that shows where that one begins.
  const std::uint64_t total = total_.load(std::memory_order_acquire);
  const std::uint64_t count = count_.load(std::memory_order_acquire);
  const std::uint64_t end = i + 1 < count ? vectors_[i + 1].begin : total;
  std::vector<double> out;
  out.reserve(end - vectors_[i].begin);
  for (std::uint64_t k = vectors_[i].begin; k < end; ++k) {
    const auto [number, offset] = chunk_place(k);
    out.push_back(chunks_[number][offset]);
  }
  return out;
}

std::uint64_t ChunkedSpectrum::lower_bound(std::uint64_t wanted) const {
  std::uint64_t low = 0, high = size();
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (step(middle) < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

}  // namespace kappa
