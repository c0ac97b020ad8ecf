/// `run` as a process: what it writes, what it refuses, what its exit status says.
#include <gmock/gmock.h>

#include <algorithm>

#include "tests/support/program.hpp"

namespace kappa {
namespace {

using test::Desk;
using test::first_line;
using test::Spoken;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;

TEST(CliRun, WritesTheFilesOfTheContract) {
  const Desk desk;
  desk.write("small.kappa.json", test::small_document(R"("title": "small", )"));
  const Spoken said = desk.run("run small.kappa.json");
  ASSERT_EQ(said.status, 0) << said.err;
  EXPECT_THAT(said.err, IsEmpty());
  EXPECT_THAT(said.out, HasSubstr("results in small"));
  EXPECT_THAT(desk.files("small"), IsSupersetOf({"experiment.kappa.json", "series.csv", "cost.csv", "spectra.csv",
                                                 "parameters.csv", "claims.json", "summary.json", "pictures"}));
  EXPECT_FALSE(desk.has("small/partial"));
  EXPECT_EQ(first_line(desk.read("small/series.csv")), "run,repeat,step,series,value");
  EXPECT_EQ(first_line(desk.read("small/cost.csv")), "run,repeat,step,gradients,losses,hessian_products,samples");
  EXPECT_EQ(first_line(desk.read("small/spectra.csv")), "run,repeat,step,series,index,value");
  EXPECT_EQ(first_line(desk.read("small/parameters.csv")), "run,repeat,block,row,col,value");
  EXPECT_THAT(desk.read("small/series.csv"), HasSubstr("\nGD,0,0,loss,"));
  EXPECT_THAT(desk.read("small/series.csv"), HasSubstr("\nAdam,0,40,loss,"));
  EXPECT_THAT(desk.read("small/experiment.kappa.json"), HasSubstr("\"kappascope_version\""));
  EXPECT_TRUE(desk.has("small/pictures/loss.svg"));
}

TEST(CliRun, SaysWhatIsNotMeasuredAndOfWhom) {
  const Desk desk;
  desk.write("race.kappa.json", R"({"kappascope": 1, "steps": 10,
    "problem": {"type": "linear_regression", "samples": 30, "features": 5},
    "runs": [{"label": "GD", "optimizer": {"type": "gradient_descent"}},
             {"label": "LM", "optimizer": {"type": "levenberg_marquardt"}}],
    "probes": [{"type": "loss"}, {"type": "test_loss"}, {"type": "batch_gradient_norm"}]})");
  const Spoken said = desk.run("run race.kappa.json");
  ASSERT_EQ(said.status, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr("\ntest_loss is not measured: this problem has no test data\n"));
  EXPECT_THAT(said.out,
              HasSubstr("\nLM: batch_gradient_norm is not measured: this optimizer takes no gradient in its steps\n"));
}

TEST(CliRun, TablesOfStudiesHaveTheirHeaders) {
  const Desk desk;
  ASSERT_EQ(desk.run("run scaled_gd_conditioning --out out --set /settings/dimension=12 --set /settings/most_steps=300 "
                     "--set /repeats=1",
                     200)
                .status,
            0);
  EXPECT_EQ(first_line(desk.read("out/curves.csv")), "run,repeat,curve,x,value");
  ASSERT_EQ(desk.run("run himmelblau --out plane --steps 20").status, 0);
  EXPECT_EQ(first_line(desk.read("plane/fields.csv")), "run,repeat,step,field,row,col,x,y,value");
  ASSERT_EQ(desk.run("run conditioning --out theory --steps 20").status, 0);
  EXPECT_EQ(first_line(desk.read("theory/theory.csv")), "run,repeat,series,curve,kind,x,value");
}

TEST(CliRun, JsonFilesHaveTheirKeys) {
  const Desk desk;
  ASSERT_EQ(desk.run("run conditioning --out out --no-pictures --quiet").status, 0);
  EXPECT_FALSE(desk.has("out/pictures"));
  const auto said = desk.shell(R"(python3 - <<'END'
import json
claims = json.load(open("out/claims.json"))
assert claims and all({"experiment", "claim", "paper", "statistic", "expected", "measured", "holds"} <= set(c) for c in claims), claims
assert {c["experiment"] for c in claims} == {"conditioning"}
summary = json.load(open("out/summary.json"))
for key in ("runs", "ignored_fields", "kappascope_version", "armadillo_version", "openblas", "openblas_kernel", "build_flags", "threads", "date"):
    assert key in summary, key
for run in summary["runs"]:
    assert run["ended"] in ("steps", "reached", "finished", "diverged", "stopped", "interrupted", "failed")
    for key in ("run", "repeat", "steps", "final_loss", "best_loss", "seconds"):
        assert key in run, key
document = json.load(open("out/experiment.kappa.json"))
assert document["kappascope"] == 1 and document["seed"] == 101 and document["runs"][2]["optimizer"]["beta2"] == 0.999
END)");
  EXPECT_EQ(said.status, 0) << said.output;
}

TEST(CliRun, ThreadsDoNotChangeAByte) {
  const Desk desk;
  desk.write("three.kappa.json", test::small_document(R"("repeats": 3, )"));
  ASSERT_EQ(desk.run("run three.kappa.json --out one --threads 1 --quiet").status, 0);
  ASSERT_EQ(desk.run("run three.kappa.json --out two --threads 2 --quiet").status, 0);
  const auto said = desk.shell(
      "for f in one/*.csv one/pictures/*.svg one/experiment.kappa.json one/claims.json; do cmp $f two/${f#one/} || "
      "exit 1; done");
  EXPECT_EQ(said.status, 0) << said.output;
}

TEST(CliRun, WrittenDocumentReplaysToTheSameBytes) {
  const Desk desk;
  desk.write("small.kappa.json", test::small_document());
  ASSERT_EQ(desk.run("run small.kappa.json --out one --quiet").status, 0);
  ASSERT_EQ(desk.run("run one/experiment.kappa.json --out two --quiet").status, 0);
  const auto said = desk.shell("for f in one/*.csv one/experiment.kappa.json; do cmp $f two/${f#one/} || exit 1; done");
  EXPECT_EQ(said.status, 0) << said.output;
}

TEST(CliRun, SetSeedAndStepsChangeTheDocument) {
  const Desk desk;
  ASSERT_EQ(
      desk.run("run conditioning --out out --quiet --seed 5 --steps 12 --set /runs/0/optimizer/learning_rate=0.25 "
               "--set '/claims=[]' --set /runs/0/label=slow --set /problem/spectrum=linear")
          .status,
      0);
  const std::string document = desk.read("out/experiment.kappa.json"), series = desk.read("out/series.csv");
  for (const char* part :
       {"\"seed\": 5", "\"steps\": 12", "\"learning_rate\": 0.25", "\"label\": \"slow\"", "\"spectrum\": \"linear\""})
    EXPECT_THAT(document, HasSubstr(part));
  EXPECT_THAT(series, HasSubstr("\nslow,0,12,loss,"));
  EXPECT_THAT(series, Not(HasSubstr(",13,loss,")));
}

TEST(CliRun, BadSettingsAreBadInput) {
  const Desk desk;
  for (const char* arguments :
       {"--set /runs/0/optimizer/learning_rate=-1", "--set /nothing=1", "--set learning_rate=1", "--set /steps",
        "--seed x", "--seed -1", "--steps -3", "--steps 1.5", "--threads -1", "--threads x", "--unknown"}) {
    const Spoken said = desk.run(std::string("run conditioning --out out ") + arguments);
    EXPECT_EQ(said.status, 2) << arguments << "\n" << said.err;
    EXPECT_THAT(said.err, Not(IsEmpty())) << arguments;
    EXPECT_FALSE(desk.has("out")) << arguments;
  }
}

TEST(CliRun, RefusesADirectoryOfAnotherDocument) {
  const Desk desk;
  ASSERT_EQ(desk.run("run conditioning --out out --steps 10 --quiet").status, 0);
  EXPECT_EQ(desk.run("run conditioning --out out --steps 10 --quiet").status, 0)
      << "its own results may be written again";
  const std::string before = desk.read("out/series.csv");
  const Spoken refused = desk.run("run conditioning --out out --steps 11 --quiet");
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, HasSubstr("--force"));
  EXPECT_EQ(desk.read("out/series.csv"), before);
  EXPECT_EQ(desk.run("run conditioning --out out --steps 11 --quiet --force").status, 0);
  EXPECT_THAT(desk.read("out/series.csv"), HasSubstr(",11,loss,"));
}

