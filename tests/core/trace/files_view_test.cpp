/// What was written to a results directory reads back as the same view.
#include "core/trace/files_view.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/trace/csv.hpp"
#include "core/trace/disk.hpp"
#include "core/trace/part_files.hpp"
#include "tests/support/columns.hpp"
#include "tests/support/scratch.hpp"

namespace kappa {
namespace {

using test::ScratchDirectory;

std::unique_ptr<TraceView> view_in(const std::string& directory) {
  auto view = read_view(directory);
  if (const Issues* issues = issues_of(view)) {
    ADD_FAILURE() << to_string(issues->front());
    return nullptr;
  }
  return std::get<std::unique_ptr<TraceView>>(std::move(view));
}

/// Records the same values into a trace and into part files.
void record(Trace& trace, PartFiles& parts) {
  const std::vector<std::string> labels{"GD", "step \"large\", unsafe"};
  for (std::uint32_t run = 0; run < 2; ++run)
    for (std::uint32_t repeat = 0; repeat < 2; ++repeat) {
      const RowOf of{labels[run], repeat};
      trace.open_run(labels[run], 2);
      const auto loss = trace.open_channel({ChannelKind::series, run, repeat, "loss", {}, {}});
      const auto values = trace.open_channel({ChannelKind::spectrum, run, repeat, "s", {}, {}});
      for (std::uint64_t t = 0; t < 50; ++t) {
        const double y = run == 1 && t > 40    ? std::nan("")
                         : run == 1 && t == 40 ? HUGE_VAL
                                               : std::exp(-0.3 * double(t));
        trace.append({loss, 0, t, y});
        append_series_row(parts.rows(Table::series, run, repeat), of, t, "loss", y);
        for (std::uint32_t i = 1; t % 10 == 0 && i <= 3; ++i) {
          trace.append({values, i, t, y / i});
          append_spectrum_row(parts.rows(Table::spectra, run, repeat), of, t, "s", i, y / i);
        }
      }
      const double x[] = {0.5, 1.0 / 3}, y[] = {1e-12, 7.0 + repeat};
      trace.append_curve(trace.open_channel({ChannelKind::curve, run, repeat, "risk", {}, {}}), x, y);
      trace.append_curve(trace.open_channel({ChannelKind::theory, run, repeat, "loss", "rate", TheoryKind::guide}), x,
                         y);
      for (int i = 0; i < 2; ++i) {
        append_curve_row(parts.rows(Table::curves, run, repeat), of, "risk", x[i], y[i]);
        append_theory_row(parts.rows(Table::theory, run, repeat), of, "loss", "rate", TheoryKind::guide, x[i], y[i]);
      }
    }
}

TEST(FilesView, IsTheViewOfTheTraceThatWroteIt) {
  const ScratchDirectory scratch;
  Trace trace;
  PartFiles parts(scratch.path());
  ASSERT_FALSE(parts.start());
  record(trace, parts);
  ASSERT_FALSE(parts.join());
  const auto live = view_of(trace), read = view_in(scratch.path());
  ASSERT_TRUE(read);
  ASSERT_EQ(read->runs(), live->runs());
  ASSERT_EQ(read->repeats(), live->repeats());
  for (const std::string& run : live->runs())
    for (std::uint32_t repeat = 0; repeat < 2; ++repeat) {
      const auto a = live->series(run, repeat, "loss"), b = read->series(run, repeat, "loss");
      ASSERT_TRUE(a && b);
      EXPECT_EQ(a->step, b->step);
      ASSERT_EQ(a->value.size(), b->value.size());
      for (std::size_t i = 0; i < a->value.size(); ++i) EXPECT_TRUE(test::same(a->value[i], b->value[i])) << i;
      EXPECT_EQ(live->curve(run, repeat, "risk")->x, read->curve(run, repeat, "risk")->x);
      EXPECT_EQ(live->curve(run, repeat, "risk")->y, read->curve(run, repeat, "risk")->y);
      for (const std::uint64_t step : {0u, 9u, 10u, 35u}) {
        ASSERT_TRUE(read->spectrum(run, repeat, "s", step));
        EXPECT_EQ(*live->spectrum(run, repeat, "s", step), *read->spectrum(run, repeat, "s", step));
      }
      ASSERT_EQ(read->theory(run, repeat, "loss").size(), 1u);
      EXPECT_EQ(read->theory(run, repeat, "loss")[0].curve, "rate");
      EXPECT_EQ(read->theory(run, repeat, "loss")[0].kind, TheoryKind::guide);
      EXPECT_EQ(read->theory(run, repeat, "loss")[0].xy.y, live->theory(run, repeat, "loss")[0].xy.y);
    }
  EXPECT_FALSE(read->series("GD", 0, "batch_loss"));
  EXPECT_FALSE(read->series("SGD", 0, "loss"));
}

TEST(FilesView, LeavesOutARowThatAKillCutOff) {
  const ScratchDirectory scratch;
  ASSERT_FALSE(atomic_write(scratch / "series.csv", "run,repeat,step,series,value\nGD,0,0,loss,1\nGD,0,1,loss,0.12"));
  const auto view = view_in(scratch.path());
  ASSERT_TRUE(view);
  EXPECT_EQ(view->series("GD", 0, "loss")->value, (std::vector<double>{1}));
}

TEST(FilesView, NamesTheFileAndTheLineOfTrouble) {
  const ScratchDirectory scratch;
  const auto trouble = [&](const std::string& series) {
    EXPECT_FALSE(atomic_write(scratch / "series.csv", series));
    const auto view = read_view(scratch.path());
    const Issues* issues = issues_of(view);
    return issues ? issues->front().path : std::string();
  };
  EXPECT_EQ(trouble("run,repeat,step,series,value\nGD,0,0,loss,1\nGD,0,x,loss,1\n"), scratch / "series.csv:3");
  EXPECT_EQ(trouble("run,repeat,step,series,value\nGD,0,0,loss,1\n\nGD,0,1,loss,1\n"), scratch / "series.csv:3");
  EXPECT_EQ(trouble("run,repeat,step,series,value\nGD,0,0,loss,1,2\n"), scratch / "series.csv:2");
  EXPECT_EQ(trouble("a,b\n"), scratch / "series.csv:1");
  EXPECT_EQ(trouble(""), scratch / "series.csv:1");
  const auto nothing = read_view(scratch / "missing");
  ASSERT_NE(issues_of(nothing), nullptr);
  EXPECT_EQ(issues_of(nothing)->front().trouble, Trouble::file);
}

}  // namespace
}  // namespace kappa
