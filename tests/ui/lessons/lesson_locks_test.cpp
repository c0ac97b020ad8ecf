/// Locks compare documents place by place.
#include "ui/lessons/lesson_locks.hpp"

#include <gtest/gtest.h>

#include "ui/runs/document_edits.hpp"

namespace kappa::ui {
namespace {

Document withRate(double rate) {
  Document document = freshDocument();
  return withOptimizer(document, 0, *with_value(document.runs[0].optimizer, "learning_rate", rate));
}

TEST(LessonLocks, RefuseWhatDiffersAtALockedPlaceAndNothingElse) {
  const Document a = withRate(1.0), b = withRate(0.5);
  EXPECT_TRUE(refusedByLocks(a, b, {}).empty());
  EXPECT_TRUE(refusedByLocks(a, b, {"/problem", "/steps"}).empty());
  EXPECT_EQ(refusedByLocks(a, b, {"/runs"}).size(), 1u);
  const Issues issues = refusedByLocks(a, b, {"/problem", "/runs/0/optimizer/learning_rate"});
  ASSERT_EQ(issues.size(), 1u);
  EXPECT_EQ(issues.front().path, "/runs/0/optimizer/learning_rate");
  EXPECT_FALSE(issues.front().message.empty());
}

TEST(LessonLocks, RefuseMoreRunsWhereTheyAreLocked) {
  const Document a = freshDocument();
  EXPECT_EQ(refusedByLocks(a, withRunAdded(a, "adam"), {"/runs"}).size(), 1u);
}

TEST(LessonLocks, HoldForEverythingBelow) {
  const QStringList locks{"/problem", "/runs/1"};
  EXPECT_TRUE(isLocked(locks, "/problem"));
  EXPECT_TRUE(isLocked(locks, "/problem/condition_number"));
  EXPECT_TRUE(isLocked(locks, "/runs/1/optimizer/momentum"));
  EXPECT_FALSE(isLocked(locks, "/runs/10"));
  EXPECT_FALSE(isLocked(locks, "/runs/0/optimizer"));
  EXPECT_FALSE(isLocked(locks, "/problems"));
}

}  // namespace
}  // namespace kappa::ui
