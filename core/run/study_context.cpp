/// Emissions, and descents that keep to the pace.
#include "core/run/study_context.hpp"

#include <algorithm>

#include "core/run/parallel.hpp"
#include "core/spec/document.hpp"

namespace kappa {

namespace {

/// Keeps the loss that passes by, and hands everything on when there is somewhere to hand it.
class LossTap final : public Sink {
 public:
  explicit LossTap(Sink* next) : next_(next) {}
  std::uint32_t open_run(std::string_view label) override { return next_ != nullptr ? next_->open_run(label) : 0; }
  std::uint32_t open(const ChannelKey& key) override {
    const std::uint32_t id = next_ != nullptr ? next_->open(key) : count_++;
    if (key.kind == ChannelKind::series && key.name == "loss") loss_ = id;
    return id;
  }
  void push(std::span<const Record> records) override {
    for (const Record& record : records)
      if (record.channel == loss_ && record.index == 0) losses.push_back(record.value);
    if (next_ != nullptr) next_->push(records);
  }
  void curve(std::uint32_t c, std::span<const double> x, std::span<const double> y) override {
    if (next_ != nullptr) next_->curve(c, x, y);
  }
  void field(std::uint32_t c, std::span<const FieldCell> cells) override {
    if (next_ != nullptr) next_->field(c, cells);
  }
  void theory(std::uint32_t c, std::span<const double> x, std::span<const double> y) override {
    if (next_ != nullptr) next_->theory(c, x, y);
  }
  void cost(std::uint32_t c, std::uint64_t step, const std::uint64_t (&counts)[4], const Effort& effort) override {
    if (next_ != nullptr) next_->cost(c, step, counts, effort);
  }
  std::vector<double> losses;

 private:
  Sink* next_;
  std::uint32_t count_ = 0, loss_ = ~std::uint32_t{0};
};

}  // namespace

Emission RunningStudy::named(ChannelKind kind, std::string_view run, std::string_view name) const {
  Emission emission;
  emission.key.kind = kind;
  emission.key.name = name;
  emission.label = run;
  return emission;
}

void RunningStudy::series(std::string_view run, std::string_view name, std::uint64_t step, double y) {
  world_.pace.wait_turn(world_.job.meter);
  Emission emission = named(ChannelKind::series, run, name);
  emission.step = step;
  emission.y = {y};
  gate_.emit(std::move(emission));
}

void RunningStudy::spectrum(std::string_view run, std::string_view name, std::uint64_t step, const arma::vec& values) {
  Emission emission = named(ChannelKind::spectrum, run, name);
  emission.step = step;
  emission.y.assign(values.begin(), values.end());
  gate_.emit(std::move(emission));
}

void RunningStudy::curve(std::string_view run, std::string_view name, double x, double y) {
  world_.pace.wait_turn(world_.job.meter);
  Emission emission = named(ChannelKind::curve, run, name);
  emission.x = {x};
  emission.y = {y};
  gate_.emit(std::move(emission));
}

void RunningStudy::field(std::string_view run, std::string_view name, const std::vector<FieldCell>& cells) {
  Emission emission = named(ChannelKind::field, run, name);
  emission.cells = cells;
  gate_.emit(std::move(emission));
}

void RunningStudy::theory(TheoryKind kind, std::string_view run, std::string_view series, std::string_view curve,
                          const std::vector<double>& x, const std::vector<double>& y) {
  Emission emission = named(ChannelKind::theory, run, series);
  emission.key.curve = curve;
  emission.key.theory = kind;
  emission.x = x;
  emission.y = y;
  gate_.emit(std::move(emission));
}

std::shared_ptr<const ProblemModel> RunningStudy::problem(const Node& node) {
  return world_.problems.get(complete_node(node), world_.seed);
}

DescentResult RunningStudy::run_to_end(Run& run, Sink& sink, bool streamed) {
  std::optional<Outcome> outcome;
  LossTap tap(streamed ? &sink : nullptr);
  std::uint64_t chunk = 1;
  while (!outcome) {
    if (const auto stop = world_.pace.stopping()) {
      outcome = Outcome{*stop, run.step(), ""};
      break;
    }
    const bool free = world_.pace.may_take(world_.job.meter) == Pace::unlimited;  // under the lock: parts share it
    if (!free && (streamed || world_.pace.paused()) && !world_.pace.wait_turn(world_.job.meter)) continue;
    outcome = run.advance(free || !streamed ? chunk : 1, tap);
    chunk = std::min<std::uint64_t>(chunk * 2, 64);
  }
  world_.job.add_probe_seconds(run.probe_seconds());
  return {*outcome, run.judged(), std::move(tap.losses), run.counts()};
}

DescentResult RunningStudy::descent(std::string_view label, const DescentSpec& spec) {
  NamedSink sink(gate_);
  Run run(plan_descent(label, spec, world_.seed, world_.repeat));
  DescentResult result = run_to_end(run, sink, true);
  Emission last = named(ChannelKind::cost, label, "final");
  last.final_x = std::make_shared<const Blocks>(result.x);
  gate_.emit(std::move(last));
  return result;
}

DescentResult RunningStudy::quietly(const DescentSpec& spec) {
  NamedSink sink(gate_);
  Run run(plan_descent("quiet", spec, world_.seed, world_.repeat));
  return run_to_end(run, sink, false);
}

void RunningStudy::parallel_for(std::size_t n, const std::function<void(std::size_t, StudyContext&)>& f) {
  OrderedParts parts(gate_, n);
  in_parallel(n, world_.workers, world_.lend, [&](std::size_t i) {
    if (!stopping()) {
      PartGate gate(parts, i);
      RunningStudy context(world_, gate);
      f(i, context);
    }
    parts.finish(i);
  });
}

}  // namespace kappa
