/// Documents and methods survive the way to JSON and back, with and without their defaults.
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "core/spec/nodes.hpp"
#include "tests/core/spec/arbitrary.hpp"

namespace kappa {
namespace {

std::string all_of(const Issues& issues) {
  std::string out;
  for (const Issue& issue : issues) out += to_string(issue) + "\n";
  return out;
}

/// A random document may be too large for its batch or for memory, or have an event past its end; the rest is valid.
Document valid_document() {
  Document document = test::some_document();
  if (!document.events.empty() && effective_steps(document, 0) < document.events.front().step) document.events.clear();
  for (RunSpec& run : document.runs)
    if (run.fork) run.fork->step = 0;
  return document;
}

RC_GTEST_PROP(RoundTrip, DocumentsReadBackAsTheyWereWritten, ()) {
  const Document document = valid_document();
  const std::string text = write_document(document);
  const auto read = parse_document(text);
  if (const Issues* issues = issues_of(read)) RC_FAIL(all_of(*issues) + text);
  const Document& again = std::get<Document>(read);
  RC_ASSERT(write_document(again) == text);
  RC_ASSERT(again.runs == document.runs);
  RC_ASSERT(again.problem == document.problem && again.init == document.init && again.probes == document.probes);
  RC_ASSERT(again.about == document.about && again.theories == document.theories && again.stop == document.stop);
  RC_ASSERT(again.view == document.view && again.steps == document.steps && again.seed == document.seed);
}

RC_GTEST_PROP(RoundTrip, CompletingTwiceIsCompletingOnce, ()) {
  const Document once = complete(valid_document());
  RC_ASSERT(write_document(complete(once)) == write_document(once));
  const auto read = parse_document(write_document(once, true));
  if (const Issues* issues = issues_of(read)) RC_FAIL(all_of(*issues) + write_document(once));
  RC_ASSERT(std::get<Document>(read).runs == once.runs);
  RC_ASSERT(write_document(complete(std::get<Document>(read))) == write_document(once));
}

/// The optimizer that a run steps, with every field that it reads: what a fork chooses may leave one of its parent's
/// unread, and written down or not is then the same.
Node read_by_run(const Document& document, std::size_t run) {
  const Node whole = complete_node(effective_optimizer(document, run));
  const Entry& entry = *Catalog::get().find(Kind::optimizer, whole.id);
  Node read = whole;
  std::erase_if(read.params, [&](const auto& param) {
    const Field* field = spec::field_named(entry, param.first);
    return field && !spec::active(entry, whole, *field);
  });
  return read;
}

RC_GTEST_PROP(RoundTrip, CompletingChangesNoRun, ()) {
  const Document document = valid_document(), whole = complete(document);
  RC_LOG() << write_document(document);
  for (std::size_t i = 0; i < document.runs.size(); ++i) {
    RC_ASSERT(read_by_run(document, i) == read_by_run(whole, i));
    RC_ASSERT(effective_problem(whole, i).id == effective_problem(document, i).id);
    for (const auto& [key, value] : effective_problem(document, i).params)
      RC_ASSERT(equal(effective_problem(whole, i).params.at(key), value));
  }
}

TEST(RoundTrip, EveryMethodOfEveryKind) {
  for (const Kind kind : all_kinds) {
    if (kind == Kind::study) continue;
    for (const Entry& entry : Catalog::get().all(kind)) {
      EXPECT_TRUE(rc::check(entry.id, [&] {
        const Node node = test::some_node_of(entry);
        const Issues wrong = validate_node(node, "");
        if (!wrong.empty()) RC_FAIL(all_of(wrong));
        const auto read = node_from_json(kind, node_to_json(node));
        if (const Issues* issues = issues_of(read)) RC_FAIL(all_of(*issues) + node_to_json(node));
        RC_ASSERT(std::get<Node>(read) == node);
        const Node whole = complete_node(node);
        RC_ASSERT(complete_node(whole) == whole);
        RC_ASSERT(std::get<Node>(node_from_json(kind, node_to_json(whole))) == whole);
        for (const auto& [key, value] : node.params) RC_ASSERT(whole.params.contains(key));
      }));
    }
  }
}

TEST(RoundTrip, EveryDefaultIsAllowed) {
  for (const Kind kind : all_kinds)
    for (const Entry& entry : Catalog::get().all(kind)) {
      const Issues issues = validate_node(complete_node({kind, entry.id, {}}), "/" + entry.id);
      EXPECT_TRUE(issues.empty()) << all_of(issues);
    }
}

TEST(RoundTrip, EveryStudyWithItsSettings) {
  for (const Entry& entry : Catalog::get().all(Kind::study)) {
    Document document;
    document.study = entry.id;
    document = complete(document);
    const auto read = parse_document(write_document(document));
    ASSERT_EQ(issues_of(read), nullptr) << all_of(*issues_of(read));
    EXPECT_EQ(std::get<Document>(read).settings, document.settings);
    const auto wrong =
        parse_document(R"({"kappascope": 1, "steps": 3, "settings": {"zzzzzz": 1}, "study": ")" + entry.id + "\"}");
    ASSERT_NE(issues_of(wrong), nullptr);
    EXPECT_THAT(all_of(*issues_of(wrong)), testing::AllOf(testing::HasSubstr("/steps: the study"),
                                                          testing::HasSubstr("/settings/zzzzzz: unknown key")));
  }
}

}  // namespace
}  // namespace kappa
