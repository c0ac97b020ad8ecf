/// Bad documents: each is refused with the path and the words that help, and none does harm.
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <sstream>

#include "core/spec/document.hpp"
#include "tests/support/source_tree.hpp"

namespace kappa {
namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(KAPPA_SOURCE_DIR) / "tests/fuzz/documents";

struct Bad {
  std::string name, path, phrase;
};

std::vector<Bad> bad_documents() {
  std::vector<Bad> all;
  std::istringstream lines(support::read_text(folder / "expected.tsv"));
  for (Bad bad;
       std::getline(lines, bad.name, '\t') && std::getline(lines, bad.path, '\t') && std::getline(lines, bad.phrase);)
    all.push_back(bad);
  return all;
}

std::string all_of(const Issues& issues) {
  std::string out;
  for (const Issue& issue : issues) out += to_string(issue) + "\n";
  return out;
}

TEST(BadDocuments, AreRefusedWhereTheyAreWrong) {
  const std::vector<Bad> all = bad_documents();
  ASSERT_GE(all.size(), 60u);
  for (const Bad& bad : all) {
    const auto read = parse_document(support::read_text(folder / (bad.name + ".json")));
    const Issues* issues = issues_of(read);
    ASSERT_NE(issues, nullptr) << bad.name << " was accepted";
    const bool said = std::any_of(issues->begin(), issues->end(), [&](const Issue& issue) {
      const bool deep = bad.phrase == "levels deep" && issue.path.starts_with(bad.path);
      return (deep || issue.path == bad.path) && to_string(issue).find(bad.phrase) != std::string::npos;
    });
    EXPECT_TRUE(said) << bad.name << " should say \"" << bad.phrase << "\" at \"" << bad.path << "\", but says:\n"
                      << all_of(*issues);
  }
}

TEST(BadDocuments, EachFileIsExpected) {
  std::size_t files = 0;
  for (const auto& file : fs::directory_iterator(folder)) files += file.path().extension() == ".json";
  EXPECT_EQ(files, bad_documents().size());
}

TEST(BadDocuments, OneMistakeIsOneIssue) {
  for (const char* name : {"rate_negative", "size_negative", "field_unknown", "label_twice", "probe_twice",
                           "no_problem", "runs_empty", "runs_object", "optimizer_unknown", "problem_no_type",
                           "fork_unknown", "schedule_peak", "event_value", "sweep_value"}) {
    const auto read = parse_document(support::read_text(folder / (std::string(name) + ".json")));
    ASSERT_NE(issues_of(read), nullptr) << name;
    EXPECT_EQ(issues_of(read)->size(), 1u) << name << ":\n" << all_of(*issues_of(read));
  }
}

TEST(BadDocuments, HugeOnesAreRefusedBeforeTheyAreRead) {
  const std::string text = R"({"kappascope": 1, "title": ")" + std::string(10'000'000, 'x') + "\"}";
  const auto read = parse_document(text);
  ASSERT_NE(issues_of(read), nullptr);
  EXPECT_THAT(issues_of(read)->front().message, testing::HasSubstr("the limit is 4000000"));
}

TEST(BadDocuments, BigOnesEndInGoodTime) {
  std::string brackets(3'000'000, '['), text = R"({"kappascope": 1)";
  for (int i = 0; i < 200'000; ++i) text += ",\"k" + std::to_string(i) + "\":1";
  const auto many = parse_document(text + "}");
  ASSERT_NE(issues_of(many), nullptr);
  EXPECT_LE(issues_of(many)->size(), 201u);
  EXPECT_NE(issues_of(parse_document(brackets)), nullptr);
  const auto label = parse_document(R"({"kappascope": 1, "problem": {"type": "quadratic"}, "runs": [{"label": ")" +
                                    std::string(3'000'000, 'x') + R"(", "optimizer": {"type": "adam"}}]})");
  ASSERT_NE(issues_of(label), nullptr);
  EXPECT_LT(to_string(issues_of(label)->front()).size(), 300u);
}

TEST(BadDocuments, AllMistakesAreSaidAtOnce) {
  const auto read =
      parse_document(R"({"kappascope": 1, "seed": -1, "colour": 2, "problem": {"type": "quadratic", "dimension": 0},
    "runs": [{"label": "", "optimizer": {"type": "adam", "beta1": 2, "beta3": 1}}], "probes": [{"type": "los"}]})");
  ASSERT_NE(issues_of(read), nullptr);
  std::vector<std::string> paths;
  for (const Issue& issue : *issues_of(read)) paths.push_back(issue.path);
  EXPECT_THAT(paths,
              testing::UnorderedElementsAre("/seed", "/colour", "/problem/dimension", "/runs/0/label",
                                            "/runs/0/optimizer/beta1", "/runs/0/optimizer/beta3", "/probes/0/type"));
}

TEST(BadDocuments, FilesSayTheirName) {
  const std::string missing = (folder / "not there.json").string(), truncated = (folder / "truncated.json").string();
  const auto none = read_document(missing);
  ASSERT_NE(issues_of(none), nullptr);
  EXPECT_EQ(issues_of(none)->front().trouble, Trouble::file);
  EXPECT_EQ(issues_of(none)->front().path, missing);
  EXPECT_EQ(issues_of(read_document(folder.string()))->front().trouble, Trouble::file);
  const auto half = read_document(truncated);
  ASSERT_NE(issues_of(half), nullptr);
  EXPECT_EQ(issues_of(half)->front().trouble, Trouble::input);
  EXPECT_EQ(issues_of(half)->front().path, truncated);
}

/// A byte changed, cut or doubled anywhere: the document is read or refused in words, and nothing else happens.
RC_GTEST_PROP(BadDocuments, BrokenBytesAreRefusedInWords, ()) {
  static const std::vector<Bad> all = bad_documents();
  std::string text =
      support::read_text(folder / (all.at(*rc::gen::inRange<std::size_t>(0, all.size())).name + ".json"));
  const auto changes = *rc::gen::inRange(1, 6);
  for (int i = 0; i < changes && !text.empty(); ++i) {
    const auto where = *rc::gen::inRange<std::size_t>(0, text.size());
    const int how = *rc::gen::inRange(0, 4);
    if (how == 0) text[where] = *rc::gen::arbitrary<char>();
    if (how == 1) text.resize(where);
    if (how == 2) text.insert(where, text.substr(where, *rc::gen::inRange<std::size_t>(1, 40)));
    if (how == 3)
      text.insert(where, *rc::gen::element<std::string>("{", "[", "\"", "null", "1e400", "-1", "{}", "[]", ",", ":"));
  }
  const auto read = parse_document(text);
  if (const Issues* issues = issues_of(read)) {
    RC_ASSERT(!issues->empty());
    for (const Issue& issue : *issues) RC_ASSERT(!issue.message.empty());
  } else {
    RC_ASSERT(!issues_of(parse_document(write_document(std::get<Document>(read)))));
  }
}

}  // namespace
}  // namespace kappa
