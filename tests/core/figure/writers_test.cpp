/// The pgfplots and CSV writers keep all that a figure shows.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "core/figure/data.hpp"
#include "core/figure/embed.hpp"
#include "core/figure/pgfplots.hpp"
#include "tests/core/figure/recorder.hpp"

namespace kappa {
namespace {

/// Braces and environments of the lines that are not comments.
std::string imbalance(const std::string& tex) {
  std::istringstream in(tex);
  std::string line;
  int depth = 0, environments = 0, dollars = 0;
  while (std::getline(in, line)) {
    if (!line.empty() && line[0] == '%') continue;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (line[i] == '\\' && i + 1 < line.size() && std::string("{}$&%#_").find(line[i + 1]) != std::string::npos)
        ++i;
      else if (line[i] == '{')
        ++depth;
      else if (line[i] == '}')
        --depth;
      else if (line[i] == '$')
        ++dollars;
      else if (line[i] == '%')
        return "comment inside: " + line;
      if (depth < 0) return "closed too often: " + line;
    }
    environments += line.find("\\begin{") != std::string::npos;
    environments -= line.find("\\end{") != std::string::npos;
  }
  if (depth != 0) return "braces";
  if (environments != 0) return "environments";
  return dollars % 2 == 0 ? "" : "math";
}

bool is_plain(const std::string& tex) {
  return std::all_of(tex.begin(), tex.end(), [](unsigned char c) { return c < 0x80 && (c >= 0x20 || c == '\n'); });
}

TEST(Pgfplots, IsBalancedForEveryFigure) {
  for (const Figure& figure : test::all_figures()) {
    const std::string document = "{\"a\": \"100% κ\"}\n";
    const std::string tex = write_pgfplots(figure, document);
    EXPECT_EQ(imbalance(tex), "") << figure.title;
    EXPECT_EQ(embedded_document(tex), document);
    EXPECT_NE(tex.find("\\documentclass"), std::string::npos);
    EXPECT_TRUE(is_plain(write_pgfplots(figure)));
  }
}

TEST(Pgfplots, CarriesScalesCurvesAndLegend) {
  const std::string tex = write_pgfplots(test::crowded_figure());
  for (const char* part :
       {"ymode=log", "xmin=0, xmax=200", "\\addlegendentry{five (median of 5, 10--90 \\%)}", "dashed",
        "fill opacity=0.18", "\\definecolor{run0}{HTML}{0072B2}", "diverges\\_50\\%", "only marks"})
    EXPECT_NE(tex.find(part), std::string::npos) << part;
  EXPECT_EQ(tex.find("xmode=log"), std::string::npos);
}

TEST(Latex, WritesWhatPeopleType) {
  EXPECT_EQ(latex("κ = 10⁻⁴"), "$\\kappa$ = 10$^{-4}$");
  EXPECT_EQ(latex("50% & a_b #1 {x}"), "50\\% \\& a\\_b \\#1 \\{x\\}");
  EXPECT_EQ(latex("xₜ₊₁ − ∇f"), "x$_{t+1}$ $-$ $\\nabla$f");
  EXPECT_EQ(latex("x²ᵀ₀"), "x$^{2\\top }$$_{0}$");
  EXPECT_EQ(latex("Hölder, Čech"), "Hölder, Čech");
  EXPECT_EQ(latex("日本"), "??");
  EXPECT_EQ(latex("a\\b~^"), "a\\textbackslash{}b\\textasciitilde{}\\textasciicircum{}");
  EXPECT_EQ(latex("\xe2\x82"), "?") << "cut off in the middle of a character";
}

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