TEST(CliRun, UnwritableDirectoriesAreFileTrouble) {
  const Desk desk;
  desk.write("file", "in the way");
  for (const char* out : {"file", "file/below", "/proc/nothing"}) {
    const Spoken said = desk.run(std::string("run conditioning --steps 5 --out ") + out);
    EXPECT_EQ(said.status, 3) << out << "\n" << said.err;
    EXPECT_THAT(said.err, HasSubstr(out)) << out;
  }
  EXPECT_EQ(desk.read("file"), "in the way");
}

TEST(CliRun, MissingFilesAreFileTrouble) {
  const Desk desk;
  const Spoken said = desk.run("run nothing.kappa.json");
  EXPECT_EQ(said.status, 3);
  EXPECT_THAT(said.err, HasSubstr("nothing.kappa.json"));
}

TEST(CliRun, EveryRunDivergedIsFour) {
  const Desk desk;
  const Spoken said = desk.run(
      R"(run learning_rate_edge --out out --set '/runs=[{"label": "far", "optimizer": {"type": "gradient_descent", "learning_rate": 50}}]' --set '/claims=[]')");
  EXPECT_EQ(said.status, 4) << said.err;
  EXPECT_THAT(desk.read("out/summary.json"), HasSubstr("\"diverged\""));
  EXPECT_EQ(desk.run("run learning_rate_edge --out some --set /runs/3/optimizer/learning_rate=50").status, 0)
      << "one of four";
}

