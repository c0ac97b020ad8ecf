/// Nothing on a picture leaves it or lies on its neighbour.
#include "core/figure/layout.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "tests/core/figure/recorder.hpp"

namespace kappa {
namespace {

struct Sides {
  double left, right;
};
Sides sides(const Label& label) {
  const double width = text_width(label.text, label.size, label.bold);
  const double left = label.x - (label.anchor == Anchor::middle ? width / 2 : label.anchor == Anchor::end ? width : 0);
  return {left, left + width};
}

TEST(FigureLayout, EverythingStaysOnThePicture) {
  for (const Figure& figure : test::all_figures())
    for (const auto& [width, height] : {std::pair{640.0, 420.0}, {320.0, 300.0}, {1200.0, 800.0}}) {
      const Layout layout = lay_out(figure, {width, height});
      EXPECT_GE(layout.plot.x, 0);
      EXPECT_GE(layout.plot.y, 0);
      EXPECT_LE(layout.plot.right(), width);
      EXPECT_LE(layout.plot.bottom(), height);
      EXPECT_GT(layout.plot.height, 20);
      for (const Label& label : layout.labels) {
        EXPECT_GE(sides(label).left, -1) << label.text;
        EXPECT_LE(sides(label).right, width + 1) << label.text;
        EXPECT_GT(label.y, 0);
        EXPECT_LE(label.y, height);
      }
    }
}

TEST(FigureLayout, LabelsOfOneLineDoNotOverlap) {
  for (const Figure& figure : test::all_figures()) {
    const Layout layout = lay_out(figure, {480, 360});
    for (std::size_t i = 0; i < layout.labels.size(); ++i)
      for (std::size_t j = i + 1; j < layout.labels.size(); ++j) {
        const Label &a = layout.labels[i], &b = layout.labels[j];
        if (std::abs(a.y - b.y) > 8) continue;
        const auto sa = sides(a), sb = sides(b);
        EXPECT_TRUE(sa.right <= sb.left + 1 || sb.right <= sa.left + 1) << a.text << " | " << b.text;
      }
  }
}

TEST(FigureLayout, NamesOfPlacesAreCutBeforeTheyAreLeftOut) {
  Figure figure;
  figure.x.lo = figure.y.lo = -0.5, figure.x.hi = figure.y.hi = 7.5;
  figure.x.named = figure.y.named = true;
  for (int i = 0; i < 8; ++i)
    for (Axis* axis : {&figure.x, &figure.y}) axis->ticks.push_back({double(i), std::to_string(i) + " is a long name"});
  const auto shown = [&](double width, const std::string& begin) {
    std::size_t whole = 0, cut = 0;
    for (const Label& label : lay_out(figure, {width, 400}).labels) {
      if (label.anchor != Anchor::middle) continue;
      whole += label.text.ends_with("name");
      cut += label.text.ends_with("…") && label.text.starts_with(begin);
    }
    return std::pair(whole, cut);
  };
  EXPECT_EQ(shown(1200, ""), std::pair(std::size_t{8}, std::size_t{0}));
  EXPECT_EQ(shown(640, ""), std::pair(std::size_t{0}, std::size_t{8}));
  EXPECT_LT(shown(300, "").second, 8u);
  EXPECT_GE(shown(300, "").second, 2u);
  EXPECT_EQ(shown(300, "0").second, 1u) << "from the first";
}

TEST(FigureLayout, ALongLegendSaysHowMuchIsLeftOut) {
  Figure figure;
  for (int i = 0; i < 100; ++i)
    figure.legend.push_back({"a run with a long name " + std::to_string(i), "", i, Marker::circle, {}});
  const Layout layout = lay_out(figure, {480, 360});
  EXPECT_LT(layout.legend.size(), 100u);
  const std::string more = "+ " + std::to_string(100 - layout.legend.size()) + " more";
  EXPECT_TRUE(std::any_of(layout.labels.begin(), layout.labels.end(), [&](const Label& l) { return l.text == more; }));
  EXPECT_GT(layout.plot.height, 100);
}

TEST(FigureLayout, EqualAspectMakesUnitsSquare) {
  Figure figure;
  figure.x.lo = -2, figure.x.hi = 2, figure.y.lo = 0, figure.y.hi = 1;
  figure.equal_aspect = true;
  const Layout layout = lay_out(figure, {600, 600});
  EXPECT_NEAR(layout.plot.width / 4, layout.plot.height / 1, 1e-9);
}

TEST(FigureLayout, WithoutTextThePlotFillsThePicture) {
  const Layout layout = lay_out(test::crowded_figure(), {300, 200, false});
  EXPECT_TRUE(layout.labels.empty());
  EXPECT_GT(layout.plot.width, 280);
}

TEST(Fitted, KeepsWholeCharacters) {
  EXPECT_EQ(fitted("short", 12, 500), "short");
  const std::string text = fitted("κκκκκκκκκκκκ", 12, 40);
  EXPECT_LE(text_width(text, 12), 40);
  EXPECT_EQ(text.substr(text.size() - 3), "…");
  EXPECT_EQ((text.size() - 3) % 2, 0u);
}

RC_GTEST_PROP(Pixel, IsMonotoneAndFiniteOnBothScales, ()) {
  const Axis axis{"", *rc::gen::element(Scale::linear, Scale::log), 1e-3, 1e5, {}};
  const Box box{10, 10, 300, 200};
  const double a = std::pow(10, *rc::gen::inRange(-3000, 3000) / 10.0), b = a * 1.5;
  RC_ASSERT(std::isfinite(pixel_x(axis, box, a)));
  RC_ASSERT(pixel_x(axis, box, a) <= pixel_x(axis, box, b));
  RC_ASSERT(pixel_y(axis, box, a) >= pixel_y(axis, box, b));
}

TEST(Pixel, EndsOfTheAxisAreEndsOfThePlot) {
  const Axis axis{"", Scale::log, 1e-300, 1e300, {}};
  const Box box{10, 10, 300, 200};
  EXPECT_DOUBLE_EQ(pixel_x(axis, box, 1e-300), 10);
  EXPECT_DOUBLE_EQ(pixel_x(axis, box, 1e300), 310);
  EXPECT_DOUBLE_EQ(pixel_y(axis, box, 1), 110);
  const Axis wide{"", Scale::linear, -1.7e308, 1.7e308, {}};
  EXPECT_DOUBLE_EQ(pixel_x(wide, box, 0), 160);
}

}  // namespace
}  // namespace kappa
