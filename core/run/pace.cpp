/// Tokens, clocks and the wait for one's turn.
#include "core/run/pace.hpp"

#include <algorithm>
#include <cmath>

namespace kappa {

void Pace::restart() {
  ++epoch_;
  since_ = Clock::now();
  changed_.notify_all();
}

void Pace::pause() {
  const std::lock_guard lock(mutex_);
  if (paused_) return;
  paused_ = true;
  restart();
}

void Pace::resume() {
  const std::lock_guard lock(mutex_);
  if (!paused_) return;
  paused_ = false;
  restart();
}

void Pace::grant(std::uint64_t steps) {
  const std::lock_guard lock(mutex_);
  grants_ += steps;
  changed_.notify_all();
}

void Pace::set_speed(double steps_per_second) {
  const std::lock_guard lock(mutex_);
  speed_ = std::isfinite(steps_per_second) ? std::max(0.0, steps_per_second) : 0.0;
  restart();
}

void Pace::stop(Ended how) {
  const std::lock_guard lock(mutex_);
  if (!stop_) stop_ = how;
  changed_.notify_all();
}

bool Pace::paused() const {
  const std::lock_guard lock(mutex_);
  return paused_;
}

std::optional<Ended> Pace::stopping() const {
  const std::lock_guard lock(mutex_);
  return stop_;
}

std::uint64_t Pace::allowed(Meter& meter) const {
  if (meter.owed > 0) return meter.owed;
  if (meter.epoch != epoch_) meter = {epoch_, 0, paused_ ? meter.grants : grants_, 0};
  if (paused_) return grants_ - meter.grants;
  if (speed_ <= 0) return unlimited;
  const double seconds = std::chrono::duration<double>(Clock::now() - since_).count();
  const auto due = static_cast<std::uint64_t>(seconds * speed_);
  return due > meter.taken ? std::min<std::uint64_t>(due - meter.taken, static_cast<std::uint64_t>(speed_ / 20) + 1)
                           : 0;
}

std::uint64_t Pace::may_take(Meter& meter) const {
  const std::lock_guard lock(mutex_);
  return allowed(meter);
}

void Pace::took(Meter& meter, std::uint64_t steps) const {
  const std::lock_guard lock(mutex_);
  if (meter.owed > 0) {
    meter.owed -= std::min(meter.owed, steps);
    return;
  }
  if (meter.epoch != epoch_) return;  // commanded otherwise meanwhile
  meter.taken += steps;
  if (paused_) meter.grants = std::min(grants_, meter.grants + steps);
}

bool Pace::wait_turn(Meter& meter) {
  std::unique_lock lock(mutex_);
  for (;;) {
    if (stop_) return false;
    if (allowed(meter) > 0) break;
    if (paused_)
      changed_.wait(lock);
    else
      changed_.wait_for(lock, std::chrono::milliseconds(5));
  }
  ++meter.taken;
  if (paused_) ++meter.grants;
  return true;
}

}  // namespace kappa
