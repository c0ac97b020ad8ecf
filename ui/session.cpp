/// Keeps one runner for the present document, replaces it when an edit asks for it, and ticks while something moves.
#include "ui/session.hpp"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <algorithm>
#include <thread>

#include "ui/runs/document_command.hpp"
#include "ui/runs/document_edits.hpp"
#include "ui/runs/run_folder.hpp"

namespace kappa::ui {
namespace {

constexpr int frame = 33;         // milliseconds between looks at the trace
constexpr int settle = 150;       // an edit waits this long for the next one before the run is built anew
constexpr int doze = 600;         // nothing has moved for this long: sleep until a command comes
constexpr int study_doze = 3000;  // a study does not say how far a step is
constexpr double quick_run = 4;   // seconds; what took less runs again by itself after an edit

}  // namespace

Session::Session(const QString& recovery, QObject* parent)
    : QObject(parent), recovery_(recovery.isEmpty() ? recoveryFolder() : recovery) {
  timer_.setInterval(frame);
  connect(&timer_, &QTimer::timeout, this, &Session::tick);
  connect(&undo_, &QUndoStack::cleanChanged, this, &Session::editedChanged);
  openDocument(freshDocument(), tr("untitled"));
}

Session::~Session() {
  disconnect(&undo_, nullptr, this, nullptr);
  discard();
  reaper_.wait();
  QDir(recovery_).removeRecursively();
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

Issues Session::open(const QString& file_or_name) {
  std::string stem;
  const Checked<Document> read = openExperiment(file_or_name, stem);
  if (const Issues* issues = issues_of(read)) return *issues;
  const bool own_file = file_or_name.endsWith(QStringLiteral(".json")) && QFileInfo(file_or_name).isFile();
  openDocument(std::get<Document>(read), QString::fromStdString(stem),
               own_file ? QFileInfo(file_or_name).absoluteFilePath() : QString());
  return {};
}

void Session::openDocument(const Document& document, const QString& name, const QString& path) {
  document_ = std::make_shared<const Document>(complete(document));
  name_ = name;
  path_ = path;
  undo_.clear();
  chosen_ = 0;
  hidden_.clear();
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
  emit editedChanged();
  return {};
}

Issues Session::change(const Document& next, const QString& text, const QString& key) {
  return push(next, text, key, std::nullopt);
}

Issues Session::change(const Document& next, const QString& text, const QString& key, const LiveEdit& live) {
  return push(next, text, key, live);
}

QJsonObject Session::view() const {
  return QJsonDocument::fromJson(QByteArray::fromStdString(document_->view)).object();
}

void Session::setView(const QString& key, const QJsonValue& value, const QString& text) {
  QJsonObject next = view();
  value.isNull() || value.isUndefined() ? next.remove(key) : void(next[key] = value);
  if (next == view()) return;
  Document changed = *document_;
  changed.view = QJsonDocument(next).toJson(QJsonDocument::Compact).toStdString();
  change(changed, text, QStringLiteral("view/") + key);
}

Issues Session::push(Document next, const QString& text, const QString& key, const std::optional<LiveEdit>& live) {
  next = complete(next);
  if (Issues issues = validate(next); !issues.empty()) return issues;
  if (write_document(next) == write_document(*document_)) return {};
  undo_.push(new DocumentCommand(*this, document_, std::make_shared<const Document>(std::move(next)), text, key, live));
  return {};
}

/// A live edit reaches the runner that is at work; every other edit asks for a new one.
void Session::apply(const Shared& next, const std::optional<LiveEdit>& live, bool back) {
  const Shared before = document_;
  document_ = next;
  chosen_ = std::min(chosen_, document_->runs.empty() ? 0 : document_->runs.size() - 1);
  const RunState now = state();
  const bool ended = live && std::any_of(status_.runs.begin(), status_.runs.end(),
                                         [&](const RunStatus& run) { return run.run == live->run && run.ended; });
  const bool at_work =
      (now == RunState::running || now == RunState::paused) && document_->repeats == 1 && !rebuild_ && !ended;
  if (live && at_work && !runner_->edit(live->run, live->field, back ? live->before : live->value)) {
    live_edits_ = true;
    wake();
  } else if (differInResults(*before, *document_)) {
    rebuild_running_ = rebuild_ ? rebuild_running_ : now == RunState::running || (now == RunState::finished && quick_);
    rebuild_ = true;
    since_edit_.start();
    wake();
  }
  emit documentChanged();
}

void Session::build(bool running) {
  discard();
  rebuild_ = false;
  total_steps_ = figure_options(*document_).total_steps;
  folder_ = recovery_ + QStringLiteral("/run-%1").arg(++runners_);
  RunnerOptions options;
  options.threads = std::max(1U, std::thread::hardware_concurrency());
  options.directory = folder_.toStdString();
  options.name = name_.toStdString();
  options.start_paused = !running;
  options.polite = true;
  options.steps_per_second = speed_;
  runner_ = std::make_unique<Runner>(*document_, options);
  trace_ = runner_->trace();
  figures_ = runner_->figures();
  status_ = runner_->status();
  claims_.clear();
  marks_.clear();
  seen_version_ = 0;
  live_edits_ = quick_ = false;
  goals_.clear();
  if (at_step_ && *at_step_ > total_steps_) at_step_.reset();
  if (!std::exchange(trouble_, {}).isEmpty()) emit troubled({});
  emit runnerReplaced();
  wake();
}

void Session::discard() { reaper_.retire(std::move(runner_), folder_); }

void Session::wake() {
  since_change_.start();
  if (!timer_.isActive()) timer_.start();
}

void Session::tick() {
  if (rebuild_ && since_edit_.elapsed() >= settle) build(rebuild_running_);
  const Phase before = status_.phase;
  RunnerStatus now = runner_->status();
  const std::uint64_t version = trace_->version();
  const bool moved = version != seen_version_ || now.phase != before;
  seen_version_ = version;
  status_ = std::move(now);
  if (status_.phase == Phase::finished && before != Phase::finished) {
    claims_ = runner_->claims();
    const bool whole = std::all_of(status_.runs.begin(), status_.runs.end(),
                                   [](const RunStatus& r) { return r.ended != Ended::stopped; });
    quick_ = whole && status_.seconds < quick_run;
  }
  if (moved) {
    since_change_.start();
    marks_ = marks();
    tellTrouble();
  }
  const bool at_work = status_.phase == Phase::running || status_.phase == Phase::closing || !arrived();
  if (!at_work && !rebuild_ && since_change_.elapsed() > (countsSteps() || goals_.empty() ? doze : study_doze))
    timer_.stop();
  if (moved || at_work || !timer_.isActive()) emit refreshed();
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
  if (!live_edits_ && document_->events.empty()) return all;
  const Document lived = runner_->document();
  for (const EventSpec& event : lived.events)
    for (std::size_t i = 0; i < lived.runs.size() && !event.stop; ++i) {
      const std::string head = "/runs/" + std::to_string(i) + "/optimizer/";
      if (event.path.starts_with(head))
        all.push_back({lived.runs[i].label, MarkKind::edit, event.step, event.path.substr(head.size())});
    }
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

void Session::setSpeed(double steps_per_second) {
  speed_ = steps_per_second;
  runner_->set_speed(speed_);
  wake();
}

bool Session::started() const {
  return status_.phase != Phase::paused || std::any_of(status_.runs.begin(), status_.runs.end(),
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
  return countsSteps() ? last : 0;
}

Issues Session::exportRun(const QString& folder) const {
  if (state() != RunState::finished)
    return {{folder.toStdString(), tr("the run has not ended yet").toStdString(), "", Trouble::input}};
  return copyRun(folder_, folder, runner_->document());
}

void Session::setAtStep(std::optional<std::uint64_t> step) {
  if (step == at_step_) return;
  at_step_ = step;
  emit viewChanged();
}

void Session::chooseRun(std::size_t run) {
  if (run == chosen_ || run >= document_->runs.size()) return;
  chosen_ = run;
  emit viewChanged();
}

void Session::setHidden(const std::string& label, bool hidden) {
  const QString name = QString::fromStdString(label);
  if (hidden == hidden_.contains(name)) return;
  hidden ? void(hidden_.insert(name)) : void(hidden_.remove(name));
  emit viewChanged();
}

FigureOptions Session::figureOptions() const {
  FigureOptions options = figure_options(*document_);
  options.total_steps = total_steps_;
  options.at_step = at_step_;
  for (const QString& label : hidden_) options.hidden.push_back(label.toStdString());
  if (chosen_ < document_->runs.size()) options.chosen_run = document_->runs[chosen_].label;
  options.marks = marks_;
  return options;
}

}  // namespace kappa::ui
