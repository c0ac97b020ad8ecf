/// Bad documents and bad data through the real program: refused in words, in good time, with nothing left behind.
#include <gmock/gmock.h>

#include <sstream>

#include "tests/support/program.hpp"
#include "tests/support/source_tree.hpp"

namespace kappa {
namespace {

using test::Desk;
using test::Spoken;
using ::testing::AnyOf;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

constexpr int in_good_time = 10;  // seconds

void expect_refused(const Desk& desk, const std::string& name, const Spoken& said, int status,
                    const std::string& place) {
  EXPECT_EQ(said.status, status) << name << "\n" << said.err.substr(0, 2000);
  EXPECT_THAT(said.err, HasSubstr(place)) << name;
  EXPECT_THAT(said.err, HasSubstr("kappascope-cli: ")) << name;
  EXPECT_LT(said.err.size(), 100'000u) << name << ": nobody reads that";
  EXPECT_EQ(said.out, "") << name;
  EXPECT_FALSE(desk.has("out")) << name << " leaves a results directory";
}

TEST(BadInputToTheProgram, DocumentsOfTheCollection) {
  const fs::path folder = fs::path(KAPPA_SOURCE_DIR) / "tests/fuzz/documents";
  std::istringstream lines(support::read_text(folder / "expected.tsv"));
  const Desk desk;
  std::size_t tried = 0;
  for (std::string name, path, phrase;
       std::getline(lines, name, '\t') && std::getline(lines, path, '\t') && std::getline(lines, phrase); ++tried) {
    const Spoken said =
        desk.run("run " + test::quoted((folder / (name + ".json")).string()) + " --out out", in_good_time);
    expect_refused(desk, name, said, 2, phrase);
    if (phrase != "levels deep") {
      EXPECT_THAT(said.err, HasSubstr(path)) << name;
    }
  }
  EXPECT_GE(tried, 60u);
}

/// A regression whose data are the file; `more` goes into its data object after the path.
std::string regression_on(const std::string& file, const std::string& target,
                          const std::string& problem = "linear_regression") {
  return R"({"kappascope": 1, "steps": 3, "problem": {"type": ")" + problem + R"(", "data": {"path": ")" + file +
         R"(", "target": ")" + target + R"("}}, "runs": [{"label": "GD", "optimizer": {"type": "gradient_descent"}}]})";
}

/// A NumPy file: magic, version, header length, header, body.
std::string npy(const std::string& header, const std::string& body, char version = 1) {
  std::string out = "\x93NUMPY";
  out += version;
  out += '\0';
  out += static_cast<char>(header.size() & 0xff);
  out += static_cast<char>(header.size() >> 8);
  return out + header + body;
}

struct BadFile {
  std::string name, bytes, target, place, problem = "linear_regression";
};

