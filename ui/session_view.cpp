/// The session's part that only looks: the step, play-back, hidden runs and colours, what is compared and how.
#include <QJsonArray>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/runs/view_keys.hpp"
#include "ui/session.hpp"

namespace kappa::ui {
namespace {

constexpr double whole_in = 12;     // seconds that a play-back of everything takes
constexpr double slowest_play = 4;  // steps a second of a short one
const QString hidden_key = QStringLiteral("hidden"), colours_key = QStringLiteral("colours"),
              along_key = QStringLiteral("x"), target_key = QStringLiteral("target"),
              budget_key = QStringLiteral("budget");

}  // namespace

QJsonObject Session::view() const { return view_; }

void Session::setViews(const QJsonObject& next, const QString& text, const QString& key) {
  if (next != view_) change(withView(*document_, next), text, key.isEmpty() ? key : QStringLiteral("view/") + key);
}

void Session::setView(const QString& key, const QJsonValue& value, const QString& text) {
  QJsonObject next = view_;
  value.isNull() || value.isUndefined() ? next.remove(key) : void(next[key] = value);
  setViews(next, text, key);
}

void Session::setAtStep(std::optional<std::uint64_t> step) {
  if (step && frozen_at_) step = std::min(*step, *frozen_at_);
  if (step == at_step_) return;
  at_step_ = step;
  if (playing_back_) play_position_ = static_cast<double>(step.value_or(lastStep()));
  emit viewChanged();
}

void Session::chooseRun(std::size_t run) {
  if (run == chosen_ || run >= document_->runs.size()) return;
  chosen_ = run;
  emit viewChanged();
}

void Session::scrubBy(int steps) {
  setPlayingBack(false);
  if (!countsSteps()) return;
  std::uint64_t at = at_step_.value_or(frozen_at_.value_or(lastStep()));
  for (; steps > 0; --steps) at = recorded_after(*trace_, "loss", at).value_or(at);
  for (; steps < 0; ++steps) at = recorded_before(*trace_, "loss", at).value_or(at);
  setAtStep(at >= lastStep() ? std::nullopt : std::optional(at));
}

/// From the beginning when the newest step is looked at, else from where it is.
void Session::setPlayingBack(bool on) {
  on = on && countsSteps() && lastStep() > 0;
  if (on == playing_back_) return;
  playing_back_ = on;
  if (on) {
    play_position_ = static_cast<double>(at_step_.value_or(0));
    since_play_.start();
    setAtStep(static_cast<std::uint64_t>(play_position_));
    wake();
  }
  emit viewChanged();
}

/// By the clock, so that a slow machine shows fewer pictures, not a slower film.
void Session::moveOn() {
  const std::uint64_t last = frozen_at_.value_or(lastStep());
  const double rate = std::max(slowest_play, static_cast<double>(last) / whole_in);
  play_position_ += rate * 1e-9 * static_cast<double>(since_play_.nsecsElapsed());
  since_play_.start();
  if (play_position_ >= static_cast<double>(last)) {
    playing_back_ = false;
    at_step_.reset();
    emit viewChanged();
    return;
  }
  const auto at = recorded_before(*trace_, "loss", static_cast<std::uint64_t>(play_position_) + 1);
  if (!at || at == at_step_) return;
  at_step_ = at;
  emit viewChanged();
}

void Session::setFrozen(bool on) {
  on = on && countsSteps();
  if (on == frozen_at_.has_value()) return;
  frozen_at_ = on ? std::optional(lastStep()) : std::nullopt;
  emit viewChanged();
}

QStringList Session::runLabels() const {
  QStringList labels;
  for (const RunSpec& run : document_->runs) labels << QString::fromStdString(run.label);
  if (!countsSteps())
    for (const RunLabel& run : trace_->runs()) labels << QString::fromStdString(run.label);
  return labels;
}

bool Session::isHidden(const std::string& label) const {
  return view_.value(hidden_key).toArray().contains(QString::fromStdString(label));
}

void Session::setHiddenRuns(const QJsonArray& labels, const QString& text) {
  QJsonObject next = view_;
  labels.isEmpty() ? next.remove(hidden_key) : void(next[hidden_key] = labels);
  setViews(next, text, {});
}

void Session::setHidden(const std::string& label, bool hidden) {
  const QString name = QString::fromStdString(label);
  QJsonArray next;
  for (const QJsonValue& one : view_.value(hidden_key).toArray())
    if (one.toString() != name) next.append(one);
  if (hidden) next.append(name);
  setHiddenRuns(next, hidden ? tr("hide “%1”").arg(name) : tr("show “%1”").arg(name));
}

bool Session::isAlone(const std::string& label) const {
  const QStringList labels = runLabels();
  return labels.size() > 1 && std::all_of(labels.begin(), labels.end(), [&](const QString& one) {
           return isHidden(one.toStdString()) != (one.toStdString() == label);
         });
}

void Session::showOnly(const std::string& label) {
  QJsonArray others;
  for (const QString& one : runLabels())
    if (one.toStdString() != label) others.append(one);
  const bool all = isAlone(label) || others.isEmpty();
  setHiddenRuns(all ? QJsonArray() : others,
                all ? tr("show all runs") : tr("show “%1” alone").arg(QString::fromStdString(label)));
}

int Session::colourOf(const std::string& label) const {
  const QString name = QString::fromStdString(label);
  const QJsonValue own = view_.value(colours_key).toObject().value(name);
  if (own.isDouble() && own.toInt(-1) >= 0) return own.toInt();
  if (countsSteps()) {
    for (std::size_t i = 0; i < document_->runs.size(); ++i)
      if (document_->runs[i].label == label) return static_cast<int>(i);
    return 0;
  }
  const auto run = trace_->find_run(label);
  return run ? static_cast<int>(*run) : 0;
}

void Session::setColour(const std::string& label, std::optional<int> colour) {
  QJsonObject colours = view_.value(colours_key).toObject();
  const QString name = QString::fromStdString(label);
  colour ? void(colours[name] = *colour) : colours.remove(name);
  setView(colours_key, colours.isEmpty() ? QJsonValue() : QJsonValue(colours), tr("colour of “%1”").arg(name));
}

CountBy Session::countBy() const {
  return countsSteps() ? countByNamed(view_.value(along_key).toString()) : CountBy::steps;
}

void Session::setCountBy(CountBy by) {
  QJsonObject next = view_;
  by == CountBy::steps ? next.remove(along_key) : void(next[along_key] = idOf(by));
  if (by == CountBy::steps) next.remove(budget_key);  // every run has as many steps as it has
  setViews(next, tr("charts over %1").arg(titleOf(by)), along_key);
}

std::optional<double> Session::target() const {
  const QJsonValue value = view_.value(target_key);
  return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

void Session::setTarget(std::optional<double> loss) {
  setView(target_key, loss ? QJsonValue(*loss) : QJsonValue(),
          loss ? tr("loss target %1").arg(*loss, 0, 'g', 4) : tr("no loss target"));
}

bool Session::equalBudget() const {
  return view_.value(budget_key).toBool() && countsSteps() && countBy() != CountBy::steps;
}

void Session::setEqualBudget(bool on) {
  QJsonObject next = view_;
  on ? void(next[budget_key] = true) : next.remove(budget_key);
  if (on && countBy() == CountBy::steps) next[along_key] = idOf(CountBy::gradients);
  setViews(next, on ? tr("compare at equal budget") : tr("compare at the end"), budget_key);
}

/// Runs that ended by themselves have paid all they will: they limit nobody.
std::optional<double> Session::budget() const {
  if (!equalBudget()) return std::nullopt;
  std::vector<std::string> ended;
  for (const RunStatus& run : status_.runs)
    if (run.ended && *run.ended != Ended::steps && *run.ended != Ended::stopped) ended.push_back(run.label);
  return common_budget(*trace_, countBy(), ended);
}

void Session::keepResult() {
  if (state() != RunState::finished || kept_.holds(trace_.get())) return;
  FigureOptions shown = figureOptions();
  const bool whole = shown.ended.list.size() == status_.runs.size();
  kept_.keep({{}, document_, trace_, std::move(shown.hidden), std::move(shown.colours), {}, {}, false, whole});
}

void Session::setTheoryVeiled(bool on) {
  if (std::exchange(theory_veiled_, on) != on) emit viewChanged();
}

void Session::setKeptVeiled(bool on) {
  QStringList veiled;
  for (const KeptResults::Kept& one : kept_.all())
    if (on) veiled << one.id;
  if (std::exchange(veiled_kept_, veiled) != veiled) emit viewChanged();
}

FigureOptions Session::figureOptions() const {
  FigureOptions options = figure_options(*document_);
  options.theory = !theory_veiled_;
  options.total_steps = total_steps_;
  options.at_step = at_step_ ? at_step_ : frozen_at_;
  options.until = frozen_at_;
  for (const QJsonValue& label : view_.value(hidden_key).toArray())
    options.hidden.push_back(label.toString().toStdString());
  for (const RunLabel& run : trace_->runs()) options.colours.push_back(colourOf(run.label));
  if (chosen_ < document_->runs.size()) options.chosen_run = document_->runs[chosen_].label;
  options.marks = marks_;
  options.ended = ended_repeats(*document_, status_.runs);
  for (const RunStatus& run : status_.runs)
    for (const Unmeasured& one : run.unmeasured) options.unmeasured.emplace_back(one.name, one.why);
  options.count_by = countBy();
  options.target = target();
  options.budget = budget();
  const QStringList names = kept_.names(*document_);
  for (std::size_t i = 0; i < kept_.all().size(); ++i) {
    const KeptResults::Kept& one = kept_.all()[i];
    if (one.trace == trace_ || veiled_kept_.contains(one.id)) continue;  // it is what is shown, or is not to be
    options.kept.push_back(
        {names[static_cast<int>(i)].toStdString(), one.trace, one.hidden, one.colours, {.all = one.whole}});
  }
  return options;
}

}  // namespace kappa::ui
