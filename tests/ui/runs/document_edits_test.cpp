/// Runs come and go with everything that points at them.
#include "ui/runs/document_edits.hpp"

#include <gtest/gtest.h>

namespace kappa::ui {
namespace {

Document threeRuns() {
  Document document = withRunAdded(withRunAdded(freshDocument(), "adam"), "heavy_ball");
  document.events = {{.step = 5, .path = "/runs/1/optimizer/learning_rate", .value = 0.5},
                     {.step = 9, .stop = true, .path = "/runs/2", .value = false}};
  document.claims = {{Kind::claim, "reaches_first", {{"run", std::string("Adam")}}}};
  return complete(document);
}

TEST(DocumentEdits, FreshDocumentsAreValid) {
  EXPECT_TRUE(validate(freshDocument()).empty());
  for (const Entry& study : Catalog::get().all(Kind::study))
    EXPECT_TRUE(validate(freshStudy(study)).empty()) << study.id;
}

TEST(DocumentEdits, LabelsStayUnique) {
  const Document twice = withRunAdded(withRunAdded(freshDocument(), "adam"), "adam");
  EXPECT_EQ(twice.runs[1].label, "Adam");
  EXPECT_EQ(twice.runs[2].label, "Adam 2");
  EXPECT_EQ(withRunDuplicated(twice, 1).runs[2].label, "Adam 3");
}

TEST(DocumentEdits, PointersFollowTheirRuns) {
  const Document removed = withRunRemoved(threeRuns(), 0);
  ASSERT_EQ(removed.events.size(), 2u);
  EXPECT_EQ(removed.events[0].path, "/runs/0/optimizer/learning_rate");
  EXPECT_EQ(removed.events[1].path, "/runs/1");
  const Document copied = withRunDuplicated(threeRuns(), 0);
  EXPECT_EQ(copied.events[0].path, "/runs/2/optimizer/learning_rate");
  EXPECT_EQ(copied.events[1].path, "/runs/3");
}

TEST(DocumentEdits, WhatPointsAtARemovedRunGoesWithIt) {
  const Document removed = withRunRemoved(threeRuns(), 1);
  ASSERT_EQ(removed.events.size(), 1u);
  EXPECT_EQ(removed.events[0].path, "/runs/1");
  EXPECT_TRUE(removed.claims.empty());
}

TEST(DocumentEdits, ForksGoWithTheirParent) {
  Document document = threeRuns();
  document.events.clear();
  RunSpec fork{.label = "fork", .optimizer = {Kind::optimizer, "", {}}};
  fork.fork = {"Adam", 10};
  document.runs.push_back(fork);
  EXPECT_EQ(withRunRemoved(document, 1).runs.size(), 2u);
  EXPECT_EQ(withRunRenamed(document, 1, "A").runs[3].fork->run, "A");
}

TEST(DocumentEdits, ARenamedRunIsRenamedInClaims) {
  const Document renamed = withRunRenamed(threeRuns(), 1, "A");
  EXPECT_EQ(std::get<std::string>(renamed.claims[0].params.at("run")), "A");
  EXPECT_TRUE(validate(renamed).empty());
}

TEST(DocumentEdits, OnlyTextsLeaveResultsAlone) {
  Document other = threeRuns();
  other.title = "another";
  other.about.question = "why?";
  EXPECT_FALSE(differInResults(threeRuns(), other));
  other.seed = 77;
  EXPECT_TRUE(differInResults(threeRuns(), other));
}

TEST(DocumentEdits, TellsRunsApart) {
  EXPECT_EQ(tellingOf({Kind::optimizer, "gradient_descent", {{"learning_rate", 1.98}}}), QStringLiteral("η\u00a01.98"));
  const NodePtr cosine = std::make_shared<const Node>(Node{Kind::schedule, "cosine", {{"peak", 0.02}}});
  EXPECT_EQ(tellingOf({Kind::optimizer, "adam", {{"learning_rate", cosine}}}), QStringLiteral("η\u00a0cosine 0.02"));
}

}  // namespace
}  // namespace kappa::ui
