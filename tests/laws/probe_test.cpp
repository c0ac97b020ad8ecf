/// Every probe emits what it declared, in the width it began with, and leaves the run as it found it.
#include <gtest/gtest.h>

#include <set>

#include "core/run/claims_json.hpp"
#include "tests/laws/configurations.hpp"
#include "tests/laws/trial.hpp"
#include "tests/support/bowl.hpp"

namespace kappa {
namespace {

using namespace laws;

/// Runs on which probes are tried: a factor with a truth, a regression on minibatches, a plane, two blocks, a bowl with
/// test data, and a line search that reports its step.
std::vector<Setting> scenes() {
  const auto adam = complete_node({Kind::optimizer, "adam", {{"learning_rate", 0.05}}});
  std::vector<Setting> all;
  for (const char* id : {"matrix_sensing", "linear_regression", "landscape", "quadratic", "matrix_least_squares",
                         "logistic_regression"}) {
    const auto problem = small_problem(id);
    const bool rows = problem->samples() > 5 && std::string_view(id) == "linear_regression";
    all.push_back({.problem = problem, .optimizer = adam, .steps = 9, .batch = rows ? 5u : 0u});
  }
  all.push_back({.problem = model_of(rugged()), .optimizer = adam, .steps = 9});
  all.push_back({.problem = model_of(test::bowl({0.1, 0.4, 1})),
                 .optimizer = complete_node({Kind::optimizer, "armijo", {}}),
                 .steps = 9});
  return all;
}

/// What a probe asks for by name: a number that one of the scenes' optimizers reports.
std::vector<Configuration> settings_of(const std::string& id) {
  const Entry& entry = *Catalog::get().find(Kind::probe, id);
  std::vector<Configuration> all = configurations(entry);
  for (const Field& field : entry.fields)
    if (field.id == "of" && std::holds_alternative<Text>(field.domain))
      all.push_back({"learning_rate", complete_node({Kind::probe, id, {{"of", std::string("learning_rate")}}})});
  return all;
}

class ProbeLaws : public testing::TestWithParam<std::string> {};

TEST_P(ProbeLaws, ChangesNoBitOfTheTrajectory) {
  for (const Setting& scene : scenes()) {
    const Ending alone = run(scene);
    for (const Configuration& one : settings_of(GetParam())) {
      Setting watched = scene;
      watched.probes = {one.node};
      if (GetParam() == "loss") watched.probes.clear();  // it is always there
      const Ending seen = run(watched);
      EXPECT_TRUE(same_bits(seen.x, alone.x)) << one.name;
      EXPECT_EQ(seen.seen.points.at("loss"), alone.seen.points.at("loss")) << one.name;
      EXPECT_EQ(seen.seen.points.at("cost"), alone.seen.points.at("cost")) << one.name << " is billed to the run";
    }
  }
}

TEST_P(ProbeLaws, EmitsWhatItDeclared) {
  std::size_t applied = 0;
  for (const Setting& scene : scenes()) {
    for (const Configuration& one : settings_of(GetParam())) {
      Node node = one.node;
      node.params["every"] = std::int64_t{1};
      const auto probe = make_probe(node);
      const auto optimizer = make_optimizer(scene.optimizer);
      const Blocks x = scene.problem->start(Rng(1, "init"));
      const Declared declared = probe->declare({*scene.problem, *optimizer, *x.layout(), scene.batch > 0});
      EXPECT_NE(declared.channels.empty(), declared.refusal.empty())
          << one.name << ": channels or a reason, not both, not neither";
      if (!declared.refusal.empty() || GetParam() == "loss") continue;
      Setting watched = scene;
      watched.probes = {node};
      const Recording seen = run(watched).seen;
      std::set<std::string> names;
      for (const ProbeChannel& channel : declared.channels) {
        EXPECT_TRUE(names.insert(channel.name).second) << channel.name << " is declared twice";
        const auto found = seen.points.find(channel.name);
        if (found == seen.points.end())
          continue;  // nothing to show on this run: the momentum of a method that has none
        ++applied;
        std::map<std::uint64_t, std::uint32_t> widths;
        for (const auto& point : found->second) {
          ASSERT_LE(point.step, scene.steps) << channel.name;
          EXPECT_TRUE(point.index == 0 || channel.kind != ChannelKind::series) << channel.name;
          ++widths[point.step];
        }
        if (channel.kind == ChannelKind::field) continue;
        std::set<std::uint32_t> different;
        for (const auto& [step, width] : widths) different.insert(width);
        EXPECT_EQ(different.size(), 1u) << channel.name << " changes its width";
      }
    }
  }
  EXPECT_TRUE(applied > 0 || GetParam() == "loss") << "no scene shows this probe anything";
}

TEST_P(ProbeLaws, HasAFigureOfWhatItRecords) {
  for (const Configuration& one : settings_of(GetParam())) {
    Document document;
    document.study = "descent";
    document.probes = {one.node};
    std::set<std::string> drawn;
    for (const FigureSpec& figure : figures_of(document)) drawn.insert(figure.names.begin(), figure.names.end());
    bool recorded = false, shown = false;
    for (const Setting& scene : scenes()) {
      const Blocks x = scene.problem->start(Rng(1, "init"));
      const auto optimizer = make_optimizer(scene.optimizer);
      for (const ProbeChannel& channel :
           make_probe(one.node)->declare({*scene.problem, *optimizer, *x.layout(), scene.batch > 0}).channels) {
        recorded = true;
        shown = shown || drawn.contains(channel.name) || drawn.contains(channel.name.substr(0, channel.name.find(':')));
      }
    }
    EXPECT_EQ(shown, recorded) << one.name << ": no figure looks for what is recorded";
  }
}

INSTANTIATE_TEST_SUITE_P(Every, ProbeLaws, testing::ValuesIn(ids_of(Kind::probe)),
                         [](const auto& at) { return at.param; });

}  // namespace
}  // namespace kappa
