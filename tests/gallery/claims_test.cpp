/// Every claim of every built-in experiment holds at its own seed, and the judges notice when the trace lies.
#include <gtest/gtest.h>

#include "core/kinds/claim.hpp"
#include "core/kinds/study.hpp"
#include "tests/gallery/experiments.hpp"
#include "tests/support/sabotage.hpp"

namespace kappa {
namespace {

std::vector<Verdict> verdicts_on(const Document& document, const TraceView& trace) {
  Verdicts verdicts;
  if (document.study != "descent") make_study(document.settings)->judge(trace, verdicts);
  for (const Node& claim : document.claims) verdicts.add(make_claim(claim)->judge(trace));
  return verdicts.list();
}

class GalleryClaims : public ::testing::TestWithParam<std::string> {};

TEST_P(GalleryClaims, HoldAndNoticeLies) {
  const Document document = complete(gallery_tests::document(GetParam()));
  Runner runner(document, {});
  ASSERT_TRUE(runner.wait(std::chrono::minutes(24)));
  for (const RunStatus& run : runner.status().runs) EXPECT_NE(run.ended, Ended::failed) << run.label << ": " << run.why;
  for (const ClaimResult& claim : runner.claims())
    EXPECT_EQ(claim.holds, true) << claim.claim << " (" << claim.statistic << "): expected " << claim.expected
                                 << ", measured " << claim.measured << " " << claim.why;
  const auto truth = view_of(*runner.trace());
  const std::vector<Verdict> honest = verdicts_on(document, *truth);
  ASSERT_EQ(honest.size(), runner.claims().size());
  for (std::size_t i = 0; i < honest.size(); ++i) {
    bool noticed = false;
    const auto tell = [&](test::Lie lie) {
      const std::vector<Verdict> told = verdicts_on(document, test::SabotagedView(*truth, lie));
      noticed = noticed || i >= told.size() || told[i].holds != true;
    };
    for (const test::Lie lie : test::all_lies) tell(lie);
    if (!noticed) {
      for (const test::Lie lie : test::crude_lies) tell(lie);
      RecordProperty("notices_only_crude_lies", honest[i].claim);
    }
    EXPECT_TRUE(noticed) << "believes every lie: " << honest[i].claim;
  }
}

INSTANTIATE_TEST_SUITE_P(Every, GalleryClaims, ::testing::ValuesIn(gallery_tests::names()),
                         [](const auto& at) { return at.param; });

}  // namespace
}  // namespace kappa
