/// Commands, and answers about where things stand.
#include "core/run/runner.hpp"

#include <algorithm>
#include <cmath>

#include "core/catalog/catalog.hpp"
#include "core/run/claims_json.hpp"
#include "core/run/world.hpp"

namespace kappa {

Runner::Runner(Document document, RunnerOptions options)
    : world_(std::make_shared<World>(std::move(document), std::move(options))) {
  world_->start();
}

Runner::~Runner() {
  interrupt();
  wait();
  world_->threads.clear();
}

void Runner::pause() {
  const std::lock_guard lock(world_->mutex);
  if (world_->phase != Phase::running) return;
  world_->worked_before = world_->worked();
  world_->working_since.reset();
  world_->phase = Phase::paused;
  world_->pace.pause();
}

void Runner::resume() {
  const std::lock_guard lock(world_->mutex);
  if (world_->phase != Phase::paused) return;
  world_->working_since = std::chrono::steady_clock::now();
  world_->phase = Phase::running;
  world_->pace.resume();
  world_->work_there.notify_all();
  world_->record_there.notify_all();
}

void Runner::step(std::uint64_t n) {
  pause();
  const std::lock_guard lock(world_->mutex);
  world_->pace.grant(n);
  world_->work_there.notify_all();
  world_->record_there.notify_all();
}

void Runner::stop() {
  world_->pace.stop(Ended::stopped);
  const std::lock_guard lock(world_->mutex);
  world_->work_there.notify_all();
  world_->record_there.notify_all();
}

void Runner::interrupt() {
  world_->pace.stop(Ended::interrupted);
  const std::lock_guard lock(world_->mutex);
  world_->work_there.notify_all();
  world_->record_there.notify_all();
}

void Runner::set_speed(double steps_per_second) {
  world_->pace.set_speed(steps_per_second);
  const std::lock_guard lock(world_->mutex);
  world_->work_there.notify_all();
}

std::optional<Issue> Runner::edit(std::size_t run, const std::string& field, const Value& value) {
  const Document& document = world_->document;
  const std::string path = "/runs/" + std::to_string(run) + "/optimizer/" + field;
  if (document.study != "descent" || run >= document.runs.size())
    return Issue{path, "there is no such run to edit while it runs", ""};
  if (document.repeats > 1) return Issue{path, "with repeats an edit restarts the experiment", ""};
  const Node edited = effective_optimizer(document, run);
  const auto changed = with_value(edited, field, value);
  if (!changed) return Issue{path, "there is no such field", ""};
  if (const Issues issues = validate_node(*changed, "/runs/" + std::to_string(run) + "/optimizer"); !issues.empty())
    return issues.front();
  for (const auto& job : world_->jobs)
    if (auto* descent = dynamic_cast<DescentJob*>(job.get()); descent != nullptr && descent->status().run == run)
      descent->edit({.field = field, .value = value});
  return std::nullopt;
}

void Runner::ask(std::size_t run, Node optimizer) {
  if (world_->adviser) world_->adviser->ask(run, std::move(optimizer));
}

std::vector<Advice> Runner::advice() const {
  return world_->adviser ? world_->adviser->advice() : std::vector<Advice>{};
}

RunnerStatus Runner::status() const {
  RunnerStatus status;
  if (world_->adviser) {
    status.advising = world_->adviser->busy();  // before the version: what it has said by then is counted
    status.advice = world_->adviser->version();
  }
  double done = 0, steps = 0;
  for (const auto& job : world_->jobs) {
    const JobStatus s = job->status();
    RunStatus row{s.label,   s.run,           s.repeat,  s.step,       s.steps, s.loss,      s.best_loss,
                  s.seconds, s.probe_seconds, s.started, std::nullopt, "",      s.unmeasured};
    if (s.outcome) {
      row.ended = s.outcome->how;
      row.why = s.outcome->why;
    }
    done += s.outcome ? 1 : s.steps > 0 ? static_cast<double>(s.step) / static_cast<double>(s.steps) : 0;
    steps += static_cast<double>(s.step);
    status.runs.push_back(std::move(row));
  }
  const std::lock_guard lock(world_->mutex);
  status.phase = world_->phase;
  status.progress = world_->jobs.empty() ? 1 : done / static_cast<double>(world_->jobs.size());
  status.seconds = world_->worked();
  if (status.seconds > 0) status.steps_per_second = steps / status.seconds;
  if (status.progress > 0.001 && status.progress < 1)
    status.seconds_left = status.seconds * (1 - status.progress) / status.progress;
  if (world_->trouble) status.trouble = to_string(*world_->trouble);
  return status;
}

bool Runner::finished() const {
  const std::lock_guard lock(world_->mutex);
  return world_->phase == Phase::finished;
}

bool Runner::wait(std::optional<std::chrono::milliseconds> limit) {
  std::unique_lock lock(world_->mutex);
  const auto over = [this] { return world_->phase == Phase::finished; };
  if (limit) return world_->done_there.wait_for(lock, *limit, over);
  world_->done_there.wait(lock, over);
  return true;
}

std::shared_ptr<const Trace> Runner::trace() const { return world_->trace; }

Document Runner::document() const { return world_->with_events(); }

std::vector<FigureSpec> Runner::figures() const { return figures_of(world_->document); }

std::vector<ClaimResult> Runner::claims() const {
  const std::lock_guard lock(world_->mutex);
  return world_->verdicts;
}

}  // namespace kappa
