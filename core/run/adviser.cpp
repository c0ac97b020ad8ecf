/// Asks every theory that applies, and tries "auto" where a number stands in its place.
#include "core/run/adviser.hpp"

#include <algorithm>

#include "core/catalog/catalog.hpp"
#include "core/run/guarded.hpp"
#include "core/run/planner.hpp"

namespace kappa {

namespace {

bool is_attached(const Document& document, const std::string& id) {
  const Theories& wanted = document.theories;
  if (wanted.mode == Theories::Mode::listed)
    return std::find(wanted.ids.begin(), wanted.ids.end(), id) != wanted.ids.end();
  return wanted.mode == Theories::Mode::automatic;
}

void ask_theories(const Document& document, std::size_t run, const RunPlan& plan, Advice& advice) {
  const Rng rng(plan.seed, "init");
  const Blocks start = plan.init ? plan.init->start(*plan.problem, rng) : plan.problem->start(rng);
  const auto optimizer = make_optimizer(plan.optimizer);
  Scratch scratch;
  const double loss = plan.problem->value(start, {{}, Rng(plan.seed, "noise"), scratch});
  const TheorySetup setup{
      *plan.problem, effective_problem(document, run), *optimizer, plan.optimizer, plan.steps, plan.batch, start, loss};
  for (const Entry& entry : Catalog::get().all(Kind::theory)) {
    const auto theory = make_theory(node(Kind::theory, entry.id));
    if (!theory->applies(setup)) continue;
    if (is_attached(document, entry.id))
      for (Assumption& one : theory->assumptions(setup))
        advice.conditions.push_back({entry.id, std::move(one.field), std::move(one.text), one.holds});
    if (advice.best.empty())
      for (BestValue& one : theory->best(setup))
        advice.best.push_back({std::move(one.field), one.value, std::move(one.why)});
  }
}

/// A field that would choose for itself, were it asked: whether this problem knows what it needs, one step tells.
void try_automatic(const RunPlan& plan, Advice& advice) {
  const Entry* entry = Catalog::get().find(Kind::optimizer, plan.optimizer.id);
  if (entry == nullptr) return;
  for (const Field& field : entry->fields) {
    const auto given = plan.optimizer.params.find(field.id);
    const bool chosen = given != plan.optimizer.params.end() && !std::holds_alternative<std::string>(given->second);
    const auto known = [&](const Advice::Best& one) { return one.field == field.id; };
    if (!chosen || !equal(field.initial, Value(std::string("auto")))) continue;
    if (std::any_of(advice.best.begin(), advice.best.end(), known)) continue;
    RunPlan trial = plan;
    trial.silent = true;
    trial.edits.clear();
    trial.optimizer.params[field.id] = field.initial;
    bool able = true;
    guarded([&](const Outcome&) { able = false; },
            [&] {
              NoSink sink;
              const auto ended = Run(std::move(trial)).advance(1, sink);
              able = !ended || ended->how != Ended::failed;
            });
    const std::size_t says = field.help.find("auto");
    if (able)
      advice.best.push_back({field.id, field.initial, says == std::string::npos ? "" : field.help.substr(says)});
  }
}

}  // namespace

Advice advise(const Document& document, std::size_t run, const Node& optimizer, ProblemCache& problems) {
  Advice advice;
  guarded([&](const Outcome&) {},
          [&] {
            Document asked = document;
            asked.runs.at(run).optimizer = complete_node(optimizer);
            const RunPlan plan = plan_run(asked, run, 0, problems);
            ask_theories(asked, run, plan, advice);
            try_automatic(plan, advice);
          });
  advice.optimizer = optimizer.id;
  return advice;
}

Adviser::Adviser(Document document, std::shared_ptr<ProblemCache> problems)
    : document_(std::move(document)), problems_(std::move(problems)), advice_(document_.runs.size()) {
  if (document_.study != "descent") return;
  for (std::size_t run = document_.runs.size(); run > 0; --run)
    questions_.emplace_back(run - 1, effective_optimizer(document_, run - 1));
}

void Adviser::ask(std::size_t run, Node optimizer) {
  const std::lock_guard lock(mutex_);
  if (run >= advice_.size()) return;
  std::erase_if(questions_, [&](const auto& question) { return question.first == run; });
  questions_.emplace_back(run, std::move(optimizer));
  asked_.notify_one();
}

void Adviser::work(const std::stop_token& quit) {
  std::unique_lock lock(mutex_);
  while (asked_.wait(lock, quit, [this] { return !questions_.empty(); }) && !quit.stop_requested()) {
    const auto [run, optimizer] = std::move(questions_.back());
    questions_.pop_back();
    busy_ = true;
    lock.unlock();
    Advice answer = advise(document_, run, optimizer, *problems_);
    lock.lock();
    busy_ = false;
    advice_[run] = std::move(answer);
    ++version_;
  }
}

std::vector<Advice> Adviser::advice() const {
  const std::lock_guard lock(mutex_);
  return advice_;
}

std::uint64_t Adviser::version() const {
  const std::lock_guard lock(mutex_);
  return version_;
}

bool Adviser::busy() const {
  const std::lock_guard lock(mutex_);
  return busy_ || !questions_.empty();
}

}  // namespace kappa
