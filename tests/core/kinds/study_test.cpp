/// The words of an ending are those of summary.json, and a node is what was written.
#include <gtest/gtest.h>

#include "core/kinds/study.hpp"

namespace kappa {
namespace {

TEST(Ended, HasItsWord) {
  EXPECT_EQ(name_of(Ended::steps), "steps");
  EXPECT_EQ(name_of(Ended::reached), "reached");
  EXPECT_EQ(name_of(Ended::finished), "finished");
  EXPECT_EQ(name_of(Ended::diverged), "diverged");
  EXPECT_EQ(name_of(Ended::stopped), "stopped");
  EXPECT_EQ(name_of(Ended::interrupted), "interrupted");
  EXPECT_EQ(name_of(Ended::failed), "failed");
}

TEST(NodeInOneLine, IsWhatWasWritten) {
  const Node one = node(Kind::optimizer, "adam", {{"learning_rate", 0.1}});
  EXPECT_EQ(one.kind, Kind::optimizer);
  EXPECT_EQ(one.id, "adam");
  EXPECT_EQ(std::get<double>(one.params.at("learning_rate")), 0.1);
}

}  // namespace
}  // namespace kappa
