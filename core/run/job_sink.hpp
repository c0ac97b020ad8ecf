/// The sink of one job: numbers and costs go through rings of their own, everything larger through a bounded queue.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

#include "core/base/blocks.hpp"
#include "core/stream/ring.hpp"
#include "core/stream/sink.hpp"
#include "core/trace/trace.hpp"

namespace kappa {

struct CurvePoints {
  std::uint32_t channel;
  std::vector<double> x, y;
};
struct FieldCells {
  std::uint32_t channel;
  std::vector<FieldCell> cells;
};
struct TheoryPoints {
  std::uint32_t channel;
  std::vector<double> x, y;
};
struct CostRow {
  std::uint32_t channel;
  std::uint64_t step, counts[4];
  double epochs, seconds;  ///< an `Effort`, without its zeros: a ring's pages are not touched before they are needed
};
struct FinalPoint {
  std::string run;
  std::uint32_t run_index, repeat;
  Blocks x;
};
using Bulk = std::variant<CurvePoints, FieldCells, TheoryPoints, FinalPoint>;

/// The job writes, the recorder reads. A full ring or queue makes the job wait; nothing is dropped.
class JobSink final : public Sink {
 public:
  JobSink(Trace& trace, std::stop_token quit) : trace_(trace), quit_(std::move(quit)) {}

  std::uint32_t open_run(std::string_view label) override { return trace_.open_run(label, repeats); }
  std::uint32_t open(const ChannelKey& key) override { return trace_.open_channel(key); }
  void push(std::span<const Record> records) override { ring_.push_all(records, quit_); }
  void curve(std::uint32_t channel, std::span<const double> x, std::span<const double> y) override;
  void field(std::uint32_t channel, std::span<const FieldCell> cells) override;
  void theory(std::uint32_t channel, std::span<const double> x, std::span<const double> y) override;
  void cost(std::uint32_t channel, std::uint64_t step, const std::uint64_t (&counts)[4], const Effort& effort) override;
  void final_point(FinalPoint point) { put(std::move(point)); }

  Ring<Record>& ring() { return ring_; }
  Ring<CostRow>& costs() { return costs_; }
  std::deque<Bulk> take_bulk();  ///< the recorder's
  bool empty();

  std::uint32_t repeats = 1;  ///< what new runs are announced with

 private:
  void put(Bulk bulk);

  Trace& trace_;
  std::stop_token quit_;
  Ring<Record> ring_{std::size_t{1} << 15};
  Ring<CostRow> costs_{std::size_t{1} << 14};
  std::mutex mutex_;
  std::condition_variable_any room_;
  std::deque<Bulk> bulk_;
};

}  // namespace kappa
