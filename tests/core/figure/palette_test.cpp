/// Every theme keeps the contrasts it promises; colours, shapes and viridis are what they should be.
#include "core/figure/palette.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace kappa {
namespace {

class PaletteOf : public testing::TestWithParam<ThemeId> {};

TEST_P(PaletteOf, TextMeetsAaOnEveryGround) {
  const Theme& t = theme(GetParam());
  for (Rgb ground : {t.window, t.panel, t.field})
    for (Rgb ink : {t.text, t.muted}) EXPECT_GE(contrast(ink, ground), 4.5) << to_hex(ink) << " on " << to_hex(ground);
  for (Rgb ink : {t.accent, t.good, t.bad}) EXPECT_GE(contrast(ink, t.panel), 4.5) << to_hex(ink);
}

TEST_P(PaletteOf, CurvesStandOffTheirGround) {
  const Theme& t = theme(GetParam());
  for (int i = neutral; i < 8; ++i) EXPECT_GE(contrast(run_colour(t, i), t.panel), 3.0) << i;
}

TEST_P(PaletteOf, IsFoundByItsName) {
  const Theme& t = theme(GetParam());
  EXPECT_EQ(t.id, GetParam());
  EXPECT_EQ(theme_named(t.name), GetParam());
}

INSTANTIATE_TEST_SUITE_P(AllThemes, PaletteOf, testing::ValuesIn(all_themes),
                         [](const auto& about) { return std::string(theme(about.param).name); });

TEST(Palette, ContrastIsTheStandardsOwn) {
  EXPECT_NEAR(contrast(rgb(0x000000), rgb(0xffffff)), 21, 1e-9);
  EXPECT_NEAR(contrast(rgb(0x777777), rgb(0xffffff)), 4.478, 1e-3);
  EXPECT_DOUBLE_EQ(contrast(rgb(0x123456), rgb(0x123456)), 1);
}

TEST(Palette, ColourAndShapeTogetherAreUniqueForSixtyFourRuns) {
  std::set<std::pair<std::string, Marker>> seen;
  for (int i = 0; i < 64; ++i)
    EXPECT_TRUE(seen.insert({to_hex(run_colour(theme(ThemeId::light), i)), run_marker(i)}).second) << i;
  EXPECT_EQ(run_marker(neutral), Marker::none);
}

TEST(Palette, ViridisRunsFromDarkToLight) {
  EXPECT_EQ(to_hex(viridis(0)), "#440154");
  EXPECT_EQ(to_hex(viridis(1)), "#fde725");
  EXPECT_EQ(to_hex(viridis(NAN)), "#440154");
  EXPECT_EQ(viridis(-3), viridis(0));
  double last = 0;
  for (const Rgb& c : viridis_table()) {
    const double against_black = contrast(c, rgb(0));
    EXPECT_GE(against_black, last - 0.02);
    last = against_black;
  }
}

TEST(Palette, HeatPositionsFollowTheScale) {
  Heat heat;
  heat.lo = 1e-4, heat.hi = 1, heat.scale = Scale::log;
  EXPECT_NEAR(*heat_position(heat, 1e-2), 0.5, 1e-12);
  EXPECT_EQ(heat_position(heat, 0), 0.0);
  EXPECT_EQ(heat_position(heat, INFINITY), 1.0);
  EXPECT_FALSE(heat_position(heat, NAN));
  heat.scale = Scale::linear, heat.lo = -1;
  EXPECT_NEAR(*heat_position(heat, 0), 0.5, 1e-12);
}

TEST(Palette, TextKeepsItsContrastOnTheHighestLevelOfALandscape) {
  for (ThemeId id : all_themes) {
    const Theme& look = theme(id);
    EXPECT_EQ(level_tint(look, 0), look.panel);
    EXPECT_NE(level_tint(look, 1), look.panel) << "or nothing would be seen of it";
    for (const Rgb ink : {look.text, look.muted}) EXPECT_GE(contrast(ink, level_tint(look, 1)), 4.5) << look.name;
  }
}

}  // namespace
}  // namespace kappa
