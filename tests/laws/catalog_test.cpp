/// Every entry of the catalogue is named after its file, says what it is, and has defaults that its own rules accept.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "tests/laws/configurations.hpp"

namespace kappa {
namespace {

using namespace laws;
namespace fs = std::filesystem;

std::vector<const Entry*> every_entry() {
  std::vector<const Entry*> all;
  for (const Kind kind : all_kinds)
    for (const Entry& entry : Catalog::get().all(kind)) all.push_back(&entry);
  return all;
}

std::string name_of_entry(const Entry& entry) { return std::string(name_of(entry.kind)) + " " + entry.id; }

TEST(CatalogLaws, IdsAreFileNames) {
  for (const Kind kind : all_kinds) {
    std::set<std::string> files, ids;
    for (const auto& file : fs::directory_iterator(fs::path(KAPPA_SOURCE_DIR) / "core/methods" / plural_of(kind))) {
      if (file.path().extension() != ".cpp") continue;
      std::string stem = file.path().stem().string();
      if (stem.ends_with('_')) stem.pop_back();
      files.insert(stem);
    }
    for (const Entry& entry : Catalog::get().all(kind)) {
      EXPECT_EQ(entry.kind, kind) << entry.id;
      ids.insert(entry.id);
    }
    EXPECT_EQ(ids, files) << plural_of(kind);
  }
}

TEST(CatalogLaws, CardsSayWhatAndWhence) {
  for (const Entry* entry : every_entry()) {
    const Card& card = entry->card;
    EXPECT_FALSE(card.title.empty()) << name_of_entry(*entry);
    EXPECT_FALSE(card.idea.empty()) << name_of_entry(*entry);
    EXPECT_TRUE(card.idea.ends_with('.')) << name_of_entry(*entry) << ": the idea is a sentence";
    const bool formula = entry->kind == Kind::optimizer || entry->kind == Kind::problem ||
                         entry->kind == Kind::schedule || entry->kind == Kind::theory || entry->kind == Kind::study;
    EXPECT_FALSE(formula && card.equation.empty()) << name_of_entry(*entry);
    EXPECT_EQ(card.equation.find('\n'), std::string::npos) << name_of_entry(*entry);
    const bool from_paper = entry->kind == Kind::optimizer || entry->kind == Kind::theory || entry->kind == Kind::study;
    EXPECT_FALSE(from_paper && card.cite.empty()) << name_of_entry(*entry);
    for (const Citation& cite : card.cite) {
      EXPECT_FALSE(cite.who.empty()) << name_of_entry(*entry);
      EXPECT_GE(cite.year, 1600) << name_of_entry(*entry);
      EXPECT_LE(cite.year, 2100) << name_of_entry(*entry);
      EXPECT_FALSE(cite.title.empty()) << name_of_entry(*entry);
    }
  }
}

TEST(CatalogLaws, StudiesSayWhatToLookFor) {
  for (const Entry& entry : Catalog::get().all(Kind::study)) {
    EXPECT_TRUE(entry.card.question.ends_with('?')) << entry.id;
    EXPECT_FALSE(entry.card.look_for.empty()) << entry.id;
    EXPECT_FALSE(entry.card.group.empty()) << entry.id;
    for (const std::string& used : entry.card.uses)
      EXPECT_NE(Catalog::get().find(Kind::optimizer, used), nullptr) << entry.id << " uses " << used;
  }
}

TEST(CatalogLaws, FieldsAreWellMade) {
  for (const Entry* entry : every_entry()) {
    std::set<std::string> ids;
    for (const Field& field : entry->fields) {
      const std::string where = name_of_entry(*entry) + "/" + field.id;
      EXPECT_TRUE(ids.insert(field.id).second) << where << " stands twice";
      EXPECT_EQ(field.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_"), std::string::npos) << where;
      EXPECT_FALSE(field.help.empty()) << where;
      if (const auto* real = std::get_if<Range>(&field.domain)) {
        EXPECT_LT(real->lo, real->hi) << where;
        EXPECT_LE(real->slider_lo, real->slider_hi) << where;
      }
      if (const auto* choices = std::get_if<Choices>(&field.domain)) {
        EXPECT_GE(choices->names.size(), 2u) << where;
      }
      if (!field.when) continue;
      const auto other = std::find_if(entry->fields.begin(), entry->fields.end(),
                                      [&](const Field& f) { return f.id == field.when->field; });
      ASSERT_NE(other, entry->fields.end()) << where << " depends on an unknown field";
      const auto* choices = std::get_if<Choices>(&other->domain);
      for (const std::string& value : field.when->values) {
        const bool known = choices == nullptr ||
                           std::find(choices->names.begin(), choices->names.end(), value) != choices->names.end();
        EXPECT_TRUE(known) << where << " when " << value;
      }
    }
  }
}

TEST(CatalogLaws, DefaultsAreInRangeAndComeBackFromJson) {
  for (const Entry* entry : every_entry()) {
    std::vector<Configuration> all = {{"defaults", complete_node({entry->kind, entry->id, {}})}};
    if (entry->kind != Kind::claim) all = configurations(*entry);
    for (const Configuration& one : all) {
      std::string said;
      for (const Issue& issue : validate_node(one.node, "")) said += to_string(issue) + "\n";
      EXPECT_EQ(said, "") << name_of_entry(*entry) << ", " << one.name;
      const std::string json = node_to_json(one.node);
      const auto back = node_from_json(entry->kind, json);
      ASSERT_EQ(issues_of(back), nullptr) << name_of_entry(*entry) << ", " << one.name << "\n" << json;
      EXPECT_TRUE(complete_node(std::get<Node>(back)) == one.node) << name_of_entry(*entry) << ", " << one.name << "\n"
                                                                   << json;
      EXPECT_EQ(node_to_json(complete_node(std::get<Node>(back))), json);
    }
  }
}

TEST(CatalogLaws, DocumentsWithDefaultsParse) {
  for (const Entry* entry : every_entry()) {
    const std::string node = node_to_json(complete_node({entry->kind, entry->id, {}}));
    std::string problem = R"({"type": "quadratic"})", optimizer = R"({"type": "gradient_descent"})", more;
    std::string document;
    if (entry->kind == Kind::problem) problem = node;
    if (entry->kind == Kind::optimizer) optimizer = node;
    if (entry->kind == Kind::schedule) optimizer = R"({"type": "gradient_descent", "learning_rate": )" + node + "}";
    if (entry->kind == Kind::init && entry->id != "file") more = R"("init": )" + node + ", ";
    if (entry->kind == Kind::probe) more = R"("probes": [)" + node + "], ";
    if (entry->kind == Kind::theory) more = R"("theories": [")" + entry->id + R"("], )";
    if (entry->kind == Kind::order) {
      problem = R"({"type": "linear_regression"})";
      more = R"("batch": {"size": 5, "order": ")" + entry->id + R"("}, )";
    }
    document = R"({"kappascope": 1, )" + more + R"("problem": )" + problem +
               R"(, "runs": [{"label": "a", "optimizer": )" + optimizer + "}]}";
    if (entry->kind == Kind::study) document = R"({"kappascope": 1, "study": ")" + entry->id + R"("})";
    const auto parsed = parse_document(document);
    std::string said;
    if (const Issues* issues = issues_of(parsed))
      for (const Issue& issue : *issues) said += to_string(issue) + "\n";
    EXPECT_EQ(said, "") << document;
  }
}

}  // namespace
}  // namespace kappa
