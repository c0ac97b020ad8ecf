/// The recorded time: scrubbed by keys, played back, frozen; and keys that are not shortcuts while one types.
#include <QLineEdit>

#include "tests/ui/runs/desk.hpp"
#include "ui/window/replay_button.hpp"
#include "ui/window/scrubber.hpp"

namespace kappa::ui {
namespace {

class TimeTest : public testing::Desk {};

TEST_F(TimeTest, CommaAndPeriodScrubOneRecordedStep) {
  ASSERT_TRUE(walkTo(40));
  window_.charts().setFocus();
  QTest::keyClick(&window_, Qt::Key_Comma);
  EXPECT_EQ(session_.atStep(), 39u);
  QTest::keyClick(&window_, Qt::Key_Comma);
  EXPECT_EQ(session_.atStep(), 38u);
  QTest::keyClick(&window_, Qt::Key_Period);
  EXPECT_EQ(session_.atStep(), 39u);
  QTest::keyClick(&window_, Qt::Key_Period);
  EXPECT_FALSE(session_.atStep()) << "the newest step is looked at again";
}

TEST_F(TimeTest, RecordedStepsAreThoseOfTheCadence) {
  Document document = testing::smallRace(200);
  for (Node& probe : document.probes)
    if (probe.id == "loss") probe.params["every"] = std::int64_t{10};
  session_.openDocument(document, "sparse");
  ASSERT_TRUE(finish());
  session_.setAtStep(95);
  window_.actions().recordedBefore->trigger();
  EXPECT_EQ(session_.atStep(), 90u);
  window_.actions().recordedAfter->trigger();
  EXPECT_EQ(session_.atStep(), 100u);
}

TEST_F(TimeTest, PlayBackMovesEverythingAndCanBeHeld) {
  ASSERT_TRUE(finish());
  auto* replay = window_.findChild<ReplayButton*>();
  ASSERT_TRUE(replay->isEnabled());
  QTest::mouseClick(replay, Qt::LeftButton);
  EXPECT_TRUE(session_.playingBack());
  ASSERT_TRUE(testing::await([&] { return session_.atStep() > 5u; }));
  const auto& spectrum = chart("singular_values").state;
  EXPECT_NE(spectrum.find(std::to_string(*session_.atStep() / 5 * 5)), std::string::npos) << spectrum;
  QTest::mouseClick(replay, Qt::LeftButton);
  EXPECT_FALSE(session_.playingBack());
  const auto held = session_.atStep();
  QTest::qWait(150);
  EXPECT_EQ(session_.atStep(), held);
  session_.setAtStep(290);
  window_.actions().playBack->trigger();
  ASSERT_TRUE(testing::await([&] { return !session_.playingBack(); }));
  EXPECT_FALSE(session_.atStep()) << "at its end the newest step is shown";
}

TEST_F(TimeTest, AFrozenViewStaysWhileTheRunGoesOn) {
  ASSERT_TRUE(walkTo(30));
  window_.charts().setFocus();
  QTest::keyClick(&window_, Qt::Key_Z);
  EXPECT_EQ(session_.frozenAt(), 30u);
  EXPECT_TRUE(window_.actions().freeze->isChecked());
  const auto end_of = [&] { return chart("loss").curves.front().vertices.back(); };
  const Vertex before = end_of();
  ASSERT_TRUE(walkTo(80));
  session_.setHidden("Adam", true);  // even what is drawn anew shows no more than was there
  EXPECT_EQ(end_of().x, before.x);
  EXPECT_EQ(end_of().y, before.y);
  EXPECT_EQ(window_.findChild<Scrubber*>()->value(), 30);
  QTest::keyClick(&window_, Qt::Key_Z);
  EXPECT_EQ(end_of().x, 80);
  EXPECT_EQ(window_.findChild<Scrubber*>()->value(), 80);
}

TEST_F(TimeTest, KeysOfTheRunAreNotTakenFromOneWhoTypes) {
  ASSERT_TRUE(walkTo(10));
  NumberField& rate = field("learning_rate");
  rate.setFocus();
  ASSERT_TRUE(rate.hasFocus());
  for (const Qt::Key key : {Qt::Key_Space, Qt::Key_Right, Qt::Key_Home, Qt::Key_F, Qt::Key_P, Qt::Key_Z, Qt::Key_Comma,
                            Qt::Key_Period, Qt::Key_K})
    QTest::keyClick(&rate, key);
  QTest::qWait(100);
  EXPECT_EQ(session_.state(), RunState::paused);
  EXPECT_EQ(session_.lastStep(), 10u);
  EXPECT_EQ(session_.document().runs.size(), 3u);
  EXPECT_FALSE(session_.atStep() || session_.frozenAt() || session_.playingBack());
  window_.charts().setFocus();
  QTest::keyClick(&window_, Qt::Key_Right);
  ASSERT_TRUE(testing::await([&] { return session_.lastStep() == 11; }));
  QTest::keyClick(&window_, Qt::Key_Home);
  ASSERT_TRUE(testing::await([&] { return session_.lastStep() == 0 && session_.idle(); }));
  QTest::keyClick(&window_, Qt::Key_Space);
  EXPECT_EQ(session_.state(), RunState::running);
}

TEST_F(TimeTest, OneStepASecondIsSlowEnoughToWatch) {
  session_.setSpeed(1);
  window_.actions().run->trigger();
  QTest::qWait(500);
  EXPECT_LE(session_.lastStep(), 2u);
}

}  // namespace
}  // namespace kappa::ui
