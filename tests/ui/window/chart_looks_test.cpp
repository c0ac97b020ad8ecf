/// What the view says of charts is read leniently, written sparsely and never lost.
#include "ui/window/chart_looks.hpp"

#include <gtest/gtest.h>

#include <QJsonDocument>

#include "ui/window/zoom_history.hpp"

namespace kappa::ui {
namespace {

const std::vector<FigureSpec> kFigures = {
    {.id = "loss"},
    {.id = "spectrum", .form = FigureForm::spectrum},
    {.id = "history", .form = FigureForm::spectrum_over_time},
    {.id = "norm"},
};

QStringList idsOf(const ChartLooks& looks) {
  QStringList ids;
  for (const ChartLook& look : looks) ids << look.id;
  return ids;
}

TEST(ChartLooks, WideAndNarrowPicturesTakeTurns) {
  EXPECT_EQ(idsOf(chartLooks({}, kFigures)), QStringList({"loss", "spectrum", "norm", "history"}));
  EXPECT_TRUE(writeLooks(chartLooks({}, kFigures), kFigures, {}).isEmpty()) << "nothing to say";
}

TEST(ChartLooks, WhatIsWrittenIsReadBack) {
  ChartLooks looks = chartLooks({}, kFigures);
  std::swap(looks[0], looks[3]);
  looks[0].shown = false;
  looks[1].form = "points";
  looks[1].start = false;
  looks[2].y = Scale::linear;
  looks[2].smoothing = 21;
  looks[2].mean = true;
  looks[3].span = 2;
  looks[3].theory = false;
  EXPECT_EQ(chartLooks(writeLooks(looks, kFigures, {}), kFigures), looks);
}

TEST(ChartLooks, NonsenseIsPassedOverAndOtherFiguresAreKept) {
  const QJsonArray charts = QJsonDocument::fromJson(R"([7, {"id": "gone", "y": "log"}, {"id": "norm", "y": "cubic",
      "span": 9, "smoothing": -4}, {"id": "norm"}])")
                                .array();
  const ChartLooks looks = chartLooks(charts, kFigures);
  EXPECT_EQ(idsOf(looks), QStringList({"norm", "loss", "spectrum", "history"}));
  EXPECT_FALSE(looks[0].y);
  EXPECT_EQ(looks[0].span, 2);
  const QJsonArray written = writeLooks(looks, kFigures, charts);
  EXPECT_TRUE(written.contains(QJsonObject({{"id", "gone"}, {"y", "log"}})));
}

TEST(ChartLooks, ScalesGoToTheFigureWhereTheyMeanSomething) {
  ChartLook look;
  look.id = "loss";
  look.x = look.y = Scale::log;
  EXPECT_EQ(withLook({.id = "loss"}, look).y_scale, Scale::log);
  EXPECT_EQ(withLook({.id = "loss"}, look).x_scale, Scale::log);
  EXPECT_EQ(withLook({.form = FigureForm::plane}, look).y_scale, Scale::linear);
}

Zoom along(double hi) { return {Interval{0, hi}, {}}; }

TEST(ZoomHistory, GoesBackAndForthAndForgetsTheOtherWay) {
  ZoomHistory zoom;
  EXPECT_FALSE(zoom.back());
  zoom.go(along(10), false);
  zoom.go(along(5), false);
  EXPECT_TRUE(zoom.back());
  EXPECT_EQ(zoom.now().x->hi, 10);
  EXPECT_TRUE(zoom.back());
  EXPECT_TRUE(zoom.now().whole());
  EXPECT_TRUE(zoom.forward());
  zoom.go({{}, Interval{1, 2}}, false);
  EXPECT_FALSE(zoom.canGoForward());
}

TEST(ZoomHistory, AMovementIsOneStepBack) {
  ZoomHistory zoom;
  for (int i = 1; i < 20; ++i) zoom.go(along(100.0 / i), true);
  EXPECT_TRUE(zoom.back());
  EXPECT_FALSE(zoom.now().x) << "not nineteen";
  zoom.go(along(50), true);
  zoom.go(along(9), false);
  EXPECT_TRUE(zoom.back());
  EXPECT_EQ(zoom.now().x->hi, 50) << "a frame is a step of its own";
}

}  // namespace
}  // namespace kappa::ui
