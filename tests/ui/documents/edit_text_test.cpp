/// What the history says of edits.
#include "ui/documents/edit_text.hpp"

#include <gtest/gtest.h>

#include "tests/support/documents.hpp"
#include "ui/runs/document_edits.hpp"

namespace kappa::ui {
namespace {

class EditText : public ::testing::Test {
 protected:
  template <class Edit>
  std::string told(Edit edit) const {
    Document after = before_;
    edit(after);
    return editText(before_, complete(after), "otherwise").toStdString();
  }
  const Document before_ = testing::document_of(testing::small_race());
};

TEST_F(EditText, NamesTheFieldItsOwnerAndTheValue) {
  EXPECT_EQ(told([](Document& d) { d.runs[1].optimizer.params["learning_rate"] = 0.25; }),
            "learning rate of Adam to 0.25");
  EXPECT_EQ(told([](Document& d) {
              d.runs[1].optimizer.params["learning_rate"] =
                  std::make_shared<const Node>(Node{Kind::schedule, "cosine", {{"peak", 0.02}}});
            }),
            "learning rate of Adam to cosine 0.02");
  EXPECT_EQ(told([](Document& d) { d.problem.params["condition_number"] = 100.0; }), "condition number to 100");
  EXPECT_EQ(told([](Document& d) { d.steps = 500; }), "steps to 500");
  EXPECT_EQ(told([](Document& d) { d.batch.size = 8; }), "batch size to 8");
  EXPECT_EQ(told([](Document& d) { d.title = "Race"; }), "title to Race");
  EXPECT_EQ(told([](Document& d) { d.probes[2].params["every"] = std::int64_t{10}; }),
            "every of singular values to 10");
}

TEST_F(EditText, NamesRunsThatComeAndGo) {
  EXPECT_EQ(told([](Document& d) { d = withRunAdded(d, "muon"); }), "add run “Muon”");
  EXPECT_EQ(told([](Document& d) { d = withRunRemoved(d, 0); }), "remove run “GD”");
  EXPECT_EQ(told([](Document& d) { d = withRunRenamed(d, 0, "Plain"); }), "rename “GD” to “Plain”");
  EXPECT_EQ(told([](Document& d) { std::swap(d.runs[0], d.runs[1]); }), "move runs");
  EXPECT_EQ(told([](Document& d) {
              d.runs.push_back({.label = "F", .optimizer = {Kind::optimizer, "", {}}, .fork = ForkSpec{"GD", 30}});
            }),
            "fork “GD” at step 30");
}

TEST_F(EditText, NamesAnotherMethod) {
  EXPECT_EQ(told([](Document& d) {
              d = withOptimizer(d, 0, complete_node({Kind::optimizer, "lion", {}}));
            }),
            "method of GD to Lion");
  EXPECT_EQ(told([](Document& d) {
              d = withProblem(d, complete_node({Kind::problem, "quadratic", {}}));
            }).starts_with("problem to "),
            true);
}

TEST_F(EditText, LeavesTheEditorsWordsWhereItCannotTell) {
  EXPECT_EQ(told([](Document& d) { d.view = R"({"x": "seconds"})"; }), "otherwise");
  EXPECT_EQ(told([](Document& d) { d.steps = 500, d.seed = 3; }), "otherwise");
}

}  // namespace
}  // namespace kappa::ui
