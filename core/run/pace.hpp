/// How fast jobs may go: paused, a few single steps, so many steps a second, or as fast as they can.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>

#include "core/kinds/outcome.hpp"

namespace kappa {

/// Shared by all jobs and the one who commands; every call takes a short lock.
class Pace {
 public:
  static constexpr std::uint64_t unlimited = ~std::uint64_t{0};
  /// Where one job stands: belongs to the job, read and written under the pace's lock.
  struct Meter {
    std::uint64_t epoch = 0, taken = 0, grants = 0;
    std::uint64_t owed = 0;  ///< steps to be made at once, whatever pause and speed say
  };

  void pause();
  void resume();
  void grant(std::uint64_t steps);          ///< single steps while paused, for each job
  void set_speed(double steps_per_second);  ///< 0 or less: unlimited
  void stop(Ended how);                     ///< stopped or interrupted; final
  bool paused() const;
  std::optional<Ended> stopping() const;

  std::uint64_t may_take(Meter& meter) const;  ///< steps allowed now; 0: wait
  void took(Meter& meter, std::uint64_t steps) const;
  /// Waits until this job may take a step; false when stopping.
  bool wait_turn(Meter& meter);
  void wake() { changed_.notify_all(); }

 private:
  using Clock = std::chrono::steady_clock;
  std::uint64_t allowed(Meter& meter) const;
  void restart();

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool paused_ = false;
  double speed_ = 0;
  std::uint64_t epoch_ = 1, grants_ = 0;
  Clock::time_point since_ = Clock::now();
  std::optional<Ended> stop_;
};

}  // namespace kappa
