/// A lock-free queue from one writer to one reader that makes the writer wait rather than lose anything.
#pragma once

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <utility>

namespace kappa {

/// `push` and `push_all` belong to one thread, `drain` to another; `empty` may be asked by anyone.
template <class T>
class Ring {
 public:
  /// The capacity is rounded up to a power of two, so that positions wrap with a mask.
  explicit Ring(std::size_t capacity)
      : mask_(std::bit_ceil(std::max<std::size_t>(capacity, 1)) - 1),
        slots_(std::make_unique_for_overwrite<T[]>(mask_ + 1)) {}
  Ring(const Ring&) = delete;
  Ring& operator=(const Ring&) = delete;

  std::size_t capacity() const { return mask_ + 1; }

  /// Waits while the ring is full. False, with `value` not stored, only when it is full and `stop` was requested.
  bool push(T value, std::stop_token stop) {
    const std::size_t tail = tail_.load(std::memory_order_relaxed);
    if (tail - head_seen_ > mask_ && !wait_for_room(tail, stop)) return false;
    slots_[tail & mask_] = std::move(value);
    tail_.store(tail + 1, std::memory_order_release);
    return true;
  }

  /// Pushes everything in order, in as few publications as there is room for. False when stopped on a full ring: then
  /// a prefix was stored.
  bool push_all(std::span<const T> values, std::stop_token stop) {
    std::size_t tail = tail_.load(std::memory_order_relaxed);
    while (!values.empty()) {
      if (capacity() - (tail - head_seen_) < values.size()) head_seen_ = head_.load(std::memory_order_acquire);
      if (tail - head_seen_ > mask_ && !wait_for_room(tail, stop)) return false;
      const std::size_t count = std::min(values.size(), capacity() - (tail - head_seen_));
      for (std::size_t i = 0; i < count; ++i) slots_[(tail + i) & mask_] = values[i];
      tail_.store(tail += count, std::memory_order_release);
      values = values.subspan(count);
    }
    return true;
  }

  /// Hands at most `limit` values to `take`, oldest first; returns how many. Room is given back in portions, so that a
  /// waiting writer starts again before a long drain ends.
  template <class F>
  std::size_t drain(F&& take, std::size_t limit) {
    std::size_t head = head_.load(std::memory_order_relaxed);
    const std::size_t portion = std::max<std::size_t>(capacity() / 4, 1);
    std::size_t done = 0;
    while (done < limit) {
      if (tail_seen_ == head) tail_seen_ = tail_.load(std::memory_order_acquire);
      const std::size_t count = std::min({tail_seen_ - head, limit - done, portion});
      if (count == 0) break;
      for (std::size_t i = 0; i < count; ++i) take(std::move(slots_[(head + i) & mask_]));
      head_.store(head += count, std::memory_order_seq_cst);
      if (waiting_.load(std::memory_order_seq_cst)) ring_bell();
      done += count;
    }
    return done;
  }

  bool empty() const { return head_.load(std::memory_order_acquire) == tail_.load(std::memory_order_acquire); }

 private:
  bool has_room(std::size_t tail, std::memory_order order) {
    head_seen_ = head_.load(order);
    return tail - head_seen_ <= mask_;
  }

  void ring_bell() {
    bell_.fetch_add(1, std::memory_order_seq_cst);
    bell_.notify_one();
  }

  /// A short spin covers a reader that is at work; then sleep until it, or a stop, rings the bell.
  bool wait_for_room(std::size_t tail, const std::stop_token& stop) {
    for (int spin = 0; spin < 64; ++spin)
      if (has_room(tail, std::memory_order_acquire)) return true;
    const std::stop_callback wake(stop, [this] { ring_bell(); });
    waiting_.store(true, std::memory_order_seq_cst);
    // Announcing the wait before looking again, both in the one total order, is what no wake-up can slip between.
    bool room = false;
    for (;;) {
      const std::uint32_t heard = bell_.load(std::memory_order_seq_cst);
      room = has_room(tail, std::memory_order_seq_cst);
      if (room || stop.stop_requested()) break;
      bell_.wait(heard, std::memory_order_seq_cst);
    }
    waiting_.store(false, std::memory_order_relaxed);
    return room;
  }

  static constexpr std::size_t line = 64;  // a cache line: the writer's, the reader's and the shared words keep apart

  const std::size_t mask_;
  const std::unique_ptr<T[]> slots_;
  alignas(line) std::atomic<std::size_t> tail_{0};
  std::size_t head_seen_ = 0;  // the writer's last look at head_
  alignas(line) std::atomic<std::size_t> head_{0};
  std::size_t tail_seen_ = 0;  // the reader's last look at tail_
  alignas(line) std::atomic<std::uint32_t> bell_{0};
  std::atomic<bool> waiting_{false};
};

}  // namespace kappa
