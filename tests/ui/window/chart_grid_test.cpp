/// Cards fill the room without overlapping, the first one largest.
#include "ui/window/chart_grid.hpp"

#include <gtest/gtest.h>

namespace kappa::ui {
namespace {

std::vector<CardShape> shapes(const std::vector<FigureForm>& forms) {
  std::vector<CardShape> made;
  for (const FigureForm form : forms) made.push_back({form});
  return made;
}

TEST(ArrangeCards, NeverOverlapAndStayInside) {
  const std::vector<FigureForm> all = {FigureForm::series, FigureForm::spectrum, FigureForm::spectrum_over_time,
                                       FigureForm::series, FigureForm::plane,    FigureForm::heat,
                                       FigureForm::curve};
  for (const QSize room : {QSize(400, 500), QSize(748, 696), QSize(1400, 1000)})
    for (std::size_t n = 1; n <= all.size(); ++n) {
      const auto places = arrangeCards(shapes({all.begin(), all.begin() + static_cast<std::ptrdiff_t>(n)}), room);
      ASSERT_EQ(places.size(), n);
      for (std::size_t i = 0; i < n; ++i) {
        EXPECT_GE(places[i].left(), 0);
        EXPECT_LE(places[i].right(), room.width());
        EXPECT_GE(places[i].height(), 200);
        EXPECT_GE(places[i].width(), 160);
        for (std::size_t j = 0; j < i; ++j) EXPECT_FALSE(places[i].intersects(places[j])) << n << " " << room.width();
      }
    }
}

TEST(ArrangeCards, TheLossIsLargestAndTheSpectrumBesideIt) {
  const auto places = arrangeCards(
      shapes({FigureForm::series, FigureForm::spectrum, FigureForm::series, FigureForm::spectrum_over_time}),
      {748, 696});
  for (std::size_t i = 1; i < places.size(); ++i)
    EXPECT_GT(places[0].width() * places[0].height(), places[i].width() * places[i].height());
  EXPECT_EQ(places[1].top(), places[0].top());
  EXPECT_GT(places[1].left(), places[0].right());
  EXPECT_LE(places[3].bottom(), 696);
}

/// Wherever paging stops, no card is cut.
TEST(ArrangeCards, OneColumnIsMadeOfWholePages) {
  const std::vector<FigureForm> four(4, FigureForm::series);
  for (const int height : {250, 400, 437, 615, 616, 900}) {
    const QSize room(500, height);
    ASSERT_TRUE(inOneColumn(room.width()));
    for (const QRect& place : arrangeCards(shapes(four), room)) {
      EXPECT_EQ(place.top() / height, place.bottom() / height) << height;
      EXPECT_GE(place.top() % height, 8) << height;
      EXPECT_LT(place.bottom() % height, height - 8) << height;
    }
  }
}

/// In type that is read from the back of a room, every plot keeps its height: fewer cards are in sight instead.
TEST(ArrangeCards, InLargeTypeCardsAreFewRatherThanFlat) {
  constexpr double type = 24 / 13.0;
  const std::vector<FigureForm> four = {FigureForm::series, FigureForm::spectrum, FigureForm::series,
                                        FigureForm::spectrum_over_time};
  for (const QSize room : {QSize(1014, 584), QSize(600, 584), QSize(1270, 616), QSize(1900, 896)}) {
    const auto places = arrangeCards(shapes(four), room, type);
    for (const QRect& place : places) {
      EXPECT_GE(place.height(), 384) << room.width();
      EXPECT_GE(place.width(), 480) << room.width();
      if (inPages(room, type)) {
        EXPECT_EQ(place.top() / room.height(), place.bottom() / room.height()) << "whole or not at all";
      }
    }
    EXPECT_EQ(places[1].top() == places[0].top(), room.width() > 1000) << "beside each other where there is room";
  }
}

}  // namespace
}  // namespace kappa::ui
