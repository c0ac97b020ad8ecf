/// What travels from a worker to the recorder: small fixed records, in the order they were measured.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/figure/spec.hpp"

namespace kappa {

/// One number of a series (index 0) or of a spectrum (index from 1); `channel` is the trace's own number.
struct Record {
  std::uint32_t channel = 0;
  std::uint32_t index = 0;
  std::uint64_t step = 0;
  double value = 0;
};

enum class ChannelKind : std::uint8_t { series, spectrum, curve, field, theory, cost };

/// Names a stream of values: which run and repeat it belongs to and what it is called in the CSV files.
struct ChannelKey {
  ChannelKind kind = ChannelKind::series;
  std::uint32_t run = 0;  ///< index into the trace's runs
  std::uint32_t repeat = 0;
  std::string name;   ///< series, spectrum, curve or field
  std::string curve;  ///< theory only: the curve's own name; `name` is the series it predicts
  TheoryKind theory = TheoryKind::exact;
  auto operator<=>(const ChannelKey&) const = default;
};

/// What a step has cost beyond the counted calls. For charts alone: seconds differ from run to run, files may not.
struct Effort {
  double epochs = 0;   ///< passes over the data
  double seconds = 0;  ///< of the optimizer's own work, probes left out
};

/// One cell of a field: a heat map's entry or a point of a path.
struct FieldCell {
  std::uint64_t step = 0;
  std::uint32_t row = 0, col = 0;
  double x = 0, y = 0, value = 0;
};

}  // namespace kappa