std::vector<BadFile> bad_files() {
  const std::string eight(8, '\1'), floats = "{'descr': '<f8', 'fortran_order': False, 'shape': ";
  return {
      {"empty.csv", "", "y", "empty.csv"},
      {"spaces.csv", "  \n \n", "y", "spaces.csv"},
      {"header_only.csv", "a,y\n", "y", "header_only.csv"},
      {"no_header.csv", "1,2\n3,4\n", "y", "no_header.csv:1"},
      {"ragged_short.csv", "a,b,y\n1,2,3\n4,5\n", "y", "ragged_short.csv:3"},
      {"ragged_long.csv", "a,b,y\n1,2,3\n4,5,6,7\n", "y", "ragged_long.csv:3"},
      {"word.csv", "a,y\n1,2\nx,4\n", "y", "word.csv:3:1"},
      {"missing_cell.csv", "a,y\n1,2\n,4\n", "y", "missing_cell.csv:3:1"},
      {"nan.csv", "a,y\n1,nan\n", "y", "nan.csv:2:2"},
      {"infinite.csv", "a,y\n1,2\ninf,1\n", "y", "infinite.csv:3:1"},
      {"overflow.csv", "a,y\n1e400,2\n", "y", "overflow.csv:2:1"},
      {"decimal_comma.csv", "a;y\n1,5;2\n", "y", "decimal_comma.csv:1"},
      {"tabs.csv", "a\ty\n1\t2\n", "y", "tabs.csv:1"},
      {"wrong_target.csv", "a,y\n1,2\n", "z", "wrong_target.csv:1"},
      {"no_target.csv", "a,y\n1,2\n", "", "no_target.csv"},
      {"only_target.csv", "y\n1\n2\n", "y", "only_target.csv:1"},
      {"twice.csv", "a,a,y\n1,2,3\n", "y", "twice.csv:1:2"},
      {"nameless.csv", "a,,y\n1,2,3\n", "y", "nameless.csv:1:2"},
      {"hole.csv", "a,y\n1,2\n\n3,4\n", "y", "hole.csv:3"},
      {"quotes.csv", "a,y\n\"1,2\n", "y", "quotes.csv:2"},
      {"binary.csv", std::string("a,y\n\0\1\2,\xff\n", 10), "y", "binary.csv:2"},
      {"latin1.csv", "gr\xf6\xdf,y\nx,2\n", "y", "latin1.csv"},
      {"long_line.csv", "a,y\n" + std::string(3'000'000, '7') + ",1\n", "y", "long_line.csv:2"},
      {"labels.csv", "a,y\n1,2\n3,0.5\n", "y", "labels.csv", "logistic_regression"},
      {"folder.csv/", "", "y", "folder.csv"},
      {"words.txt", "a,y\n1,2\n", "y", "words.txt"},
      {"empty.npy", "", "0", "empty.npy"},
      {"magic.npy", "NUMPY and nothing else", "0", "magic.npy"},
      {"version.npy", npy(floats + "(1, 2), }", eight + eight, 9), "0", "version.npy"},
      {"header.npy", npy("no header at all", eight), "0", "header.npy"},
      {"cut_header.npy", npy(floats, "").substr(0, 20), "0", "cut_header.npy"},
      {"cut_body.npy", npy(floats + "(4, 2), }", eight), "0", "cut_body.npy"},
      {"longer_body.npy", npy(floats + "(1, 2), }", eight + eight + eight), "0", "longer_body.npy"},
      {"objects.npy", npy("{'descr': '|O', 'fortran_order': False, 'shape': (1, 2), }", eight), "0", "objects.npy"},
      {"complex.npy", npy("{'descr': '<c16', 'fortran_order': False, 'shape': (1, 2), }", eight), "0", "complex.npy"},
      {"cube.npy", npy(floats + "(1, 1, 2), }", eight + eight), "0", "cube.npy"},
      {"huge.npy", npy(floats + "(100000000000, 2), }", eight), "0", "huge.npy"},
      {"overflowing.npy", npy(floats + "(18446744073709551615, 18446744073709551615), }", eight), "0",
       "overflowing.npy"},
      {"negative.npy", npy(floats + "(-1, 2), }", eight), "0", "negative.npy"},
      {"no_rows.npy", npy(floats + "(0, 2), }", ""), "0", "no_rows.npy"},
      {"infinite.npy", npy(floats + "(1, 2), }", eight + std::string("\0\0\0\0\0\0\xf0\x7f", 8)), "0", "infinite.npy"},
      {"column.npy", npy(floats + "(1, 2), }", eight + eight), "7", "column.npy"},
      {"word_column.npy", npy(floats + "(1, 2), }", eight + eight), "y", "word_column.npy"},
      {"no_partner.npy", npy(floats + "(1, 2), }", eight + eight), "targets.npy", "targets.npy"}};
}

