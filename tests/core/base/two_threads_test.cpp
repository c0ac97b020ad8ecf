/// Every piece is done once, by one thread or by two, and what a piece throws comes out.
#include "core/base/two_threads.hpp"

#include <gtest/gtest.h>

#include <array>
#include <stdexcept>

namespace kappa {
namespace {

TEST(ByTwoThreads, DoesEveryPieceOnce) {
  for (const bool worth : {false, true})
    for (const std::size_t n : {0UL, 1UL, 2UL, 100UL}) {
      std::array<std::atomic<int>, 100> done{};
      by_two_threads(n, worth, [&](std::size_t i) { ++done.at(i); });
      for (std::size_t i = 0; i < done.size(); ++i) EXPECT_EQ(done.at(i), i < n ? 1 : 0) << i << " of " << n;
    }
}

TEST(ByTwoThreads, ThrowsWhatAPieceThrows) {
  for (const bool worth : {false, true}) {
    const auto work = [](std::size_t i) {
      if (i % 2 == 1) throw std::runtime_error("odd");
    };
    EXPECT_THROW(by_two_threads(50, worth, work), std::runtime_error);
  }
}

}  // namespace
}  // namespace kappa
