/// Inits: the problem's own start, zeros, normal numbers, and matrices from files with their troubles.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "core/kinds/init.hpp"
#include "tests/support/problem_check.hpp"
#include "tests/support/scratch.hpp"

namespace kappa::inits {
Method default_();
Method zeros();
Method gaussian();
Method file();
}  // namespace kappa::inits
namespace kappa::problems {
Method matrix_sensing();
Method linear_regression();
}  // namespace kappa::problems

namespace kappa {
namespace {

using namespace support;

Blocks started(const Method& method, const ProblemModel& problem, Given given = {}, std::uint64_t seed = 1) {
  return std::get<Maker<InitModel>>(method.make)(Node{Kind::init, "", std::move(given)})
      ->start(problem, Rng(seed, "init"));
}

std::shared_ptr<const ProblemModel> sensing() {
  return built(problems::matrix_sensing(),
               {{"dimension", std::int64_t{3}}, {"true_rank", std::int64_t{1}}, {"rank", std::int64_t{2}}});
}

TEST(Inits, DefaultIsTheProblemsOwn) {
  const auto p = sensing();
  EXPECT_EQ(arma::norm(started(inits::default_(), *p).flat() - start_of(*p).flat()), 0);
}

TEST(Inits, ZerosAreZeroInTheSameShape) {
  const Blocks x = started(inits::zeros(), *sensing());
  EXPECT_EQ(arma::norm(x.flat()), 0);
  EXPECT_EQ(x.shape(0).cols, 2u);
}

TEST(Inits, GaussianScalesOneAndTheSameDraw) {
  const auto p = built(problems::matrix_sensing(), {{"dimension", std::int64_t{60}}, {"rank", std::int64_t{50}}});
  const Blocks one = started(inits::gaussian(), *p), three = started(inits::gaussian(), *p, {{"scale", 3.0}});
  EXPECT_LT(arma::norm(three.flat() - 3 * one.flat()), 1e-12);
  EXPECT_NEAR(arma::stddev(one.flat()), 1, 0.05);
  EXPECT_GT(arma::norm(one.flat() - started(inits::gaussian(), *p, {}, 2).flat()), 1);
}

class FromFiles : public testing::Test {
 protected:
  void write(const std::string& name, const std::string& text) { std::ofstream(dir + "/" + name) << text; }
  Issue trouble() {
    try {
      started(inits::file(), *sensing(), {{"path", dir}});
    } catch (const DataError& error) {
      return error.issue;
    }
    ADD_FAILURE() << "no trouble";
    return {};
  }
  const test::ScratchDirectory scratch_;  ///< of this test alone: tests run side by side
  const std::string dir = scratch_.path();
};

TEST_F(FromFiles, OneMatrixRowPerLine) {
  write("init_X.csv", "1,2\n3,4\r\n-5.5,6e-1\n");
  const Blocks start = started(inits::file(), *sensing(), {{"path", dir}});
  const arma::mat x = start.block(0);
  EXPECT_EQ(x(0, 1), 2);
  EXPECT_EQ(x(1, 0), 3);
  EXPECT_EQ(x(2, 0), -5.5);
  EXPECT_EQ(x(2, 1), 0.6);
}

TEST_F(FromFiles, VectorsAreOneNumberPerLine) {
  const auto p = built(problems::linear_regression(), {{"features", std::int64_t{2}}});
  write("init_w.csv", "7\n8");
  EXPECT_EQ(started(inits::file(), *p, {{"path", dir}}).flat()[1], 8);
}

TEST_F(FromFiles, MissingFileIsAFilesTrouble) {
  const Issue issue = trouble();
  EXPECT_EQ(issue.trouble, Trouble::file);
  EXPECT_EQ(issue.path, dir + "/init_X.csv");
}

TEST_F(FromFiles, ShapesAreCompared) {
  write("init_X.csv", "1,2,3\n4,5,6\n");
  const Issue issue = trouble();
  EXPECT_EQ(issue.trouble, Trouble::input);
  EXPECT_NE(issue.message.find("2 x 3"), std::string::npos);
  EXPECT_NE(issue.message.find("3 x 2"), std::string::npos);
  EXPECT_NE(issue.hint.find("transposed"), std::string::npos);
}

TEST_F(FromFiles, CellsAndRowsAreChecked) {
  write("init_X.csv", "1,2\n3,four\n5,6\n");
  EXPECT_EQ(trouble().path, dir + "/init_X.csv:2:2");
  write("init_X.csv", "1,2\n3\n5,6\n");
  EXPECT_EQ(trouble().path, dir + "/init_X.csv:2");
  write("init_X.csv", "1,2\n3,nan\n5,6\n");
  EXPECT_EQ(trouble().path, dir + "/init_X.csv:2:2");
  write("init_X.csv", "");
  EXPECT_EQ(trouble().path, dir + "/init_X.csv");
}

TEST_F(FromFiles, NoDirectoryIsNamed) { EXPECT_THROW(started(inits::file(), *sensing()), DataError); }

}  // namespace
}  // namespace kappa
