/// From a document to plans: what each run and repeat needs, and what is drawn beside it before it starts.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/kinds/theory.hpp"
#include "core/run/problem_cache.hpp"
#include "core/run/run.hpp"
#include "core/spec/document.hpp"

namespace kappa {

/// The plan of one run of a complete document. Builds its problem (shared); may throw DataError or Refused.
RunPlan plan_run(const Document& document, std::size_t run, std::uint64_t repeat, ProblemCache& problems);
/// A document's probes in the order of a plan's: the loss first, whether it is listed or not.
std::vector<Node> planned_probes(const std::vector<Node>& listed);
/// The name that a probe's series or spectrum goes by: "loss", "update_singular_values:W".
std::string channel_name(const Node& probe);
/// The run that a fork starts from.
std::optional<std::size_t> parent_of(const Document& document, std::size_t run);

/// Theories that the document asks for and that apply to this run, with repeat 0's facts.
struct AppliedTheory {
  std::string id;
  std::vector<TheoryCurve> curves;
  std::vector<Assumption> assumptions;
};
std::vector<AppliedTheory> applied_theories(const Document& document, std::size_t run, const RunPlan& plan,
                                            const Blocks& start);

/// Emits theories on the run's channels.
void emit_backdrop(const Document& document, std::size_t run, const RunPlan& plan, const Blocks& start, Sink& sink);

/// A plan from what a study composes.
RunPlan plan_descent(std::string_view label, const DescentSpec& spec, std::uint64_t seed, std::uint64_t repeat);

}  // namespace kappa
