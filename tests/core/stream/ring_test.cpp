/// The ring loses nothing, keeps the order, makes the writer wait and wakes it.
#include "core/stream/ring.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <chrono>
#include <deque>
#include <thread>
#include <vector>

#include "core/stream/record.hpp"

namespace kappa {
namespace {

TEST(Ring, RoundsItsCapacityUp) {
  EXPECT_EQ(Ring<int>(0).capacity(), 1u);
  EXPECT_EQ(Ring<int>(64).capacity(), 64u);
  EXPECT_EQ(Ring<int>(65).capacity(), 128u);
}

TEST(Ring, DrainsNoMoreThanTheLimit) {
  Ring<int> ring(8);
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(ring.push(i, {}));
  std::vector<int> seen;
  const auto take = [&](int i) { seen.push_back(i); };
  EXPECT_EQ(ring.drain(take, 3), 3u);
  EXPECT_FALSE(ring.empty());
  EXPECT_EQ(ring.drain(take, 100), 2u);
  EXPECT_TRUE(ring.empty());
  EXPECT_EQ(ring.drain(take, 100), 0u);
  EXPECT_EQ(seen, (std::vector{0, 1, 2, 3, 4}));
}

RC_GTEST_PROP(Ring, BehavesLikeAQueue, ()) {
  const auto capacity = *rc::gen::inRange<std::size_t>(1, 20);
  Ring<int> ring(capacity);
  std::deque<int> model;
  int next = 0;
  const int actions = *rc::gen::inRange(1, 60);
  for (int a = 0; a < actions; ++a) {
    const auto room = ring.capacity() - model.size();
    const auto count = *rc::gen::inRange<std::size_t>(0, 8);
    if (*rc::gen::arbitrary<bool>()) {
      std::vector<int> block;
      for (std::size_t i = 0; i < std::min(count, room); ++i) block.push_back(next++);
      RC_ASSERT(ring.push_all(block, {}));
      model.insert(model.end(), block.begin(), block.end());
    } else {
      const auto expected = std::min(count, model.size());
      RC_ASSERT(ring.drain(
                    [&](int i) {
                      RC_ASSERT(i == model.front());
                      model.pop_front();
                    },
                    count) == expected);
    }
    RC_ASSERT(ring.empty() == model.empty());
  }
}

/// Two threads, `total` records through a ring of `capacity`; every seventh push is a block.
void pass_through(std::size_t capacity, std::uint64_t total) {
  Ring<Record> ring(capacity);
  std::jthread writer([&](std::stop_token) {
    std::vector<Record> block;
    for (std::uint64_t i = 0; i < total;) {
      block.clear();
      for (std::uint64_t k = 0; k < 1 + i % 7 * 3 && i + k < total; ++k)
        block.push_back({static_cast<std::uint32_t>(k), 0, i + k, static_cast<double>(i + k)});
      if (block.size() == 1) {
        ASSERT_TRUE(ring.push(block[0], {}));
      } else {
        ASSERT_TRUE(ring.push_all(block, {}));
      }
      i += block.size();
    }
  });
  std::uint64_t expected = 0, wrong = 0;
  while (expected < total)
    if (ring.drain(
            [&](const Record& record) {
              wrong += record.step != expected || record.value != static_cast<double>(expected);
              ++expected;
            },
            4096) == 0)
      std::this_thread::yield();
  EXPECT_EQ(wrong, 0u);
  EXPECT_TRUE(ring.empty());
}

TEST(Ring, PassesMillionsOfRecordsInOrder) { pass_through(1024, 3'000'000); }
TEST(Ring, PassesRecordsThroughASingleSlot) { pass_through(1, 20'000); }
TEST(Ring, PassesBlocksLargerThanItself) { pass_through(4, 100'000); }

TEST(Ring, ASleepingWriterIsWokenByTheReader) {
  Ring<int> ring(2);
  std::jthread writer([&] {
    for (int i = 0; i < 50; ++i) ASSERT_TRUE(ring.push(i, {}));
  });
  int expected = 0;
  while (expected < 50) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));  // long enough for the writer to stop spinning
    ring.drain([&](int i) { EXPECT_EQ(i, expected++); }, 1);
  }
}

TEST(Ring, AStopWakesAWriterThatWaitsAndKeepsWhatWasStored) {
  Ring<int> ring(2);
  ASSERT_TRUE(ring.push(1, {}));
  ASSERT_TRUE(ring.push(2, {}));
  bool pushed = true, pushed_all = true;
  {
    std::jthread writer([&](std::stop_token stop) {
      pushed = ring.push(3, stop);
      pushed_all = ring.push_all(std::vector{4, 5}, stop);
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }  // ~jthread asks to stop and joins
  EXPECT_FALSE(pushed);
  EXPECT_FALSE(pushed_all);
  std::vector<int> seen;
  ring.drain([&](int i) { seen.push_back(i); }, 10);
  EXPECT_EQ(seen, (std::vector{1, 2}));
}

TEST(Ring, AfterAStopThereIsStillRoomForWhatFits) {
  Ring<int> ring(2);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_TRUE(ring.push(1, stop.get_token()));
  EXPECT_FALSE(ring.push_all(std::vector{2, 3}, stop.get_token()));
  std::vector<int> seen;
  ring.drain([&](int i) { seen.push_back(i); }, 10);
  EXPECT_EQ(seen, (std::vector{1, 2}));
}

}  // namespace
}  // namespace kappa
