/// Part files hold whole lines whenever a run is killed, and join in document order.
#include "core/trace/part_files.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "core/trace/disk.hpp"
#include "core/trace/files_view.hpp"
#include "core/trace/number.hpp"
#include "tests/support/scratch.hpp"

namespace kappa {
namespace {

using test::contents;
using test::ScratchDirectory;
namespace fs = std::filesystem;

TEST(PartFiles, JoinInDocumentOrderWhateverTheOrderOfWriting) {
  const ScratchDirectory scratch;
  const std::string directory = scratch / "results";
  PartFiles parts(directory);
  ASSERT_FALSE(parts.start());
  const char* labels[] = {"GD", "a, b"};
  for (std::uint64_t step = 0; step < 2; ++step)
    for (const std::uint32_t run : {1u, 0u})
      for (const std::uint32_t repeat : {1u, 0u}) {
        append_series_row(parts.rows(Table::series, run, repeat), {labels[run], repeat}, step, "loss", 0.5);
        ASSERT_FALSE(parts.flush());
      }
  append_curve_row(parts.rows(Table::curves, 0, 0), {"GD", 0}, "risk", 1, 2);
  EXPECT_TRUE(PartFiles::unfinished(directory));
  EXPECT_TRUE(fs::exists(directory + "/partial/series.0001.0000.csv"));
  ASSERT_FALSE(parts.join());
  EXPECT_FALSE(PartFiles::unfinished(directory));
  EXPECT_EQ(contents(directory + "/series.csv"),
            "run,repeat,step,series,value\n"
            "GD,0,0,loss,0.5\nGD,0,1,loss,0.5\nGD,1,0,loss,0.5\nGD,1,1,loss,0.5\n"
            "\"a, b\",0,0,loss,0.5\n\"a, b\",0,1,loss,0.5\n\"a, b\",1,0,loss,0.5\n\"a, b\",1,1,loss,0.5\n");
  EXPECT_EQ(contents(directory + "/curves.csv"), "run,repeat,curve,x,value\nGD,0,risk,1,2\n");
}

TEST(PartFiles, SeriesAndCostAreAlwaysThereOtherTablesWithRowsOnly) {
  const ScratchDirectory scratch;
  ASSERT_FALSE(atomic_write(scratch / "spectra.csv", "from an earlier run\n"));
  PartFiles parts(scratch.path());
  ASSERT_FALSE(parts.start());
  parts.rows(Table::fields, 0, 0);  // asked for, and then nothing to say
  ASSERT_FALSE(parts.join());
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(scratch.path())) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names, (std::vector<std::string>{"cost.csv", "series.csv"}));
  EXPECT_EQ(contents(scratch / "series.csv"), table_header(Table::series));
}

TEST(PartFiles, ManyMoreThanFilesMayBeOpen) {
  const ScratchDirectory scratch;
  PartFiles parts(scratch.path());
  ASSERT_FALSE(parts.start());
  std::string expected(table_header(Table::series));
  for (std::uint32_t repeat = 0; repeat < 3000; ++repeat) {
    append_series_row(parts.rows(Table::series, 0, repeat), {"GD", repeat}, 0, "loss", 1);
    append_series_row(expected, {"GD", repeat}, 0, "loss", 1);
  }
  ASSERT_FALSE(parts.join());
  EXPECT_EQ(contents(scratch / "series.csv"), expected);
}

