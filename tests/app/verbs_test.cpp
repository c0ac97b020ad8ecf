/// The other verbs as processes: lists, pages, schema, checks, data and scaffolds.
#include <gmock/gmock.h>

#include "tests/support/program.hpp"

namespace kappa {
namespace {

using test::Desk;
using test::Spoken;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// Standard output read by Python, which then runs `check` on `data`.
std::string read_as_json(const Desk& desk, const std::string& arguments, const std::string& check) {
  const Spoken said = desk.run(arguments);
  EXPECT_EQ(said.status, 0) << arguments << "\n" << said.err;
  desk.write("said.json", said.out);
  const auto python = desk.shell("python3 -c 'import json\ndata = json.load(open(\"said.json\"))\nassert " + check +
                                 ", str(data)[:300]'");
  return python.status == 0 ? "" : arguments + "\n" + python.output;
}

TEST(CliVerbs, UsageIsExplained) {
  const Desk desk;
  const Spoken help = desk.run("--help"), version = desk.run("--version"), nothing = desk.run(""),
               unknown = desk.run("bogus");
  EXPECT_EQ(help.status, 0);
  for (const char* verb : {"run", "check", "list", "describe", "schema", "data", "new"}) {
    EXPECT_THAT(help.out, HasSubstr(verb));
    const Spoken own = desk.run(std::string(verb) + " --help");
    EXPECT_EQ(own.status, 0) << verb;
    EXPECT_THAT(own.out, HasSubstr("Usage")) << verb;
  }
  EXPECT_EQ(version.status, 0);
  EXPECT_THAT(version.out, ::testing::MatchesRegex("kappascope-cli [0-9.]+\n"));
  EXPECT_EQ(nothing.status, 2);
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.err, Not(IsEmpty()));
}

TEST(CliVerbs, ListsAreTablesAndJson) {
  const Desk desk;
  for (const char* kind : {"studies", "problems", "optimizers", "schedules", "probes"}) {
    EXPECT_EQ(read_as_json(desk, std::string("list --json ") + kind,
                           "data and all({\"id\", \"title\", \"idea\"} <= set(e) for e in data)"),
              "");
    const Spoken table = desk.run(std::string("list ") + kind);
    EXPECT_EQ(table.status, 0);
    EXPECT_THAT(table.out, HasSubstr("title"));
    EXPECT_THAT(table.out, Not(HasSubstr("\033")));
  }
  EXPECT_EQ(read_as_json(desk, "list experiments --json", "any(e[\"name\"] == \"conditioning\" for e in data)"), "");
  EXPECT_THAT(desk.run("list experiments").out, HasSubstr("conditioning"));
  const Spoken unknown = desk.run("list optimisers");
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.err, HasSubstr("optimizers"));
}

TEST(CliVerbs, DescribesEveryMethod) {
  const Desk desk;
  const Spoken page = desk.run("describe adam");
  EXPECT_EQ(page.status, 0);
  for (const char* part : {"Adam", "beta2", "0.999", "Kingma", "arXiv:1412.6980"})
    EXPECT_THAT(page.out, HasSubstr(part));
  EXPECT_EQ(read_as_json(desk, "describe optimizer adam --json",
                         "any(p[\"name\"] == \"beta2\" for p in data[\"parameters\"])"),
            "");
  const Spoken near = desk.run("describe adm"), kind = desk.run("describe thing adam");
  EXPECT_EQ(near.status, 2);
  EXPECT_THAT(near.err, HasSubstr("adam"));
  EXPECT_EQ(kind.status, 2);
  const auto all = desk.shell(R"(mkdir pages; for kind in studies problems optimizers schedules probes; do
  for id in $($CLI list $kind | tail -n +2 | cut -d' ' -f1); do
    [ $id = descent ] || $CLI describe $kind $id --json > pages/$kind.$id || echo "bad: $kind $id"
  done
done
python3 -c 'import glob, json; [json.load(open(p)) for p in glob.glob("pages/*")]')");
  EXPECT_THAT(all.output, IsEmpty());
}

