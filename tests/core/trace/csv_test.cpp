/// Tables byte for byte, labels that survive quoting.
#include "core/trace/csv.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstring>

namespace kappa {
namespace {

/// The recorder's writer gives the bytes of the plain ones, whatever it wrote before.
RC_GTEST_PROP(RowWriter, WritesTheSameRows, (std::uint32_t repeat, std::uint64_t count, std::uint32_t index)) {
  const auto run = *rc::gen::elementOf(std::vector<std::string>{"GD", "a, \"b\"", ""});
  const RowOf of{run, repeat};
  const auto name = *rc::gen::elementOf(std::vector<std::string>{"loss", "rate, upper"});
  const auto bits = *rc::gen::arbitrary<std::uint64_t>() << *rc::gen::inRange(0, 64);
  double value = 0;
  std::memcpy(&value, &bits, sizeof value);
  std::string out = "before\n", expected = out;
  RowWriter row(of, name);
  const auto steps = rc::gen::element<std::uint64_t>(0, 9, 10, 99, 12345, UINT64_MAX);
  for (const std::uint64_t step : *rc::gen::container<std::vector<std::uint64_t>>(steps)) {
    for (const double each : {value, -value, -HUGE_VAL, std::nan("")}) {
      append_series_row(expected, of, step, name, each);
      row.series(out, step, each);
      append_spectrum_row(expected, of, step, name, index, each);
      row.spectrum(out, step, index, each);
    }
    append_cost_row(expected, of, {step, count, UINT64_MAX, 0, 1});
    row.cost(out, {step, count, UINT64_MAX, 0, 1});
    append_series_row(expected, of, step, name, value);
    row.series(out, step, value);
  }
  RC_ASSERT(out == expected);
}

TEST(Csv, RowsOfEveryTable) {
  std::string out;
  const RowOf of{"GD", 2};
  append_series_row(out, of, 10, "loss", 0.5);
  append_curve_row(out, of, "test_risk", 0.25, HUGE_VAL);
  append_cost_row(out, of, {10, 11, 12, 13, 14});
  append_spectrum_row(out, of, 10, "singular_values:w", 1, 3.5);
  append_field_row(out, of, "path", {10, 1, 2, 0.5, -0.5, std::nan("")});
  append_theory_row(out, of, "loss", "rate, upper", TheoryKind::bound, 10, 1e-9);
  append_parameter_row(out, of, "W", 3, 4, -1);
  EXPECT_EQ(out,
            "GD,2,10,loss,0.5\n"
            "GD,2,test_risk,0.25,inf\n"
            "GD,2,10,11,12,13,14\n"
            "GD,2,10,singular_values:w,1,3.5\n"
            "GD,2,10,path,1,2,0.5,-0.5,nan\n"
            "GD,2,loss,\"rate, upper\",bound,10,1e-09\n"
            "GD,2,W,3,4,-1\n");
}

TEST(Csv, HeadersHaveAsManyCellsAsTheContractSays) {
  EXPECT_EQ(table_header(Table::series), "run,repeat,step,series,value\n");
  EXPECT_EQ(table_header(Table::curves), "run,repeat,curve,x,value\n");
  EXPECT_EQ(table_header(Table::cost), "run,repeat,step,gradients,losses,hessian_products,samples\n");
  EXPECT_EQ(table_header(Table::spectra), "run,repeat,step,series,index,value\n");
  EXPECT_EQ(table_header(Table::fields), "run,repeat,step,field,row,col,x,y,value\n");
  EXPECT_EQ(table_header(Table::theory), "run,repeat,series,curve,kind,x,value\n");
  EXPECT_EQ(table_header(Table::parameters), "run,repeat,block,row,col,value\n");
}

TEST(Csv, QuotesOnlyWhereNeeded) {
  const auto quoted = [](std::string_view cell) {
    std::string out;
    append_cell(out, cell);
    return out;
  };
  EXPECT_EQ(quoted("Adam η=0.1"), "Adam η=0.1");
  EXPECT_EQ(quoted("a,b"), "\"a,b\"");
  EXPECT_EQ(quoted("say \"hi\""), "\"say \"\"hi\"\"\"");
  EXPECT_EQ(quoted("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(quoted(""), "");
}

RC_GTEST_PROP(Csv, ReadsBackWhatWasQuoted, ()) {
  const auto cell = rc::gen::container<std::string>(rc::gen::element('a', ',', '"', '\n', '\r', ' '));
  const auto record_of = rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(cell));
  const auto records = *rc::gen::resize(12, rc::gen::container<std::vector<std::vector<std::string>>>(record_of));
  std::string out;
  for (const auto& record : records) {
    for (std::size_t i = 0; i < record.size(); ++i) {
      if (i > 0) out += ',';
      append_cell(out, record[i]);
    }
    out += '\n';
  }
  CsvReader reader(out);
  std::vector<std::string> cells;
  for (const auto& record : records) {
    RC_ASSERT(reader.next(cells));
    RC_ASSERT(cells == record);
  }
  RC_ASSERT(!reader.next(cells));
  RC_ASSERT(!reader.cut_off());
}

TEST(CsvReader, LinesCarriageReturnsAndACutEnd) {
  CsvReader reader("a,\"b\nc\"\r\n1,2\n3,4");
  std::vector<std::string> cells;
  ASSERT_TRUE(reader.next(cells));
  EXPECT_EQ(cells, (std::vector<std::string>{"a", "b\nc"}));
  ASSERT_TRUE(reader.next(cells));
  EXPECT_EQ(reader.line(), 3u);
  EXPECT_FALSE(reader.next(cells));
  EXPECT_TRUE(reader.cut_off());
}

}  // namespace
}  // namespace kappa
