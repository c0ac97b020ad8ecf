/// Adding a method changes exactly one file: seen on a copy of the tree, with the scaffold and the generated index.
#include <gmock/gmock.h>

#include <map>

#include "tests/support/shell.hpp"
#include "tests/support/source_tree.hpp"

namespace kappa {
namespace {

namespace fs = std::filesystem;
using support::read_text;
using support::ScratchFolder;
using support::shell;
using ::testing::HasSubstr;

std::map<std::string, std::string> snapshot(const fs::path& root) {
  std::map<std::string, std::string> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root)) {
    if (entry.is_regular_file()) files[fs::relative(entry.path(), root).string()] = read_text(entry.path());
  }
  return files;
}

void copy_sources(const fs::path& to) {
  const fs::path from = KAPPA_SOURCE_DIR;
  for (const char* part : {"CMakeLists.txt", "LICENSE", "app", "core", "resources"}) {
    fs::copy(from / part, to / part, fs::copy_options::recursive);
  }
}

TEST(OneFile, EveryKindIsScaffoldedAsOneFileAndIndexed) {
  const ScratchFolder tree("one-file");
  copy_sources(tree.path());
  const std::string in_tree = "cd '" + tree.path().string() + "' && ";
  const std::map<std::string, std::string> folders = {
      {"problem", "problems"}, {"optimizer", "optimizers"}, {"order", "orders"},
      {"init", "inits"},       {"schedule", "schedules"},   {"probe", "probes"},
      {"theory", "theories"},  {"claim", "claims"},         {"study", "studies"}};

  for (const auto& [kind, folder] : folders) {
    const auto before = snapshot(tree.path());
    const auto said = shell(in_tree + KAPPA_CLI_PATH " new " + kind + " wall_" + kind);
    ASSERT_EQ(said.status, 0) << kind << ": " << said.output;
    auto after = snapshot(tree.path());
    const std::string added = "core/methods/" + folder + "/wall_" + kind + ".cpp";
    ASSERT_EQ(after.count(added), 1u) << kind << ": " << said.output;
    EXPECT_THAT(after[added], HasSubstr("Method wall_" + kind + "()"));
    after.erase(added);
    EXPECT_TRUE(after == before) << "a second file changed when adding a " << kind;
  }

  const auto configured =
      shell(in_tree + "cmake -S . -B build -G Ninja -DKAPPA_UI=OFF -DKAPPA_TESTS=OFF -DCMAKE_CXX_COMPILER=" KAPPA_CXX);
  ASSERT_EQ(configured.status, 0) << configured.output;
  const std::string index = read_text(tree / "build/generated/index.cpp");
  for (const auto& [kind, folder] : folders) {
    EXPECT_THAT(index, HasSubstr("{\"wall_" + kind + "\", " + folder + "::wall_" + kind + "()},"));
  }

  const auto compiled = shell(in_tree + KAPPA_CXX
                              " -std=c++20 -fsyntax-only -DKAPPA_FILE=wall -DARMA_DONT_USE_WRAPPER -I. -Ibuild "
                              "core/methods/optimizers/wall_optimizer.cpp");
  EXPECT_EQ(compiled.status, 0) << compiled.output;
}

TEST(OneFile, NoCommittedFileListsTheMethods) {
  const std::string build = read_text(KAPPA_SOURCE_DIR "/CMakeLists.txt");
  EXPECT_EQ(build.find("gradient_descent"), std::string::npos);
  const auto said =
      shell("grep -rlE '(optimizers|problems)::[a-z_]+\\(\\)' '" KAPPA_SOURCE_DIR "/core' '" KAPPA_SOURCE_DIR
            "/app' '" KAPPA_SOURCE_DIR "/ui' --include=*.cpp --include=*.hpp");
  EXPECT_EQ(said.output, "");
}

}  // namespace
}  // namespace kappa
