/// What the program takes on its command line, seen from outside.
#include "ui/window/options.hpp"

#include <gtest/gtest.h>

#include <QImage>

#include "tests/support/documents.hpp"
#include "tests/support/program.hpp"
#include "tests/support/scratch.hpp"
#include "ui/documents/share_string.hpp"
#include "ui/runs/document_edits.hpp"

namespace kappa::ui {
namespace {

using test::quoted;

class Options : public ::testing::Test {
 protected:
  /// Opens what is named, takes a picture and ends.
  support::Said pictured(const std::string& arguments) const {
    return support::shell("cd " + quoted(folder_.path()) + " && HOME=" + quoted(folder_.path()) +
                          " QT_QPA_PLATFORM=offscreen " KAPPA_UI_PATH " " + arguments +
                          " --screenshot a.png --size 800x600 --run-steps 0");
  }
  void expectPicture(const std::string& arguments) const {
    const auto said = pictured(arguments);
    EXPECT_EQ(said.status, 0) << said.output;
    EXPECT_EQ(QImage(QString::fromStdString(folder_ / "a.png")).size(), QSize(800, 600));
    std::filesystem::remove(folder_ / "a.png");
  }
  void expectRefused(const std::string& arguments, int status, const std::string& why) const {
    const auto said = pictured(arguments);
    EXPECT_EQ(said.status, status) << arguments;
    EXPECT_NE(said.output.find(why), std::string::npos) << said.output;
  }
  test::ScratchDirectory folder_;
};

TEST_F(Options, AShareStringIsADocument) {
  const std::string text = shareString(freshDocument()).toStdString();
  expectPicture(quoted(text));
  expectRefused(quoted(text.substr(0, text.size() - 9)), 2, "cut short");
}

TEST_F(Options, FilesFoldersAndAddressesAreDocuments) {
  atomic_write(folder_ / "a b.kappa.json", kappa::testing::small_race());
  std::filesystem::create_directory(folder_ / "results");
  atomic_write(folder_ / "results/experiment.kappa.json", kappa::testing::small_race());
  std::filesystem::create_directory(folder_ / "nothing");
  expectPicture("'a b.kappa.json'");
  expectPicture(quoted("file://" + folder_.path() + "/a%20b.kappa.json"));
  expectPicture("results");
  expectRefused("nothing", 2, "experiment.kappa.json");
}

TEST_F(Options, ChangesAreSet) {
  expectPicture("conditioning --set /steps=12 --set '/title=\"x y\"'");
  expectRefused("conditioning --set /steps=-1", 2, "/steps");
  expectRefused("conditioning --set /stps=1", 2, "did you mean");
  expectRefused("conditioning rosenbrock", 2, "one experiment");
}

}  // namespace
}  // namespace kappa::ui
