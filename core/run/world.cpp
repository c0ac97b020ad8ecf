/// The threads of a runner: workers that take slices, a recorder that empties rings and closes the books.
#include "core/run/world.hpp"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>

#include "core/run/results.hpp"
#include "core/run/study_job.hpp"

namespace kappa {

namespace {

using Clock = std::chrono::steady_clock;

/// Numbers found at once after which the recorder looks again without a pause: a quarter of what a ring holds.
constexpr std::size_t a_lot = std::size_t{1} << 13;

/// Workers give way to the window's thread.
void be_polite() { setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), 5); }

}  // namespace

Runner::World::World(Document wanted, RunnerOptions how)
    : options(std::move(how)),
      document(std::move(wanted)),
      trace(std::make_shared<Trace>(options.memory_budget)),
      problems(options.problems ? options.problems : std::make_shared<ProblemCache>()),
      recorder(*trace, options.directory) {
  if (!options.directory.empty() && !recorder.trouble()) trouble = begin_results(*this);
  if (options.threads == 0) options.threads = std::max(1U, std::thread::hardware_concurrency());
  const auto repeats = static_cast<std::uint32_t>(document.repeats);
  if (document.study == "descent") {
    for (const RunSpec& run : document.runs) trace->open_run(run.label, repeats);
    for (std::uint64_t repeat = 0; repeat < document.repeats; ++repeat)
      for (std::size_t run = 0; run < document.runs.size(); ++run)
        jobs.push_back(std::make_unique<DescentJob>(document, run, repeat, problems, *trace, quit.get_token()));
    for (const auto& job : jobs) {
      const std::size_t run = job->status().run;
      const std::uint64_t first = document.runs[run].fork ? document.runs[run].fork->step : 0;
      if (run < options.come_back_to.size() && options.come_back_to[run] > first)
        job->meter.owed = options.come_back_to[run] - first;
    }
  } else {
    const auto study = make_study(document.settings);
    const auto order = std::make_shared<RunOrder>();
    const Lend lend = [this](std::function<void()> task) {
      const std::lock_guard lock(mutex);
      tasks.push_back(std::move(task));
      work_there.notify_one();
    };
    for (std::uint64_t repeat = 0; repeat < document.repeats; ++repeat)
      jobs.push_back(std::make_unique<StudyJob>(study, document.title.empty() ? document.study : document.title,
                                                repeat_seed(document.seed, repeat), repeat, problems, order, lend,
                                                options.threads, *trace, quit.get_token()));
  }
  for (const auto& job : jobs) job->sink.repeats = repeats;
  if (options.advise && document.study == "descent") adviser = std::make_unique<Adviser>(document, problems);
  pace.set_speed(options.steps_per_second);
  if (options.start_paused) {
    pace.pause();
  } else {
    phase = Phase::running;
    working_since = Clock::now();
  }
}

void Runner::World::start() {
  for (unsigned i = 0; i < options.threads; ++i) threads.emplace_back([this] { work(); });
  threads.emplace_back([this] { record(); });
  if (adviser)
    threads.emplace_back([this](const std::stop_token& over) {
      if (options.polite) be_polite();
      adviser->work(over);
    });
}

double Runner::World::worked() const {
  return worked_before + (working_since ? std::chrono::duration<double>(Clock::now() - *working_since).count() : 0);
}

bool Runner::World::all_done() const {
  return std::all_of(jobs.begin(), jobs.end(), [](const auto& job) { return job->done(); });
}

/// The least advanced job of the lowest repeat that may step now, so that all curves of a repeat grow together.
Job* Runner::World::next_job() {
  Job* best = nullptr;
  for (const auto& job : jobs) {
    if (job->busy || job->done()) continue;
    const bool unprepared = !job->whole() && !job->status().started;  // built even while paused: theory shows at once
    if (!unprepared && pace.may_take(job->meter) == 0) continue;
    const auto rank = [](const Job& j) { return std::pair(j.status().repeat, j.progress()); };
    if (best == nullptr || rank(*job) < rank(*best)) best = job.get();
  }
  return best;
}

Job* Runner::World::next_to_end() {
  const auto idle = std::find_if(jobs.begin(), jobs.end(), [](const auto& job) { return !job->busy && !job->done(); });
  return idle == jobs.end() ? nullptr : idle->get();
}

void Runner::World::work() {
  if (options.polite) be_polite();
  std::unique_lock lock(mutex);
  for (;;) {
    if (jobs_over) return;
    if (all_done() && tasks.empty()) {
      record_there.notify_all();
      work_there.wait(lock, [this] { return jobs_over; });
      return;
    }
    if (!tasks.empty()) {
      const auto task = std::move(tasks.front());
      tasks.pop_front();
      lock.unlock();
      task();
      lock.lock();
      continue;
    }
    const auto ending = pace.stopping();
    if (Job* job = ending ? next_to_end() : next_job()) {
      job->busy = true;
      lock.unlock();
      if (ending)
        job->end(*ending);
      else
        job->slice(pace);
      lock.lock();
      job->busy = false;
      if (job->done()) work_there.notify_all();
      continue;
    }
    const bool busy = std::any_of(jobs.begin(), jobs.end(), [](const auto& job) { return job->busy; });
    if (phase == Phase::running && !busy)
      work_there.wait_for(lock, std::chrono::milliseconds(2));
    else
      work_there.wait_for(lock, std::chrono::milliseconds(phase == Phase::running ? 20 : 200));
  }
}

void Runner::World::record() {
  std::unique_lock lock(mutex);
  for (;;) {
    const bool over = all_done();
    lock.unlock();
    std::size_t moved = 0;
    for (const auto& job : jobs) moved += recorder.drain(job->sink);
    recorder.flush_if_due();
    lock.lock();
    if (recorder.trouble() && !trouble) {
      trouble = recorder.trouble();
      pace.stop(Ended::interrupted);  // what cannot be kept must not go on
      work_there.notify_all();
    }
    if (over && moved == 0) break;
    if (moved >= a_lot) continue;  // a writer may be waiting for room
    const bool idle = phase == Phase::paused && moved == 0;
    record_there.wait_for(lock, std::chrono::milliseconds(over ? 0 : idle ? 200 : 5));
  }
  worked_before = worked();
  working_since.reset();
  phase = Phase::closing;
  lock.unlock();
  close();
  lock.lock();
  phase = Phase::finished;
  jobs_over = true;
  work_there.notify_all();
  done_there.notify_all();
}

void Runner::World::close() {
  std::vector<ClaimResult> judged = judge(document, *trace);
  {
    const std::lock_guard lock(mutex);
    verdicts = judged;
  }
  recorder.join();
  std::optional<Issue> failed = recorder.trouble();
  if (!options.directory.empty() && !failed) failed = write_results(*this);
  const std::lock_guard lock(mutex);
  if (failed && !trouble) trouble = failed;
}

Document Runner::World::with_events() const {
  Document lived = document;
  if (document.repeats > 1) return lived;
  for (const auto& job : jobs) {
    const auto* descent = dynamic_cast<const DescentJob*>(job.get());
    if (descent == nullptr) continue;
    const std::string own = "/runs/" + std::to_string(descent->status().run);
    for (const Edit& edit : descent->edits())
      lived.events.push_back({edit.step, edit.stop, edit.stop ? own : own + "/optimizer/" + edit.field, edit.value});
  }
  std::stable_sort(lived.events.begin(), lived.events.end(),
                   [](const EventSpec& a, const EventSpec& b) { return a.step < b.step; });
  return lived;
}

}  // namespace kappa
