/// The program takes pictures of itself, and says what is wrong with its arguments.
#include "ui/window/screenshot.hpp"

#include <gtest/gtest.h>

#include <QImage>
#include <fstream>

#include "tests/support/scratch.hpp"
#include "tests/support/shell.hpp"

namespace kappa::ui {
namespace {

using support::shell;

class Program : public ::testing::Test {
 protected:
  support::Said program(const std::string& arguments) const {
    return shell("HOME='" + folder_.path() + "' QT_QPA_PLATFORM=offscreen " KAPPA_UI_PATH " " + arguments);
  }
  test::ScratchDirectory folder_;
};

TEST_F(Program, TakesAPictureOfTheWholeWindow) {
  const std::string picture = folder_ / "a.png";
  const auto said = program("conditioning --screenshot " + picture + " --size 1024x768 --theme dark --run-steps 20");
  ASSERT_EQ(said.status, 0) << said.output;
  const QImage image(QString::fromStdString(picture));
  EXPECT_EQ(image.size(), QSize(1024, 768));
  EXPECT_LT(qGray(image.pixel(600, 5)), 60);
}

TEST_F(Program, RefusesWhatItDoesNotUnderstand) {
  EXPECT_EQ(program("--theme pink").status, 2);
  EXPECT_EQ(program("--size big conditioning").status, 2);
  EXPECT_EQ(program("nowhere.kappa.json").status, 3);
  { std::ofstream(folder_ / "bad.kappa.json") << R"({"kappascope": 1, "steps": -1})"; }
  const auto said = program(folder_ / "bad.kappa.json");
  EXPECT_EQ(said.status, 2);
  EXPECT_NE(said.output.find("/steps"), std::string::npos) << said.output;
}

}  // namespace
}  // namespace kappa::ui
