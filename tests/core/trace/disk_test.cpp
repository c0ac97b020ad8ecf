/// Files appear whole or not at all, and trouble with the disk comes back as a value.
#include "core/trace/disk.hpp"

#include <gtest/gtest.h>

#include <cerrno>

#include "tests/support/scratch.hpp"

namespace kappa {
namespace {

using test::contents;

TEST(AtomicWrite, ReplacesTheWholeFile) {
  const test::ScratchDirectory scratch;
  ASSERT_FALSE(atomic_write(scratch / "a.csv", "a long first version\n"));
  ASSERT_FALSE(atomic_write(scratch / "a.csv", "short\n"));
  EXPECT_EQ(contents(scratch / "a.csv"), "short\n");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(scratch.path()), {}), 1);
}

TEST(AtomicWrite, TellsTheReason) {
  const test::ScratchDirectory scratch;
  ASSERT_FALSE(atomic_write(scratch / "file", "x"));
  const auto below_a_file = atomic_write(scratch / "file/a.csv", "x");
  ASSERT_TRUE(below_a_file);
  EXPECT_EQ(below_a_file->trouble, Trouble::file);
  EXPECT_EQ(below_a_file->path, scratch / "file/a.csv");
  EXPECT_NE(below_a_file->message.find("Not a directory"), std::string::npos) << below_a_file->message;
  const auto nowhere = atomic_write(scratch / "missing/a.csv", "x");
  ASSERT_TRUE(nowhere);
  EXPECT_NE(nowhere->message.find("No such file"), std::string::npos) << nowhere->message;
}

TEST(AtomicWrite, LeavesWhatCannotBeReplaced) {
  const test::ScratchDirectory scratch;
  std::filesystem::create_directories(scratch / "a.csv/inside");
  ASSERT_TRUE(atomic_write(scratch / "a.csv", "x"));
  EXPECT_TRUE(std::filesystem::is_directory(scratch / "a.csv/inside"));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(scratch.path()), {}), 1);  // nothing temporary is left
}

TEST(NewFile, LeavesNothingWhenGivenUp) {
  const test::ScratchDirectory scratch;
  {
    NewFile file(scratch / "a.csv");
    ASSERT_FALSE(file.open());
    ASSERT_FALSE(file.write("half"));
  }
  EXPECT_TRUE(std::filesystem::is_empty(scratch.path()));
}

TEST(NewFile, BeginsAsAnotherFileWithoutTakingItAway) {
  const test::ScratchDirectory scratch;
  ASSERT_FALSE(atomic_write(scratch / "part.csv", "header\nrow\n"));
  ASSERT_FALSE(atomic_write(scratch / "whole.csv", "from an earlier run\n"));
  for (int again = 0; again < 2; ++again) {  // the second time they are one file already
    NewFile file(scratch / "whole.csv");
    ASSERT_TRUE(file.begin_as(scratch / "part.csv"));
    EXPECT_EQ(contents(scratch / "whole.csv"), again == 0 ? "from an earlier run\n" : "header\nrow\n");
    ASSERT_FALSE(file.commit());
    EXPECT_EQ(contents(scratch / "whole.csv"), "header\nrow\n");
    EXPECT_EQ(contents(scratch / "part.csv"), "header\nrow\n");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(scratch.path()), {}), 2);
  }
  NewFile missing(scratch / "other.csv");
  EXPECT_FALSE(missing.begin_as(scratch / "nowhere.csv"));
  EXPECT_FALSE(std::filesystem::exists(scratch / "other.csv"));
}

TEST(MakeDirectory, MakesParentsAndTellsAFileInTheWay) {
  const test::ScratchDirectory scratch;
  EXPECT_FALSE(make_directory(scratch / "a/b/c"));
  EXPECT_FALSE(make_directory(scratch / "a/b/c"));
  ASSERT_FALSE(atomic_write(scratch / "file", "x"));
  EXPECT_TRUE(make_directory(scratch / "file"));
  EXPECT_TRUE(make_directory(scratch / "file/below"));
}

}  // namespace
}  // namespace kappa
