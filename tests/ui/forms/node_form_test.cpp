/// Form, node and JSON are one and the same for every method of the catalogue; forms refuse in place.
#include "ui/forms/node_form.hpp"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

#include "ui/forms/choice_field.hpp"
#include "ui/forms/field_row.hpp"
#include "ui/forms/number_field.hpp"
#include "ui/forms/value_slider.hpp"

namespace kappa::ui {
namespace {

QString accept(const FieldEdit&) { return {}; }

/// A value other than the default, for fields that have one.
Value otherValue(const Field& field) {
  if (std::holds_alternative<Flag>(field.domain)) return !std::get<bool>(field.initial);
  if (const auto* r = std::get_if<Range>(&field.domain))
    return r->open_hi ? 0.5 * (r->slider_lo + r->slider_hi) : r->slider_hi;
  if (const auto* c = std::get_if<Count>(&field.domain)) return std::min<std::int64_t>(c->hi, std::int64_t{1} << 50);
  if (const auto* c = std::get_if<Choices>(&field.domain)) return c->names.back();
  return field.initial;
}

class EveryMethod : public ::testing::TestWithParam<Kind> {
 protected:
  static void roundTrip(const Node& node) {
    NodeForm form(node.kind, accept);
    form.setNode(node);
    EXPECT_TRUE(form.node() == node) << node_to_json(node) << "\n" << node_to_json(form.node());
    if (node.kind == Kind::study || node.kind == Kind::theory) return;
    const auto read = node_from_json(node.kind, node_to_json(form.node()));
    ASSERT_TRUE(std::holds_alternative<Node>(read)) << node.id << ": " << to_string(std::get<Issues>(read).front());
    NodeForm again(node.kind, accept);
    again.setNode(complete_node(std::get<Node>(read)));
    EXPECT_TRUE(again.node() == node) << node_to_json(again.node());
  }
};

TEST_P(EveryMethod, FormNodeAndJsonAreOne) {
  for (const Entry& entry : Catalog::get().all(GetParam())) roundTrip(complete_node({GetParam(), entry.id, {}}));
}

TEST_P(EveryMethod, KeepsValuesOtherThanTheDefaults) {
  for (const Entry& entry : Catalog::get().all(GetParam())) {
    Node node = complete_node({GetParam(), entry.id, {}});
    for (const Field& field : entry.fields)
      if (const Value other = otherValue(field); node.params.contains(field.id) && !refusal(field, other))
        node.params[field.id] = other;
    NodeForm form(GetParam(), accept);
    const Node whole = complete_node(node);
    form.setNode(whole);
    EXPECT_TRUE(form.node() == whole) << node_to_json(whole) << "\n" << node_to_json(form.node());
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, EveryMethod, ::testing::ValuesIn(all_kinds),
                         [](const auto& kind) { return std::string(name_of(kind.param)); });

TEST(NodeForm, SchedulesStandInTheirFieldsPlace) {
  const NodePtr cosine = std::make_shared<const Node>(complete_node({Kind::schedule, "cosine", {{"peak", 0.02}}}));
  const Node node = complete_node({Kind::optimizer, "adam", {{"learning_rate", cosine}, {"beta1", cosine}}});
  NodeForm form(Kind::optimizer, accept);
  form.setNode(node);
  EXPECT_TRUE(form.node() == node) << node_to_json(form.node());
  form.setNode(complete_node({Kind::optimizer, "adam", {}}));
  EXPECT_TRUE(form.node() == complete_node({Kind::optimizer, "adam", {}}));
}

class EditedForm : public ::testing::Test {
 protected:
  EditedForm()
      : form_(Kind::optimizer, [this](const FieldEdit& edit) {
          edits_.push_back(edit);
          return refusal_;
        }) {
    form_.setNode(complete_node({Kind::optimizer, "sam", {}}));
  }
  NumberField& number(const char* field) { return *form_.editor(field)->row()->numberField(); }

  std::vector<FieldEdit> edits_;
  QString refusal_;
  NodeForm form_;
};

TEST_F(EditedForm, TellsEveryAcceptedValue) {
  NumberField& rho = number("rho");
  rho.selectAll();
  QTest::keyClicks(&rho, "0.2");
  ASSERT_FALSE(edits_.empty());
  EXPECT_EQ(edits_.back().path, "rho");
  EXPECT_EQ(std::get<double>(edits_.back().value), 0.2);
  EXPECT_TRUE(edits_.back().live);
}

TEST_F(EditedForm, RefusesInPlace) {
  NumberField& rho = number("rho");
  rho.selectAll();
  QTest::keyClicks(&rho, "-2");
  EXPECT_TRUE(edits_.empty());
  EXPECT_FALSE(form_.editor("rho")->row()->shownSentence().isEmpty());
}

TEST_F(EditedForm, ShowsWhyTheDocumentRefuses) {
  refusal_ = "This is too much.";
  NumberField& rho = number("rho");
  rho.selectAll();
  QTest::keyClicks(&rho, "3");
  EXPECT_EQ(form_.editor("rho")->row()->shownSentence(), "This is too much.");
}

TEST_F(EditedForm, ReachesFieldsOfTheMethodInside) {
  auto* inner = form_.editor("base")->findChild<NodeForm*>();
  ASSERT_NE(inner, nullptr);
  NumberField& rate = *inner->editor("learning_rate")->row()->numberField();
  rate.selectAll();
  QTest::keyClicks(&rate, "0.5");
  ASSERT_FALSE(edits_.empty());
  EXPECT_EQ(edits_.back().path, "base/learning_rate");
}

TEST_F(EditedForm, SlidersRunOverTheLogarithm) {
  ValueSlider* slider = form_.editor("rho")->row()->slider();
  ASSERT_NE(slider, nullptr);
  QTest::keyClick(slider, Qt::Key_Home);
  ASSERT_FALSE(edits_.empty());
  EXPECT_DOUBLE_EQ(std::get<double>(edits_.back().value), 1e-4);
}

TEST_F(EditedForm, ANumberBecomesASchedule) {
  auto* inner = form_.editor("base")->findChild<NodeForm*>();
  auto* schedules = inner->editor("learning_rate")->findChildren<ChoiceField*>().value(0);
  ASSERT_NE(schedules, nullptr);
  ASSERT_TRUE(schedules->choose("cosine"));
  emit schedules->chosen("cosine");
  ASSERT_FALSE(edits_.empty());
  EXPECT_EQ(edits_.back().path, "base/learning_rate");
  EXPECT_FALSE(edits_.back().live);
  EXPECT_EQ(std::get<NodePtr>(edits_.back().value)->id, "cosine");
}

TEST(NodeForm, FieldsThatAreNotReadAreNotShown) {
  NodeForm form(Kind::problem, accept);
  form.setNode(complete_node({Kind::problem, "quadratic", {}}));
  EXPECT_TRUE(form.editor("spectrum_alpha")->isHidden());
  form.setNode(complete_node({Kind::problem, "quadratic", {{"spectrum", std::string("powerlaw")}}}));
  EXPECT_FALSE(form.editor("spectrum_alpha")->isHidden());
}

TEST(NodeForm, KeepsNothingOfTheNodeBefore) {
  NodeForm form(Kind::problem, accept);
  form.setNode(
      complete_node({Kind::problem, "quadratic", {{"spectrum", std::string("powerlaw")}, {"spectrum_alpha", 3.5}}}));
  form.setNode(complete_node({Kind::problem, "quadratic", {}}));
  EXPECT_TRUE(form.editor("spectrum_alpha")->isHidden());
  EXPECT_TRUE(equal(form.editor("spectrum_alpha")->value(), form.editor("spectrum_alpha")->field().initial));
}

}  // namespace
}  // namespace kappa::ui
