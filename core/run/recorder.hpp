/// Empties the jobs' sinks into the trace and the part files. Belongs to the recorder thread alone.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/run/job_sink.hpp"
#include "core/trace/part_files.hpp"

namespace kappa {

class Recorder {
 public:
  /// An empty directory: nothing is written.
  Recorder(Trace& trace, std::string directory);
  std::size_t drain(JobSink& sink);  ///< how many numbers, rows and pieces there were
  void flush_if_due();
  void join();  ///< part files into the tables
  const std::optional<Issue>& trouble() const { return trouble_; }

 private:
  struct Channel {
    ChannelKey key;
    std::string label;
    RowWriter row;
    PartFiles::Part* part = nullptr;  ///< of series, spectrum and cost rows
  };
  Channel& channel(std::uint32_t id);
  std::string& rows_of(Table table, Channel& channel);
  std::string& rows(Table table, const Channel& channel) {
    return files_->rows(table, channel.key.run, channel.key.repeat);
  }
  void take(const Record& record);
  void take(const CurvePoints& points);
  void take(const FieldCells& cells);
  void take(const TheoryPoints& points);
  void take(const CostRow& row);
  void take(const FinalPoint& point);
  void note(std::optional<Issue> issue);

  Trace& trace_;
  std::optional<PartFiles> files_;
  std::optional<Issue> trouble_;
  std::vector<std::unique_ptr<Channel>> channels_;
};

}  // namespace kappa
