/// Walls seen in include lines: who may include whom, and which randomness is banned.
#include <gmock/gmock.h>

#include "tests/support/source_tree.hpp"

namespace kappa {
namespace {

using support::matches;
using support::sources;
using ::testing::IsEmpty;

TEST(IncludeWall, CoreKnowsNeitherQtNorItsUsers) {
  EXPECT_THAT(matches(sources({"core"}), std::regex(R"(#\s*include\s*["<](Q[A-Z]|Qt|ui/|app/|tests/|CLI/))")),
              IsEmpty());
}

TEST(IncludeWall, WindowAndProgramsSeeOnlyTheFaceOfTheCore) {
  EXPECT_THAT(
      matches(sources({"ui", "app"}), std::regex(R"(#\s*include\s*["<](core/(?!lab\.hpp")|armadillo|generated/))")),
      IsEmpty());
}

TEST(IncludeWall, CommandLineKnowsNoQt) {
  std::vector<std::string> programs = sources({"app"});
  std::erase(programs, "app/gui_main.cpp");
  EXPECT_THAT(matches(programs, std::regex(R"(#\s*include\s*["<](Q[A-Z]|Qt|ui/))")), IsEmpty());
}

TEST(IncludeWall, OnlyTheChartAdapterIncludesQtCharts) {
  std::vector<std::string> others = sources({"ui", "app"});
  std::erase_if(others, [](const std::string& path) { return path.starts_with("ui/charts/"); });
  const std::regex charts(R"(#\s*include\s*<(QtCharts|Q\w*(Chart|Series|Axis|Legend|BarSet|PieSlice|ModelMapper)))");
  EXPECT_THAT(matches(others, charts), IsEmpty());
}

TEST(IncludeWall, JsonStaysWithDocumentsAndWriters) {
  std::vector<std::string> headers = sources({"core"});
  std::erase_if(headers, [](const std::string& path) { return !path.ends_with(".hpp"); });
  EXPECT_THAT(matches(headers, std::regex(R"(#\s*include\s*<nlohmann/json\.hpp>)")), IsEmpty());
  EXPECT_THAT(matches(sources({"core/methods", "core/linalg", "core/random", "core/kinds"}), std::regex("nlohmann/")),
              IsEmpty());
}

TEST(IncludeWall, RandomnessIsAddressed) {
  const std::regex banned(
      R"(arma::rand[niug]|arma::randperm|fill::rand[nu]|arma_rng|(std::)?random_device|std::\w+_distribution|mt19937|\bs?rand\s*\(\))");
  EXPECT_THAT(matches(sources({"core"}), banned), IsEmpty());
}

TEST(IncludeWall, CoreNeitherPrintsNorExits) {
  EXPECT_THAT(matches(sources({"core"}),
                      std::regex(R"(std::(cout|cerr|clog)\b|\bf?printf\s*\(|\b(std::)?(exit|quick_exit)\s*\()")),
              IsEmpty());
}

}  // namespace
}  // namespace kappa
