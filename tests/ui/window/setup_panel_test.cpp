/// The panel adds and removes runs and probes, and takes the problem's own fields.
#include "ui/window/setup_panel.hpp"

#include <gtest/gtest.h>

#include <QApplication>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

#include "tests/support/scratch.hpp"
#include "tests/ui/await.hpp"
#include "ui/forms/choice_field.hpp"
#include "ui/forms/field_row.hpp"
#include "ui/forms/node_form.hpp"
#include "ui/forms/number_field.hpp"
#include "ui/forms/run_chip.hpp"
#include "ui/runs/run_form.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"

namespace kappa::ui {
namespace {

using testing::await;

class SetupPanelTest : public ::testing::Test {
 protected:
  SetupPanelTest() {
    panel_.resize(272, 900);
    panel_.show();
    session_.open("conditioning");
    QCoreApplication::processEvents();
  }
  QAction* entry(const QString& button, const QString& title) {
    for (const QPushButton* one : panel_.findChildren<QPushButton*>()) {
      if (one->text() != button) continue;
      for (QAction* action : one->menu()->actions())
        if (action->text() == title) return action;
    }
    return nullptr;
  }
  QAction* runAction(const QString& text) {
    QMenu* menu = nullptr;
    for (const QToolButton* button : panel_.runForm()->findChildren<QToolButton*>())
      if (button->menu() != nullptr) menu = button->menu();
    emit menu->aboutToShow();
    for (QAction* action : menu->actions())
      if (action->text() == text) return action;
    return nullptr;
  }
  qsizetype chips() { return panel_.findChildren<RunChip*>().size(); }

  test::ScratchDirectory folder_;
  AppTheme theme_{*qApp};
  Session session_{QString::fromStdString(folder_ / "recovery")};
  SetupPanel panel_{session_, theme_};
};

TEST_F(SetupPanelTest, RunsAreAddedCopiedAndRemoved) {
  EXPECT_EQ(chips(), 3);
  QAction* add = entry("+ Add optimizer", "Adam");
  ASSERT_NE(add, nullptr);
  add->trigger();
  EXPECT_EQ(session_.document().runs.size(), 4u);
  EXPECT_EQ(session_.document().runs[3].label, "Adam 2");
  EXPECT_EQ(session_.chosenRun(), 3u);
  EXPECT_EQ(chips(), 4);
  runAction("Duplicate")->trigger();
  EXPECT_EQ(session_.document().runs.size(), 5u);
  runAction("Remove")->trigger();
  EXPECT_EQ(session_.document().runs.size(), 4u);
  EXPECT_EQ(session_.document().claims.size(), 4u);
  while (session_.undoStack().canUndo()) session_.undoStack().undo();
  EXPECT_EQ(session_.document().runs.size(), 3u);
}

TEST_F(SetupPanelTest, ANewNameGoesEverywhere) {
  auto* name = panel_.runForm()->findChild<QLineEdit*>();
  ASSERT_NE(name, nullptr);
  name->setText("Plain");
  emit name->editingFinished();
  EXPECT_EQ(session_.document().runs[0].label, "Plain");
  name->setText("Adam");
  emit name->editingFinished();
  EXPECT_EQ(session_.document().runs[0].label, "Plain");
}

TEST_F(SetupPanelTest, ProbesComeWithTheirCharts) {
  QAction* add =
      entry("+ Add probe", QString::fromStdString(Catalog::get().find(Kind::probe, "sharpness")->card.title));
  ASSERT_NE(add, nullptr);
  const std::size_t figures = session_.figures().size();
  add->trigger();
  EXPECT_TRUE(await([&] { return session_.figures().size() == figures + 1; }));
}

TEST_F(SetupPanelTest, TheProblemIsExchanged) {
  auto* types = panel_.problemForm()->findChild<ChoiceField*>();
  ASSERT_TRUE(types->choose("linear_regression"));
  emit types->chosen("linear_regression");
  EXPECT_EQ(session_.document().problem.id, "linear_regression");
  ASSERT_NE(panel_.problemForm()->editor("samples"), nullptr);
  NumberField& samples = *panel_.problemForm()->editor("samples")->row()->numberField();
  samples.selectAll();
  QTest::keyClicks(&samples, "64");
  EXPECT_EQ(std::get<std::int64_t>(session_.document().problem.params.at("samples")), 64);
  session_.undoStack().undo();
  session_.undoStack().undo();
  EXPECT_EQ(session_.document().problem.id, "quadratic");
}

TEST_F(SetupPanelTest, EveryGalleryDocumentFillsThePanel) {
  for (const GalleryItem& item : gallery()) {
    ASSERT_TRUE(session_.open(QString::fromStdString(item.name)).empty()) << item.name;
    QCoreApplication::processEvents();
    for (const NumberField* field : panel_.findChildren<NumberField*>())
      EXPECT_TRUE(field->problem().isEmpty() || !field->isVisible())
          << item.name << ": " << field->accessibleName().toStdString() << ": " << field->problem().toStdString();
  }
}

}  // namespace
}  // namespace kappa::ui
