/// Every form of figure can be empty, and values are read as of a step.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/figure/build.hpp"
#include "tests/core/figure/recorder.hpp"

namespace kappa {
namespace {

using test::Recorder;

TEST(BuildFigure, EveryFormSaysWhatToPressWhenEmpty) {
  Recorder r;
  for (FigureForm form : {FigureForm::series, FigureForm::curve, FigureForm::spectrum, FigureForm::spectrum_over_time,
                          FigureForm::heat, FigureForm::plane}) {
    const Figure figure =
        build_figure({.id = "x", .form = form, .x_scale = Scale::log, .y_scale = Scale::log}, r.trace, {});
    EXPECT_EQ(figure.empty, "Press Run (Space) to start");
    EXPECT_FALSE(figure.sentence.empty());
    EXPECT_LT(figure.x.lo, figure.x.hi);
    EXPECT_LT(figure.y.lo, figure.y.hi);
  }
}

TEST(ValuesAt, AreTheNewestAtOrBeforeTheStep) {
  Recorder r;
  for (std::uint64_t t = 0; t <= 100; t += 10) r.series("GD", t, static_cast<double>(t));
  for (std::uint64_t t = 50; t <= 100; ++t) r.series("fork", t, 7);
  auto values = values_at(r.trace, "loss", 44);
  ASSERT_EQ(values.size(), 1u);
  EXPECT_EQ(values[0].value, 40);
  EXPECT_EQ(values[0].step, 40u);
  values = values_at(r.trace, "loss", UINT64_MAX);
  ASSERT_EQ(values.size(), 2u);
  EXPECT_EQ(values[1].value, 7);
  EXPECT_EQ(values[1].colour, 1);
}

}  // namespace
}  // namespace kappa
