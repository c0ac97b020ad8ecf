/// The loop of a run: edits, gradient, step, probes, stop rules, update.
#include "core/run/run.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <utility>

#include "core/run/emitter.hpp"
#include "core/spec/document.hpp"

namespace kappa {

namespace {

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();
constexpr Needs every_need = static_cast<Needs>(0xffff);

const ProblemModel& checked(const RunPlan& plan, const OptimizerModel& optimizer) {
  if (const auto why = mismatch(optimizer, *plan.problem)) throw Refused{why->message};
  return *plan.problem;
}

}  // namespace

std::optional<Issue> mismatch(const OptimizerModel& optimizer, const ProblemModel& problem, std::string_view name) {
  struct Ability {
    Needs need;
    Can can;
    const char* words;
  };
  constexpr Ability abilities[] = {{Needs::components, Can::components, "component gradients"},
                                   {Needs::hessian_product, Can::hessian_product, "Hessian products"},
                                   {Needs::hessian, Can::hessian, "a Hessian"},
                                   {Needs::residual, Can::residual, "residuals and a Jacobian"},
                                   {Needs::half_square, Can::half_square, "a loss that is ½|r|²"},
                                   {Needs::prox, Can::prox, "a proximal map"},
                                   {Needs::project, Can::project, "a projection"},
                                   {Needs::solve_block, Can::solve_block, "block solves"},
                                   {Needs::resampled, Can::resampled_gradient, "labels to draw"}};
  for (const Ability& ability : abilities) {
    if (!has(optimizer.needs(), ability.need) || problem.can(ability.can)) continue;
    const std::string found = std::string("this optimizer needs ") + ability.words + ", which " + std::string(name);
    const auto lack = problem.lacks(ability.can);
    if (!lack) return Issue{"", found + " does not have", ""};
    return Issue{lack->field, found + " has only with " + in_words(*lack), ""};
  }
  return std::nullopt;
}

std::shared_ptr<const ProblemModel> seen_by(const OptimizerModel& optimizer,
                                            std::shared_ptr<const ProblemModel> problem) {
  if (!has(optimizer.needs(), Needs::lifted) || problem->can(Can::lifted)) return problem;
  if (!problem->can(Can::lift))
    throw Refused{"this optimizer works on a low-rank estimate, which this problem does not have"};
  return problem->lift();
}

Run::Run(RunPlan plan)
    : plan_(std::move(plan)),
      optimizer_(make_optimizer(plan_.optimizer)),
      oracle_(checked(plan_, *optimizer_), plan_.seed, optimizer_->needs(), &counts_, this),
      watcher_(*plan_.problem, plan_.seed, every_need, nullptr, nullptr) {
  const Rng rng(plan_.seed, "init");
  x_ = plan_.start ? *plan_.start : plan_.init ? plan_.init->start(*plan_.problem, rng) : plan_.problem->start(rng);
  g_ = zeros_like(x_);
  out_ = zeros_like(x_);
  state_ = optimizer_->init(x_);
  best_loss_ = loss_ = nan_value;
  declare_probes();
}

Run::Run(const Run& other)
    : plan_(other.plan_),
      optimizer_(other.optimizer_),
      state_(other.state_),
      x_(other.x_),
      g_(other.g_),
      out_(other.out_),
      before_(other.before_),

