/// Every claim of the library has a witness that it accepts, and a lie about that witness that it notices.
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "core/kinds/claim.hpp"
#include "tests/laws/configurations.hpp"
#include "tests/support/memory_view.hpp"
#include "tests/support/sabotage.hpp"

namespace kappa {
namespace {

using test::MemoryView;
using test::SabotagedView;
using test::values_of;

/// 0.9^t and 2 · 0.99^t over 100 steps, two repeats each, and the closed form of the first beside it.
MemoryView race() {
  MemoryView view;
  const auto fast = values_of(101, [](double t) { return std::pow(0.9, t); });
  for (std::uint32_t r = 0; r < 2; ++r) {
    view.put("fast", "loss", fast, r);
    view.put("slow", "loss", values_of(101, [](double t) { return 2 * std::pow(0.99, t); }), r);
  }
  view.put_theory("fast", "loss",
                  {"closed form", TheoryKind::exact, {values_of(101, [](double t) { return t; }), fast}});
  return view;
}

std::map<std::string, std::string> witnesses() {
  return {
      {"below", R"({"type": "below", "run": "fast", "series": "loss", "bound": 1e-4})"},
      {"above", R"({"type": "above", "run": "slow", "series": "loss", "bound": 0.5, "at": "last"})"},
      {"ratio", R"({"type": "ratio", "run": "fast", "series": "loss", "against": "slow", "hi": 1e-3})"},
      {"slope",
       R"({"type": "slope", "run": "fast", "series": "loss", "exponentiate": true, "lo": 0.899, "hi": 0.901, "from": 1})"},
      {"reaches_first", R"({"type": "reaches_first", "run": "fast", "series": "loss", "target": 1e-3})"},
      {"stays_within",
       R"({"type": "stays_within", "run": "fast", "series": "loss", "from": 60, "lo": 1e-5, "hi": 2e-3})"},
      {"follows_theory", R"({"type": "follows_theory", "run": "fast", "series": "loss", "bound": 1e-6})"}};
}

std::shared_ptr<const ClaimModel> claim_of(const std::string& json) {
  const auto node = node_from_json(Kind::claim, json);
  if (const Issues* issues = issues_of(node)) throw std::runtime_error(to_string(issues->front()));
  return make_claim(complete_node(std::get<Node>(node)));
}

TEST(ClaimLaws, EveryClaimHasAWitness) {
  std::set<std::string> ids;
  for (const auto& [id, json] : witnesses()) ids.insert(id);
  for (const Entry& entry : Catalog::get().all(Kind::claim))
    EXPECT_EQ(ids.count(entry.id), 1u) << entry.id << " has no witness";
}

TEST(ClaimLaws, YesOnTheWitnessNoOnALie) {
  const MemoryView truth = race();
  for (const auto& [id, json] : witnesses()) {
    const auto claim = claim_of(json);
    const Verdict verdict = claim->judge(truth);
    EXPECT_EQ(verdict.holds, true) << id << ": " << verdict.why << " " << verdict.measured;
    EXPECT_FALSE(verdict.statistic.empty()) << id;
    EXPECT_FALSE(verdict.expected.empty()) << id;
    std::size_t noticed = 0;
    for (const test::Lie lie : test::all_lies) noticed += claim->judge(SabotagedView(truth, lie)).holds == false;
    EXPECT_GE(noticed, 1u) << id << " believes every lie";
  }
}

/// Whatever is missing, a claim says that it cannot tell, and why; it neither holds nor fails.
TEST(ClaimLaws, UnknownWhereThereIsNothingToJudge) {
  const MemoryView empty;
  for (const auto& [id, json] : witnesses()) {
    const Verdict verdict = claim_of(json)->judge(empty);
    EXPECT_EQ(verdict.holds, std::nullopt) << id;
    EXPECT_FALSE(verdict.why.empty()) << id;
  }
}

}  // namespace
}  // namespace kappa
