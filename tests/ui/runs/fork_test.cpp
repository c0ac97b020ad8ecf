/// Forks made in the window: they stand where they were made, take live edits, and replay headless byte for byte.
#include <QLineEdit>
#include <QPushButton>
#include <filesystem>

#include "tests/support/shell.hpp"
#include "tests/ui/exported.hpp"
#include "tests/ui/runs/desk.hpp"
#include "ui/forms/run_chip.hpp"

namespace kappa::ui {
namespace {

class ForkTest : public testing::Desk {};

TEST_F(ForkTest, AForkBeginsAtTheScrubbedStepAndTheOthersStayWhereTheyAre) {
  ASSERT_TRUE(walkTo(150));
  const double at_150 = loss("GD")->value(150);
  session_.setAtStep(120);
  QPushButton* fork = button<QPushButton>("Fork here");
  ASSERT_NE(fork, nullptr);
  ASSERT_TRUE(fork->isEnabled());
  const int edits = session_.undoStack().count();
  QTest::mouseClick(fork, Qt::LeftButton);
  EXPECT_EQ(session_.undoStack().count(), edits + 1);
  ASSERT_EQ(session_.document().runs.size(), 4u);
  EXPECT_EQ(session_.document().runs[3].label, "GD from 120");
  ASSERT_TRUE(testing::await([&] { return session_.lastStep() == 150 && session_.idle(); }));
  EXPECT_EQ(session_.state(), RunState::paused);
  EXPECT_EQ(session_.chosenRun(), 3u);
  ASSERT_EQ(loss("GD from 120")->size(), 1u) << "it waits where it was made";
  EXPECT_EQ(loss("GD from 120")->step(0), 120u);
  EXPECT_EQ(loss("GD from 120")->value(0), loss("GD")->value(120));
  EXPECT_EQ(loss("GD")->value(150), at_150);
  const auto chips = window_.findChildren<RunChip*>();
  ASSERT_EQ(chips.size(), 4);
  EXPECT_TRUE(chips.back()->accessibleDescription().contains("fork of GD at step 120"));

  window_.actions().undo->trigger();
  EXPECT_EQ(session_.document().runs.size(), 3u);
  ASSERT_TRUE(testing::await([&] { return session_.lastStep() == 150 && session_.idle(); }));
  EXPECT_EQ(loss("GD")->value(150), at_150);
}

TEST_F(ForkTest, ForksAndLiveEditsReplayByteForByteOnTheCommandLine) {
  ASSERT_TRUE(walkTo(80));
  type(field("learning_rate"), "0.2");  // the parent, before the fork
  ASSERT_TRUE(walkTo(130));
  session_.setAtStep(120);
  window_.charts().setFocus();
  QTest::keyClick(&window_, Qt::Key_F);
  ASSERT_EQ(session_.document().runs.size(), 4u);
  ASSERT_TRUE(testing::await([&] { return session_.lastStep() == 130 && session_.idle(); }));
  EXPECT_EQ(field("learning_rate").value(), 0.2) << "a fork begins with what edits have made of its parent";
  type(field("learning_rate"), "0.4");  // the fork, where it stands
  session_.setSpeed(400);
  window_.actions().run->trigger();
  ASSERT_TRUE(testing::await([&] { return session_.lastStep() >= 180; }));
  EXPECT_EQ(session_.state(), RunState::running);
  type(field("learning_rate"), "0.1");  // and while it runs
  session_.setSpeed(0);
  ASSERT_TRUE(testing::await([&] { return session_.state() == RunState::finished; }));

  ASSERT_TRUE(testing::exported(session_, at("results")));
  const std::string experiment = folder_ / "results/experiment.kappa.json";
  const Checked<Document> read = read_document(experiment);
  ASSERT_TRUE(std::holds_alternative<Document>(read));
  EXPECT_EQ(std::get<Document>(read).events.size(), 3u);
  const auto said = support::shell(std::string(KAPPA_CLI_PATH) + " run " + experiment + " --out " + folder_ / "again" +
                                   " --quiet --no-pictures");
  ASSERT_EQ(said.status, 0) << said.output;
  int compared = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder_ / "results")) {
    if (file.path().extension() != ".csv") continue;
    ++compared;
    EXPECT_EQ(test::contents(file.path().string()),
              test::contents(folder_ / "again/" + file.path().filename().string()))
        << file.path();
  }
  EXPECT_GE(compared, 4);
  EXPECT_NE(test::contents(folder_ / "again/series.csv").find("GD from 120,0,120,loss,"), std::string::npos);
}

TEST_F(ForkTest, AFinishedRunIsForkedAndRunsOnToItsEnd) {
  ASSERT_TRUE(finish());
  EXPECT_FALSE(window_.actions().fork->isEnabled()) << "there is nothing to go on from at the end";
  session_.setAtStep(100);
  ASSERT_TRUE(window_.actions().fork->isEnabled());
  session_.chooseRun(2);
  window_.actions().fork->trigger();
  EXPECT_EQ(session_.document().runs.back().label, "Adam from 100");
  ASSERT_TRUE(testing::await([&] { return session_.state() == RunState::finished && session_.idle(); }));
  EXPECT_EQ(loss("Adam from 100")->size(), 201u);
  EXPECT_EQ(loss("Adam from 100")->value(200), loss("Adam")->value(300)) << "unchanged, it is its parent";
  const Figure& figure = chart("loss");
  EXPECT_TRUE(std::any_of(figure.marks.begin(), figure.marks.end(),
                          [](const Mark& m) { return m.kind == MarkKind::fork && m.x == 100; }))
      << figure.sentence << " of " << figure.marks.size() << " marks";
}

TEST_F(ForkTest, ComingBackDoesNotWaitForTheSpeed) {
  ASSERT_TRUE(walkTo(200));
  session_.setSpeed(1);
  window_.actions().fork->trigger();
  EXPECT_TRUE(testing::await([&] { return loss("GD")->size() >= 201; }, 3000));
}

TEST_F(ForkTest, ARunThatIsRemovedOrRenamedLeavesTheOthersWhereTheyAre) {
  ASSERT_TRUE(walkTo(90));
  table().setFocus();
  session_.chooseRun(2);
  QTest::keyClick(&table(), Qt::Key_F2);
  auto* name = table().findChild<QLineEdit*>();
  ASSERT_NE(name, nullptr);
  name->selectAll();
  QTest::keyClicks(name, "Adam, slow");
  QTest::keyClick(name, Qt::Key_Return);
  ASSERT_TRUE(testing::await([&] { return session_.document().runs[2].label == "Adam, slow"; }));
  ASSERT_TRUE(testing::await([&] { return session_.lastStep() == 90 && session_.idle(); }));
  EXPECT_EQ(loss("Adam, slow")->size(), 91u);
  session_.chooseRun(1);
  QTest::keyClick(&table(), Qt::Key_Delete);
  ASSERT_EQ(session_.document().runs.size(), 2u);
  ASSERT_TRUE(testing::await([&] { return session_.lastStep() == 90 && session_.idle(); }));
  EXPECT_EQ(loss("GD")->size(), 91u);
}

}  // namespace
}  // namespace kappa::ui
