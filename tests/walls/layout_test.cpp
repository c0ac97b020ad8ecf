/// Laws of the house that every file obeys: a first sentence, a bounded length, no unfinished marks, no hidden
/// registry.
#include <gmock/gmock.h>

#include "tests/support/source_tree.hpp"

namespace kappa {
namespace {

namespace fs = std::filesystem;
using support::lines;
using support::matches;
using support::sources;
using ::testing::IsEmpty;

std::vector<std::string> everything() { return sources({"core", "ui", "app", "tests"}); }

TEST(Layout, EveryFileStartsWithOneSentence) {
  ASSERT_FALSE(everything().empty());
  for (const std::string& path : everything()) {
    const std::vector<std::string> text = lines(path);
    ASSERT_FALSE(text.empty()) << path;
    EXPECT_TRUE(text.front().starts_with("/// ")) << path << " starts with: " << text.front();
  }
}

TEST(Layout, NoFileIsLongerThan500Lines) {
  for (const std::string& path : everything()) EXPECT_LE(lines(path).size(), 500u) << path;
  EXPECT_LT(lines("CMakeLists.txt").size(), 150u);
}

TEST(Layout, HeadersAreGuardedByPragma) {
  for (const std::string& path : everything()) {
    if (!path.ends_with(".hpp")) continue;
    const std::vector<std::string> text = lines(path);
    EXPECT_TRUE(std::find(text.begin(), text.end(), "#pragma once") != text.end()) << path;
  }
}

TEST(Layout, NothingIsLeftUnfinished) {
  EXPECT_THAT(matches(everything(), std::regex("\\b(TO"
                                               "DO|FIX"
                                               "ME|[Nn]ot imple"
                                               "mented)\\b")),
              IsEmpty());
}

TEST(Layout, NoTestIsSwitchedOff) {
  EXPECT_THAT(matches(sources({"tests"}), std::regex("GTEST"
                                                     "_SKIP|Q"
                                                     "SKIP|DISABLED"
                                                     "_|EXPECT_TRUE\\(tr"
                                                     "ue\\)|SUCC"
                                                     "EED\\(")),
              IsEmpty());
}

TEST(Layout, NothingIncludesItselfByAnOutsidePath) {
  EXPECT_THAT(matches(everything(), std::regex(R"(#\s*include\s*"(\.\./|/))")), IsEmpty());
}

TEST(Layout, TestsMirrorSources) {
  const fs::path root = KAPPA_SOURCE_DIR;
  for (const std::string& path : sources({"tests/core", "tests/ui", "tests/app"})) {
    const fs::path mirrored = root / fs::path(path).lexically_relative("tests").parent_path();
    EXPECT_TRUE(fs::is_directory(mirrored)) << path << " tests no folder of the sources";
  }
}

TEST(Layout, ScriptsMayBeRun) {
  for (const char* script : {"app/start", "tests/run", ".ci/run"}) {
    const fs::path path = fs::path(KAPPA_SOURCE_DIR) / script;
    ASSERT_TRUE(fs::exists(path)) << script;
    EXPECT_NE(fs::status(path).permissions() & fs::perms::owner_exec, fs::perms::none) << script;
  }
}

}  // namespace
}  // namespace kappa
