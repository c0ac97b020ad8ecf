/// Everything that a document says is in the form: shown, editable, and the same after it was entered once more.
#include <gtest/gtest.h>

#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

#include "tests/support/scratch.hpp"
#include "tests/ui/await.hpp"
#include "ui/forms/choice_field.hpp"
#include "ui/forms/elided_button.hpp"
#include "ui/forms/field_row.hpp"
#include "ui/forms/flag_field.hpp"
#include "ui/forms/node_form.hpp"
#include "ui/forms/number_field.hpp"
#include "ui/forms/text_area.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/own_settings.hpp"
#include "ui/window/scalar_form.hpp"
#include "ui/window/setup_panel.hpp"
#include "ui/window/sweep_form.hpp"
#include "ui/window/theory_form.hpp"

namespace kappa::ui {
namespace {

/// All there is in one document.
constexpr const char* everything = R"({
  "kappascope": 1, "study": "descent", "title": "All of it", "note": "one\ntwo", "seed": 12345, "repeats": 1,
  "about": {"question": "What, then?", "look_for": "The end, and the way there.", "group": "Dynamics",
            "papers": ["Polyak 1964, Some methods, arXiv:1234.56789", "Nesterov 1983"]},
  "steps": 70,
  "problem": {"type": "linear_regression", "samples": 40, "features": 6, "condition_number": 10, "noise": 0.1},
  "batch": {"size": 8, "order": "with_replacement"}, "init": {"type": "gaussian", "scale": 0.5},
  "runs": [
    {"label": "GD, plain", "optimizer": {"type": "gradient_descent", "learning_rate": 0.3}},
    {"label": "own", "optimizer": {"type": "adam", "learning_rate": {"type": "cosine", "peak": 0.01, "warmup_steps": 5}},
     "problem": {"condition_number": 50}, "init": {"type": "zeros"}, "steps": 60, "batch": {"size": 4, "order": "incremental"}},
    {"label": "fork", "fork": {"run": "GD, plain", "step": 30}, "optimizer": {"learning_rate": 0.05}}],
  "probes": [{"type": "loss"}, {"type": "gradient_norm", "every": 5}],
  "stop": {"loss_below": 1e-9, "diverged_above": 1e6},
  "events": [{"step": 12, "set": "/runs/0/optimizer/learning_rate", "value": 0.2}, {"step": 40, "stop": "/runs/1"}],
  "theories": ["gd_quadratic_rate", "heavy_ball_rate"],
  "claims": [{"type": "reaches_first", "run": "own", "against": ["GD, plain"], "target": 0.5, "sentence": "It wins"}],
  "sweep": {"/problem/condition_number": [10, 100], "/problem/spectrum": ["geometric", "linear"]},
  "view": {"x": "steps"}})";

class WholeDocument : public ::testing::Test {
 protected:
  WholeDocument() {
    panel_.resize(272, 900);
    panel_.show();
  }
  void open(const std::string& json) {
    const auto read = parse_document(json);
    ASSERT_TRUE(std::holds_alternative<Document>(read)) << to_string(std::get<Issues>(read).front());
    session_.openDocument(std::get<Document>(read), "all");
    QCoreApplication::processEvents();
  }
  std::string written() const { return write_document(session_.document()); }

  /// Every control of the panel says its value once more.
  void enterEverything() {
    for (std::size_t run = 0; run < std::max<std::size_t>(1, session_.document().runs.size()); ++run) {
      session_.chooseRun(run);
      QCoreApplication::processEvents();
      for (const auto& editor : pointers<FieldEditor>())
        if (editor && editor->isVisibleTo(&panel_) && editor->row()) {
          const std::string id = editor->field().id;
          editor->enter(editor->value());
          EXPECT_EQ(session_.undoStack().count(), 0) << id;
          if (session_.undoStack().count() > 0) return;  // one is enough
        }
      for (const auto& area : pointers<TextArea>())
        if (area) emit area->finished(area->toPlainText());
      for (const auto& line : pointers<QLineEdit>())
        if (line && line->isVisibleTo(&panel_)) emit line->editingFinished();
      for (const auto& choice : pointers<ChoiceField>())
        if (choice && choice->isVisibleTo(&panel_) &&
            !qobject_cast<TheoryForm*>(choice->parentWidget()->parentWidget()))
          emit choice->chosen(choice->chosenId());
    }
  }
  template <class T>
  std::vector<QPointer<T>> pointers() {
    std::vector<QPointer<T>> all;
    for (T* one : panel_.findChildren<T*>()) all.emplace_back(one);
    return all;
  }
  QPushButton* button(const QString& text) {
    for (auto* one : panel_.findChildren<QPushButton*>())
      if (one->text() == text && one->isVisibleTo(&panel_)) return one;
    return nullptr;
  }
  QToolButton* cross(const QString& name) {
    for (auto* one : panel_.findChildren<QToolButton*>())
      if (one->accessibleName() == name && one->isVisibleTo(&panel_)) return one;
    return nullptr;
  }
  void choose(const QString& opener, const QString& title) {
    QPushButton* more = button(opener);
    ASSERT_NE(more, nullptr) << opener.toStdString();
    emit more->menu()->aboutToShow();
    for (QAction* action : more->menu()->actions())
      if (action->text() == title) {
        action->trigger();
        QCoreApplication::processEvents();
        return;
      }
    FAIL() << title.toStdString();
  }
  template <class Form>
  Form* form() {
    return panel_.findChild<Form*>();
  }
  NumberField* number(QWidget* in, const QString& name) {
    for (FieldRow* row : in->findChildren<FieldRow*>())
      if (row->name().startsWith(name) && row->isVisibleTo(&panel_)) return row->numberField();
    return nullptr;
  }
  static void type(NumberField* field, const QString& text) {
    ASSERT_NE(field, nullptr);
    field->selectAll();
    QTest::keyClicks(field, text);
    QTest::keyClick(field, Qt::Key_Return);
  }

