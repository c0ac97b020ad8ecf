/// What a study emits, by name, so that parallel parts can be held back and released in index order.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "core/run/job_sink.hpp"
#include "core/run/run.hpp"
#include "core/run/run_order.hpp"
#include "core/stream/sink.hpp"

namespace kappa {

/// One emission; the channel is still a name.
struct Emission {
  ChannelKey key;  ///< `run` is unread: `label` names it
  std::string label;
  std::uint64_t step = 0;
  std::uint32_t first = 1;   ///< spectrum: index of y's first value
  std::vector<double> x, y;  ///< series: y has one value
  std::vector<FieldCell> cells;
  std::uint64_t counts[4] = {0, 0, 0, 0};
  Effort effort;
  std::shared_ptr<const Blocks> final_x;  ///< the end of a streamed descent
};

/// Turns names into channels once, then writes to the job's sink. One caller at a time.
class EmissionWriter {
 public:
  EmissionWriter(JobSink& sink, std::uint32_t repeat, RunOrder& order, std::stop_token quit)
      : sink_(sink), repeat_(repeat), order_(order), quit_(std::move(quit)) {}
  void write(const Emission& emission);

 private:
  std::uint32_t channel(const Emission& emission);
  std::uint32_t run(const std::string& label);
  JobSink& sink_;
  std::uint32_t repeat_;
  RunOrder& order_;
  std::stop_token quit_;
  std::map<std::pair<std::string, ChannelKey>, std::uint32_t> channels_;
};

/// Takes emissions from a context: the job's writer, or a parallel part that must wait for those before it.
class EmissionGate {
 public:
  virtual ~EmissionGate() = default;
  virtual void emit(Emission emission) = 0;
};

/// A run's sink whose records go on as emissions by name.
class NamedSink final : public Sink {
 public:
  explicit NamedSink(EmissionGate& gate) : gate_(gate) {}
  std::uint32_t open_run(std::string_view label) override;
  std::uint32_t open(const ChannelKey& key) override;
  void push(std::span<const Record> records) override;
  void curve(std::uint32_t channel, std::span<const double> x, std::span<const double> y) override;
  void field(std::uint32_t channel, std::span<const FieldCell> cells) override;
  void theory(std::uint32_t channel, std::span<const double> x, std::span<const double> y) override;
  void cost(std::uint32_t channel, std::uint64_t step, const std::uint64_t (&counts)[4], const Effort& effort) override;

 private:
  Emission blank(std::uint32_t channel) const;
  EmissionGate& gate_;
  std::vector<std::string> labels_;
  std::vector<ChannelKey> keys_;
};

}  // namespace kappa