TEST(CliVerbs, SchemaIsJsonSchema) {
  const Desk desk;
  EXPECT_EQ(read_as_json(desk, "schema",
                         "data[\"$schema\"] == \"https://json-schema.org/draft/2020-12/schema\" and \"optimizer.adam\" "
                         "in data[\"$defs\"]"),
            "");
}

std::string judged(const char* bound) {
  return test::small_document(std::string(R"("claims": [{"type": "below", "run": "GD", "series": "loss", "bound": )") +
                              bound + R"(, "sentence": "it ends low"}], )");
}

TEST(CliVerbs, CheckSaysWhetherClaimsHold) {
  const Desk desk;
  desk.write("good.kappa.json", judged("1e9"));
  desk.write("bad.kappa.json", judged("1e-30"));
  const Spoken good = desk.run("check good.kappa.json conditioning --json claims.json"),
               bad = desk.run("check bad.kappa.json");
  EXPECT_EQ(good.status, 0) << good.out << good.err;
  for (const char* part : {"experiment", "paper", "claim", "expected", "measured", "verdict", "it ends low", "holds"})
    EXPECT_THAT(good.out, HasSubstr(part));
  EXPECT_EQ(bad.status, 1);
  EXPECT_THAT(bad.out, HasSubstr("FAILS"));
  EXPECT_THAT(good.out + bad.out, Not(HasSubstr("\033")));
  const auto python = desk.shell(
      "python3 -c 'import json\nassert [c[\"holds\"] for c in json.load(open(\"claims.json\"))] == [True] * 5'");
  EXPECT_EQ(python.status, 0) << python.output;
  EXPECT_EQ(desk.run("check nothing_of_that_name").status, 3);
  EXPECT_EQ(desk.run("check conditioning --repeats 0").status, 2);
  EXPECT_EQ(desk.run("check conditioning --json /proc/no/claims.json").status, 3);
  EXPECT_EQ(desk.run("check conditioning --seed 5 --threads 2").status, 0);
}

TEST(CliVerbs, DataWritesWhatTheContractLists) {
  const std::map<std::string, std::pair<std::string, std::set<std::string>>> expected = {
      {"quadratic", {"", {"H.csv", "truth.csv", "init_x.csv"}}},
      {"linear_regression", {R"(, "samples": 20, "features": 4)", {"X.csv", "y.csv", "truth.csv", "init_w.csv"}}},
      {"ridge_regression", {R"(, "samples": 20, "features": 4)", {"X.csv", "y.csv", "truth.csv", "init_w.csv"}}},
      {"logistic_regression", {R"(, "samples": 20, "features": 4)", {"X.csv", "y.csv", "truth.csv", "init_w.csv"}}},
      {"lasso", {R"(, "samples": 20, "features": 4)", {"X.csv", "y.csv", "truth.csv", "init_w.csv"}}},
      {"matrix_least_squares",
       {R"(, "rows": 3, "columns": 4, "samples": 20)", {"X.csv", "Y.csv", "truth.csv", "init_W.csv"}}},
      {"matrix_sensing",
       {R"(, "dimension": 6, "true_rank": 1, "rank": 2, "observation": "sampled", "measurements": 30)",
        {"truth.csv", "y.csv", "measurements.csv", "init_X.csv"}}}};
  for (const auto& [type, files] : expected) {
    const Desk desk;
    desk.write("d.kappa.json", R"({"kappascope": 1, "steps": 5, "problem": {"type": ")" + type + "\"" + files.first +
                                   R"(}, "runs": [{"label": "a", "optimizer": {"type": "gradient_descent"}}]})");
    const Spoken said = desk.run("data d.kappa.json --out d");
    ASSERT_EQ(said.status, 0) << type << "\n" << said.err;
    EXPECT_EQ(desk.files("d"), files.second) << type;
    for (const std::string& name : files.second) {
      EXPECT_EQ(desk.read("d/" + name).find_first_not_of("0123456789+-.e,\n"), std::string::npos)
          << type << "/" << name << " is bare CSV";
      EXPECT_THAT(said.out, HasSubstr(name));
    }
  }
}

