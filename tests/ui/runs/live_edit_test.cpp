/// Fields changed while runs are at work: each live field of each optimizer, marks on curves, theories that end there.
#include <QSignalSpy>

#include "tests/ui/runs/desk.hpp"
#include "ui/forms/field_editor.hpp"
#include "ui/forms/number_text.hpp"

namespace kappa::ui {
namespace {

class LiveEditTest : public testing::Desk {
 protected:
  /// A document that the optimizer can run on: the first of a few problems that lets it start.
  bool open(const Entry& optimizer) {
    for (const char* problem : {"linear_regression", "matrix_least_squares", "asymmetric_sensing", "matrix_sensing",
                                "logistic_regression", "lasso", "quadratic"}) {
      Document document = testing::smallRace(100000);
      document.problem = complete_node({Kind::problem, problem, {}});
      document.runs.resize(1);
      document.runs[0].optimizer = complete_node({Kind::optimizer, optimizer.id, {}});
      document.probes.resize(1);
      document.stop.diverged_above = 1e300;
      document = complete(document);
      if (!validate(document).empty()) continue;
      session_.openDocument(document, "one");
      session_.step(2);
      testing::await([&] { return session_.status().runs[0].ended || session_.lastStep() == 2; });
      if (!session_.status().runs[0].ended) return true;
    }
    return false;
  }
  static std::optional<double> numberOf(const Value& value) {
    if (const auto* number = std::get_if<double>(&value)) return *number;
    if (const auto* count = std::get_if<std::int64_t>(&value)) return static_cast<double>(*count);
    return std::nullopt;
  }
  /// Another value that the field's own widget takes.
  static std::optional<Value> other(const Field& field) {
    if (const auto* range = std::get_if<Range>(&field.domain)) {
      const auto* now = std::get_if<double>(&field.initial);
      const double from = now ? *now : range->lo;
      for (const double wanted : {0.9 * from, 1.1 * from, 0.5 * (range->lo + range->hi), from + 0.01})
        if (wanted != from && !refusal(field, wanted)) return wanted;
    }
    if (const auto* count = std::get_if<Count>(&field.domain)) {
      const auto* now = std::get_if<std::int64_t>(&field.initial);
      if (now && *now < count->hi) return *now + 1;
      if (now && *now > count->lo) return *now - 1;
    }
    return std::nullopt;
  }
};

TEST_F(LiveEditTest, EveryLiveFieldOfEveryOptimizerTakesEffectThroughTheForm) {
  std::string untried;
  int tried = 0;
  for (const Entry& entry : Catalog::get().all(Kind::optimizer)) {
    if (std::none_of(entry.fields.begin(), entry.fields.end(), [](const Field& f) { return f.live && other(f); }))
      continue;  // nothing to change: it may well be done in one step
    if (!open(entry)) untried += entry.id + " ";
    for (const Field& field : entry.fields) {
      const std::string name = entry.id + "/" + field.id;
      const auto wanted = other(field);
      if (!field.live || !wanted) continue;
      if (session_.status().runs[0].ended && !open(entry)) break;
      FieldEditor* editor = window_.setup().runForm()->form()->editor(field.id);
      NumberField* number = editor && editor->row() ? editor->row()->numberField() : nullptr;
      if (number && !number->isEnabled()) continue;  // read only if another field has another value
      QSignalSpy replaced(&session_, &Session::runnerReplaced);
      const std::size_t before = session_.recorded().events.size();
      if (number)
        type(*number, qPrintable(NumberText::shortest(*numberOf(*wanted))));
      else
        untried += name + " ";
      const std::uint64_t at = session_.lastStep();
      session_.step();
      testing::await([&] { return session_.lastStep() == at + 1 || session_.status().runs[0].ended; });
      const Document lived = session_.recorded();
      EXPECT_EQ(replaced.count(), 0) << name;
      ASSERT_GT(lived.events.size(), before) << name;
      EXPECT_EQ(lived.events.back().step, at) << name;
      EXPECT_EQ(lived.events.back().path, "/runs/0/optimizer/" + field.id);
      ++tried;
    }
  }
  EXPECT_EQ(untried, "");
  EXPECT_GE(tried, 40);
}

TEST_F(LiveEditTest, AnEditIsMarkedOnTheCurveAndEndsTheTheoryOfItsRun) {
  Document document = freshDocument();
  document.steps = 200;
  session_.openDocument(document, "bowl");
  ASSERT_TRUE(walkTo(60));
  const auto theory = [&] {
    const auto& curves = chart("loss").curves;
    return std::find_if(curves.begin(), curves.end(), [](const Curve& c) { return c.theory.has_value(); });
  };
  ASSERT_NE(theory(), chart("loss").curves.end());
  EXPECT_GT(theory()->vertices.back().x, 150);
  type(field("learning_rate"), "0.5");
  ASSERT_TRUE(walkTo(100));
  const Figure& figure = chart("loss");
  const auto mark =
      std::find_if(figure.marks.begin(), figure.marks.end(), [](const Mark& m) { return m.kind == MarkKind::edit; });
  ASSERT_NE(mark, figure.marks.end());
  EXPECT_EQ(mark->x, 60);
  ASSERT_NE(theory(), figure.curves.end());
  EXPECT_LE(theory()->vertices.back().x, 60);
  EXPECT_TRUE(std::any_of(figure.legend.begin(), figure.legend.end(), [](const LegendEntry& e) {
    return e.theory && e.note.find("until the edit at step 60") != std::string::npos;
  }));
}

TEST_F(LiveEditTest, RecordedEditsAreShownInTheFormWhenTheirStepComes) {
  Document document = testing::smallRace();
  document.events = {{50, false, "/runs/0/optimizer/learning_rate", Value(0.1)}};
  session_.openDocument(document, "events");
  ASSERT_TRUE(walkTo(20));
  EXPECT_EQ(field("learning_rate").value(), 0.3);
  ASSERT_TRUE(walkTo(60));
  EXPECT_EQ(field("learning_rate").value(), 0.1);
  type(field("learning_rate"), "0.05");
  ASSERT_TRUE(walkTo(70));
  ASSERT_EQ(session_.document().events.size(), 2u) << "a document with recorded edits goes on recording";
  EXPECT_EQ(session_.document().events[1].step, 60u);
  window_.actions().restart->trigger();
  ASSERT_TRUE(walkTo(10));
  EXPECT_EQ(field("learning_rate").value(), 0.3);
}

}  // namespace
}  // namespace kappa::ui
