/// Where a run or a study puts what it measures.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/stream/record.hpp"

namespace kappa {

/// One writer at a time. Channels are opened once and then written by number.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual std::uint32_t open_run(std::string_view label) = 0;
  virtual std::uint32_t open(const ChannelKey& key) = 0;
  virtual void push(std::span<const Record> records) = 0;  ///< series and spectra; may wait
  virtual void curve(std::uint32_t channel, std::span<const double> x, std::span<const double> y) = 0;
  virtual void field(std::uint32_t channel, std::span<const FieldCell> cells) = 0;
  virtual void theory(std::uint32_t channel, std::span<const double> x, std::span<const double> y) = 0;
  virtual void cost(std::uint32_t channel, std::uint64_t step, const std::uint64_t (&counts)[4],
                    const Effort& effort) = 0;
};

/// Takes everything and keeps nothing.
class NoSink : public Sink {
 public:
  std::uint32_t open_run(std::string_view) override { return 0; }
  std::uint32_t open(const ChannelKey&) override { return 0; }
  void push(std::span<const Record>) override {}
  void curve(std::uint32_t, std::span<const double>, std::span<const double>) override {}
  void field(std::uint32_t, std::span<const FieldCell>) override {}
  void theory(std::uint32_t, std::span<const double>, std::span<const double>) override {}
  void cost(std::uint32_t, std::uint64_t, const std::uint64_t (&)[4], const Effort&) override {}
};

}  // namespace kappa
