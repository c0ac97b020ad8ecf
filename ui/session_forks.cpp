/// The session's part that changes runs while they stand somewhere: forks, and edits of runs that have a history.
#include <algorithm>

#include "ui/runs/document_command.hpp"
#include "ui/runs/document_edits.hpp"
#include "ui/session.hpp"

namespace kappa::ui {

Issues Session::reshape(const std::function<Document(Document)>& edit, const QString& text) {
  const auto lived = std::make_shared<const Document>(recorded());
  auto next = std::make_shared<const Document>(complete(edit(*lived)));
  if (Issues issues = validate(*next); !issues.empty()) return issues;
  if (write_document(*next) == write_document(*lived)) return {};
  undo_.push(new DocumentCommand(*this, lived, std::move(next), text, {}, std::nullopt, true));
  return {};
}

/// A new runner, whose runs come back to where those of the same name (or, renamed, of the same place) are now.
void Session::comeBack(const Document& before) {
  const RunState now = state();
  std::vector<std::uint64_t> goals(document_->runs.size(), 0);
  for (std::size_t i = 0; i < goals.size(); ++i)
    for (const RunStatus& run : status_.runs) {
      const bool same_place = before.runs.size() == goals.size() && run.run == i;
      if (run.repeat == 0 && (run.label == document_->runs[i].label || same_place))
        goals[i] = std::max(goals[i], run.step);
    }
  const bool running = now == RunState::running || now == RunState::finished || now == RunState::closing;
  if (running) at_step_.reset();
  come_back_to_ = std::move(goals);
  build(running);
}

std::uint64_t Session::stepOf(std::size_t run) const {
  for (const RunStatus& status : status_.runs)
    if (status.run == run && status.repeat == 0) return status.step;
  return 0;
}

std::optional<std::uint64_t> Session::forkStep() const {
  if (!countsSteps() || rebuild_ || chosen_ >= document_->runs.size()) return std::nullopt;
  std::optional<std::uint64_t> step;
  for (const RunStatus& run : status_.runs) {
    if (run.run != chosen_) continue;
    const std::uint64_t here = std::min(run.step, at_step_.value_or(frozen_at_.value_or(run.step)));
    if (!run.started || (run.ended && here >= run.step)) return std::nullopt;
    step = std::min(step.value_or(here), here);
  }
  const auto& older = document_->runs[chosen_].fork;
  if (older && step && *step < older->step) return std::nullopt;
  return step;
}

Issues Session::fork() {
  const auto step = forkStep();
  if (!step) return {};
  const std::size_t parent = chosen_;
  chosen_ = document_->runs.size();  // the fork: chosen before anything is shown of it
  const Issues issues = reshape([&](Document document) { return withFork(std::move(document), parent, *step); },
                                tr("fork “%1” at step %2")
                                    .arg(QString::fromStdString(document_->runs[parent].label))
                                    .arg(static_cast<qulonglong>(*step)));
  if (!issues.empty()) chosen_ = parent;
  return issues;
}

/// A document with forks or recorded edits goes on recording: a fork stands on its parent's history.
bool Session::recordsEdits() const {
  return !document_->events.empty() || std::any_of(document_->runs.begin(), document_->runs.end(),
                                                   [](const RunSpec& run) { return run.fork.has_value(); });
}

/// The document with the edit as an event of this step; where the run is not at work, with the value in force changed.
Document Session::withEdit(const LiveEdit& edit) const {
  Document next = *document_;
  const std::string path = "/runs/" + std::to_string(edit.run) + "/optimizer/" + edit.field;
  const std::uint64_t step = stepOf(edit.run);
  const bool ended = std::any_of(status_.runs.begin(), status_.runs.end(),
                                 [&](const RunStatus& run) { return run.run == edit.run && run.ended; });
  const bool at_work = document_->repeats == 1 && !rebuild_ && !ended && started() && state() != RunState::finished &&
                       step < effective_steps(*document_, edit.run);
  if (at_work) {
    next.events.push_back({step, false, path, edit.value});
    return next;
  }
  EventSpec* last = nullptr;
  for (EventSpec& event : next.events)
    if (!event.stop && event.path == path && event.step <= step && (!last || event.step >= last->step)) last = &event;
  if (last && started()) {
    last->value = edit.value;
    return next;
  }
  const auto changed = with_value(complete_node(optimizerAtStart(next, edit.run)), edit.field, edit.value);
  return changed ? withOptimizer(std::move(next), edit.run, *changed) : next;
}

Node Session::optimizerNow(std::size_t run) const {
  if (document_->events.empty()) return effective_optimizer(*document_, run);
  const bool begun = started() && !rebuild_;
  const auto& fork = document_->runs[run].fork;
  const std::uint64_t step = begun ? stepOf(run) + 1 : 0;
  return optimizer_before(*document_, run, std::max(step, fork ? fork->step : 0));
}

}  // namespace kappa::ui
