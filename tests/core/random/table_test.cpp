/// Tables of a user's own: what is read, and for everything that is wrong the line, the column and its name.
#include "core/random/table.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>

#include "tests/support/scratch.hpp"

namespace kappa {
namespace {

class Table : public testing::Test {
 protected:
  std::string write(const std::string& text, const std::string& name = "mine.csv") {
    std::ofstream(dir + name, std::ios::binary) << text;
    return dir + name;
  }
  DataTable read(const std::string& text, const std::string& target = "y") { return read_table(write(text), target); }
  static Issue trouble(const std::string& path, const std::string& target = "y") {
    try {
      read_table(path, target);
    } catch (const DataError& error) {
      return error.issue;
    }
    ADD_FAILURE() << "nothing was wrong with " << path;
    return {};
  }
  /// `place` is what follows the file's name: ":3:2".
  void expect(const std::string& text, const std::string& place, const std::string& part,
              const std::string& target = "y") {
    const Issue issue = trouble(write(text), target);
    EXPECT_EQ(issue.path, dir + "mine.csv" + place) << text;
    EXPECT_NE((issue.message + " " + issue.hint).find(part), std::string::npos) << text << "\n" << to_string(issue);
    EXPECT_EQ(issue.trouble, Trouble::input) << text;
  }
  test::ScratchDirectory scratch_;  ///< of this test alone: tests run side by side
  const std::string dir = scratch_.path() + "/";
};

TEST_F(Table, ColumnsBesideTheTargetAreFeatures) {
  const DataTable t = read("a,y,b\n1,2,3\n-4.5,5e-3,+6\n");
  ASSERT_EQ(t.x.n_rows, 2u);
  ASSERT_EQ(t.x.n_cols, 2u);
  EXPECT_EQ(t.x(0, 0), 1);
  EXPECT_EQ(t.x(0, 1), 3);
  EXPECT_EQ(t.x(1, 0), -4.5);
  EXPECT_EQ(t.x(1, 1), 6);
  EXPECT_EQ(t.y(1), 5e-3);
  EXPECT_EQ(t.names, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(t.place(1), dir + "mine.csv:3:2");
}

TEST_F(Table, LineEndingsMarksQuotesAndSpaces) {
  for (const char* text : {"a,y\n1,2\n3,4\n", "a,y\r\n1,2\r\n3,4\r\n", "a,y\r1,2\r3,4\r", "a,y\n1,2\n3,4",
                           "\xef\xbb\xbf"
                           "a,y\n1,2\n3,4\n",
                           "\"a\",\"y\"\n1,2\n3,4\n", " a , y \n 1,2 \n\t3, 4\n", "a,y\n\"1\",\"2\"\n3,\"4\" \n",
                           "a,y\n1,2\n3,4\n\n\r\n  \n"}) {
    const DataTable t = read(text);
    ASSERT_EQ(t.x.n_rows, 2u) << text;
    EXPECT_EQ(t.x(1, 0), 3) << text;
    EXPECT_EQ(t.y(1), 4) << text;
  }
}

TEST_F(Table, QuotedNamesMayHoldAnything) {
  const DataTable t = read("\"price, in \"\"EUR\"\"\nnet\",\"größe\",y\n1,2,3\n");
  EXPECT_EQ(t.names[0], "price, in \"EUR\"\nnet");
  EXPECT_EQ(t.names[1], "größe");
  EXPECT_EQ(t.lines[0], 3u);
}

TEST_F(Table, CellsThatAreNoNumbers) {
  expect("a,y\n1,2\n3,x\n", ":3:2", "column \"y\": \"x\" is not a number");
  expect("a,y\n1,2\nNA,4\n", ":3:1", "column \"a\": \"NA\" is not a number");
  expect("a,y\n1,2\n,4\n", ":3:1", "column \"a\": the cell is empty");
  expect("a,y\n1,2\n3,\n", ":3:2", "column \"y\": the cell is empty");
  expect("a,y\n1,2\n3,   \n", ":3:2", "the cell is empty");
  expect("a,y\n1,2\n\"\",4\n", ":3:1", "the cell is empty");
  expect("a,y\n1,2\n3,1.2.3\n", ":3:2", "not a number");
  expect("a,y\n1,2\n3,0x10\n", ":3:2", "not a number");
  expect("a,y\n1,2\n3,1 2\n", ":3:2", "not a number");
  expect("a,y\n1,2\n3,+-1\n", ":3:2", "not a number");
  expect("a,y\n1,2\n3,\"1,5\"\n", ":3:2", "dot as decimal mark");
  expect("a,y\n1,nan\n", ":2:2", "not a finite number");
  expect("a,y\n1,2\n-inf,2\n", ":3:1", "not a finite number");
  expect("a,y\n1,2\n1e999,2\n", ":3:1", "too large");
  expect("a,y\n1,2\n\n\n3,4\n", ":3", "line is empty");
}

TEST_F(Table, RaggedRows) {
  expect("a,y\n1,2\n3\n", ":3", "1 cells, but the header names 2");
  expect("a,y\n1,2\n3,4,5\n", ":3", "3 cells, but the header names 2");
  expect("a,y\n1,2,\n", ":2", "3 cells");
}

TEST_F(Table, Headers) {
  expect("", "", "empty");
  expect("\n\n", "", "empty");
  expect("a,y\n", "", "no rows");
  expect("a,y", "", "no rows");
  expect("1,2\n3,4\n", ":1", "name the columns");
  expect("a,,y\n1,2,3\n", ":1:2", "column 2 has no name");
  expect("a,y,\n1,2,3\n", ":1:3", "column 3 has no name");
  expect("a,y,a\n1,2,3\n", ":1:3", "two columns are named \"a\"");
  expect("a;y\n1;2\n", ":1", "semicolons");
  expect("a\ty\n1\t2\n", ":1", "tabs");
  expect("y\n1\n", ":1", "no column beside the target");
  expect("\na,y\n1,2\n", ":1", "line is empty");
}

TEST_F(Table, Targets) {
  expect("height,weight\n1,2\n", ":1", "did you mean \"weight\"?", "wieght");
  expect("height,Y\n1,2\n", ":1", "did you mean \"Y\"?", "y");
  expect("height,weight\n1,2\n", ":1", "the columns are \"height\", \"weight\"", "zzzzzz");
  expect("height,weight\n1,2\n", ":1", "no target column is named", "");
  EXPECT_TRUE(trouble(write("height,weight\n1,2\n"), "zzzzzz").hint.empty());
}

TEST_F(Table, BytesThatAreNoText) {
  expect("a,y\n1,\xff\n", ":2:2", "UTF-8");
  expect(
      "gr\xf6\xdf"
      "e,y\n1,2\n",
      ":1:1", "UTF-8");
  expect(std::string("\xff\xfe"
                     "a\0,\0",
                     6),
         ":1", "UTF-16");
  expect(std::string("a,y\n1,\0\n", 8), ":2:2", "zero byte");
  expect("a,y\n1,\"2\n", ":2:2", "never closed");
  expect("a,y\n1,\"2\"3\n", ":2:2", "closing quote");
  expect("a,y\n1," + std::string(100'000, '7') + "\n", ":2:2", "longer than 65536");
  expect("a,y\n1,\xed\xa0\x80\n", ":2:2", "UTF-8");
  expect("a,y\n1,\xc0\xaf\n", ":2:2", "UTF-8");
}

TEST_F(Table, LongCellsAreShownShortened) {
  const Issue issue = trouble(write("a,y\n1," + std::string(5000, 'x') + "\n"));
  EXPECT_LT(issue.message.size(), 120u);
}

TEST_F(Table, ControlCharactersStayOutOfMessages) { expect("a,y\n1,\x1b[2J\n", ":2:2", "\"?[2J\" is not a number"); }

TEST_F(Table, FilesThatCannotBeRead) {
  for (const std::string& path : {dir + "none.csv", dir + "none.npy"}) {
    const Issue issue = trouble(path);
    EXPECT_EQ(issue.trouble, Trouble::file);
    EXPECT_EQ(issue.path, path);
  }
  std::filesystem::create_directories(dir + "folder.csv");
  EXPECT_EQ(trouble(dir + "folder.csv").trouble, Trouble::file);
  EXPECT_EQ(trouble("/dev/null/x.csv").trouble, Trouble::file);
  EXPECT_EQ(trouble(write("a,y\n1,2\n", "mine.xlsx")).trouble, Trouble::input);
}

TEST_F(Table, ManyRowsComeBackToTheBit) {
  std::string text = "a,b,y\n";
  for (int i = 0; i < 50'000; ++i) text += std::to_string(i) + ",0.1," + std::to_string(i) + ".25\n";
  const DataTable t = read(text);
  ASSERT_EQ(t.x.n_rows, 50'000u);
  EXPECT_EQ(t.x(49'999, 0), 49'999);
  EXPECT_EQ(t.x(123, 1), 0.1);
  EXPECT_EQ(t.y(40'000), 40'000.25);
}

TEST_F(Table, FootprintIsKnownBeforeReading) {
  const std::string path = write("a,y\n1,2\n");
  EXPECT_GE(table_footprint(path), 8.0 * 2);
  EXPECT_EQ(table_footprint(dir + "none.csv"), 0);
}

// NumPy's format, written here byte by byte.
template <class T>
std::string npy(const std::string& descr, const std::string& shape, const std::vector<T>& values, bool fortran = false,
                int version = 1) {
  std::string dict =
      "{'descr': '" + descr + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': " + shape + ", }";
  dict += std::string(63 - (10 + dict.size()) % 64, ' ') + "\n";
  std::string out = "\x93NUMPY";
  out += static_cast<char>(version);
  out += '\0';
  for (int i = 0; i < (version == 1 ? 2 : 4); ++i) out += static_cast<char>(dict.size() >> (8 * i) & 0xff);
  out += dict;
  const std::size_t at = out.size();
  out.resize(at + values.size() * sizeof(T));
  if (!values.empty()) std::memcpy(out.data() + at, values.data(), values.size() * sizeof(T));
  return out;
}

TEST_F(Table, NumpyOrdersTypesAndVersions) {
  const std::vector<double> c = {1, 2, 3, 4, 5, 6}, f = {1, 4, 2, 5, 3, 6};
  const std::string files[] = {npy<double>("<f8", "(2, 3)", c),
                               npy<double>("<f8", "(2, 3)", f, true),
                               npy<double>("<f8", "(2, 3)", c, false, 2),
                               npy<float>("<f4", "(2, 3)", {1, 2, 3, 4, 5, 6}),
                               npy<std::int32_t>("<i4", "(2, 3)", {1, 2, 3, 4, 5, 6}),
                               npy<std::int64_t>("<i8", "(2, 3)", {1, 2, 3, 4, 5, 6}),
                               npy<std::uint8_t>("|u1", "(2, 3)", {1, 2, 3, 4, 5, 6}),
                               npy<std::uint16_t>(">u2", "(2, 3)", {0x100, 0x200, 0x300, 0x400, 0x500, 0x600})};
  for (const std::string& bytes : files) {
    const DataTable t = read_table(write(bytes, "m.npy"), "1");
    ASSERT_EQ(t.x.n_rows, 2u);
    ASSERT_EQ(t.x.n_cols, 2u);
    EXPECT_EQ(t.x(0, 0), 1);
    EXPECT_EQ(t.x(0, 1), 3);
    EXPECT_EQ(t.x(1, 0), 4);
    EXPECT_EQ(t.x(1, 1), 6);
    EXPECT_EQ(t.y(0), 2);
    EXPECT_EQ(t.y(1), 5);
  }
  EXPECT_EQ(read_table(write(files[0], "m.npy"), "-1").y(1), 6);
}

TEST_F(Table, NumpyTargetMayBeAFileBesideTheData) {
  const std::string x = write(npy<double>("<f8", "(2, 2)", {1, 2, 3, 4}), "x.npy");
  write(npy<double>("<f8", "(2,)", {8, 9}), "y.npy");
  const DataTable t = read_table(x, "y.npy");
  EXPECT_EQ(t.x.n_cols, 2u);
  EXPECT_EQ(t.y(1), 9);
  EXPECT_EQ(read_table(x, dir + "y.npy").y(0), 8);
  write(npy<double>("<f8", "(3,)", {8, 9, 10}), "y.npy");
  EXPECT_EQ(trouble(x, "y.npy").path, dir + "y.npy");
}

TEST_F(Table, NumpyTroubles) {
  const auto said = [&](const std::string& bytes, const std::string& part, const std::string& target = "0") {
    const Issue issue = trouble(write(bytes, "m.npy"), target);
    EXPECT_EQ(issue.path, dir + "m.npy");
    EXPECT_NE((issue.message + " " + issue.hint).find(part), std::string::npos) << to_string(issue);
    EXPECT_EQ(issue.trouble, Trouble::input);
  };
  const std::vector<double> four = {1, 2, 3, 4};
  const std::string good = npy<double>("<f8", "(2, 2)", four);
  said("", "not a .npy file");
  said("a,y\n1,2\n", "not a .npy file");
  said(good.substr(0, 9), "header");
  said(good.substr(0, 30), "header");
  said(good.substr(0, good.size() - 1), "cut off");
  said(good + "x", "more than the one array");
  said(npy<double>("<f8", "(2, 2)", four, false, 7), "version 7");
  said(npy<double>("<c16", "(2, 1)", four), "type");
  said(npy<double>("|O8", "(2, 2)", four), "type");
  said(npy<double>("<f2", "(2, 2)", four), "type");
  said(npy<double>("<f8", "()", {1}), "0 dimensions");
  said(npy<double>("<f8", "(1, 2, 2)", four), "3 dimensions");
  said(npy<double>("<f8", "(0, 2)", {}), "no numbers");
  said(npy<double>("<f8", "(4611686018427387904, 4)", four), "cut off");
  said(npy<double>("<f8", "(2, 2)", {1, 2, 3, std::numeric_limits<double>::quiet_NaN()}),
       "row 1, column 1 (from 0): nan");
  said(good, "columns 0 to 1", "2");
  said(good, "columns 0 to 1", "y");
  said(npy<double>("<f8", "(4,)", four), "beside the target");
}

}  // namespace
}  // namespace kappa
