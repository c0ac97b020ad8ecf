/// Resolves overrides, forks, events, probes and theories of a complete document.
#include "core/run/planner.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "core/catalog/catalog.hpp"

namespace kappa {

namespace {

std::vector<std::shared_ptr<const ProbeModel>> probe_models(const std::vector<Node>& listed) {
  std::vector<std::shared_ptr<const ProbeModel>> models;
  for (const Node& one : planned_probes(listed)) models.push_back(make_probe(one));
  return models;
}

std::vector<Edit> edits_of(const Document& document, std::size_t run) {
  const std::string own = "/runs/" + std::to_string(run), prefix = own + "/optimizer/";
  std::vector<Edit> edits;
  for (const EventSpec& event : document.events) {
    if (event.stop && event.path == own) edits.push_back({event.step, true, "", {}});
    if (!event.stop && event.path.starts_with(prefix))
      edits.push_back({event.step, false, event.path.substr(prefix.size()), event.value});
  }
  std::stable_sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.step < b.step; });
  return edits;
}

/// What the configured problem cannot give its optimizer is told where the setting stands that would have to change.
void check_match(const Document& document, std::size_t run, const OptimizerModel& optimizer,
                 const ProblemModel& problem) {
  auto why = mismatch(optimizer, problem, effective_problem(document, run).id);
  if (!why) return;
  if (why->path.empty()) throw Refused{why->message};
  const std::string own = "/runs/" + std::to_string(run);
  why->path = (document.runs[run].problem ? own : "") + "/problem/" + why->path;
  throw DataError{*why};
}

std::shared_ptr<const OrderModel> order_model(const std::string& id) { return make_order(node(Kind::order, id)); }

}  // namespace

std::vector<Node> planned_probes(const std::vector<Node>& listed) {
  const auto is_loss = [](const Node& n) { return n.id == "loss"; };
  const auto loss = std::find_if(listed.begin(), listed.end(), is_loss);
  std::vector<Node> planned = {loss != listed.end() ? *loss : node(Kind::probe, "loss")};
  std::remove_copy_if(listed.begin(), listed.end(), std::back_inserter(planned), is_loss);
  return planned;
}

std::string channel_name(const Node& probe) {
  const std::string of = text(probe, "of", "parameters"), block = text(probe, "block", "");
  if (probe.id == "report") return of;
  const bool matrix = probe.params.contains("of") && probe.params.contains("block");
  const std::string name = matrix && of != "parameters" ? of + "_" + probe.id : probe.id;
  return matrix && !block.empty() ? name + ":" + block : name;
}

std::optional<std::size_t> parent_of(const Document& document, std::size_t run) {
  const auto& fork = document.runs[run].fork;
  if (!fork) return std::nullopt;
  for (std::size_t i = 0; i < document.runs.size(); ++i)
    if (document.runs[i].label == fork->run) return i;
  return std::nullopt;
}

RunPlan plan_run(const Document& document, std::size_t run, std::uint64_t repeat, ProblemCache& problems) {
  RunPlan plan;
  plan.label = document.runs[run].label;
  plan.repeat = repeat;
  plan.seed = repeat_seed(document.seed, repeat);
  plan.optimizer = effective_optimizer(document, run);
  plan.problem = problems.get(effective_problem(document, run), plan.seed);
  const auto model = make_optimizer(plan.optimizer);
  if (has(model->needs(), Needs::lifted))
    plan.problem = plan.problem->can(Can::lift) ? problems.lifted(plan.problem) : seen_by(*model, plan.problem);
  check_match(document, run, *model, *plan.problem);
  plan.init = make_init(effective_init(document, run));
  const BatchSpec& batch = effective_batch(document, run);
  if (batch.size > 0 && plan.problem->samples() == 0) {
    const auto lack = plan.problem->lacks(Can::samples);
    throw Refused{"this problem has no samples to draw a batch from: set /batch/size to 0" +
                  (lack ? ", or " + in_words(*lack) : "")};
  }
  if (batch.size > plan.problem->samples())
    throw Refused{"a batch of " + std::to_string(batch.size) + " is larger than the data, " +
                  std::to_string(plan.problem->samples()) + " samples"};
  plan.batch = batch.size;
  if (batch.size > 0) plan.order = order_model(batch.order);
  plan.steps = effective_steps(document, run);
  plan.probes = probe_models(document.probes);
  plan.stop = {document.stop.loss_below, document.stop.diverged_above};
  plan.edits = edits_of(document, run);
  return plan;
}

RunPlan plan_descent(std::string_view label, const DescentSpec& spec, std::uint64_t seed, std::uint64_t repeat) {
  RunPlan plan;
  plan.label = label;
  plan.repeat = repeat;
  plan.seed = spec.part == 0 ? seed : Rng(seed, "part", spec.part).bits();
  plan.optimizer = spec.optimizer;
  plan.problem = seen_by(*make_optimizer(spec.optimizer), spec.problem);
  plan.start = spec.start;
  plan.batch = spec.batch;
  if (spec.batch > 0) plan.order = order_model(spec.order);
  plan.steps = spec.steps;
  std::vector<Node> probes = spec.probes;
  probes.push_back(node(Kind::probe, "loss", {{"every", static_cast<std::int64_t>(spec.loss_every)}}));
  plan.probes = probe_models(probes);
  plan.stop = spec.stop;
  plan.until = spec.until;
  return plan;
}

std::vector<AppliedTheory> applied_theories(const Document& document, std::size_t run, const RunPlan& plan,
                                            const Blocks& start) {
  std::vector<AppliedTheory> applied;
  if (document.theories.mode == Theories::Mode::none || document.runs[run].fork) return applied;
  const auto optimizer = make_optimizer(plan.optimizer);
  Scratch scratch;
  const double loss = plan.problem->value(start, {{}, Rng(plan.seed, "noise"), scratch});
  const TheorySetup setup{
      *plan.problem, effective_problem(document, run), *optimizer, plan.optimizer, plan.steps, plan.batch, start, loss};
  for (const Entry& entry : Catalog::get().all(Kind::theory)) {
    const auto& ids = document.theories.ids;
    const bool asked =
        document.theories.mode == Theories::Mode::automatic || std::find(ids.begin(), ids.end(), entry.id) != ids.end();
    if (!asked) continue;
    const auto theory = make_theory(node(Kind::theory, entry.id));
    if (theory->applies(setup)) applied.push_back({entry.id, theory->curves(setup), theory->assumptions(setup)});
  }
  return applied;
}

namespace {

/// What this run will record: a theory of anything else has nothing to stand beside.
std::set<std::string> recorded_names(const RunPlan& plan, const Blocks& start) {
  const auto optimizer = make_optimizer(plan.optimizer);
  const ProbeSetup setup{*plan.problem, *optimizer, *start.layout(), plan.batch > 0};
  std::set<std::string> names;
  for (const auto& probe : plan.probes)
    for (const ProbeChannel& channel : probe->declare(setup).channels) names.insert(channel.name);
  return names;
}

}  // namespace

void emit_backdrop(const Document& document, std::size_t run, const RunPlan& plan, const Blocks& start, Sink& sink) {
  if (plan.repeat != 0) return;
  const std::uint32_t index = sink.open_run(plan.label);
  const std::set<std::string> recorded = recorded_names(plan, start);
  for (const AppliedTheory& theory : applied_theories(document, run, plan, start))
    for (const TheoryCurve& curve : theory.curves) {
      if (!recorded.contains(curve.series)) continue;
      sink.theory(sink.open({ChannelKind::theory, index, 0, curve.series, curve.curve, curve.kind}), curve.x, curve.y);
    }
}

}  // namespace kappa
