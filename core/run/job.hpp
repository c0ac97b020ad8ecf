/// One unit of work for the workers: a run's repeat, or one repeat of a whole study.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/run/job_sink.hpp"
#include "core/run/pace.hpp"
#include "core/run/planner.hpp"
#include "core/run/unmeasured.hpp"

namespace kappa {

/// What the outside may ask of a job at any time.
struct JobStatus {
  std::string label;
  std::size_t run = 0;
  std::uint64_t repeat = 0, step = 0, steps = 0;
  double loss = 0, best_loss = 0, seconds = 0, probe_seconds = 0;
  bool started = false;
  std::vector<Unmeasured> unmeasured;
  std::optional<Outcome> outcome;
};

class Job {
 public:
  Job(std::string label, std::size_t run, std::uint64_t repeat, Trace& trace, std::stop_token quit);
  virtual ~Job() = default;
  /// Works for a few milliseconds (a study: to its end). Called by one worker at a time.
  virtual void slice(Pace& pace) = 0;
  /// Ends it where it stands, before its next slice.
  virtual void end(Ended how) = 0;
  virtual bool whole() const { return false; }  ///< a slice is all of it, and it minds the pace itself

  JobSink sink;
  Pace::Meter meter;  ///< the scheduler's
  bool busy = false;  ///< the scheduler's

  JobStatus status() const;
  bool done() const { return done_.load(std::memory_order_acquire); }
  double progress() const;

 protected:
  void update(const std::function<void(JobStatus&)>& change);
  void finish(Outcome outcome);

 private:
  mutable std::mutex mutex_;
  JobStatus status_;
  std::atomic<bool> done_{false};
};

/// A run of the document, with its parent replayed first when it is a fork.
class DescentJob final : public Job {
 public:
  DescentJob(const Document& document, std::size_t run, std::uint64_t repeat, std::shared_ptr<ProblemCache> problems,
             Trace& trace, std::stop_token quit);
  void slice(Pace& pace) override;
  void end(Ended how) override;
  /// Queued for the next step boundary, where the last one of a field counts; `edits` says them all with their steps.
  void edit(Edit edit);
  std::vector<Edit> edits() const;

 private:
  void prepare();
  std::vector<Unmeasured> unmeasured() const;
  std::unique_ptr<Run> replayed(std::size_t run);
  bool go(std::uint64_t steps);
  void keep_point();
  void take_edits();

  const Document document_;
  const std::size_t run_;
  const std::shared_ptr<ProblemCache> problems_;
  std::unique_ptr<Run> go_;
  mutable std::mutex edits_mutex_;
  std::vector<Edit> waiting_, taken_;
};

}  // namespace kappa
