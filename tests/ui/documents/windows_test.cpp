/// Several windows in one process, and closing them while heavy work goes on.
#include "ui/documents/windows.hpp"

#include <gtest/gtest.h>

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QTest>
#include <QTimer>
#include <filesystem>

#include "tests/support/documents.hpp"
#include "tests/support/scratch.hpp"
#include "tests/ui/await.hpp"
#include "ui/documents/share_string.hpp"
#include "ui/exports/export_dialog.hpp"
#include "ui/runs/document_edits.hpp"
#include "ui/session.hpp"
#include "ui/theme/theme.hpp"
#include "ui/window/actions.hpp"
#include "ui/window/document_files.hpp"
#include "ui/window/main_window.hpp"
#include "ui/window/message_strip.hpp"

namespace kappa::ui {
namespace {

using testing::await;

std::ptrdiff_t threads() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/task"), std::filesystem::directory_iterator());
}

class WindowsTest : public ::testing::Test {
 protected:
  QString base() const { return QString::fromStdString(folder_ / "recovery"); }
  static void expose(MainWindow* window) {
    window->activateWindow();
    EXPECT_TRUE(QTest::qWaitForWindowActive(window));
  }
  std::string heavy(int size) const {
    const std::string n = std::to_string(size), path = folder_ / ("heavy" + n + ".kappa.json");
    atomic_write(path, R"({"kappascope": 1, "steps": 100000, "problem": {"type": "matrix_least_squares", "rows": )" +
                           n + R"(, "columns": )" + n + R"(, "samples": )" + n +
                           R"(}, "runs": [{"label": "A", "optimizer": {"type": "muon"}},
                               {"label": "B", "optimizer": {"type": "adam"}}]})");
    return path;
  }
  test::ScratchDirectory folder_;
  AppTheme theme_{*qApp};
  Windows windows_{theme_, nullptr, base()};
};

