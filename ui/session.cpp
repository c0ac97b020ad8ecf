/// Keeps one runner for the present document, replaces it when an edit asks for it, and ticks while something moves.
#include "ui/session.hpp"

#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <thread>

#include "ui/documents/edit_text.hpp"
#include "ui/documents/source.hpp"
#include "ui/lessons/lesson_locks.hpp"
#include "ui/runs/document_command.hpp"
#include "ui/runs/document_edits.hpp"
#include "ui/runs/view_keys.hpp"

namespace kappa::ui {
namespace {

constexpr int frame = 33;          // milliseconds between looks at the trace
constexpr int settle = 150;        // an edit waits this long for the next one before the run is built anew
constexpr int doze = 600;          // nothing has moved for this long: sleep until a command comes
constexpr int study_doze = 3000;   // a study does not say how far a step is
constexpr int patience = 900;      // a worker in a longer step is left behind when the session goes
constexpr int way_back = 1500;     // the old picture stays for as long while a changed experiment catches up
constexpr int glance = 120;        // a run that follows a movement is seen for as long, or to its end
constexpr double brisk_run = 0.3;  // seconds; what took less follows every edit at once
constexpr double quick_run = 4;    // seconds; what took less runs again by itself after an edit

}  // namespace

Session::Session(const QString& recovery, QObject* parent) : QObject(parent), recovery_(recovery) {
  timer_.setInterval(frame);
  connect(&timer_, &QTimer::timeout, this, &Session::tick);
  connect(&undo_, &QUndoStack::cleanChanged, this, &Session::editedChanged);
  connect(&kept_, &KeptResults::changed, this, &Session::viewChanged);
  openDocument(freshDocument(), tr("untitled"));
}

Session::~Session() {
  const bool ended = !runner_;
  end();
  if (!ended) reaper_.wait(patience);
  QDir(recovery_).removeRecursively();
}

void Session::end() {
  disconnect(&undo_, nullptr, this, nullptr);
  timer_.stop();
  discard();
}

Document Session::recorded() const {
  if (!runner_ || rebuild_ || !started()) return *document_;
  Document lived = runner_->document();
  const Document& now = *document_;
  lived.title = now.title;
  lived.note = now.note;
  lived.about = now.about;
  lived.view = now.view;
  return lived;
}

Issues Session::open(const QString& what) {
  const Checked<Source> read = readSource(what);
  if (const Issues* issues = issues_of(read)) return *issues;
  const auto& source = std::get<Source>(read);
  openDocument(source.document, source.name, source.path);
  return {};
}

void Session::openUnsaved(const Document& document, const QString& name, const QString& path) {
  openDocument(document, name, path);
  opened_.reset();
  undo_.resetClean();
}

void Session::openDocument(const Document& document, const QString& name, const QString& path) {
  document_ = std::make_shared<const Document>(complete(document));
  opened_ = document_;
  name_ = name;
  path_ = path;
  undo_.clear();
  chosen_ = 0;
  view_ = viewOf(*document_);
  advice_.clear();
  brisk_ = hurried_ = false;
  at_step_.reset();
  build(false);
  emit opened();
  emit documentChanged();
  emit editedChanged();
}

Issues Session::save(const QString& path) {
  if (const auto issue = atomic_write(path.toStdString(), write_document(recorded()))) return {*issue};
  path_ = QFileInfo(path).absoluteFilePath();
  name_ = QFileInfo(path).fileName().section(u'.', 0, 0);
  undo_.setClean();
  emit saved();
  emit editedChanged();
  return {};
}

Issues Session::change(const Document& next, const QString& text, const QString& key) {
  return push(next, text, key, std::nullopt);
}

Issues Session::change(const Document& next, const QString& text, const QString& key, const LiveEdit& live) {
  return push(recordsEdits() ? withEdit(live) : next, text, key, live);
}

Issues Session::push(Document next, const QString& text, const QString& key, const std::optional<LiveEdit>& live) {
  next = complete(next);
  if (Issues issues = validate(next); !issues.empty()) return issues;
  if (Issues locked = refusedByLocks(*document_, next, locks_); !locked.empty()) return locked;
  if (write_document(next) == write_document(*document_)) return {};
  const QString told = editText(*document_, next, text);
  undo_.push(new DocumentCommand(*this, document_, std::make_shared<const Document>(std::move(next)), told, key, live));
  return {};
}

void Session::hurry() {
  if (!rebuild_) return;
  hurried_ = rebuild_running_ = true;
}

/// A live edit reaches the runner that is at work; every other edit asks for a new one.
void Session::apply(const Shared& next, const std::optional<LiveEdit>& live, bool back, bool comes_back) {
  const Shared before = document_;
  document_ = next;
  view_ = viewOf(*document_);
  askAdvice();
  chosen_ = std::min(chosen_, document_->runs.empty() ? 0 : document_->runs.size() - 1);
  const RunState now = state();
  const bool ended = live && std::any_of(status_.runs.begin(), status_.runs.end(),
                                         [&](const RunStatus& run) { return run.run == live->run && run.ended; });
  const bool at_work =
      (now == RunState::running || now == RunState::paused) && document_->repeats == 1 && !rebuild_ && !ended;
  if (live && at_work && !runner_->edit(live->run, live->field, back ? live->before : live->value)) {
    live_edits_ = true;
    wake();
  } else if (comes_back && !rebuild_ && started()) {
    comeBack(*before);
  } else if (differInResults(*before, *document_)) {
    rebuild_running_ = rebuild_ ? rebuild_running_ : now == RunState::running || (now == RunState::finished && quick_);
    rebuild_ = true;
    hurried_ = hurried_ || (brisk_ && rebuild_running_);
    since_edit_.start();
    wake();
  }
  emit documentChanged();
  if (before->view != document_->view) emit viewChanged();
}

void Session::build(bool running) {
  discard();
  rebuild_ = false;
  hushed_ = std::exchange(hurried_, false) && running;
  since_build_.start();
  total_steps_ = figure_options(*document_).total_steps;
  results_ = std::make_shared<const ResultsFolder>(recovery_ + QStringLiteral("/run-%1").arg(++runners_));
  RunnerOptions options;
  options.threads = std::max(1U, std::thread::hardware_concurrency());
  options.directory = results_->path().toStdString();
  options.name = name_.toStdString();
  options.start_paused = !running;
  options.polite = true;
  options.advise = true;
  options.steps_per_second = speed_;
  options.come_back_to = std::exchange(come_back_to_, {});
  runner_ = std::make_unique<Runner>(*document_, options);
  trace_ = runner_->trace();
  figures_ = runner_->figures();
  status_ = runner_->status();
  claims_.clear();
  advice_version_ = 0;
  asked_.clear();
  for (std::size_t i = 0; i < document_->runs.size(); ++i)
    asked_.emplace(document_->runs[i].label, effective_optimizer(*document_, i));
  marks_ = marks_of(*document_);
  seen_version_ = 0;
  live_edits_ = quick_ = false;
  goals_ = options.come_back_to;
  coming_back_ = !goals_.empty();
  if (at_step_ && *at_step_ > total_steps_) at_step_.reset();
  frozen_at_.reset();
  playing_back_ = false;
  if (!std::exchange(trouble_, {}).isEmpty()) emit troubled({});
  emit runnerReplaced();
  wake();
}

void Session::discard() { reaper_.retire(std::move(runner_), std::exchange(results_, nullptr)); }

void Session::wake() {
  since_change_.start();
  if (!timer_.isActive()) timer_.start();
}

void Session::tick() {
  // A run that follows a movement is to be seen before the next one takes its place.
  const auto shown_for = [&](qint64 least) {
    const qint64 passed = since_build_.elapsed();
    return status_.phase == Phase::finished || passed >= 10 * least || (passed >= least && lastStep() > 0);
  };
  const bool seen = shown_for(glance);
  if (rebuild_ && (since_edit_.elapsed() >= settle || (hurried_ && seen))) build(rebuild_running_);
  const Phase before = status_.phase;
  RunnerStatus now = runner_->status();
  const std::uint64_t version = trace_->version();
  const bool moved = version != seen_version_ || now.phase != before;
  seen_version_ = version;
  const auto ended = [](const RunnerStatus& status) {
    return std::count_if(status.runs.begin(), status.runs.end(),
                         [](const RunStatus& r) { return r.ended.has_value(); });
  };
  // Repeats that have ended stand for later steps in the medians of the others.
  marks_changed_ = marks_changed_ || (document_->repeats > 1 && ended(now) != ended(status_));
  status_ = std::move(now);
  if (status_.phase == Phase::finished && before != Phase::finished) {
    claims_ = runner_->claims();
    const bool whole = std::all_of(status_.runs.begin(), status_.runs.end(),
                                   [](const RunStatus& r) { return r.ended != Ended::stopped; });
    quick_ = whole && status_.seconds < quick_run;
    brisk_ = whole && status_.seconds < brisk_run;
  }
  if (playing_back_) moveOn();
  if (moved) {
    since_change_.start();
    if (live_edits_ && !rebuild_ && recordsEdits()) {  // the steps at which they took effect
      Document exact = *document_;
      exact.events = runner_->document().events;
      document_ = std::make_shared<const Document>(std::move(exact));
    }
    const std::size_t told = marks_.size();
    marks_ = marks();
    marks_changed_ = marks_changed_ || marks_.size() != told;
    tellTrouble();
  }
  if (!document_->events.empty()) askAdvice();  // recorded edits come true while the run goes on
  takeAdvice();
  const bool at_work = status_.phase == Phase::running || status_.phase == Phase::closing || status_.advising ||
                       playing_back_ || !arrived();
  if (!at_work && !rebuild_ && since_change_.elapsed() > (countsSteps() || goals_.empty() ? doze : study_doze))
    timer_.stop();
  // While a start is dragged the old paths stay until the new ones have something to show.
  const bool came = coming_back_ && (arrived() || shown_for(way_back));
  coming_back_ = coming_back_ && !came;
  hushed_ = coming_back_ || (hushed_ && !came && status_.phase == Phase::running && !shown_for(glance));
  if (!hushed_ && (moved || came || at_work || !timer_.isActive())) emit refreshed();
  if (!hushed_ && std::exchange(marks_changed_, false)) emit viewChanged();  // the trace may be the same as before
}

/// Whether every run has been built and has made the steps it was asked for.
bool Session::arrived() const {
  if (!countsSteps() || status_.phase == Phase::finished) return true;
  for (std::size_t i = 0; i < status_.runs.size(); ++i) {
    const RunStatus& run = status_.runs[i];
    if (!run.ended && (!run.started || (i < goals_.size() && run.step < std::min(goals_[i], run.steps)))) return false;
  }
  return true;
}

void Session::tellTrouble() {
  QString now = QString::fromStdString(status_.trouble);
  for (const RunStatus& run : status_.runs)
    if (now.isEmpty() && run.ended == Ended::failed)
      now = tr("%1 failed: %2").arg(QString::fromStdString(run.label), QString::fromStdString(run.why));
  if (now == trouble_) return;
  trouble_ = now;
  emit troubled(trouble_);
}

/// Where runs diverged and where they were edited.
std::vector<RunMark> Session::marks() const {
  std::vector<RunMark> all;
  for (const RunStatus& run : status_.runs)
    if (run.repeat == 0 && run.ended == Ended::diverged)
      all.push_back({run.label, MarkKind::diverged, run.step, run.why});
  const std::vector<RunMark> done = marks_of(live_edits_ ? runner_->document() : *document_);
  all.insert(all.end(), done.begin(), done.end());
  return all;
}

void Session::run() {
  if (rebuild_ || state() == RunState::finished) return build(true);
  at_step_.reset();
  goals_.clear();
  runner_->resume();
  wake();
  tick();
}

void Session::pause() {
  runner_->pause();
  wake();
  tick();
}

void Session::toggle() { state() == RunState::running ? pause() : run(); }

void Session::step(std::uint64_t n) {
  if (rebuild_) build(false);
  if (state() == RunState::finished || state() == RunState::closing) return;
  at_step_.reset();
  runner_->pause();
  goals_.clear();
  for (const RunStatus& run : runner_->status().runs) goals_.push_back(run.step + n);
  runner_->step(n);
  wake();
}

void Session::stop() {
  if (!started() || state() == RunState::finished) return;
  runner_->stop();
  wake();
}

void Session::restart() {
  at_step_.reset();
  build(state() == RunState::running);
}

void Session::rewind() {
  at_step_.reset();
  build(false);
}

void Session::setLocks(const QStringList& pointers) {
  if (pointers == locks_) return;
  locks_ = pointers;
  emit locksChanged();
}

void Session::setSpeed(double steps_per_second) {
  speed_ = steps_per_second;
  runner_->set_speed(speed_);
  wake();
}

bool Session::started() const {
  return coming_back_ || status_.phase != Phase::paused ||
         std::any_of(status_.runs.begin(), status_.runs.end(),
                     [](const RunStatus& run) { return run.step > 0 || run.ended; });
}

RunState Session::state() const {
  switch (status_.phase) {
    case Phase::running:
      return RunState::running;
    case Phase::closing:
      return RunState::closing;
    case Phase::finished:
      return RunState::finished;
    case Phase::paused:
      break;
  }
  return started() ? RunState::paused : RunState::ready;
}

std::uint64_t Session::lastStep() const {
  std::uint64_t last = 0;
  for (const RunStatus& run : status_.runs) last = std::max(last, run.step);
  for (const std::uint64_t goal : goals_)
    if (coming_back_) last = std::max(last, goal);
  return countsSteps() ? last : 0;
}

std::optional<FinishedRun> Session::finishedRun() const {
  if (state() != RunState::finished || !results_) return std::nullopt;
  return FinishedRun{results_, runner_->document()};
}

}  // namespace kappa::ui
