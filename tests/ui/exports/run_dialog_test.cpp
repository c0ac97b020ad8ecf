/// A whole run leaves by its dialog: beside the window, told how far it is, given up without a trace.
#include "ui/exports/run_dialog.hpp"

#include <QDir>
#include <QFileDialog>
#include <QProgressBar>
#include <filesystem>

#include "tests/ui/exported.hpp"
#include "tests/ui/exports/desk.hpp"
#include "ui/exports/work_foot.hpp"

namespace kappa::ui {
namespace {

using testing::exported;

class RunDialogTest : public testing::ExportDesk {
 protected:
  RunDialog& open() {
    QTest::keyClick(&window_, Qt::Key_E, Qt::ControlModifier);
    auto* dialog = window_.findChild<RunDialog*>();
    EXPECT_NE(dialog, nullptr);
    EXPECT_TRUE(dialog->isVisible());
    return *dialog;
  }
  /// Types the folder's name where the dialog asks for it.
  void ask(RunDialog& dialog, const QString& folder) {
    QPushButton* write = button(dialog, "Export…");
    ASSERT_TRUE(write->isEnabled());
    QTest::mouseClick(write, Qt::LeftButton);
    auto* chooser = dialog.findChild<QFileDialog*>();
    ASSERT_NE(chooser, nullptr);
    chooser->findChild<QLineEdit*>("fileNameEdit")->setText(folder);
    QTest::keyClick(chooser, Qt::Key_Return);
  }
  /// The chooser of folders has a button to cancel too.
  static WorkFoot& foot(RunDialog& dialog) { return *dialog.findChild<WorkFoot*>(); }
  bool ended(RunDialog& dialog) {
    return testing::await([&] { return !dialog.busy(); });
  }
  /// So large that whoever copies it is met at work.
  void makeLong() {
    const std::string file = session_.resultsFolder().toStdString() + "/long.bin";
    atomic_write(file, "long");
    std::filesystem::resize_file(file, std::uintmax_t{1} << 34);
  }
};

TEST_F(RunDialogTest, WritesWhatTheRunHasWritten) {
  ASSERT_TRUE(finish(testing::smallRace()));
  RunDialog& dialog = open();
  ask(dialog, at("mine"));
  ASSERT_TRUE(ended(dialog));
  EXPECT_TRUE(dialog.message().contains("was written")) << dialog.message().toStdString();
  EXPECT_EQ(window_.message().text(), dialog.message());
  int compared = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(session_.resultsFolder().toStdString())) {
    if (!file.is_regular_file()) continue;
    const auto name = std::filesystem::relative(file.path(), session_.resultsFolder().toStdString()).string();
    EXPECT_EQ(test::contents(file.path()), test::contents(folder_ / ("mine/" + name))) << name;
    ++compared;
  }
  EXPECT_GE(compared, 5);
  EXPECT_EQ(files(), 1u) << "nothing half is left beside it";
  EXPECT_TRUE(button(dialog, "Export…")->isEnabled());
}

TEST_F(RunDialogTest, CancelLeavesNothingAndTheWindowGoesOn) {
  ASSERT_TRUE(finish(testing::smallRace()));
  makeLong();
  RunDialog& dialog = open();
  ask(dialog, at("given up"));
  ASSERT_TRUE(testing::await([&] { return button(foot(dialog), "Cancel") != nullptr; }));
  EXPECT_TRUE(dialog.findChild<QProgressBar*>()->isVisible());
  EXPECT_FALSE(button(dialog, "Export…")->isEnabled());
  EXPECT_EQ(files(), 1u) << "under another name until it is whole";
  EXPECT_FALSE(QDir(at("given up")).exists());
  QTest::mouseClick(button(foot(dialog), "Cancel"), Qt::LeftButton);
  ASSERT_TRUE(ended(dialog));
  EXPECT_TRUE(dialog.message().contains("Cancelled")) << dialog.message().toStdString();
  EXPECT_EQ(files(), 0u);
  EXPECT_NE(button(foot(dialog), "Close"), nullptr);
}

TEST_F(RunDialogTest, ARunThatIsReplacedIsStillWrittenWhole) {
  ASSERT_TRUE(finish(testing::smallRace()));
  const std::string series = bytes(session_.resultsFolder() + "/series.csv");
  const auto run = session_.finishedRun();
  ASSERT_TRUE(run);
  Document other = testing::smallRace();
  other.seed = 77;
  ASSERT_TRUE(finish(other));
  const WorkEnd end = copyRun(run->folder->path(), at("first"), run->document);
  EXPECT_EQ(end.how, WorkEnd::How::written) << end.sentence.toStdString();
  EXPECT_EQ(bytes(at("first/series.csv")), series);
}

TEST_F(RunDialogTest, ClosingTheDialogGivesItUp) {
  ASSERT_TRUE(finish(testing::smallRace()));
  makeLong();
  RunDialog& dialog = open();
  dialog.writeTo(at("given up"));
  QTest::keyClick(&dialog, Qt::Key_Escape);
  EXPECT_FALSE(dialog.isVisible());
  ASSERT_TRUE(ended(dialog));
  EXPECT_EQ(files(), 0u);
}

TEST_F(RunDialogTest, NeverReplacesOtherFiles) {
  ASSERT_TRUE(finish(testing::smallRace()));
  ASSERT_TRUE(make_directory(folder_ / "mine") == std::nullopt);
  atomic_write(folder_ / "mine/series.csv", "precious");
  RunDialog& dialog = open();
  dialog.writeTo(at("mine"));
  ASSERT_TRUE(ended(dialog));
  EXPECT_TRUE(window_.message().text().contains("not written")) << window_.message().text().toStdString();
  EXPECT_EQ(bytes(at("mine/series.csv")), "precious");
  EXPECT_TRUE(exported(session_, at("fresh")));
  atomic_write(folder_ / "fresh/notes.txt", "mine");
  EXPECT_TRUE(exported(session_, at("fresh") + '/')) << "the same results again";
  EXPECT_EQ(bytes(at("fresh/notes.txt")), "mine");
  EXPECT_TRUE(bytes(at("fresh/series.csv")).starts_with("run,repeat,step,series,value\n"));
  EXPECT_EQ(files(), 2u);
  Document other = testing::smallRace();
  other.seed = 77;
  ASSERT_TRUE(finish(other));
  EXPECT_FALSE(exported(session_, at("fresh")));
  EXPECT_FALSE(exported(session_, "/proc/nowhere/results"));
}

TEST_F(RunDialogTest, TheChooserBeginsBesideTheExperiment) {
  ASSERT_TRUE(finish(testing::smallRace()));
  RunDialog& dialog = open();
  const auto begins = [&] {
    QTest::mouseClick(button(dialog, "Export…"), Qt::LeftButton);
    auto* chooser = dialog.findChild<QFileDialog*>();
    const QString folder = chooser->directory().absolutePath();
    delete chooser;
    return folder;
  };
  EXPECT_EQ(begins(), QDir::currentPath());
  ASSERT_TRUE(session_.save(at("mine.kappa.json")).empty());
  EXPECT_EQ(begins(), QDir(QString::fromStdString(folder_.path())).absolutePath());
}

TEST_F(RunDialogTest, AnUnfinishedRunHasNothingToWrite) {
  ASSERT_TRUE(finish(testing::smallRace()));
  RunDialog& dialog = open();
  session_.rewind();
  EXPECT_TRUE(testing::await([&] { return !button(dialog, "Export…")->isEnabled(); }));
}

}  // namespace
}  // namespace kappa::ui
