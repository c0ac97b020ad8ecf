/// SVG pictures are well-formed, the same every time, complete, and stay within their frame.
#include "core/figure/svg.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <clocale>

#include "core/figure/pgfplots.hpp"
#include "core/figure/svg_draw.hpp"
#include "tests/core/figure/recorder.hpp"
#include "tests/core/figure/xml_check.hpp"

namespace kappa {
namespace {

using test::XmlCheck;

TEST(XmlCheck, RefusesWhatIsBroken) {
  for (const char* broken : {"", "<a>", "<a></b>", "<a b=c/>", "<a b=\"1\" b=\"2\"/>", "<a>&nope;</a>", "<a/><b/>",
                             "text", "<a b=\"<\"/>", "<a>]]></a>"})
    EXPECT_NE(XmlCheck::complaint(broken), "") << broken;
  EXPECT_EQ(XmlCheck::complaint("<?xml?>\n<a b=\"1\"><!-- c --><c/>&lt;<![CDATA[<&]]></a>\n"), "");
}

TEST(Svg, IsWellFormedForEveryFigureThemeAndMode) {
  for (const Figure& figure : test::all_figures())
    for (ThemeId id : all_themes)
      for (int mode = 0; mode < 8; ++mode) {
        SvgOptions options;
        options.theme = id;
        options.transparent = mode & 1, options.no_text = mode & 2, options.thumbnail = mode & 4;
        options.embedded_document = "{\"title\": \"]]> κ <&>\"}\n";
        const std::string svg = write_svg(figure, options);
        ASSERT_EQ(XmlCheck::complaint(svg), "") << figure.title;
        ASSERT_EQ(embedded_document(svg), options.embedded_document);
        for (auto d = svg.find(" d=\""); d != std::string::npos; d = svg.find(" d=\"", d + 1)) {
          const std::string path = svg.substr(d + 4, svg.find('"', d + 4) - d - 4);
          ASSERT_EQ(path.find_first_not_of("MLVHmhvlz0123456789.- "), std::string::npos) << path;
        }
      }
}

TEST(Svg, SurvivesAnySize) {
  const Figure figure = test::crowded_figure();
  for (double size : {0.0, 1.0, 40.0, 200.0, 5000.0, -3.0, std::numeric_limits<double>::quiet_NaN()})
    EXPECT_EQ(XmlCheck::complaint(write_svg(figure, {.width = size, .height = size})), "") << size;
}

TEST(Svg, IsTheSameEveryTimeAndInEveryLocale) {
  const std::string first = write_svg(test::crowded_figure());
  for (const char* name : {"de_DE.UTF-8", "fr_FR.UTF-8", "C"}) {
    std::setlocale(LC_ALL, name);
    EXPECT_EQ(write_svg(test::crowded_figure()), first);
  }
  std::setlocale(LC_ALL, "C");
}

TEST(Svg, TextModesSayWhatTheyPromise) {
  const Figure figure = test::crowded_figure();
  const std::string full = write_svg(figure);
  EXPECT_NE(full.find(">Loss</text>"), std::string::npos);
  EXPECT_NE(full.find("10⁻"), std::string::npos);
  EXPECT_NE(full.find("median of 5, 10–90 %"), std::string::npos);
  EXPECT_NE(full.find("stroke-dasharray"), std::string::npos);
  EXPECT_NE(full.find("reaches &lt;zero&gt; &amp; &quot;stays&quot;"), std::string::npos);
  SvgOptions options;
  options.thumbnail = true;
  const std::string small = write_svg(figure, options);
  EXPECT_EQ(small.find("<text"), std::string::npos);
  EXPECT_EQ(small.find("<rect"), std::string::npos) << "no ground";
  EXPECT_NE(small.find("#0072b2"), std::string::npos);
  EXPECT_EQ(small.find("#5b6673"), std::string::npos) << "run colours only";
  EXPECT_LT(small.size(), full.size());
}

TEST(Svg, AnExactTheoryShowsThroughTheCurveItExplains) {
  test::Recorder r;
  r.series("GD", 0, 1);
  r.series("GD", 10, 0.1);
  r.theory("GD", "loss", "rate", TheoryKind::exact, {0, 10}, {1, 0.1});
  const std::string svg = write_svg(build_figure(test::loss_spec(), r.trace, test::over(10)));
  const auto curve = svg.rfind("stroke-width=\"2.2\" stroke-linejoin"), cut = svg.find("stroke-dashoffset");
  ASSERT_NE(cut, std::string::npos);
  ASSERT_NE(curve, std::string::npos);
  EXPECT_GT(cut, curve);
}

TEST(Svg, ShowsWhatToPressInAnEmptyFigure) {
  const std::string svg = write_svg(test::all_figures()[3]);
  EXPECT_NE(svg.find("Press Run (Space) to start"), std::string::npos);
}

TEST(Svg, AMillionStepsAreAFewHundredKilobytesAndSaySo) {
  test::Recorder r;
  for (int run = 0; run < 4; ++run)
    for (std::uint64_t t = 0; t <= 1000000; t += run == 0 ? 1 : 40) {
      const double s = static_cast<double>(t);
      r.series("run " + std::to_string(run), t, (1.1 + std::sin(12.9898 * s * s)) * std::exp(-1e-6 * s));
    }
  FigureOptions options = test::over(1000000);
  options.pixel_columns = 16384;  // as the export of a very fine picture asks for
  const Figure figure = build_figure(test::loss_spec(), r.trace, options);
  ASSERT_GT(figure.curves[0].vertices.size(), 30000u);
  const std::string svg = write_svg(figure);
  EXPECT_LT(svg.size(), 400000u);
  EXPECT_EQ(XmlCheck::complaint(svg), "");
  EXPECT_NE(svg.find("<!-- Thinned to what paper can show: 1075004 recorded points"), std::string::npos);
  SvgOptions small;
  small.thumbnail = true;
  EXPECT_EQ(write_svg(figure, small).find("<!--"), std::string::npos);
  EXPECT_EQ(write_svg(test::crowded_figure()).find("<!-- Thinned"), std::string::npos) << "all is drawn";
  EXPECT_LT(write_pgfplots(figure).size(), 400000u);
}

TEST(Svg, AHeatMapIsNoFinerThanPaper) {
  Figure figure;
  figure.x = {"step", Scale::linear, 0, 1, {}};
  Heat heat{"h", "h", 30, 16000, 0, 1, 0, 1, {}, 0, 1, Scale::linear, {}};
  for (int i = 0; i < 30 * 16000; ++i) heat.values.push_back(0.5 + 0.5 * std::sin(1.7 * i));
  figure.heats.push_back(std::move(heat));
  EXPECT_LT(write_svg(figure).size(), 1500000u);
}

TEST(SvgClosed, AnOutlineIsCutAtTheBoxAndFollowsItsSide) {
  const svg::Polyline around{{0, 0}, {400, 0}, {400, 400}, {0, 400}};
  const svg::Polyline cut = svg::closed_clipped(around, {10, 20, 100, 50});
  ASSERT_EQ(cut.size(), 4u);
  for (const Vertex& v : cut) {
    EXPECT_NEAR(std::abs(v.x - 60), 50, 1e-9);
    EXPECT_NEAR(std::abs(v.y - 45), 25, 1e-9);
  }
  EXPECT_TRUE(svg::closed_clipped({{0, 0}, {5, 0}, {5, 5}}, {10, 20, 100, 50}).empty());
}

TEST(Svg, ASinglePointIsSeen) {
  const std::string svg = write_svg(test::all_figures()[4]);
  EXPECT_NE(svg.find("h0\""), std::string::npos);
  EXPECT_NE(svg.find("<circle"), std::string::npos);
}

TEST(Svg, AHeatMapHasItsColoursAndLeavesHolesOpen) {
  Figure figure;
  figure.heats.push_back({"h", "h", 1, 4, 0, 1, 0, 1, {0, 0, test::nan, 1}, 0, 1, Scale::linear, {}});
  SvgOptions options;
  options.thumbnail = true;
  const std::string svg = write_svg(figure, options);
  EXPECT_NE(svg.find("d=\"M0 0h2v1h-2z\""), std::string::npos) << "equal neighbours are one";
  EXPECT_NE(svg.find("d=\"M3 0h1v1h-1z\""), std::string::npos);
  EXPECT_EQ(svg.find("M2 0"), std::string::npos);
}

TEST(SvgNumber, IsShortAndNeverMinusZero) {
  EXPECT_EQ(svg::number(1.5), "1.5");
  EXPECT_EQ(svg::number(-0.001), "0");
  EXPECT_EQ(svg::number(1e7), "10000000");
  EXPECT_EQ(svg::number(2.345678), "2.35");
  EXPECT_EQ(svg::number(NAN), "0");
}

RC_GTEST_PROP(SvgEscaped, GivesValidXmlForAnyBytes, (const std::vector<char>& bytes)) {
  const std::string text(bytes.begin(), bytes.end());
  RC_ASSERT(XmlCheck::complaint("<a b=\"" + svg::escaped(text) + "\">" + svg::escaped(text) + "</a>").empty());
}

const Box box{10, 20, 100, 50};

RC_GTEST_PROP(SvgClipped, StaysInsideAndKeepsWhatWasInside, ()) {
  std::vector<Vertex> line;
  const int n = *rc::gen::inRange(0, 40);
  for (int i = 0; i < n; ++i) {
    const bool hole = *rc::gen::inRange(0, 6) == 0;
    line.push_back({*rc::gen::inRange(-100, 300) * 1.0, hole ? NAN : *rc::gen::inRange(-100, 200) * 1.0});
  }
  const auto pieces = svg::clipped(line, box);
  std::size_t kept = 0, inside = 0;
  for (const Vertex& v : line) inside += v.x >= 10 && v.x <= 110 && v.y >= 20 && v.y <= 70;
  for (const auto& piece : pieces)
    for (const Vertex& v : piece) {
      RC_ASSERT(v.x >= 10 - 1e-9);
      RC_ASSERT(v.x <= 110 + 1e-9);
      RC_ASSERT(v.y >= 20 - 1e-9);
      RC_ASSERT(v.y <= 70 + 1e-9);
      kept += std::any_of(line.begin(), line.end(), [&](const Vertex& w) { return w.x == v.x && w.y == v.y; });
    }
  RC_ASSERT(kept >= inside);
}

TEST(SvgClipped, CutsAtTheFrameWithTheRightSlope) {
  const std::vector<Vertex> line{{0, 45}, {200, 45}};
  const auto pieces = svg::clipped(line, box);
  ASSERT_EQ(pieces.size(), 1u);
  EXPECT_DOUBLE_EQ(pieces[0][0].x, 10);
  EXPECT_DOUBLE_EQ(pieces[0][1].x, 110);
  const std::vector<Vertex> steep{{50, 45}, {60, -1e7}};
  EXPECT_NEAR(svg::clipped(steep, box)[0][1].x, 50, 1e-4);
}

RC_GTEST_PROP(SvgSimplified, MovesNoPointFurtherThanTheTolerance, ()) {
  svg::Polyline line;
  const int n = *rc::gen::inRange(2, 100);
  for (int i = 0; i < n; ++i) line.push_back({static_cast<double>(i), *rc::gen::inRange(0, 100) / 10.0});
  const auto thin = svg::simplified(line, 0.5);
  RC_ASSERT(thin.front().x == line.front().x);
  RC_ASSERT(thin.back().x == line.back().x);
  std::size_t k = 0;
  for (const Vertex& v : line) {
    while (k + 1 < thin.size() && thin[k + 1].x < v.x) ++k;
    const Vertex &a = thin[k], &b = thin[std::min(k + 1, thin.size() - 1)];
    const double y = b.x > a.x ? a.y + (b.y - a.y) * (v.x - a.x) / (b.x - a.x) : a.y;
    const double slope = b.x > a.x ? (b.y - a.y) / (b.x - a.x) : 0;
    RC_ASSERT(std::abs(y - v.y) <= 0.5 * std::sqrt(1 + slope * slope) + 1e-9);
  }
}

TEST(SvgJoined, SegmentsBecomeLines) {
  const std::vector<Vertex> square{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {1, 0}, {1, 1}, {0, 1}, {0, 0}, {5, 5}, {6, 6}};
  const auto lines = svg::joined(square);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].size(), 5u);
}

TEST(Svg, ASheetHoldsItsFiguresBelowATitle) {
  Figure a, b;
  a.title = "First <one>";
  b.title = "Second";
  const PlacedFigure placed[] = {{&a, 0, 40, 300, 200}, {&b, 308, 40, 300, 200}};
  const std::string svg =
      write_svg_sheet("Both & more", placed, {.width = 608, .height = 240, .scale = 2, .embedded_document = "{}"});
  EXPECT_EQ(test::XmlCheck::complaint(svg), "");
  EXPECT_EQ(embedded_document(svg), "{}");
  for (const char* part :
       {"width=\"1216\"", "viewBox=\"0 0 608 240\"", "Both &amp; more", "First &lt;one&gt;", "translate(308 40)"})
    EXPECT_NE(svg.find(part), std::string::npos) << part;
}

}  // namespace
}  // namespace kappa
