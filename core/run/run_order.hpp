/// Repeats of a study open their runs in the order of the first one, however they are timed.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>

namespace kappa {

/// Repeat 0 never waits. The others wait before they open a run that it has not opened yet, until it does or has ended.
class RunOrder {
 public:
  void before_opening(std::string_view label, std::uint32_t repeat, const std::stop_token& quit) {
    std::unique_lock lock(mutex_);
    if (repeat > 0) turn_.wait(lock, quit, [&] { return over_ || opened_.contains(label); });
  }
  void after_opening(std::string_view label, std::uint32_t repeat) {
    if (repeat > 0) return;
    const std::lock_guard lock(mutex_);
    opened_.emplace(label);
    turn_.notify_all();
  }
  void first_has_ended() {
    const std::lock_guard lock(mutex_);
    over_ = true;
    turn_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable_any turn_;
  std::set<std::string, std::less<>> opened_;
  bool over_ = false;
};

}  // namespace kappa
