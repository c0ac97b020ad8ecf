/// Copied commands are run by a real shell with the real program, and make the same document.
#include "ui/documents/command_line.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/documents.hpp"
#include "tests/support/program.hpp"
#include "ui/runs/document_edits.hpp"

namespace kappa::ui {
namespace {

class CommandLine : public ::testing::Test {
 protected:
  /// Every document that running the command left in the scratch folder.
  std::string made(const QString& command) {
    desk_.write("command.sh", command.toStdString() + "\n");
    const std::string programs = std::filesystem::path(test::program()).parent_path().string();
    const auto said = desk_.shell("mkdir -p tmp out && cd out && PATH=" + test::quoted(programs) +
                                  ":$PATH TMPDIR=../tmp sh ../command.sh");
    EXPECT_EQ(said.status, 0) << said.output << command.toStdString();
    std::string found;
    for (const auto& one : std::filesystem::recursive_directory_iterator(desk_.path(".")))
      if (one.path().filename() == "experiment.kappa.json") found += test::contents(one.path().string());
    return found;
  }
  void expectRuns(const Document& document, const QString& command) {
    EXPECT_EQ(made(command), write_document(complete(document), true)) << command.toStdString();
  }
  static Document galleryDocument(const std::string& name) {
    std::string stem;
    return complete(std::get<Document>(open_experiment(name, stem)));
  }
  test::Desk desk_;
};

TEST_F(CommandLine, AnExampleIsItsName) {
  const QString command = commandLine(galleryDocument("conditioning"), "conditioning", {});
  EXPECT_EQ(command, "kappascope-cli run conditioning");
  expectRuns(galleryDocument("conditioning"), command);
}

TEST_F(CommandLine, FewChangesAreSet) {
  Document document = galleryDocument("conditioning");
  document.steps = 12;
  document.runs[0].optimizer.params["learning_rate"] = 0.5;
  document.note = "it's\n\"$HOME\"";
  document.events.push_back({4, false, "/runs/0/optimizer/learning_rate", 0.25});
  const QString command = commandLine(document, "conditioning", {});
  EXPECT_TRUE(command.contains("--set /runs/0/optimizer/learning_rate=0.5")) << command.toStdString();
  expectRuns(document, command);
}

TEST_F(CommandLine, AnotherMethodIsSetWhole) {
  Document document = galleryDocument("conditioning");
  document.steps = 12;
  document.claims.clear();
  document.runs[1].optimizer = complete_node({Kind::optimizer, "adam", {{"learning_rate", 0.125}}});
  const QString command = commandLine(document, "conditioning", {});
  expectRuns(document, command);
}

TEST_F(CommandLine, ManyChangesStandInTheCommand) {
  Document document = freshDocument();
  document.steps = 12;
  document.title = "O'Hara $(date) `KAPPASCOPE`";
  document = withRunAdded(document, "muon");
  const QString command = commandLine(document, "my name; rm", {});
  EXPECT_TRUE(command.contains("<<'KAPPASCOPE'"));
  expectRuns(document, command);
}

TEST_F(CommandLine, ASavedFileIsNamedAndItsChangesSet) {
  Document document = testing::document_of(testing::small_race());
  desk_.write("a b.kappa.json", write_document(document));
  const QString path = QString::fromStdString(desk_.path("a b.kappa.json"));
  const QString plain = commandLine(document, "a b", path);
  EXPECT_EQ(plain, "kappascope-cli run '" + path + "'");
  expectRuns(document, plain);
  std::filesystem::remove_all(desk_.path("a b"));
  document.seed = 77;
  const QString changed = commandLine(document, "a b", path);
  EXPECT_TRUE(changed.contains("--set /seed=77")) << changed.toStdString();
  expectRuns(document, changed);
}

TEST_F(CommandLine, TheSameCommandMayBeRunAgain) {
  Document document = galleryDocument("rosenbrock");
  document.steps = 5;
  const QString command = commandLine(document, "rosenbrock", {});
  const std::string first = made(command);
  EXPECT_EQ(made(command), first);
  EXPECT_EQ(made(commandLine(galleryDocument("rosenbrock"), "rosenbrock", {})).size() > first.size(), true);
  document.steps = 6;
  made(commandLine(document, "rosenbrock", {}));  // into a folder of its own
}

TEST(ShellWord, QuotesWhatTheShellWouldRead) {
  EXPECT_EQ(shellWord("/a/b=1.5"), "/a/b=1.5");
  EXPECT_EQ(shellWord("a b"), "'a b'");
  EXPECT_EQ(shellWord("it's"), "'it'\\''s'");
  EXPECT_EQ(shellWord(""), "''");
}

}  // namespace
}  // namespace kappa::ui
