/// Every recorded value is in the table, once, in the contract's own columns.
#include "core/figure/recorded.hpp"

#include <gtest/gtest.h>

#include "tests/core/figure/recorder.hpp"

namespace kappa {
namespace {

std::string table_of(const FigureSpec& spec, const Trace& trace) {
  std::string all;
  write_recorded_csv(spec, trace, [&](std::string_view piece) {
    all += piece;
    return true;
  });
  return all;
}

TEST(Recorded, SeriesOfEveryRunAndRepeat) {
  test::Recorder r;
  r.series("a", 0, 1);
  r.series("a", 1, 0.5);
  r.series("b, c", 0, test::nan, 0, 2);
  r.series("b, c", 0, 2, 1, 2);
  r.series("a", 0, 9, 0, 1, "other");
  EXPECT_EQ(table_of(test::loss_spec(), r.trace),
            "run,repeat,step,series,value\na,0,0,loss,1\na,0,1,loss,0.5\n\"b, c\",0,0,loss,nan\n"
            "\"b, c\",1,0,loss,2\n");
}

TEST(Recorded, SpectraCurvesAndFields) {
  test::Recorder r;
  r.spectrum("a", 5, {3, 2});
  r.curve("a", {0.5, 2}, {7, 8});
  r.field("a", "path", {{1, 0, 0, 0.25, 0.5, 4}});
  EXPECT_EQ(table_of({.id = "s", .form = FigureForm::spectrum, .names = {"singular_values"}}, r.trace),
            "run,repeat,step,series,index,value\na,0,5,singular_values,1,3\na,0,5,singular_values,2,2\n");
  EXPECT_EQ(table_of({.id = "c", .form = FigureForm::curve, .names = {"risk"}}, r.trace),
            "run,repeat,curve,x,value\na,0,risk,0.5,7\na,0,risk,2,8\n");
  EXPECT_EQ(table_of({.id = "p", .form = FigureForm::plane}, r.trace),
            "run,repeat,step,field,row,col,x,y,value\na,0,1,path,0,0,0.25,0.5,4\n");
}

TEST(Recorded, ComesInPiecesAndMayBeCutShort) {
  test::Recorder r;
  for (std::uint64_t i = 0; i < 20000; ++i) r.series("a", i, 0.1);
  int pieces = 0;
  std::size_t bytes = 0;
  const FigureSpec spec = test::loss_spec();
  write_recorded_csv(spec, r.trace, [&](std::string_view piece) {
    bytes += piece.size();
    return ++pieces < 2;
  });
  EXPECT_EQ(pieces, 2);
  EXPECT_LT(bytes, table_of(spec, r.trace).size());
}

}  // namespace
}  // namespace kappa