TEST_F(WindowsTest, ANewOneHasItsOwnExperiment) {
  ASSERT_TRUE(windows_.open("conditioning").empty());
  MainWindow* first = windows_.newest();
  expose(first);
  QTest::keyClick(first, Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
  ASSERT_EQ(windows_.count(), 2);
  MainWindow* second = windows_.newest();
  ASSERT_NE(second, first);
  EXPECT_NE(second->pos(), first->pos());
  Session &one = *windows_.sessionOf(first), &two = *windows_.sessionOf(second);
  two.openDocument(freshDocument(), "mine");
  Document next = two.document();
  next.steps = 20;
  EXPECT_TRUE(two.change(next, "steps").empty());
  EXPECT_EQ(one.name(), "conditioning");
  EXPECT_FALSE(one.edited());
  two.undoStack().undo();
  second->close();
  EXPECT_TRUE(await([&] { return windows_.count() == 1; }));
  EXPECT_EQ(windows_.newest(), first);
}

TEST_F(WindowsTest, TheLastOneClosedQuits) {
  ASSERT_TRUE(windows_.open().empty());
  ASSERT_TRUE(windows_.open("rosenbrock").empty());
  expose(windows_.newest());
  QTest::keyClick(windows_.newest(), Qt::Key_W, Qt::ControlModifier);
  EXPECT_TRUE(await([&] { return windows_.count() == 1; }));
  QTimer::singleShot(0, windows_.newest(), &QWidget::close);
  QTimer limit;
  QObject::connect(&limit, &QTimer::timeout, [] { QApplication::exit(1); });
  limit.start(20'000);
  EXPECT_EQ(QApplication::exec(), 0);
  EXPECT_EQ(windows_.count(), 0);
  EXPECT_TRUE(windows_.finish(5000));
  EXPECT_TRUE(QDir(base()).isEmpty());
}

TEST_F(WindowsTest, QuitClosesAllAndAsksOnceForEachThatIsEdited) {
  ASSERT_TRUE(windows_.open("conditioning").empty());
  ASSERT_TRUE(windows_.open("rosenbrock", {"/steps=33"}).empty());
  EXPECT_TRUE(windows_.sessionOf(windows_.newest())->edited());
  EXPECT_EQ(windows_.sessionOf(windows_.newest())->undoStack().undoText(), "steps to 33");
  int asked = 0;
  QTimer answer;
  QObject::connect(&answer, &QTimer::timeout, [&] {
    if (auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget())) {
      ++asked;
      box->button(QMessageBox::Discard)->click();
    }
  });
  answer.start(20);
  expose(windows_.newest());
  QTest::keyClick(windows_.newest(), Qt::Key_Q, Qt::ControlModifier);
  EXPECT_TRUE(await([&] { return windows_.count() == 0; }));
  EXPECT_EQ(asked, 1);
}

TEST_F(WindowsTest, WhatCannotBeOpenedMakesNoWindow) {
  EXPECT_FALSE(windows_.open("nowhere.kappa.json").empty());
  EXPECT_FALSE(windows_.open("conditioning", {"/steps=-1"}).empty());
  EXPECT_FALSE(windows_.open("conditioning", {"/steps"}).empty());
  EXPECT_EQ(windows_.count(), 0);
  ASSERT_TRUE(windows_.open(shareString(freshDocument())).empty());
  MainWindow* window = windows_.newest();
  emit window->files().windowAsked("nowhere.kappa.json");
  EXPECT_EQ(windows_.count(), 1);
  EXPECT_TRUE(window->message().text().contains("nowhere"));
}

TEST_F(WindowsTest, ClosingStopsHeavyWorkWithinASecond) {
  ASSERT_TRUE(windows_.open(QString::fromStdString(heavy(250))).empty());
  Session& session = *windows_.sessionOf(windows_.newest());
  session.run();
  ASSERT_TRUE(await([&] { return session.lastStep() >= 3; }));
  const auto before = threads();
  QElapsedTimer clock;
  clock.start();
  windows_.newest()->close();
  EXPECT_TRUE(await([&] { return windows_.count() == 0; }));
  EXPECT_TRUE(windows_.finish(1000));
  EXPECT_LT(clock.elapsed(), 1000);
  EXPECT_LT(threads(), before);
  RecordProperty("milliseconds", static_cast<int>(clock.elapsed()));
  EXPECT_TRUE(QDir(base()).isEmpty());
}

TEST_F(WindowsTest, ClosingGivesUpAnExportAndLeavesNothingOfIt) {
  QSettings settings(QString::fromStdString(folder_ / "settings.ini"), QSettings::IniFormat);
  settings.setValue("export/preset", "own");
  settings.setValue("export/millimetres", true);
  settings.setValue("export/width", 300);
  settings.setValue("export/height", 200);
  settings.setValue("export/dpi", 800);
  Windows windows(theme_, &settings, base());
  ASSERT_TRUE(windows.open("conditioning").empty());
  MainWindow* window = windows.newest();
  window->showSetup();
  window->actions().exportCharts->trigger();
  auto* dialog = window->findChild<ExportDialog*>();
  ASSERT_NE(dialog, nullptr);
  dialog->writeTo(QString::fromStdString(folder_ / "large.png"));
  ASSERT_TRUE(dialog->busy()) << dialog->message().toStdString();
  window->close();
  EXPECT_TRUE(await([&] { return windows.count() == 0; }));
  EXPECT_TRUE(windows.finish(60'000)) << "the end of the export is waited for as that of a run is";
  EXPECT_TRUE(QDir(base()).isEmpty());
  EXPECT_EQ(QDir(QString::fromStdString(folder_.path())).entryList({"large*"}), QStringList());
}

TEST_F(WindowsTest, AStepThatCannotBeCutShortIsNotWaitedFor) {
  const auto before = threads();
  ASSERT_TRUE(windows_.open(QString::fromStdString(heavy(700))).empty());
  windows_.sessionOf(windows_.newest())->run();
  QTest::qWait(300);  // the problem is being built, for seconds
  QElapsedTimer clock;
  clock.start();
  windows_.newest()->close();
  EXPECT_TRUE(await([&] { return windows_.count() == 0; }));
  const bool ended = windows_.finish(700);
  EXPECT_LT(clock.elapsed(), 1000);
  RecordProperty("ended", ended ? "by itself" : "left behind");
  EXPECT_TRUE(await([&] { return threads() <= before; }, 120000));  // and it does end
}

}  // namespace
}  // namespace kappa::ui
