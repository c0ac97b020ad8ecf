/// Walls seen by compiler and linker: the command line needs no Qt, the core's face no Armadillo.
#include <gmock/gmock.h>

#include <filesystem>

#include "tests/support/shell.hpp"

namespace kappa {
namespace {

using support::shell;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(LinkWall, CommandLineLinksWithoutQt) {
  const auto said = shell("ldd " KAPPA_CLI_PATH);
  ASSERT_EQ(said.status, 0) << said.output;
  EXPECT_THAT(said.output, HasSubstr("libopenblas"));
  EXPECT_THAT(said.output, Not(HasSubstr("libQt")));
  EXPECT_THAT(said.output, Not(HasSubstr("not found")));
}

TEST(LinkWall, CoreLibraryHoldsNoQtSymbol) {
  const auto said =
      shell("nm -C --undefined-only " KAPPA_BINARY_DIR "/libkappa_core.a | grep -cE ' U Q[A-Z][A-Za-z]+::'");
  EXPECT_EQ(said.output, "0\n");
}

std::string headers_of(const std::string& header) {
  const auto said = shell(
      KAPPA_CXX " -std=c++20 -M -x c++ -I" KAPPA_SOURCE_DIR " -I" KAPPA_BINARY_DIR " " KAPPA_SOURCE_DIR "/" + header);
  EXPECT_EQ(said.status, 0) << said.output;
  return said.output;
}

TEST(LinkWall, FaceOfTheCoreIsFreeOfArmadilloAndJson) {
  const std::string headers = headers_of("core/lab.hpp");
  EXPECT_THAT(headers, HasSubstr("core/lab.hpp"));
  EXPECT_THAT(headers, Not(HasSubstr("armadillo")));
  EXPECT_THAT(headers, Not(HasSubstr("nlohmann/json.hpp")));
  EXPECT_THAT(headers, Not(HasSubstr("/qt6/")));
}

}  // namespace
}  // namespace kappa