TEST(CliVerbs, DataWritesBatchesAndOverrides) {
  const Desk desk;
  desk.write("d.kappa.json",
             R"({"kappascope": 1, "steps": 7, "problem": {"type": "linear_regression", "samples": 9, "features": 3},
    "batch": {"size": 4, "order": "incremental"},
    "runs": [{"label": "a", "optimizer": {"type": "adam"}},
             {"label": "b", "problem": {"features": 2}, "optimizer": {"type": "adam"}}]})");
  ASSERT_EQ(desk.run("data d.kappa.json --out d").status, 0);
  EXPECT_EQ(desk.read("d/batches.csv"), "0,1,2,3\n4,5,6,7\n8\n0,1,2,3\n4,5,6,7\n8\n0,1,2,3\n");
  EXPECT_EQ(test::first_line(desk.read("d/1/X.csv")).find_first_of(','),
            test::first_line(desk.read("d/1/X.csv")).find_last_of(','))
      << "two features";
  EXPECT_EQ(desk.run("data classic_rates --out e").status, 2) << "a study has no one problem";
}

/// What `data` writes can be read back as a start and as data, and gives the same run.
TEST(CliVerbs, DataIsThatOfTheRunsOnAnyNumberOfCores) {
  const Desk desk;
  desk.write("d.kappa.json", R"({"kappascope": 1, "steps": 1,
    "problem": {"type": "linear_regression", "samples": 3001, "features": 201, "condition_number": 10},
    "runs": [{"label": "GD", "optimizer": {"type": "gradient_descent"}}]})");
  for (const std::string threads : {"1", "2", "3"})
    ASSERT_EQ(desk.run("data d.kappa.json --out " + threads, 60, "OPENBLAS_NUM_THREADS=" + threads).status, 0);
  EXPECT_EQ(desk.read("2/y.csv"), desk.read("1/y.csv"));
  EXPECT_EQ(desk.read("3/y.csv"), desk.read("1/y.csv"));
}

TEST(CliVerbs, DataComesBackAsData) {
  const Desk desk;
  desk.write("d.kappa.json", test::small_document());
  ASSERT_EQ(desk.run("data d.kappa.json --out d").status, 0);
  ASSERT_EQ(desk.run("run d.kappa.json --out plain --quiet").status, 0);
  ASSERT_EQ(desk.run(R"(run d.kappa.json --out again --quiet --set '/init={"type": "file", "path": "d"}')").status, 0);
  EXPECT_EQ(desk.read("plain/series.csv"), desk.read("again/series.csv"));
}

TEST(CliVerbs, NewWritesAMethodInASourceTree) {
  const Desk desk;
  desk.shell("mkdir -p core/methods && cp -r " + test::quoted(std::string(KAPPA_SOURCE_DIR) + "/core/methods") +
             " core/");
  const Spoken said = desk.run("new optimizer my_method");
  EXPECT_EQ(said.status, 0) << said.err;
  EXPECT_THAT(desk.read("core/methods/optimizers/my_method.cpp"), HasSubstr("Method my_method()"));
  EXPECT_NE(desk.run("new optimizer my_method").status, 0) << "it exists";
  EXPECT_EQ(desk.run("new optimizer 'My Method'").status, 2);
  EXPECT_EQ(desk.run("new thing name").status, 2);
  const Desk elsewhere;
  EXPECT_NE(elsewhere.run("new optimizer my_method").status, 0) << "this is no source tree";
}

}  // namespace
}  // namespace kappa