  test::ScratchDirectory folder_;
  AppTheme theme_{*qApp};
  Session session_{QString::fromStdString(folder_ / "recovery")};
  SetupPanel panel_{session_, theme_};
};

TEST_F(WholeDocument, IsTheSameAfterEverythingWasEnteredOnceMore) {
  open(everything);
  const std::string before = written();
  enterEverything();
  EXPECT_EQ(written(), before);
  EXPECT_EQ(session_.undoStack().count(), 0);
}

TEST_F(WholeDocument, SoIsEveryDocumentOfTheGallery) {
  for (const GalleryItem& item : gallery()) {
    session_.open(QString::fromStdString(item.name));
    QCoreApplication::processEvents();
    const std::string before = written();
    enterEverything();
    EXPECT_EQ(written(), before) << item.name;
  }
}

TEST_F(WholeDocument, TextsAreWritten) {
  open(everything);
  for (ScalarForm* one : panel_.findChildren<ScalarForm*>()) {
    if (!one->area("papers")) continue;
    EXPECT_EQ(one->area("papers")->toPlainText(), "Polyak 1964, Some methods, arXiv:1234.56789\nNesterov 1983");
    for (const char* id : {"title", "question", "look_for", "note", "papers"}) {
      TextArea* area = one->area(id);
      ASSERT_NE(area, nullptr) << id;
      panel_.ensureWidgetVisible(area);
      panel_.activateWindow();
      area->setFocus();
      area->selectAll();
      QTest::keyClicks(area, "New " + QString(id));
      QTest::keyClick(area, Qt::Key_Tab);
    }
  }
  const Document& now = session_.document();
  EXPECT_EQ(now.title, "New title");
  EXPECT_EQ(now.note, "New note");
  EXPECT_EQ(now.about.question, "New question");
  EXPECT_EQ(now.about.look_for, "New look_for");
  EXPECT_EQ(now.about.papers, std::vector<std::string>{"New papers"});
}

TEST_F(WholeDocument, RunsTakeSettingsOfTheirOwnAndGiveThemBack) {
  open(everything);
  session_.chooseRun(0);
  choose("+ Only for this run", "Problem");
  choose("+ Only for this run", "Start");
  choose("+ Only for this run", "Steps");
  choose("+ Only for this run", "Batch");
  const auto own = [&]() -> const RunSpec& { return session_.document().runs[0]; };
  ASSERT_TRUE(own().problem && own().init && own().steps && own().batch);
  auto* settings = form<OwnSettings>();
  type(number(settings, "Steps"), "33");
  type(number(settings, "Size"), "2");
  type(number(settings, "Condition number"), "77");
  EXPECT_EQ(own().steps, 33u);
  EXPECT_EQ(own().batch->size, 2u);
  EXPECT_EQ(std::get<double>(own().problem->params.at("condition_number")), 77);
  EXPECT_EQ(std::get<double>(session_.document().problem.params.at("condition_number")), 10);
  for (const char* name :
       {"Share the problem again", "Share the start again", "Share the length again", "Share the batch again"}) {
    QToolButton* away = cross(name);
    ASSERT_NE(away, nullptr) << name;
    QTest::mouseClick(away, Qt::LeftButton);
    QCoreApplication::processEvents();
  }
  EXPECT_FALSE(own().problem || own().init || own().steps || own().batch);
}

TEST_F(WholeDocument, AForkShowsWhatItChanges) {
  open(everything);
  session_.chooseRun(2);
  QCoreApplication::processEvents();
  auto* settings = form<OwnSettings>();
  type(number(settings, "At step"), "25");
  EXPECT_EQ(session_.document().runs[2].fork->step, 25u);
  QToolButton* back = cross("Back to the parent's learning rate");
  ASSERT_NE(back, nullptr);
  QTest::mouseClick(back, Qt::LeftButton);
  EXPECT_TRUE(session_.document().runs[2].optimizer.params.empty());
}

