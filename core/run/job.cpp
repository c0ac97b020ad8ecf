/// Slices of a descent: prepared on a worker, advanced a few milliseconds at a time.
#include "core/run/job.hpp"

#include <algorithm>
#include <cmath>
#include <exception>
#include <limits>

#include "core/catalog/catalog.hpp"
#include "core/run/guarded.hpp"
#include "core/run/plane.hpp"

namespace kappa {

namespace {
using Clock = std::chrono::steady_clock;
constexpr auto slice_time = std::chrono::milliseconds(4);
double seconds_since(Clock::time_point begun) { return std::chrono::duration<double>(Clock::now() - begun).count(); }
}  // namespace

Job::Job(std::string label, std::size_t run, std::uint64_t repeat, Trace& trace, std::stop_token quit)
    : sink(trace, std::move(quit)) {
  status_.label = std::move(label);
  status_.run = run;
  status_.repeat = repeat;
  status_.loss = status_.best_loss = std::numeric_limits<double>::quiet_NaN();
}

JobStatus Job::status() const {
  const std::lock_guard lock(mutex_);
  return status_;
}

double Job::progress() const {
  const std::lock_guard lock(mutex_);
  return status_.steps == 0 ? 0 : static_cast<double>(status_.step) / static_cast<double>(status_.steps);
}

void Job::update(const std::function<void(JobStatus&)>& change) {
  const std::lock_guard lock(mutex_);
  change(status_);
}

void Job::finish(Outcome outcome) {
  update([&](JobStatus& s) { s.outcome = std::move(outcome); });
  done_.store(true, std::memory_order_release);
}

DescentJob::DescentJob(const Document& document, std::size_t run, std::uint64_t repeat,
                       std::shared_ptr<ProblemCache> problems, Trace& trace, std::stop_token quit)
    : Job(document.runs[run].label, run, repeat, trace, std::move(quit)),
      document_(document),
      run_(run),
      problems_(std::move(problems)) {
  update([&](JobStatus& s) { s.steps = effective_steps(document_, run_); });
}

/// A fork's parent, silently advanced to where the fork begins; its edits before that step are its own.
std::unique_ptr<Run> DescentJob::replayed(std::size_t run) {
  RunPlan plan = plan_run(document_, run, status().repeat, *problems_);
  plan.slice = plane_of(document_, run, plan, *problems_);
  const auto parent = parent_of(document_, run);
  if (!parent) return std::make_unique<Run>(std::move(plan));
  std::unique_ptr<Run> before = replayed(*parent);
  RunPlan quiet = before->plan();
  quiet.silent = true;
  before = before->continued_as(std::move(quiet));
  const std::uint64_t until = document_.runs[run].fork->step;
  while (before->step() < until)
    if (before->advance(std::min<std::uint64_t>(until - before->step(), 4096), sink))
      throw Refused{"its parent ended at step " + std::to_string(before->step()) + ", before the fork"};
  plan.optimizer = optimizer_before(document_, run, until);  // as the parent's edits have left it
  return before->continued_as(std::move(plan));
}

std::vector<Unmeasured> DescentJob::unmeasured() const {
  const std::vector<Node> probes = planned_probes(document_.probes);
  std::vector<Unmeasured> all;
  for (const auto& [probe, why] : go_->refusals())
    all.push_back({channel_name(probes[probe]), Catalog::get().find(Kind::probe, probes[probe].id)->card.title, why});
  return all;
}

void DescentJob::prepare() {
  go_ = replayed(run_);
  const auto first = go_->step();
  update([&](JobStatus& s) {
    s.started = true;
    s.step = first;
    s.steps = go_->steps();
    s.unmeasured = unmeasured();
  });
  if (!document_.runs[run_].fork) emit_backdrop(document_, run_, go_->plan(), go_->judged(), sink);
  emit_plane(document_, run_, go_->plan(), go_->judged(), sink);
}

void DescentJob::edit(Edit edit) {
  const std::lock_guard lock(edits_mutex_);
  std::erase_if(waiting_, [&](const Edit& other) { return other.stop == edit.stop && other.field == edit.field; });
  waiting_.push_back(std::move(edit));
}

/// Those that wait count as made at the present step, so that a document saved meanwhile has them.
std::vector<Edit> DescentJob::edits() const {
  const JobStatus now = status();
  const std::lock_guard lock(edits_mutex_);
  std::vector<Edit> all = taken_;
  for (Edit one : waiting_) {
    if (now.outcome) break;  // nothing takes them any more
    one.step = std::max(now.step, all.empty() ? 0 : all.back().step);
    all.push_back(std::move(one));
  }
  return all;
}

void DescentJob::take_edits() {
  const std::lock_guard lock(edits_mutex_);
  for (Edit& one : waiting_) {
    one.step = go_->step();
    taken_.push_back(one);
    go_->queue(std::move(one));
  }
  waiting_.clear();
}

/// Where it stands goes into parameters.csv.
void DescentJob::keep_point() {
  sink.final_point({go_->plan().label, sink.open_run(go_->plan().label), static_cast<std::uint32_t>(go_->plan().repeat),
                    go_->judged()});
}

/// True when the run has ended.
bool DescentJob::go(std::uint64_t steps) {
  const auto outcome = go_->advance(steps, sink);
  if (!outcome) return false;
  keep_point();
  finish(*outcome);
  return true;
}

void DescentJob::slice(Pace& pace) {
  const auto begun = Clock::now();
  guarded([&](Outcome outcome) { finish(std::move(outcome)); },
          [&] {
            if (!go_) {
              prepare();
              if (go(0)) return;  // the start is measured even while paused
            }
            take_edits();
            std::uint64_t chunk = 1;
            while (Clock::now() - begun < slice_time) {
              const std::uint64_t may = std::min(pace.may_take(meter), chunk);
              if (may == 0) break;
              const std::uint64_t before = go_->step();
              const bool ended = go(may);
              pace.took(meter, go_->step() - before);
              if (ended) break;
              chunk = std::min<std::uint64_t>(chunk * 2, 1024);
            }
          });
  update([&](JobStatus& s) {
    s.seconds += seconds_since(begun);
    if (!go_) return;
    s.step = go_->step();
    s.loss = go_->loss();
    s.best_loss = go_->best_loss();
    s.probe_seconds = go_->probe_seconds();
  });
}

void DescentJob::end(Ended how) {
  if (go_ && how == Ended::stopped) {
    edit({.stop = true, .field = {}, .value = {}});
    guarded([&](Outcome outcome) { finish(std::move(outcome)); },
            [&] {
              take_edits();
              go(1);
            });
  }
  if (go_ && !done()) keep_point();
  if (!done()) finish({how, status().step, how == Ended::stopped ? "stopped" : "interrupted"});
}

}  // namespace kappa
