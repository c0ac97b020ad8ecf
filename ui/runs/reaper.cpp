/// Runners end on a small pool: their destructor interrupts and joins, which may take as long as a slice of work.
#include "ui/runs/reaper.hpp"

#include <thread>

namespace kappa::ui {

void Reaper::retire(std::unique_ptr<Runner> runner, std::shared_ptr<const void> room) {
  if (!runner) return;
  runner->interrupt();
  // Work for a pool is copied, which a runner is not.
  pool_->start([last = std::make_shared<std::unique_ptr<Runner>>(std::move(runner)), room = std::move(room)]() mutable {
    last->reset();
    room.reset();
  });
}

Reaper::~Reaper() {
  if (pool_->waitForDone(0)) return;
  std::thread([pool = std::shared_ptr<QThreadPool>(std::move(pool_))] { pool->waitForDone(); }).detach();
}

}  // namespace kappa::ui
