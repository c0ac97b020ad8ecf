/// The session edits, undoes, runs, and sleeps when nothing moves.
#include "ui/session.hpp"

#include <gtest/gtest.h>

#include <QDir>
#include <QSignalSpy>

#include "tests/support/scratch.hpp"
#include "tests/ui/await.hpp"
#include "ui/runs/document_edits.hpp"

namespace kappa::ui {
namespace {

using test::ScratchDirectory;
using testing::await;

class SessionTest : public ::testing::Test {
 protected:
  SessionTest() : session_(QString::fromStdString(folder_ / "recovery")) {
    Document document = freshDocument();
    document.steps = 200;
    session_.openDocument(document, "small");
  }
  double learningRate() const {
    return std::get<double>(session_.document().runs[0].optimizer.params.at("learning_rate"));
  }
  Document withRate(double rate) const {
    Document next = session_.document();
    next.runs[0].optimizer.params["learning_rate"] = rate;
    return next;
  }
  LiveEdit liveRate(double rate) const { return {0, "learning_rate", rate, learningRate()}; }
  const Column* loss() const { return session_.trace().series(0, 0, "loss"); }

  ScratchDirectory folder_;
  Session session_;
};

TEST_F(SessionTest, EditsAreUndoneAndDoneAgain) {
  QSignalSpy changed(&session_, &Session::documentChanged);
  EXPECT_FALSE(session_.edited());
  EXPECT_TRUE(session_.change(withRate(0.5), "change learning rate", "rate").empty());
  EXPECT_EQ(learningRate(), 0.5);
  EXPECT_TRUE(session_.edited());
  session_.undoStack().undo();
  EXPECT_EQ(learningRate(), 1.0);
  EXPECT_FALSE(session_.edited());
  session_.undoStack().redo();
  EXPECT_EQ(learningRate(), 0.5);
  EXPECT_EQ(changed.count(), 3);
}

TEST_F(SessionTest, MovesOfOneSliderAreOneEdit) {
  for (const double rate : {0.9, 0.8, 0.7}) EXPECT_TRUE(session_.change(withRate(rate), "change", "rate").empty());
  EXPECT_EQ(session_.undoStack().count(), 1);
  session_.undoStack().undo();
  EXPECT_EQ(learningRate(), 1.0);
}

TEST_F(SessionTest, RefusesWhatTheDocumentForbids) {
  const Issues issues = session_.change(withRate(-1), "change", "rate");
  ASSERT_FALSE(issues.empty());
  EXPECT_EQ(issues.front().path, "/runs/0/optimizer/learning_rate");
  EXPECT_EQ(learningRate(), 1.0);
  EXPECT_EQ(session_.undoStack().count(), 0);
}

TEST_F(SessionTest, RunsToTheEndAndSleeps) {
  session_.run();
  ASSERT_TRUE(await([&] { return session_.state() == RunState::finished && session_.idle(); }));
  ASSERT_NE(loss(), nullptr);
  EXPECT_EQ(loss()->size(), 201u);
  EXPECT_EQ(session_.lastStep(), 200u);
}

TEST_F(SessionTest, StepsWithoutRunning) {
  session_.step(7);
  ASSERT_TRUE(await([&] { return session_.lastStep() == 7 && session_.idle(); }));
  EXPECT_EQ(session_.state(), RunState::paused);
  session_.restart();
  ASSERT_TRUE(await([&] { return session_.idle(); }));
  EXPECT_EQ(session_.state(), RunState::ready);
  EXPECT_EQ(session_.lastStep(), 0u);
}

TEST_F(SessionTest, ALiveEditIsRecordedAndDoesNotRestart) {
  session_.step(10);
  ASSERT_TRUE(await([&] { return session_.lastStep() == 10; }));
  QSignalSpy replaced(&session_, &Session::runnerReplaced);
  EXPECT_TRUE(session_.change(withRate(0.25), "change", "rate", liveRate(0.25)).empty());
  session_.step(5);
  ASSERT_TRUE(await([&] { return session_.lastStep() == 15 && session_.idle(); }));
  EXPECT_EQ(replaced.count(), 0);
  const Document lived = session_.recorded();
  ASSERT_EQ(lived.events.size(), 1u);
  EXPECT_EQ(lived.events[0].step, 10u);
  EXPECT_EQ(lived.events[0].path, "/runs/0/optimizer/learning_rate");
  EXPECT_EQ(std::get<double>(lived.events[0].value), 0.25);
  EXPECT_EQ(std::get<double>(lived.runs[0].optimizer.params.at("learning_rate")), 1.0);
  EXPECT_EQ(learningRate(), 0.25);
}

TEST_F(SessionTest, AnyOtherEditBuildsAFreshRun) {
  session_.step(10);
  ASSERT_TRUE(await([&] { return session_.lastStep() == 10; }));
  Document next = session_.document();
  next.problem.params["condition_number"] = 1000.0;
  QSignalSpy replaced(&session_, &Session::runnerReplaced);
  EXPECT_TRUE(session_.change(next, "change problem").empty());
  ASSERT_TRUE(await([&] { return replaced.count() == 1 && session_.idle(); }));
  EXPECT_EQ(session_.lastStep(), 0u);
  EXPECT_EQ(session_.state(), RunState::ready);
}

TEST_F(SessionTest, ANewTitleLeavesTheRunAlone) {
  session_.step(10);
  ASSERT_TRUE(await([&] { return session_.lastStep() == 10 && session_.idle(); }));
  Document next = session_.document();
  next.title = "Another title";
  EXPECT_TRUE(session_.change(next, "change title").empty());
  EXPECT_TRUE(session_.idle());
  EXPECT_EQ(session_.recorded().title, "Another title");
  EXPECT_EQ(session_.lastStep(), 10u);
}

TEST_F(SessionTest, ABadDocumentLeavesThePresentOne) {
  const std::string path = folder_ / "bad.kappa.json";
  atomic_write(path, R"({"kappascope": 1, "steps": -3, "problem": {"type": "quadratc"}})");
  const Issues issues = session_.open(QString::fromStdString(path));
  EXPECT_GE(issues.size(), 2u);
  EXPECT_EQ(session_.name(), "small");
  EXPECT_EQ(session_.document().steps, 200u);
}

TEST_F(SessionTest, SavesWhatItOpensAgain) {
  EXPECT_TRUE(session_.change(withRate(0.125), "change").empty());
  const QString path = QString::fromStdString(folder_ / "mine.kappa.json");
  ASSERT_TRUE(session_.save(path).empty());
  EXPECT_FALSE(session_.edited());
  const std::string text = write_document(session_.document());
  session_.openDocument(freshDocument(), "other");
  ASSERT_TRUE(session_.open(path).empty());
  EXPECT_EQ(write_document(session_.document()), text);
  EXPECT_EQ(session_.name(), "mine");
}

TEST_F(SessionTest, LeavesNoFoldersBehind) {
  const QString recovery = QString::fromStdString(folder_ / "gone");
  {
    Session other(recovery);
    other.run();
    ASSERT_TRUE(await([&] { return other.state() == RunState::finished; }));
    EXPECT_TRUE(QDir(recovery).exists());
  }
  EXPECT_FALSE(QDir(recovery).exists());
}

}  // namespace
}  // namespace kappa::ui