TEST(PartFiles, AreFlushedWhenDueOrWhenALotHasComeTogether) {
  const ScratchDirectory scratch;
  PartFiles patient(scratch / "a", std::chrono::hours(1)), prompt(scratch / "b", std::chrono::milliseconds(1));
  for (PartFiles* parts : {&patient, &prompt}) {
    ASSERT_FALSE(parts->start());
    append_series_row(parts->rows(Table::series, 0, 0), {"GD", 0}, 0, "loss", 1);
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  ASSERT_FALSE(patient.flush_if_due());
  ASSERT_FALSE(prompt.flush_if_due());
  EXPECT_FALSE(fs::exists(scratch / "a/partial/series.0000.0000.csv"));
  EXPECT_TRUE(fs::exists(scratch / "b/partial/series.0000.0000.csv"));
  for (std::uint64_t step = 0; step < 100'000; ++step)
    append_series_row(patient.rows(Table::series, 0, 0), {"GD", 0}, step, "loss", 1);
  ASSERT_FALSE(patient.flush_if_due());
  EXPECT_TRUE(fs::exists(scratch / "a/partial/series.0000.0000.csv"));
}

/// Every line of `text` is a whole row of series.csv, step by step.
void expect_whole_rows(const std::string& text, std::uint64_t least) {
  CsvReader reader(text);
  std::vector<std::string> cells;
  std::uint64_t rows = 0;
  for (; reader.next(cells); ++rows) {
    ASSERT_EQ(cells.size(), 5u) << rows;
    if (rows > 0) {
      ASSERT_EQ(cells[2], std::to_string(rows - 1));
    }
  }
  EXPECT_GT(rows, least);
}

TEST(PartFiles, AfterAKillEveryLineIsWhole) {
  const ScratchDirectory scratch;
  int ready[2];
  ASSERT_EQ(pipe(ready), 0);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {  // records until it is killed; only async-safe ways out
    PartFiles parts(scratch.path(), std::chrono::milliseconds(1));
    if (parts.start()) _exit(1);
    for (std::uint64_t step = 0;; ++step) {
      append_series_row(parts.rows(Table::series, 0, 0), {"GD", 0}, step, "loss", 1.0 / 3);
      if (parts.flush_if_due()) _exit(1);
      if (step == 20'000 && parts.flush()) _exit(1);
      if (step == 20'000 && write(ready[1], "x", 1) != 1) _exit(1);
    }
  }
  char byte = 0;
  close(ready[1]);
  EXPECT_EQ(read(ready[0], &byte, 1), 1);
  std::this_thread::sleep_for(std::chrono::milliseconds(10));
  kill(child, SIGKILL);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  close(ready[0]);
  EXPECT_TRUE(WIFSIGNALED(status));
  expect_whole_rows(contents(scratch / "partial/series.0000.0000.csv"), 10'000);
  EXPECT_TRUE(PartFiles::unfinished(scratch.path()));
}

TEST(PartFiles, AFullDiskIsToldAndLosesNoRow) {
  const ScratchDirectory scratch;
  const std::string part = scratch / "partial/series.0000.0000.csv";
  PartFiles parts(scratch.path());
  ASSERT_FALSE(parts.start());
  fs::create_symlink("/dev/full", part);
  append_series_row(parts.rows(Table::series, 0, 0), {"GD", 0}, 0, "loss", 1);
  const auto issue = parts.flush();
  ASSERT_TRUE(issue);
  EXPECT_EQ(issue->trouble, Trouble::file);
  EXPECT_EQ(issue->path, part);
  EXPECT_NE(issue->message.find("No space left"), std::string::npos) << issue->message;
  ASSERT_TRUE(parts.join());  // and it is not joined without them
  EXPECT_FALSE(fs::exists(scratch / "series.csv"));
  fs::remove(part);  // somebody made room
  append_series_row(parts.rows(Table::series, 0, 0), {"GD", 0}, 1, "loss", 0.5);
  ASSERT_FALSE(parts.join());
  EXPECT_EQ(contents(scratch / "series.csv"), "run,repeat,step,series,value\nGD,0,0,loss,1\nGD,0,1,loss,0.5\n");
}

TEST(PartFiles, ALineThatTheDiskCutIsTakenBackAndFinishedLater) {
  const ScratchDirectory scratch;
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {  // the limit on file sizes cuts a write in the middle, as a full disk does
    signal(SIGXFSZ, SIG_IGN);
    PartFiles parts(scratch.path());
    if (parts.start()) _exit(1);
    for (std::uint64_t step = 0; step < 100; ++step)
      append_series_row(parts.rows(Table::series, 0, 0), {"GD", 0}, step, "loss", 0.25);
    const rlimit tight{1000, RLIM_INFINITY}, loose{RLIM_INFINITY, RLIM_INFINITY};
    setrlimit(RLIMIT_FSIZE, &tight);
    if (!parts.flush()) _exit(2);
    fs::copy_file(scratch / "partial/series.0000.0000.csv", scratch / "cut.csv");
    setrlimit(RLIMIT_FSIZE, &loose);
    _exit(parts.join() ? 3 : 0);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  ASSERT_EQ(WEXITSTATUS(status), 0);
  EXPECT_LE(fs::file_size(scratch / "cut.csv"), 1000u);
  EXPECT_EQ(contents(scratch / "cut.csv").back(), '\n');
  expect_whole_rows(contents(scratch / "cut.csv"), 30);
  std::string expected(table_header(Table::series));
  for (std::uint64_t step = 0; step < 100; ++step) append_series_row(expected, {"GD", 0}, step, "loss", 0.25);
  EXPECT_EQ(contents(scratch / "series.csv"), expected);
}

TEST(PartFiles, ADirectoryThatCannotBeIsTold) {
  const ScratchDirectory scratch;
  ASSERT_FALSE(atomic_write(scratch / "file", "x"));
  PartFiles parts(scratch / "file/results");
  const auto issue = parts.start();
  ASSERT_TRUE(issue);
  EXPECT_EQ(issue->trouble, Trouble::file);
  append_series_row(parts.rows(Table::series, 0, 0), {"GD", 0}, 0, "loss", 1);
  EXPECT_TRUE(parts.flush());
  EXPECT_TRUE(parts.join());
  EXPECT_EQ(contents(scratch / "file"), "x");
}

TEST(PartFiles, AnEarlierPartialIsCleared) {
  const ScratchDirectory scratch;
  fs::create_directories(scratch / "partial");
  ASSERT_FALSE(atomic_write(scratch / "partial/series.0007.0000.csv", "old\n"));
  PartFiles parts(scratch.path());
  ASSERT_FALSE(parts.start());
  EXPECT_TRUE(fs::is_empty(scratch / "partial"));
}

}  // namespace
}  // namespace kappa
