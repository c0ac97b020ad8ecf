/// Everything a run has recorded: append-only columns that one recorder writes and anyone reads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/stream/record.hpp"

namespace kappa {

/// Smallest and largest finite value of a range of points, and what else was in it.
struct Extent {
  double lo = 0, hi = 0;  ///< over finite values; valid if `finite`
  double positive = 0;    ///< smallest positive value; valid if `has_positive`
  bool finite = false, has_positive = false;
  bool has_zero = false, has_negative = false, has_nan = false, has_infinite = false;
  void add(double value);
  void add(const Extent& other);
};

/// An extent, and the first point at each of its ends (valid as they are).
struct Extremes {
  Extent extent = {};
  std::uint64_t lowest = 0, highest = 0, lowest_positive = 0;
};

/// What can be looked for in a range; the first three go with a value that is the range's own extreme.
enum class Feature : std::uint8_t { lowest, highest, lowest_positive, zero, negative, not_a_number, infinite };

/// Whether the feature is somewhere in what the extent covers.
bool has(const Extent& extent, Feature feature, double value);

/// Steps and values of one series; steps never fall. Chunks never move, the length is published atomically.
class Column {
 public:
  virtual ~Column() = default;
  virtual std::uint64_t size() const = 0;
  virtual std::uint64_t step(std::uint64_t i) const = 0;
  virtual double value(std::uint64_t i) const = 0;
  /// First index whose step is not below `step`.
  virtual std::uint64_t lower_bound(std::uint64_t step) const = 0;
  /// Extent of the points [first, last), from the min-max pyramid: O(log n).
  virtual Extent extent(std::uint64_t first, std::uint64_t last) const = 0;
  /// Of each range between two neighbours of ascending bounds (at least one bound), the extent and the points where its
  /// ends are: O(log n) each. By `find`; columns with a pyramid know them.
  virtual std::vector<Extremes> extremes(std::span<const std::uint64_t> bounds) const;
  /// First index of [first, last) with the feature (`value`: the range's own extreme), or `last`. By halves; columns
  /// with a pyramid walk down it.
  virtual std::uint64_t find(std::uint64_t first, std::uint64_t last, Feature feature, double value = 0) const;
};

/// Vectors over steps: singular values. The newest may still be growing while its run is at work.
class SpectrumColumn {
 public:
  virtual ~SpectrumColumn() = default;
  virtual std::uint64_t size() const = 0;
  virtual std::uint64_t step(std::uint64_t i) const = 0;
  virtual std::vector<double> values(std::uint64_t i) const = 0;
  virtual std::uint64_t lower_bound(std::uint64_t step) const = 0;
};

/// A curve over anything but the step, or a theory overlay.
struct XY {
  std::vector<double> x, y;
};

struct RunLabel {
  std::string label;
  std::uint32_t repeats = 1;
};

/// Readable from any thread while one writer appends. Indices of runs and channels are stable.
class Trace {
 public:
  /// `memory_budget` in bytes of full-resolution columns; past it the oldest chunks are backed by an unlinked file in
  /// `spill_directory` (empty: $TMPDIR, or /var/tmp), or stay in memory if it cannot be written.
  explicit Trace(std::uint64_t memory_budget = std::uint64_t{1} << 30, std::string spill_directory = {});
  ~Trace();
  Trace(const Trace&) = delete;
  Trace& operator=(const Trace&) = delete;

  // Writer (thread-safe; channels may be opened from workers, values come from the recorder alone).
  std::uint32_t open_run(std::string_view label, std::uint32_t repeats);  ///< same label: same index
  std::uint32_t open_channel(const ChannelKey& key);                      ///< same key: same number
  void append(const Record& record);                                      ///< series, spectrum
  void append_curve(std::uint32_t channel, std::span<const double> x, std::span<const double> y);
  void append_field(std::uint32_t channel, std::span<const FieldCell> cells);
  void append_cost(std::uint32_t channel, std::uint64_t step, const std::uint64_t (&counts)[4],
                   const Effort& effort = {});

  // Reader.
  std::vector<RunLabel> runs() const;
  std::optional<std::uint32_t> find_run(std::string_view label) const;
  std::vector<ChannelKey> channels() const;  ///< in order of opening
  ChannelKey key(std::uint32_t channel) const;
  const Column* series(std::uint32_t run, std::uint32_t repeat, std::string_view name) const;
  const SpectrumColumn* spectrum(std::uint32_t run, std::uint32_t repeat, std::string_view name) const;
  XY curve(std::uint32_t run, std::uint32_t repeat, std::string_view name) const;
  std::vector<FieldCell> field(std::uint32_t run, std::uint32_t repeat, std::string_view name) const;
  struct Theory {
    ChannelKey key;
    XY xy;
  };
  std::vector<Theory> theory(std::uint32_t run, std::string_view series) const;  ///< all repeats
  struct Cost {
    std::uint64_t step, gradients, losses, hessian_products, samples;
    Effort effort = {};
  };
  /// At most `most` rows, evenly spread, the first and the last among them.
  std::vector<Cost> cost(std::uint32_t run, std::uint32_t repeat, std::size_t most = ~std::size_t{0}) const;
  /// The newest row at or before `step`.
  std::optional<Cost> cost_at(std::uint32_t run, std::uint32_t repeat, std::uint64_t step) const;
  std::uint64_t version() const;  ///< grows with every append batch
  std::uint64_t bytes() const;    ///< resident full-resolution bytes

 private:
  struct Store;
  std::unique_ptr<Store> store_;
};

/// What claims and studies judge: a finished trace, a set of files, or one that a test has sabotaged.
class TraceView {
 public:
  struct Series {
    std::vector<std::uint64_t> step;
    std::vector<double> value;
  };
  virtual ~TraceView() = default;
  virtual std::vector<std::string> runs() const = 0;
  virtual std::uint32_t repeats() const = 0;
  virtual std::optional<Series> series(std::string_view run, std::uint32_t repeat, std::string_view name) const = 0;
  virtual std::optional<XY> curve(std::string_view run, std::uint32_t repeat, std::string_view name) const = 0;
  /// The spectrum recorded last at or before `step`.
  virtual std::optional<std::vector<double>> spectrum(std::string_view run, std::uint32_t repeat, std::string_view name,
                                                      std::uint64_t step) const = 0;
  struct TheoryCurve {
    std::string curve;
    TheoryKind kind;
    XY xy;
  };
  virtual std::vector<TheoryCurve> theory(std::string_view run, std::uint32_t repeat,
                                          std::string_view series) const = 0;
};

std::unique_ptr<TraceView> view_of(const Trace& trace);

}  // namespace kappa
