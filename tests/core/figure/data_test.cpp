/// The CSV of a figure holds all it shows, in numbers that read back.
#include "core/figure/data.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/core/figure/recorder.hpp"

namespace kappa {
namespace {

std::vector<std::vector<std::string>> rows_of(const std::string& csv) {
  std::vector<std::vector<std::string>> rows{{""}};
  bool quoted = false;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    const char c = csv[i];
    if (quoted && c == '"' && i + 1 < csv.size() && csv[i + 1] == '"')
      rows.back().back() += csv[++i];
    else if (c == '"')
      quoted = !quoted;
    else if (!quoted && c == ',')
      rows.back().push_back("");
    else if (!quoted && c == '\n')
      rows.push_back({""});
    else
      rows.back().back() += c;
  }
  rows.pop_back();
  return rows;
}

TEST(DataCsv, EveryRowHasFourCells) {
  for (const Figure& figure : test::all_figures()) {
    const auto rows = rows_of(write_data_csv(figure));
    EXPECT_EQ(rows[0], (std::vector<std::string>{"curve", "kind", "x", "value"}));
    for (const auto& row : rows) EXPECT_EQ(row.size(), 4u);
  }
}

TEST(DataCsv, HoldsCurvesTheoryBandsAndMarks) {
  const auto rows = rows_of(write_data_csv(test::crowded_figure()));
  const auto count = [&](const std::string& curve, const std::string& kind) {
    return std::count_if(rows.begin(), rows.end(),
                         [&](const auto& r) { return (curve.empty() || r[0] == curve) && r[1] == kind; });
  };
  EXPECT_EQ(count("reaches <zero> & \"stays\"", "measured"), 120);
  EXPECT_EQ(count("five", "measured"), 201);
  EXPECT_EQ(count("five", "lower"), 201);
  EXPECT_EQ(count("(√κ−1)²ᵗ", "bound"), 3);
  EXPECT_EQ(count("", "zero"), 1);
  EXPECT_EQ(count("", "edit"), 1);
}

TEST(DataCsv, NumbersReadBack) {
  test::Recorder r;
  r.series("a", 0, 0.1);
  r.series("a", 1, 1e-320);
  const auto rows = rows_of(write_data_csv(build_figure(test::loss_spec(), r.trace, test::over(1))));
  EXPECT_EQ(rows[1][3], "0.1");
  EXPECT_EQ(rows[2][3], "1e-320");
}

TEST(DataCsv, HeatMapsGiveOneRowForEachKnownCell) {
  const auto figures = test::all_figures();
  const auto rows = rows_of(write_data_csv(figures.back()));
  EXPECT_EQ(std::count_if(rows.begin(), rows.end(), [](const auto& r) { return r[1] == "heat"; }), 143);
}

}  // namespace
}  // namespace kappa
