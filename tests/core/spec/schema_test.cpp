/// What is generated from the catalogue: the schema, reference pages, lists.
#include <gmock/gmock.h>

#include <set>

#include "core/catalog/catalog.hpp"
#include "core/spec/describe.hpp"
#include "core/spec/document.hpp"
#include "core/spec/json.hpp"

namespace kappa {
namespace {

using spec::Json;
using testing::HasSubstr;

Json tree(const std::string& text) {
  auto read = spec::read_json(text);
  return issues_of(read) != nullptr ? Json() : std::get<Json>(read);
}

void collect(const Json& json, std::set<std::string>& references) {
  if (const Json::Object* members = json.members())
    for (const spec::JsonMember& member : *members) {
      if (member.key == "$ref") references.insert(*member.value.text());
      collect(member.value, references);
    }
  if (const Json::List* list = json.list())
    for (const Json& item : *list) collect(item, references);
}

TEST(Schema, DefinesEveryMethodAndField) {
  const Json schema = tree(document_schema());
  EXPECT_EQ(*schema.find("$schema")->text(), "https://json-schema.org/draft/2020-12/schema");
  const Json& defs = *schema.find("$defs");
  for (const Kind kind : all_kinds)
    for (const Entry& entry : Catalog::get().all(kind)) {
      const Json* def = defs.find(std::string(name_of(kind)) + "." + entry.id);
      ASSERT_NE(def, nullptr) << entry.id;
      EXPECT_EQ(std::get<bool>(def->find("additionalProperties")->value), false) << entry.id;
      for (const Field& field : entry.fields)
        EXPECT_NE(def->find("properties")->find(field.id), nullptr) << entry.id << " " << field.id;
    }
}

TEST(Schema, EveryReferenceLeadsSomewhere) {
  const Json schema = tree(document_schema());
  std::set<std::string> references;
  collect(schema, references);
  ASSERT_GT(references.size(), 10u);
  for (const std::string& reference : references) {
    ASSERT_TRUE(reference.starts_with("#/$defs/")) << reference;
    EXPECT_NE(schema.find("$defs")->find(reference.substr(8)), nullptr) << reference;
  }
}

TEST(Schema, SaysRangesAndDefaults) {
  const Json schema = tree(document_schema());
  const Json& adam = *schema.find("$defs")->find("optimizer.adam")->find("properties");
  EXPECT_EQ(*adam.find("beta2")->find("default")->number(), 0.999);
  const Json& options = *adam.find("beta2")->find("anyOf");
  EXPECT_EQ(*options.list()->at(0).find("exclusiveMaximum")->number(), 1.0);
  EXPECT_EQ(*options.list()->at(1).find("$ref")->text(), "#/$defs/schedule");
  EXPECT_EQ(*adam.find("type")->find("const")->text(), "adam");
}

TEST(Schema, EachStudyHasItsOwnDocument) {
  const Json schema = tree(document_schema());
  EXPECT_EQ(schema.find("oneOf")->list()->size(), 1 + Catalog::get().all(Kind::study).size());
}

TEST(Describe, PagesSayEquationParametersAndCitation) {
  for (const Kind kind : all_kinds)
    for (const Entry& entry : Catalog::get().all(kind)) {
      const std::string page = describe_markdown(entry);
      EXPECT_THAT(page, HasSubstr(entry.card.title));
      EXPECT_THAT(page, HasSubstr(entry.card.equation));
      for (const Citation& cite : entry.card.cite) EXPECT_THAT(page, HasSubstr(cite.who));
      const Json json = tree(describe_json(entry));
      EXPECT_EQ(json.find("parameters")->list()->size(), entry.fields.size()) << entry.id;
    }
  EXPECT_THAT(describe_markdown(*Catalog::get().find(Kind::optimizer, "adam")),
              HasSubstr("| `beta2`         | β₂     | 0.999   | a number from 0 to below 1, or a schedule |"));
}

TEST(Describe, ListsNameEveryMethod) {
  for (const Kind kind : all_kinds) EXPECT_EQ(tree(list_json(kind)).list()->size(), Catalog::get().all(kind).size());
}

}  // namespace
}  // namespace kappa
