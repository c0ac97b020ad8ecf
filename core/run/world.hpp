/// What the runner's threads share.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "core/run/adviser.hpp"
#include "core/run/job.hpp"
#include "core/run/recorder.hpp"
#include "core/run/runner.hpp"

namespace kappa {

struct Runner::World {
  World(Document document, RunnerOptions options);
  void start();
  void work();         ///< a worker's loop
  void record();       ///< the recorder's loop
  Job* next_job();     ///< under `mutex`; null: nothing may run now
  Job* next_to_end();  ///< under `mutex`: an idle job that has not ended
  bool all_done() const;
  void close();  ///< claims and files, once all runs have ended
  void note_event(std::size_t run, EventSpec event);
  Document with_events() const;
  double worked() const;

  RunnerOptions options;
  Document document;
  std::shared_ptr<Trace> trace;
  std::shared_ptr<ProblemCache> problems;
  Pace pace;
  std::stop_source quit;
  Recorder recorder;
  std::vector<std::unique_ptr<Job>> jobs;  ///< by repeat, then run
  std::unique_ptr<Adviser> adviser;        ///< null: nobody asks

  mutable std::mutex mutex;  ///< jobs' `busy`, tasks, phase, clock, claims
  std::condition_variable work_there, record_there, done_there;
  std::deque<std::function<void()>> tasks;  ///< lent by studies
  int tasks_running = 0;
  Phase phase = Phase::paused;
  bool jobs_over = false;  ///< workers may leave
  double worked_before = 0;
  std::optional<std::chrono::steady_clock::time_point> working_since;
  std::vector<ClaimResult> verdicts;
  std::optional<Issue> trouble;

  std::vector<std::jthread> threads;
};

}  // namespace kappa