TEST(BadInputToTheProgram, DataFiles) {
  for (const BadFile& bad : bad_files()) {
    const Desk desk;
    if (bad.name.ends_with('/'))
      fs::create_directory(desk.path(bad.name));
    else
      desk.write(bad.name, bad.bytes);
    desk.write("d.kappa.json", regression_on(bad.name, bad.target, bad.problem));
    const Spoken said = desk.run("run d.kappa.json --out out", in_good_time);
    EXPECT_THAT(said.status, AnyOf(2, 3)) << bad.name;
    expect_refused(desk, bad.name, said, said.status, bad.place);
    const Spoken dumped = desk.run("data d.kappa.json --out out", in_good_time);
    EXPECT_EQ(dumped.status, said.status) << bad.name;
    EXPECT_FALSE(desk.has("out")) << bad.name;
  }
}

TEST(BadInputToTheProgram, DataThatAreNotThere) {
  const Desk desk;
  desk.write("d.kappa.json", regression_on("nothing.csv", "y"));
  expect_refused(desk, "missing", desk.run("run d.kappa.json --out out", in_good_time), 3, "nothing.csv");
  desk.write("i.kappa.json",
             R"({"kappascope": 1, "problem": {"type": "quadratic"}, "init": {"type": "file", "path": "no/such/folder"},
    "runs": [{"label": "GD", "optimizer": {"type": "gradient_descent"}}]})");
  expect_refused(desk, "init", desk.run("run i.kappa.json --out out", in_good_time), 3, "no/such/folder");
  fs::create_directory(desk.path("start"));
  for (const char* start : {"1\n2\n", "1,2\n3\n", "x\n", ""}) {
    desk.write("start/init_x.csv", start);
    const Spoken said = desk.run("run i.kappa.json --out out --set /init/path=start", in_good_time);
    EXPECT_THAT(said.status, AnyOf(2, 3)) << start;
    expect_refused(desk, start, said, said.status, "init_x.csv");
  }
}

TEST(BadInputToTheProgram, FilesThatAreNoDocuments) {
  const Desk desk;
  fs::create_directory(desk.path("folder"));
  desk.write("long.json", R"({"kappascope": 1, "title": ")" + std::string(10'000'000, 'x') + "\"}");
  desk.write("brackets.json", std::string(5'000'000, '['));
  desk.write("object.json", std::string(300'000, '{'));
  desk.write("noise.json", test::contents(test::program()).substr(0, 100'000));
  struct {
    const char* file;
    int status;
  } const bad[] = {{"folder", 3},     {"long.json", 2}, {"brackets.json", 2},  {"object.json", 2},
                   {"noise.json", 2}, {"/dev/null", 3}, {"/proc/self/mem", 3}, {"''", 3}};
  for (const auto& [file, status] : bad)
    expect_refused(desk, file, desk.run(std::string("run ") + file + " --out out", in_good_time), status,
                   file[0] == '\'' ? ":" : file);
}

/// Sizes that pass for numbers and would need more memory than there is.
TEST(BadInputToTheProgram, SizesBeyondMemory) {
  const Desk desk;
  const char* problems[] = {
      R"({"type": "quadratic", "dimension": 200000})",
      R"({"type": "linear_regression", "samples": 1000000, "features": 100000})",
      R"({"type": "matrix_least_squares", "rows": 100000, "columns": 100000})",
      R"({"type": "matrix_sensing", "dimension": 100000, "observation": "full"})",
      R"({"type": "matrix_sensing", "dimension": 2000, "observation": "sampled", "measurements": 1000000})",
      R"({"type": "linear_regression", "samples": 9000000000000000000})"};
  for (const char* problem : problems) {
    desk.write("d.kappa.json", std::string(R"({"kappascope": 1, "problem": )") + problem +
                                   R"(, "runs": [{"label": "GD", "optimizer": {"type": "gradient_descent"}}]})");
    const Spoken said = desk.run("run d.kappa.json --out out", in_good_time);
    expect_refused(desk, problem, said, 2, "/problem");
  }
}

}  // namespace
}  // namespace kappa