TEST(CliRun, ThumbnailIsAPictureWithItsDocument) {
  const Desk desk;
  ASSERT_EQ(desk.run("run conditioning --out out --quiet --steps 10 --thumbnail pic.svg").status, 0);
  const std::string svg = desk.read("pic.svg");
  EXPECT_THAT(svg, HasSubstr("<svg"));
  EXPECT_THAT(svg, HasSubstr("<metadata"));
  EXPECT_THAT(svg, Not(HasSubstr("<text")));
}

TEST(CliRun, QuietSaysNothingAndNoColourLeavesAPipe) {
  const Desk desk;
  const Spoken quiet = desk.run("run conditioning --out quiet --quiet");
  EXPECT_THAT(quiet.out, IsEmpty());
  EXPECT_THAT(quiet.err, IsEmpty());
  const Spoken piped = desk.run("run conditioning --out piped");
  EXPECT_THAT(piped.out, HasSubstr("holds"));
  EXPECT_THAT(piped.out + piped.err, Not(HasSubstr("\033")));
}

TEST(CliRun, ATerminalGetsColourUnlessItDeclines) {
  const Desk desk;
  const auto on_terminal = [&](const std::string& environment) {
    return desk.shell("script -qec \"" + environment + " $CLI check conditioning\" /dev/null < /dev/null").output;
  };
  EXPECT_THAT(on_terminal(""), HasSubstr("\033[32mholds"));
  EXPECT_THAT(on_terminal("env NO_COLOR=1"), Not(HasSubstr("\033[32m")));
}

}  // namespace
}  // namespace kappa
