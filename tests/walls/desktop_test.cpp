/// What the desktop is told about Kappascope is accepted by the desktop's own validators.
#include <gmock/gmock.h>

#include "tests/support/shell.hpp"
#include "tests/support/source_tree.hpp"

namespace kappa {
namespace {

using support::ScratchFolder;
using support::shell;
using ::testing::HasSubstr;

const std::string kResources = KAPPA_SOURCE_DIR "/resources/";

TEST(Desktop, EntryIsValid) {
  const auto said = shell("desktop-file-validate '" + kResources + "kappascope.desktop'");
  EXPECT_EQ(said.status, 0);
  EXPECT_EQ(said.output, "");
}

TEST(Desktop, MetainfoIsValid) {
  const auto said = shell("appstreamcli validate --no-net '" + kResources + "org.kappascope.kappascope.metainfo.xml'");
  EXPECT_EQ(said.status, 0) << said.output;
}

TEST(Desktop, DocumentsHaveTheirType) {
  const ScratchFolder folder("mime");
  const auto said = shell("mkdir -p '" + folder / "mime/packages" + "' && cp '" + kResources + "kappascope.xml' '" +
                          folder / "mime/packages" + "' && update-mime-database '" + folder / "mime" + "'");
  ASSERT_EQ(said.status, 0) << said.output;
  EXPECT_THAT(support::read_text(folder / "mime/globs2"), HasSubstr(":application/x-kappascope+json:*.kappa.json\n"));
  EXPECT_THAT(support::read_text(folder / "mime/subclasses"),
              HasSubstr("application/x-kappascope+json application/json"));
}

TEST(Desktop, VersionIsTheSameEverywhere) {
  const auto said = shell(KAPPA_CLI_PATH " --version");
  ASSERT_EQ(said.status, 0) << said.output;
  const std::string metainfo = support::read_text(kResources + "org.kappascope.kappascope.metainfo.xml");
  std::smatch newest;
  ASSERT_TRUE(std::regex_search(metainfo, newest, std::regex("<release version=\"([0-9.]+)\"")));
  EXPECT_THAT(said.output, HasSubstr(newest[1].str()));
}

}  // namespace
}  // namespace kappa
