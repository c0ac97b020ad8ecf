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
  /// Until every retired runner is gone.
  void wait() { pool_.waitForDone(); }

 private:
  QThreadPool pool_;
};

}  // namespace kappa::ui
