/// A results directory while it fills: one file for each table, run and repeat, joined in document order at the end.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "core/base/issue.hpp"
#include "core/trace/csv.hpp"

namespace kappa {

/// Belongs to one thread at a time, the recorder. No file stays open between flushes, so that thousands of runs and
/// repeats fit under any limit on open files. Rows that could not be written stay here and are tried again. A kill
/// loses what came since the last flush; at the very worst, within a write, it cuts the line being written, which
/// readers skip.
class PartFiles {
 public:
  /// One file, and the rows that wait for it.
  class Part {
    friend PartFiles;
    std::string path;
    std::string waiting;
    std::uint64_t written = 0;  ///< bytes in the file, of which the header comes first
    bool listed = false;        ///< in `dirty_`
  };
  using Clock = std::chrono::steady_clock;
  explicit PartFiles(std::string directory, Clock::duration period = std::chrono::milliseconds(500));

  /// Whether `directory` holds part files of a run that did not end.
  static bool unfinished(const std::string& directory);

  /// Creates the directory and an empty `partial/` in it; what an earlier `partial/` held is removed.
  std::optional<Issue> start();

  /// Where the recorder appends whole lines with the row writers of csv.hpp; good until the next flush. The part behind
  /// it is valid until `join`, so that the rows of a channel need not look for it each time.
  std::string& rows(Table table, std::uint32_t run, std::uint32_t repeat) { return rows(part(table, run, repeat)); }
  Part& part(Table table, std::uint32_t run, std::uint32_t repeat);
  std::string& rows(Part& part);

  /// Writes everything once a period, or at once when a lot has come together; else costs a look at the clock.
  std::optional<Issue> flush_if_due();
  std::optional<Issue> flush();

  /// Flushes, then writes DIRECTORY/NAME.csv, run by run and within it repeat by repeat: series and cost always, the
  /// other tables when they have rows (else a file of that name from earlier is removed). At last removes `partial/`.
  /// Upon an error all part files are still there.
  std::optional<Issue> join();

  const std::string& directory() const { return directory_; }

 private:
  using Key = std::tuple<Table, std::uint32_t, std::uint32_t>;
  std::optional<Issue> write(Part& part) const;
  std::optional<Issue> join(Table table) const;

  const std::string directory_;
  const Clock::duration period_;
  Clock::time_point flushed_;
  std::map<Key, Part> parts_;  // in the order of joining
  std::vector<Part*> dirty_;
};

}  // namespace kappa
