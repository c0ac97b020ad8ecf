/// Work beside the window: told to stop, never waited for, and heard of only as long as somebody listens.
#include "ui/exports/file_work.hpp"

#include <QSemaphore>
#include <QThread>
#include <atomic>
#include <stdexcept>

#include "tests/ui/exports/desk.hpp"

namespace kappa::ui {
namespace {

constexpr int long_enough = 20'000;  // milliseconds; only what hangs takes so long

/// Work that stays where it is until the test lets it go.
struct Held {
  QSemaphore begun, free;
  std::atomic<bool> let_go{false}, told_to_stop{false};

  static FileWork::Work work(const std::shared_ptr<Held>& held) {
    return [held](const Progress& progress) {
      held->begun.release();
      held->let_go = held->free.tryAcquire(1, long_enough);
      held->told_to_stop = !progress(1, 2);
      return WorkEnd{WorkEnd::How::written, QStringLiteral("held")};
    };
  }
};

class FileWorkTest : public ::testing::Test {
 protected:
  std::unique_ptr<FileWork> made() {
    auto work = std::make_unique<FileWork>(session_);
    QObject::connect(work.get(), &FileWork::ended, [this](const WorkEnd& end) { heard_ << end.sentence; });
    return work;
  }
  test::ScratchDirectory folder_;
  Session session_{QString::fromStdString(folder_ / "recovery")};
  QStringList heard_;
};

TEST_F(FileWorkTest, ItsDestructorDoesNotWait) {
  const auto held = std::make_shared<Held>();
  auto work = made();
  work->start(Held::work(held));
  ASSERT_TRUE(held->begun.tryAcquire(1, long_enough));
  work.reset();
  EXPECT_FALSE(session_.waitEnded(0)) << "the work still goes on";
  held->free.release();
  EXPECT_TRUE(session_.waitEnded(long_enough)) << "whoever ends the program waits for it by the session";
  EXPECT_TRUE(held->let_go);
  EXPECT_TRUE(held->told_to_stop);
  QCoreApplication::processEvents();
  EXPECT_EQ(heard_, QStringList());
}

TEST_F(FileWorkTest, WhatIsBegunAnewIsNotHeardOfAgain) {
  const auto first = std::make_shared<Held>(), second = std::make_shared<Held>();
  const auto work = made();
  work->start(Held::work(first));
  ASSERT_TRUE(first->begun.tryAcquire(1, long_enough));
  work->start(Held::work(second), [this](const WorkEnd&) { heard_ << "then"; });
  ASSERT_TRUE(second->begun.tryAcquire(1, long_enough));
  first->free.release();
  second->free.release();
  EXPECT_TRUE(testing::await([&] { return !work->busy(); }));
  EXPECT_TRUE(session_.waitEnded(long_enough));
  QCoreApplication::processEvents();
  EXPECT_TRUE(first->told_to_stop);
  EXPECT_FALSE(second->told_to_stop);
  EXPECT_EQ(heard_, QStringList({"then", "held"}));
}

TEST_F(FileWorkTest, RunsBesideTheWindowAndTellsHowFarItIs) {
  const auto work = made();
  QList<int> told;
  QObject::connect(work.get(), &FileWork::progressed, [&](int done, int of) { told << done << of; });
  QThread* thread = nullptr;
  work->start([&thread](const Progress& progress) {
    thread = QThread::currentThread();
    for (int i = 0; i <= 1000; ++i) progress(i, 1000);
    return WorkEnd{};
  });
  EXPECT_TRUE(testing::await([&] { return !work->busy(); }));
  EXPECT_NE(thread, QThread::currentThread());
  ASSERT_GE(told.size(), 4);
  EXPECT_EQ(told.first(2), QList<int>({0, 1000}));
  EXPECT_EQ(told.last(2), QList<int>({1000, 1000}));
  EXPECT_LT(told.size(), 400) << "the window is not flooded";
}

TEST_F(FileWorkTest, AThrowIsASentence) {
  const auto work = made();
  WorkEnd end;
  work->start([](const Progress&) -> WorkEnd { throw std::runtime_error("no memory"); },
              [&](const WorkEnd& how) { end = how; });
  EXPECT_TRUE(testing::await([&] { return !work->busy(); }));
  EXPECT_EQ(end.how, WorkEnd::How::failed);
  EXPECT_TRUE(end.sentence.contains("no memory")) << end.sentence.toStdString();
}

}  // namespace
}  // namespace kappa::ui
