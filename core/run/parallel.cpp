/// Index-ordered emissions and a parallel loop whose caller always takes part, so that it cannot deadlock.
#include "core/run/parallel.hpp"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <memory>
#include <utility>

namespace kappa {

void OrderedParts::emit(std::size_t part, Emission emission) {
  const std::lock_guard lock(mutex_);
  if (part == turn_)
    out_.emit(std::move(emission));
  else
    held_[part].push_back(std::move(emission));
}

void OrderedParts::finish(std::size_t part) {
  const std::lock_guard lock(mutex_);
  done_[part] = true;
  while (turn_ < done_.size() && done_[turn_]) {
    if (++turn_ == done_.size()) break;
    for (Emission& emission : held_[turn_]) out_.emit(std::move(emission));
    held_[turn_].clear();
  }
}

namespace {

/// Outlives the call: a task lent but started late finds it closed and touches nothing else.
struct Loop {
  std::mutex mutex;
  std::condition_variable idle;
  std::size_t next = 0, n = 0;
  int active = 0;
  bool closed = false;
  std::function<void(std::size_t)> work;
  std::vector<std::pair<std::size_t, std::exception_ptr>> errors;

  bool take(std::size_t& i) {
    const std::lock_guard lock(mutex);
    if (closed || next >= n) return false;
    i = next++;
    ++active;
    return true;
  }
  void run() {
    std::size_t i = 0;
    while (take(i)) {
      std::exception_ptr error;
      try {
        work(i);
      } catch (...) {
        error = std::current_exception();
      }
      const std::lock_guard lock(mutex);
      if (error) errors.emplace_back(i, error);
      if (error) next = n;
      if (--active == 0) idle.notify_all();
    }
  }
};

}  // namespace

void in_parallel(std::size_t n, unsigned workers, const Lend& lend, const std::function<void(std::size_t)>& work) {
  const auto loop = std::make_shared<Loop>();
  loop->n = n;
  loop->work = work;
  for (std::size_t i = 1; i < std::min<std::size_t>(workers, n); ++i) lend([loop] { loop->run(); });
  loop->run();
  std::unique_lock lock(loop->mutex);
  loop->idle.wait(lock, [&] { return loop->active == 0; });
  loop->closed = true;
  loop->work = nullptr;
  if (loop->errors.empty()) return;
  std::sort(loop->errors.begin(), loop->errors.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::rethrow_exception(loop->errors.front().second);
}

}  // namespace kappa
