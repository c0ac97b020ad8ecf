/// Takes over runners that are no longer shown, so that the window never waits for their threads.
#pragma once

#include <QString>
#include <QThreadPool>
#include <memory>

#include "core/lab.hpp"

namespace kappa::ui {

class Reaper {
 public:
  /// Ends the runner on a thread of its own and then removes the folder it wrote to (empty: none).
  void retire(std::unique_ptr<Runner> runner, const QString& folder);
  /// Until every retired runner is gone, at most so long.
  bool wait(int milliseconds) { return pool_->waitForDone(milliseconds); }
  /// Whoever still works then is left to end by himself: a step of a large problem cannot be cut short.
  ~Reaper();

 private:
  std::unique_ptr<QThreadPool> pool_ = std::make_unique<QThreadPool>();
};

}  // namespace kappa::ui