      counts_(other.counts_),
      counts_before_(other.counts_before_),
      oracle_(*plan_.problem, plan_.seed, optimizer_->needs(), &counts_, this),
      watcher_(*plan_.problem, plan_.seed, every_need, nullptr, nullptr),
      order_state_(other.order_state_),
      rows_(other.rows_),
      log_(other.log_),
      probes_(other.probes_),
      refusals_(other.refusals_),
      cost_channel_(other.cost_channel_),
      opened_(other.opened_),
      arrived_(other.arrived_),
      has_gradient_(other.has_gradient_),
      broken_(other.broken_),
      next_edit_(other.next_edit_),
      t_(other.t_),
      f_(other.f_),
      loss_(other.loss_),
      best_loss_(other.best_loss_),
      probe_seconds_(other.probe_seconds_),
      work_seconds_(other.work_seconds_),
      effort_before_(other.effort_before_),
      outcome_(other.outcome_) {
  oracle_.resume(other.oracle_, rows_);
}

std::unique_ptr<Run> Run::continued_as(RunPlan plan) const {
  auto next = std::make_unique<Run>(*this);
  const bool same_type = plan.optimizer.id == plan_.optimizer.id;
  next->plan_ = std::move(plan);
  next->plan_.problem = plan_.problem;
  next->optimizer_ = make_optimizer(next->plan_.optimizer);
  checked(next->plan_, *next->optimizer_);
  if (!same_type) {
    next->x_ = judged();
    next->state_ = next->optimizer_->init(next->x_);
    next->log_ = {};
  }
  next->oracle_ = Oracle(*next->plan_.problem, next->plan_.seed, next->optimizer_->needs(), &next->counts_, next.get());
  if (next->arrived_) {  // it arrives once more, as another run
    next->counts_ = next->counts_before_;
    next->work_seconds_ = next->effort_before_.seconds;
  }
  next->arrived_ = false;
  next->opened_ = false;
  next->next_edit_ = 0;
  next->outcome_.reset();
  next->declare_probes();
  return next;
}

void Run::declare_probes() {
  probes_.clear();
  refusals_.clear();
  const ProbeSetup setup{*plan_.problem, *optimizer_, *judged().layout(), plan_.batch > 0, plan_.slice.get()};
  for (std::size_t i = 0; i < plan_.probes.size(); ++i) {
    const auto& model = plan_.probes[i];
    Declared declared = model->declare(setup);
    if (!declared.refusal.empty()) {
      refusals_.emplace_back(i, declared.refusal);
      continue;
    }
    const bool momentum = std::any_of(declared.channels.begin(), declared.channels.end(),
                                      [](const ProbeChannel& c) { return c.name.starts_with("momentum_"); });
    probes_.push_back({model, std::move(declared), {}, momentum});
    if (plan_.silent) break;  // the loss alone decides where a parent ends
  }
}

void Run::edit(const std::string& field, const Value& value) {
  const auto edited = with_value(plan_.optimizer, field, value);
  if (!edited) throw Refused{"there is no field " + field + " to edit"};
  plan_.optimizer = *edited;
  optimizer_ = make_optimizer(plan_.optimizer);
}

std::optional<Outcome> Run::apply_edits() {
  while (next_edit_ < plan_.edits.size() && plan_.edits[next_edit_].step < t_) ++next_edit_;
  for (; next_edit_ < plan_.edits.size() && plan_.edits[next_edit_].step == t_; ++next_edit_) {
    const Edit& one = plan_.edits[next_edit_];
    if (one.stop) return Outcome{Ended::stopped, t_, "stopped by an event"};
    edit(one.field, one.value);
  }
  return std::nullopt;
}

std::span<const std::uint32_t> Run::rows(std::uint64_t t, std::string_view stream, std::vector<std::uint32_t>& room) {
  const std::uint64_t n = plan_.problem->samples();
  if (plan_.batch == 0 || plan_.order == nullptr || n == 0) return {};
  const OrderContext context{t, n, std::min(plan_.batch, n), plan_.seed, stream};
  if (stream == "batch") {
    plan_.order->rows(order_state_, context, room);
  } else {
    OrderState own;
    plan_.order->rows(own, context, room);
  }
  return room;
}

/// What an order wants to see of a step: the gradient of each of its rows, which the step has paid for already.
void Run::show_order() {
  const std::uint64_t n = plan_.problem->samples();
  if (rows_.empty() || n == 0) return;
  Blocks single = g_;
  const auto one = [&](std::uint32_t row) -> const arma::vec& {
    if (rows_.size() == 1 && has_gradient_) return g_.flat();
    watcher_.begin(t_, std::span(&row, 1));
    watcher_.value_gradient(x_, single);
    return single.flat();
  };
  plan_.order->saw(order_state_, {t_, n, std::min(plan_.batch, n), plan_.seed}, rows_, one);
}

std::optional<Outcome> Run::judge_loss(std::optional<double> loss) {
  if (!loss) return std::nullopt;
  if (!std::isfinite(*loss)) return Outcome{Ended::diverged, t_, "the loss is no longer a number"};
  if (*loss > plan_.stop.diverged_above) return Outcome{Ended::diverged, t_, "the loss is above diverged_above"};
  if (plan_.stop.loss_below != 0 && *loss < plan_.stop.loss_below)  // zero is never: a loss may be negative
    return Outcome{Ended::reached, t_, "the loss is below loss_below"};
  return std::nullopt;
}

bool Run::wanted(const Attached& probe, Phase phase) const {
  const bool due = t_ % probe.model->every() == 0;
  if (probe.declared.after_step) return phase == Phase::step && due;
  return phase == Phase::point ? due || last() : phase == Phase::rest && !due;
}

/// Looking at the clock costs as much as a step of two parameters: once where one thing ends and the next begins.
double Run::lap() {
  const auto now = std::chrono::steady_clock::now();
  return std::chrono::duration<double>(now - std::exchange(lap_begun_, now)).count();
}

/// The full loss, if it was measured or is known.
std::optional<double> Run::measure(Emitter& out, Phase phase, Step kind) {
  const bool whole = plan_.batch == 0 && !optimizer_->judges_another() && has_gradient_;
  std::optional<double> loss = whole ? std::optional(f_) : std::nullopt;
  if (std::none_of(probes_.begin(), probes_.end(), [&](const Attached& p) { return wanted(p, phase); })) return loss;
  watcher_.begin(t_, {});
  if (phase == Phase::step && kind == Step::to) {
    before_ = out_;
    before_.flat() -= x_.flat();
  }
  const bool stepped = phase == Phase::step && kind != Step::done;
  Frame frame({.t = t_,
               .horizon = plan_.steps,
               .x = judged(),
               .point = x_,
               .g = has_gradient_ ? &g_ : nullptr,
               .update = !stepped           ? nullptr
                         : kind == Step::to ? &before_
                                            : &out_,
               .batch_loss = has_gradient_ ? f_ : nan_value,
               .optimizer = *optimizer_,
               .log = log_,
               .oracle = watcher_,
               .known_loss = loss,
               .known_gradient = whole ? &g_ : nullptr,
               .slice = plan_.slice.get(),
               .room = &probed_gradient_});
  for (std::size_t i = 0; i < probes_.size(); ++i) {
    if (!wanted(probes_[i], phase)) continue;
    if (i == 0) {
      loss = loss_ = frame.loss();
      best_loss_ = std::isnan(best_loss_) ? loss_ : std::min(best_loss_, loss_);
      out.cost(cost_channel_, t_, counts_before_, effort_before_);
    }
    if (plan_.silent) break;
    out.attach(t_, probes_[i].channels);
    probes_[i].model->measure(frame, out);
  }
  probe_seconds_ += lap();
  return loss;
}

std::optional<Outcome> Run::arrive(Emitter& out) {
  arrived_ = true;
  has_gradient_ = false;
  counts_before_ = counts_;
  broken_ = !all_finite(x_);
  const auto rows_in_all = static_cast<double>(std::max<std::uint64_t>(plan_.problem->samples(), 1));
  effort_before_ = {static_cast<double>(counts_.samples) / rows_in_all, work_seconds_};
  if (!last()) {
    oracle_.begin(t_, rows(t_, "batch", rows_));
    if (has(optimizer_->needs(), Needs::gradient)) {
      f_ = oracle_.value_gradient(x_, g_);
      has_gradient_ = true;
    }
  }
  work_seconds_ += lap();
  const std::optional<double> loss = measure(out, Phase::point);
  if (broken_) return Outcome{Ended::diverged, t_, "the point is no longer a number"};
  if (auto ended = judge_loss(loss)) return ended;
  if (plan_.until && loss && plan_.until(t_, judged(), *loss, counts_before_))
    return Outcome{Ended::reached, t_, "the study's target"};
  if (t_ >= plan_.steps) return Outcome{Ended::steps, t_, ""};
  return std::nullopt;
}

std::optional<Outcome> Run::depart(Emitter& out) {
  if (auto ended = apply_edits()) return ended;
  log_.wants_blocks = std::any_of(probes_.begin(), probes_.end(),
                                  [&](const Attached& probe) { return probe.momentum && wanted(probe, Phase::step); });
  const StepContext context{t_, plan_.steps, has_gradient_ ? f_ : nan_value, x_,
                            g_, oracle_,     Rng(plan_.seed, "step", t_),    &log_};
  const Step kind = optimizer_->step(state_, context, out_);
  if (plan_.order != nullptr && plan_.order->looks()) show_order();
  work_seconds_ += lap();
  measure(out, Phase::step, kind);
  if (kind == Step::done) return Outcome{Ended::finished, t_, log_.why};
  if (kind == Step::to)
    std::swap(x_, out_);
  else
    x_.flat() += out_.flat();
  ++t_;
  arrived_ = false;
  return std::nullopt;
}

void Run::open_channels(Sink& sink) {
  if (opened_ || plan_.silent) return;
  opened_ = true;
  const std::uint32_t run = sink.open_run(plan_.label);
  const auto repeat = static_cast<std::uint32_t>(plan_.repeat);
  for (Attached& probe : probes_) {
    probe.channels.clear();
    for (const ProbeChannel& channel : probe.declared.channels)
      probe.channels.push_back(sink.open({channel.kind, run, repeat, channel.name, "", TheoryKind::exact}));
  }
  cost_channel_ = sink.open({ChannelKind::cost, run, repeat, "cost", "", TheoryKind::exact});
}

std::optional<Outcome> Run::advance(std::uint64_t steps, Sink& sink) {
  if (outcome_) return outcome_;
  open_channels(sink);
  Emitter out(sink, plan_.silent);
  lap();
  if (!arrived_) outcome_ = arrive(out);
  for (std::uint64_t i = 0; i < steps && !outcome_; ++i) {
    outcome_ = depart(out);
    if (!outcome_) outcome_ = arrive(out);
  }
  if (outcome_ && !last()) measure(out, Phase::rest);
  return outcome_;
}

}  // namespace kappa
