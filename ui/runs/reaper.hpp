/// Takes over runners that are no longer shown and work on files, so that the window never waits for their threads.
#pragma once

#include <QThreadPool>
#include <functional>
#include <memory>

#include "core/lab.hpp"

namespace kappa::ui {

class Reaper {
 public:
  Reaper() { pool_->setMaxThreadCount(16); }  // they wait for others more than they work
  /// Ends the runner on a thread of its own and then lets go of what it worked with.
  void retire(std::unique_ptr<Runner> runner, std::shared_ptr<const void> room);
  /// Any other work that the window must not wait for. It owns all that it touches.
  void start(std::function<void()> work) { pool_->start(std::move(work)); }
  /// Until every retired runner is gone and all work has ended, at most so long.
  bool wait(int milliseconds) { return pool_->waitForDone(milliseconds); }
  /// Whoever still works then is left to end by himself: a step of a large problem cannot be cut short.
  ~Reaper();

 private:
  std::unique_ptr<QThreadPool> pool_ = std::make_unique<QThreadPool>();
};

}  // namespace kappa::ui
