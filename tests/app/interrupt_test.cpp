/// Interrupted and killed runs: what was recorded is kept, and the next run says what it finds.
#include <gmock/gmock.h>

#include "tests/support/program.hpp"

namespace kappa {
namespace {

using test::Desk;
using test::Spoken;
using ::testing::HasSubstr;

/// Starts the endless run, waits until rows are on disk, sends the signal, and prints the exit status.
std::string signalled(const char* signal) {
  return std::string(
             "timeout 120 $CLI run endless.kappa.json --out out --quiet & runner=$!\n"
             "for i in $(seq 300); do [ \"$(cat out/partial/* 2>/dev/null | wc -c)\" -gt 200 ] && break; sleep 0.1; "
             "done\n"
             "child=$(pgrep -P $runner)\nkill -") +
         signal + " $child; wait $runner; echo status $?";
}

class CliInterrupt : public ::testing::Test {
 protected:
  void SetUp() override { desk.write("endless.kappa.json", test::endless_document()); }
  Desk desk;
};

TEST_F(CliInterrupt, KeepsWhatWasRecorded) {
  for (const char* signal : {"INT", "TERM"}) {
    const auto said = desk.shell("rm -rf out\n" + signalled(signal));
    EXPECT_THAT(said.output, HasSubstr("status 130")) << signal;
    EXPECT_FALSE(desk.has("out/partial")) << signal;
    const std::string series = desk.read("out/series.csv");
    EXPECT_THAT(series, HasSubstr("GD,0,0,loss,")) << signal;
    ASSERT_FALSE(series.empty());
    EXPECT_EQ(series.back(), '\n') << signal;
    EXPECT_THAT(desk.read("out/summary.json"), HasSubstr("\"interrupted\"")) << signal;
    EXPECT_TRUE(desk.has("out/parameters.csv")) << signal;
  }
}

TEST_F(CliInterrupt, AKilledRunLeavesItsPartsAndTheNextRunSaysSo) {
  const auto said = desk.shell(signalled("KILL"));
  EXPECT_THAT(said.output, HasSubstr("status 137"));
  EXPECT_TRUE(desk.has("out/partial"));
  EXPECT_TRUE(desk.has("out/experiment.kappa.json"));
  EXPECT_FALSE(desk.has("out/summary.json"));
  const auto rows = desk.shell("cat out/partial/* | grep -c loss");
  EXPECT_GT(std::stoi(rows.output), 0) << "rows are flushed while it runs";
  const Spoken refused = desk.run("run endless.kappa.json --out out --quiet");
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, HasSubstr("--force"));
  EXPECT_TRUE(desk.has("out/partial")) << "nothing is lost by asking";
  desk.write("endless.kappa.json", test::small_document());
  EXPECT_EQ(desk.run("run endless.kappa.json --out out --quiet --force").status, 0);
  EXPECT_FALSE(desk.has("out/partial"));
  EXPECT_TRUE(desk.has("out/summary.json"));
}

TEST_F(CliInterrupt, CheckIsInterruptedToo) {
  const auto said = desk.shell(
      "timeout 120 $CLI check endless.kappa.json & runner=$!\nsleep 1\nkill -INT $(pgrep -P $runner); wait $runner; "
      "echo status $?");
  EXPECT_THAT(said.output, HasSubstr("status 130"));
}

}  // namespace
}  // namespace kappa
