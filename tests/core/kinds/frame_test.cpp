/// A frame computes what probes share once, copies its matrices, and shows gaps where something fails.
#include <gtest/gtest.h>

#include "tests/support/probe_bench.hpp"

namespace kappa {
namespace {

using test::two_blocks;

struct Framed {
  explicit Framed(test::Bench b)
      : bench(std::move(b)), oracle(*bench.problem, 1, Needs::value | Needs::gradient, &counts, nullptr) {
    oracle.begin(0, {});
  }
  Frame frame(std::optional<double> known = {}, const Blocks* gradient = nullptr, Blocks* room = nullptr) {
    return Frame({.t = 0,
                  .horizon = 10,
                  .x = bench.x,
                  .point = bench.x,
                  .g = bench.g ? &*bench.g : nullptr,
                  .update = bench.update ? &*bench.update : nullptr,
                  .batch_loss = 0,
                  .optimizer = bench.optimizer,
                  .log = bench.log,
                  .oracle = oracle,
                  .known_loss = known,
                  .known_gradient = gradient,
                  .room = room});
  }
  test::Bench bench;
  Counts counts;
  Oracle oracle;
};

TEST(Frame, AsksForLossAndGradientOnce) {
  Framed f(two_blocks());
  Frame frame = f.frame();
  EXPECT_EQ(frame.loss(), 1 + 0.5 * (9 + 16 + 25 + 144));
  EXPECT_EQ(frame.loss(), frame.loss());
  EXPECT_TRUE(arma::approx_equal(frame.gradient().flat(), f.bench.x.flat(), "absdiff", 0));
  frame.gradient();
  EXPECT_EQ(f.counts.losses, 1u);
  EXPECT_EQ(f.counts.gradients, 1u);
}

TEST(Frame, TakesWhatTheStepKnows) {
  Framed f(two_blocks());
  Frame frame = f.frame(5.0, &*f.bench.g);
  EXPECT_EQ(frame.loss(), 5.0);
  EXPECT_EQ(&frame.gradient(), &*f.bench.g);
  EXPECT_EQ(f.counts.losses + f.counts.gradients, 0u);
}

TEST(Frame, WritesTheGradientIntoTheRoomItIsLent) {
  Framed f(two_blocks());
  Blocks room;
  for (int steps = 0; steps < 2; ++steps) {
    Frame frame = f.frame({}, nullptr, &room);
    EXPECT_EQ(&frame.gradient(), &room);
    EXPECT_TRUE(arma::approx_equal(room.flat(), f.bench.x.flat(), "absdiff", 0));
    f.bench.x.flat() += 1;
  }
}

TEST(Frame, RefusedQuestionsAreGaps) {
  Framed f(two_blocks());
  f.oracle = Oracle(*f.bench.problem, 1, Needs::nothing, nullptr, nullptr);
  Frame frame = f.frame();
  EXPECT_TRUE(std::isnan(frame.loss()));
  EXPECT_TRUE(frame.gradient().flat().has_nan());
}

TEST(Frame, MatricesAreCopiesAndMayBeMissing) {
  Framed f(two_blocks());
  Frame frame = f.frame();
  const arma::mat* w = frame.matrix(Of::parameters, 0);
  ASSERT_NE(w, nullptr);
  EXPECT_EQ((*w)(1, 1), 4);
  f.bench.x.flat()[3] = 100;
  EXPECT_EQ((*w)(1, 1), 4);
  EXPECT_EQ(frame.matrix(Of::parameters, 0), w);
  EXPECT_EQ((*frame.matrix(Of::update, 0))(0, 0), -1.5);
  EXPECT_EQ((*frame.matrix(Of::gradient, 1))(1, 0), 24);
  EXPECT_EQ(frame.matrix(Of::momentum, 0), nullptr);
  EXPECT_EQ(frame.singular_values(Of::momentum, 0), nullptr);
  EXPECT_EQ(frame.matrix(Of::parameters, 2), nullptr);
  f.bench.update.reset();
  EXPECT_EQ(f.frame().matrix(Of::update, 0), nullptr);
}

TEST(Frame, SingularValuesFall) {
  Framed f(two_blocks());
  Frame frame = f.frame();
  const arma::vec* s = frame.singular_values(Of::parameters, 0);
  ASSERT_NE(s, nullptr);
  EXPECT_NEAR((*s)[0], 4, 1e-14);
  EXPECT_NEAR((*s)[1], 3, 1e-14);
  EXPECT_EQ(frame.singular_values(Of::parameters, 0), s);
}

TEST(Frame, FailingIsNoNumber) {
  EXPECT_TRUE(std::isnan(numeric([]() -> double { throw Refused{"no"}; })));
  EXPECT_TRUE(std::isnan(numeric([]() -> double { throw std::logic_error("no"); })));
  EXPECT_EQ(numeric([] { return 2.0; }), 2.0);
}

}  // namespace
}  // namespace kappa
