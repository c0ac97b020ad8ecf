/// What the rows of the frames harness share: figures measured against their limits, and how they are written down.
#pragma once

#include <QElapsedTimer>
#include <QWidget>
#include <functional>
#include <string>
#include <vector>

namespace kappa::bench {

/// Milliseconds by the clock and of this thread's own work, for each of many frames.
struct Times {
  std::vector<double> wall, work;
  void time(const std::function<void()>& frame);
};

/// The measured rows of the table.
class Rows {
 public:
  static constexpr double no_limit = -1;
  /// Milliseconds of frames: the 95th percentile is what counts, by the clock.
  void frames(const std::string& name, const Times& times, double limit);
  /// One figure that is to stay at or below its limit.
  void figure(const std::string& name, double value, const std::string& unit, double limit);

  /// As Google Benchmark writes its own; false where the file cannot be written.
  bool write(const std::string& path) const;
  bool kept() const;

 private:
  struct Row {
    std::string name, unit;
    double value = 0, median = 0, work = 0, worst = 0, limit = 0;
    bool timed = false;
  };
  void add(Row row);
  std::vector<Row> rows_;
};

/// `share` of the values lie at or below it.
double quantile(std::vector<double> values, double share);

/// Delivers all that waits in the event loop, painting included.
void settle();

/// Counts the paintings of a widget and of all below it.
class Paints : public QObject {
 public:
  explicit Paints(QWidget& of);
  int count() const { return count_; }
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  int count_ = 0;
};

/// A document of so many matrix runs.
std::string matrix_runs(int runs, std::uint64_t steps);

void measure_pictures(Rows& rows, std::uint64_t points, bool quick);
void measure_window(Rows& rows, const char* program, bool quick);
/// Opens the first window as the program does; returns when it has been painted.
int open_first_window(int argc, char** argv);

}  // namespace kappa::bench
