/// The LaTeX file is balanced, plain and complete for every figure.
#include "core/figure/pgfplots.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "core/figure/embed.hpp"
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

TEST(Pgfplots, NamesATheoryOfSeveralRunsOnce) {
  test::Recorder r;
  for (const char* run : {"a", "b"}) {
    r.curve(run, {1, 2}, {1, 2});
    r.vertical(run, "risk", "half time", TheoryKind::guide, run[0] == 'a' ? 1.25 : 1.75);
    r.vertical(run, "risk", "beside", TheoryKind::guide, run[0] == 'a' ? 5 : 6);
  }
  FigureOptions zoomed;
  zoomed.x_range = Interval{1, 2};
  const Figure figure = build_figure({.id = "risk", .form = FigureForm::curve}, r.trace, zoomed);
  const std::string tex = write_pgfplots(figure), entry = "\\addlegendentry{half time (guide)}";
  const auto first = tex.find(entry);
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(tex.find(entry, first + 1), std::string::npos);
  EXPECT_NE(tex.find("(1.25,"), std::string::npos);
  EXPECT_NE(tex.find("(1.75,"), std::string::npos);
  EXPECT_EQ(tex.find("inf"), tex.find("infty")) << "TeX knows no infinity";
  EXPECT_EQ(tex.find("coordinates {\n}"), std::string::npos) << "what is beside the picture is not written";
}

TEST(Pgfplots, FillsTheLevelsOfALandscapeBelowItsLines) {
  const Figure figure = test::all_figures()[9];
  const std::string tex = write_pgfplots(figure);
  for (std::size_t i = 0; i < figure.levels.size(); ++i) {
    EXPECT_NE(tex.find("\\definecolor{level" + std::to_string(i) + "}{HTML}"), std::string::npos);
    EXPECT_NE(tex.find("even odd rule, fill=level" + std::to_string(i) + "]"), std::string::npos);
  }
  EXPECT_LT(tex.rfind("fill=level"), tex.find("muted!40")) << "lines over areas";
  EXPECT_LT(tex.find("muted!40"), tex.find("thick, run0")) << "paths over lines";
  EXPECT_NE(tex.find("nan)"), std::string::npos) << "the hole around the optimum is an outline of its own";
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

}  // namespace
}  // namespace kappa
