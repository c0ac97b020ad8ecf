/// Runners end on a small pool: their destructor interrupts and joins, which may take as long as a slice of work.
#include "ui/runs/reaper.hpp"

#include <QDir>
#include <thread>

namespace kappa::ui {

void Reaper::retire(std::unique_ptr<Runner> runner, const QString& folder) {
  if (!runner) return;
  runner->interrupt();
  // Work for a pool is copied, which a runner is not.
  pool_->start([last = std::make_shared<std::unique_ptr<Runner>>(std::move(runner)), folder] {
    last->reset();
    if (!folder.isEmpty()) QDir(folder).removeRecursively();
  });
}

Reaper::~Reaper() {
  if (pool_->waitForDone(0)) return;
  std::thread([pool = std::shared_ptr<QThreadPool>(std::move(pool_))] { pool->waitForDone(); }).detach();
}

}  // namespace kappa::ui
