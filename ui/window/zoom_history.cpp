/// A movement is what follows itself within a moment.
#include "ui/window/zoom_history.hpp"

namespace kappa::ui {
namespace {

constexpr qint64 moment = 700;  // milliseconds
constexpr std::size_t most = 100;

bool same(const std::optional<Interval>& a, const std::optional<Interval>& b) {
  return a.has_value() == b.has_value() && (!a || (a->lo == b->lo && a->hi == b->hi));
}

}  // namespace

bool operator==(const Zoom& a, const Zoom& b) { return same(a.x, b.x) && same(a.y, b.y); }

void ZoomHistory::go(const Zoom& next, bool on) {
  if (next == now_) return;
  const bool joins = on && moving_ && since_.isValid() && since_.elapsed() < moment;
  if (!joins) back_.push_back(now_);
  if (back_.size() > most) back_.erase(back_.begin());
  forward_.clear();
  now_ = next;
  moving_ = on;
  since_.start();
}

bool ZoomHistory::back() {
  if (back_.empty()) return false;
  forward_.push_back(now_);
  now_ = back_.back();
  back_.pop_back();
  moving_ = false;
  return true;
}

bool ZoomHistory::forward() {
  if (forward_.empty()) return false;
  back_.push_back(now_);
  now_ = forward_.back();
  forward_.pop_back();
  moving_ = false;
  return true;
}

}  // namespace kappa::ui
