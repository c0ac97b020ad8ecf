/// Gathers what probes emit into small batches for the sink.
#pragma once

#include <array>
#include <vector>

#include "core/run/run.hpp"

namespace kappa {

/// One slice's emissions; flushed when full and at the end of the slice.
class Run::Emitter final : public ProbeSink {
 public:
  Emitter(Sink& sink, bool silent) : sink_(sink), silent_(silent) {}
  Emitter(const Emitter&) = delete;
  Emitter& operator=(const Emitter&) = delete;
  ~Emitter() override { flush(); }

  void attach(std::uint64_t step, const std::vector<std::uint32_t>& channels) {
    step_ = step;
    channels_ = &channels;
  }
  void scalar(std::size_t channel, double value) override { put({(*channels_)[channel], 0, step_, value}); }
  void spectrum(std::size_t channel, const arma::vec& values) override {
    for (arma::uword i = 0; i < values.n_elem; ++i)
      put({(*channels_)[channel], static_cast<std::uint32_t>(i + 1), step_, values[i]});
  }
  void field(std::size_t channel, std::span<const FieldCell> cells) override {
    if (!silent_) sink_.field((*channels_)[channel], cells);
  }
  void cost(std::uint32_t channel, std::uint64_t step, const Counts& counts, const Effort& effort) {
    if (silent_) return;
    const std::uint64_t row[4] = {counts.gradients, counts.losses, counts.hessian_products, counts.samples};
    sink_.cost(channel, step, row, effort);
  }

 private:
  void put(const Record& record) {
    if (silent_) return;
    buffer_[used_++] = record;
    if (used_ == buffer_.size()) flush();
  }
  void flush() {
    if (used_ > 0) sink_.push({buffer_.data(), used_});
    used_ = 0;
  }

  Sink& sink_;
  bool silent_;
  std::uint64_t step_ = 0;
  const std::vector<std::uint32_t>* channels_ = nullptr;
  std::array<Record, 256> buffer_;
  std::size_t used_ = 0;
};

}  // namespace kappa
