/// The bounded queue of a job's larger pieces.
#include "core/run/job_sink.hpp"

#include <utility>

namespace kappa {

namespace {
constexpr std::size_t most_waiting = 1 << 15;
}

void JobSink::put(Bulk bulk) {
  std::unique_lock lock(mutex_);
  room_.wait(lock, quit_, [this] { return bulk_.size() < most_waiting; });
  bulk_.push_back(std::move(bulk));
}

void JobSink::curve(std::uint32_t channel, std::span<const double> x, std::span<const double> y) {
  put(CurvePoints{channel, {x.begin(), x.end()}, {y.begin(), y.end()}});
}

void JobSink::field(std::uint32_t channel, std::span<const FieldCell> cells) {
  put(FieldCells{channel, {cells.begin(), cells.end()}});
}

void JobSink::theory(std::uint32_t channel, std::span<const double> x, std::span<const double> y) {
  put(TheoryPoints{channel, {x.begin(), x.end()}, {y.begin(), y.end()}});
}

void JobSink::cost(std::uint32_t channel, std::uint64_t step, const std::uint64_t (&counts)[4], const Effort& effort) {
  costs_.push({channel, step, {counts[0], counts[1], counts[2], counts[3]}, effort.epochs, effort.seconds}, quit_);
}

std::deque<Bulk> JobSink::take_bulk() {
  std::deque<Bulk> taken;
  const std::lock_guard lock(mutex_);
  taken.swap(bulk_);
  room_.notify_all();
  return taken;
}

bool JobSink::empty() {
  const std::lock_guard lock(mutex_);
  return bulk_.empty() && ring_.empty() && costs_.empty();
}

}  // namespace kappa