TEST_F(WholeDocument, TheoriesAreChosen) {
  open(everything);
  auto* theories = form<TheoryForm>();
  auto* modes = theories->findChild<ChoiceField*>();
  EXPECT_EQ(modes->chosenId(), "listed");
  int ticked = 0;
  for (FlagField* box : theories->findChildren<FlagField*>()) ticked += box->isChecked();
  EXPECT_EQ(ticked, 2);
  for (FlagField* box : theories->findChildren<FlagField*>())
    if (box->isChecked()) {
      box->click();
      break;
    }
  EXPECT_EQ(session_.document().theories.ids.size(), 1u);
  modes->choose("none");
  emit modes->chosen("none");
  EXPECT_EQ(session_.document().theories.mode, Theories::Mode::none);
  EXPECT_FALSE(theories->findChild<FlagField*>()->isVisibleTo(&panel_));
}

TEST_F(WholeDocument, ClaimsAreAddedChangedAndRemoved) {
  open(everything);
  choose("+ Add claim", "Below");
  ASSERT_EQ(session_.document().claims.size(), 2u);
  bool typed = false;
  for (FieldRow* row : panel_.findChildren<FieldRow*>())
    if (row->name() == "Bound" && row->isVisibleTo(&panel_)) {
      type(row->numberField(), "0.25");
      typed = true;
    }
  EXPECT_TRUE(typed);
  EXPECT_EQ(std::get<double>(session_.document().claims[1].params.at("bound")), 0.25);
  QToolButton* away = cross("Remove It wins");
  ASSERT_NE(away, nullptr);
  QTest::mouseClick(away, Qt::LeftButton);
  ASSERT_EQ(session_.document().claims.size(), 1u);
  EXPECT_EQ(session_.document().claims[0].id, "below");
}

TEST_F(WholeDocument, RecordedEditsAreForgottenOneByOne) {
  open(everything);
  QToolButton* away = cross("Forget step 12: GD, plain, learning rate 0.2");
  ASSERT_NE(away, nullptr);
  QTest::mouseClick(away, Qt::LeftButton);
  ASSERT_EQ(session_.document().events.size(), 1u);
  EXPECT_TRUE(session_.document().events[0].stop);
  QTest::mouseClick(button("Forget them all"), Qt::LeftButton);
  EXPECT_TRUE(session_.document().events.empty());
}

TEST_F(WholeDocument, TheSweepIsEdited) {
  open(everything);
  auto* sweep = form<SweepForm>();
  const auto lines = sweep->findChildren<QLineEdit*>();
  ASSERT_EQ(lines.size(), 2);
  EXPECT_EQ(lines[0]->text(), "10, 100");
  EXPECT_EQ(lines[1]->text(), "geometric, linear");
  lines[0]->setText("10, 100, 1e3");
  emit lines[0]->editingFinished();
  ASSERT_EQ(session_.document().sweep[0].values.size(), 3u);
  EXPECT_EQ(lines[0]->text(), "10, 100, 1000");
  lines[1]->setText("geometric, sideways");
  emit lines[1]->editingFinished();
  EXPECT_EQ(session_.document().sweep[1].values.size(), 2u);
  for (FieldRow* row : sweep->findChildren<FieldRow*>())
    EXPECT_EQ(row->shownSentence().contains("sideways"), row->name() == "Spectrum");
  QToolButton* away = cross("Do not sweep Spectrum");
  ASSERT_NE(away, nullptr);
  QTest::mouseClick(away, Qt::LeftButton);
  EXPECT_EQ(session_.document().sweep.size(), 1u);
}

TEST_F(WholeDocument, FieldsTakeTheirRangesFromTheDocumentsOwn) {
  open(everything);
  const auto compare = [&](spec::Part part, const char* id) {
    for (ScalarForm* one : panel_.findChildren<ScalarForm*>()) {
      FieldEditor* editor = one->editor(id);
      if (!editor || !editor->row()->numberField()) continue;
      const Field& field = spec::field_of(part, id);
      const NumberRange& range = editor->row()->numberField()->range();
      if (const auto* whole = std::get_if<Count>(&field.domain)) {
        EXPECT_EQ(range.lo, static_cast<double>(whole->lo)) << id;
        EXPECT_EQ(range.hi, static_cast<double>(whole->hi)) << id;
      } else {
        EXPECT_EQ(range.lo, std::get<Range>(field.domain).lo) << id;
        EXPECT_EQ(range.hi, std::get<Range>(field.domain).hi) << id;
      }
      return;
    }
    ADD_FAILURE() << id << " has no field";
  };
  compare(spec::Part::descent, "steps");
  compare(spec::Part::document, "seed");
  compare(spec::Part::document, "repeats");
  compare(spec::Part::stop, "loss_below");
  compare(spec::Part::stop, "diverged_above");
  compare(spec::Part::batch, "size");
}

}  // namespace
}  // namespace kappa::ui
