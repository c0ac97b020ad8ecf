/// One optimizer on one problem, watched: what a run records, where it ends, and which problems fit it.
#pragma once

#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/catalog/catalog.hpp"
#include "core/run/run.hpp"
#include "core/spec/document.hpp"
#include "tests/laws/rugged.hpp"

namespace kappa::laws {

/// Keeps every number, under the name of its channel.
class Recording final : public Sink {
 public:
  struct Point {
    std::uint64_t step;
    std::uint32_t index;
    double value;
    bool operator==(const Point& other) const {
      return step == other.step && index == other.index && std::memcmp(&value, &other.value, sizeof value) == 0;
    }
  };
  std::uint32_t open_run(std::string_view) override { return 0; }
  std::uint32_t open(const ChannelKey& key) override {
    names_.push_back(key.name);
    kinds.emplace(key.name, key.kind);
    return static_cast<std::uint32_t>(names_.size() - 1);
  }
  void push(std::span<const Record> records) override {
    for (const Record& r : records) points[names_.at(r.channel)].push_back({r.step, r.index, r.value});
  }
  void curve(std::uint32_t, std::span<const double>, std::span<const double>) override {}
  void field(std::uint32_t channel, std::span<const FieldCell> cells) override {
    for (const FieldCell& cell : cells) points[names_.at(channel)].push_back({cell.step, cell.row, cell.value});
  }
  void theory(std::uint32_t, std::span<const double>, std::span<const double>) override {}
  void cost(std::uint32_t, std::uint64_t step, const std::uint64_t (&counts)[4], const Effort&) override {
    for (std::uint32_t i = 0; i < 4; ++i) points["cost"].push_back({step, i, static_cast<double>(counts[i])});
  }

  std::map<std::string, std::vector<Point>> points;
  std::map<std::string, ChannelKind> kinds;

 private:
  std::vector<std::string> names_;
};

struct Setting {
  std::shared_ptr<const ProblemModel> problem;
  Node optimizer;
  std::optional<Blocks> start = {};
  std::uint64_t steps = 6, batch = 0, seed = 11;
  std::vector<Node> probes = {};
};

inline RunPlan plan_of(const Setting& setting) {
  RunPlan plan;
  plan.label = "law";
  plan.seed = setting.seed;
  plan.optimizer = setting.optimizer;
  plan.problem = setting.problem;
  plan.start = setting.start;
  plan.steps = setting.steps;
  plan.batch = setting.batch;
  if (setting.batch > 0) plan.order = make_order(complete_node({Kind::order, "random_reshuffling", {}}));
  plan.probes.push_back(make_probe(complete_node({Kind::probe, "loss", {}})));
  for (const Node& probe : setting.probes) plan.probes.push_back(make_probe(complete_node(probe)));
  plan.stop.diverged_above = 1e300;
  return plan;
}

struct Ending {
  Blocks x;
  std::optional<Outcome> outcome;
  Recording seen;
  std::string refusal;  ///< not empty: the optimizer would not run, and nothing else is set
};

inline Ending run(const Setting& setting) {
  Ending ending;
  try {
    Run one(plan_of(setting));
    ending.outcome = one.advance(setting.steps + 1, ending.seen);
    ending.x = one.judged();
  } catch (const Refused& refused) {
    ending.refusal = refused.what;
  }
  return ending;
}

inline bool same_bits(const Blocks& a, const Blocks& b) {
  return a.flat().n_elem == b.flat().n_elem &&
         std::memcmp(a.flat().memptr(), b.flat().memptr(), a.flat().n_elem * sizeof(double)) == 0;
}

/// The problem's sizes made small, so that laws cost nothing; everything else as it was given.
inline Node small(Node node) {
  const std::map<std::string, std::int64_t, std::less<>> sizes = {{"samples", 24},   {"features", 6}, {"dimension", 6},
                                                                  {"dimension2", 5}, {"rows", 4},     {"columns", 3},
                                                                  {"rank", 3},       {"true_rank", 2}};
  for (const Field& field : Catalog::get().find(Kind::problem, node.id)->fields)
    if (const auto size = sizes.find(field.id);
        size != sizes.end() && std::holds_alternative<std::int64_t>(field.initial))
      node.params[field.id] = size->second;
  return complete_node(node);
}

inline std::shared_ptr<const ProblemModel> built(const Node& node, std::uint64_t seed = 1) {
  auto problem = make_problem(node);
  problem->build(Rng(seed, "problem"));
  return problem;
}
inline std::shared_ptr<const ProblemModel> small_problem(std::string_view id) {
  return built(small({Kind::problem, std::string(id), {}}));
}

/// Problems of the law's own first, the catalogue's after them; lifted where the optimizer works on the estimate.
inline std::vector<std::function<std::shared_ptr<const ProblemModel>()>> problems_for(Needs needs) {
  Rugged general = rugged(), cornered = rugged(), quadratic = rugged();
  cornered.corner = 0.05;
  quadratic.bend = 0;
  std::vector<std::function<std::shared_ptr<const ProblemModel>()>> all;
  if (!has(needs, Needs::lifted)) {
    if (has(needs, Needs::prox)) all.push_back([cornered] { return model_of(cornered); });
    if (!has(needs, Needs::solve_block)) all.push_back([general] { return model_of(general); });
    all.push_back([quadratic] { return model_of(quadratic); });
  }
  for (const Entry& entry : Catalog::get().all(Kind::problem))
    all.push_back([id = entry.id, needs]() -> std::shared_ptr<const ProblemModel> {
      auto problem = small_problem(id);
      if (!has(needs, Needs::lifted)) return problem;
      return problem->can(Can::lift) ? problem->lift() : nullptr;
    });
  return all;
}

/// The first problem that this optimizer agrees to step on; null, and why, when there is none.
inline std::shared_ptr<const ProblemModel> fitting_problem(const Node& optimizer, std::string* why = nullptr) {
  for (const auto& make : problems_for(make_optimizer(optimizer)->needs())) {
    const auto problem = make();
    if (problem == nullptr) continue;
    const Ending ending = run({.problem = problem, .optimizer = optimizer, .steps = 2});
    if (ending.refusal.empty()) return problem;
    if (why != nullptr && why->empty()) *why = ending.refusal;
  }
  return nullptr;
}

}  // namespace kappa::laws
