/// What part of a chart is looked at, with a way back and forth of its own.
#pragma once

#include <QElapsedTimer>
#include <optional>
#include <vector>

#include "core/lab.hpp"

namespace kappa::ui {

struct Zoom {
  std::optional<Interval> x, y;  ///< absent: all there is

  bool whole() const { return !x && !y; }
};
bool operator==(const Zoom& a, const Zoom& b);

class ZoomHistory {
 public:
  const Zoom& now() const { return now_; }
  /// `on`: it goes on from the last one, so that one step back undoes the whole movement.
  void go(const Zoom& next, bool on);
  bool canGoBack() const { return !back_.empty(); }
  bool canGoForward() const { return !forward_.empty(); }
  bool back();
  bool forward();

 private:
  Zoom now_;
  std::vector<Zoom> back_, forward_;
  QElapsedTimer since_;
  bool moving_ = false;
};

}  // namespace kappa::ui
