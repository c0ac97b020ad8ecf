/// The trace finds what was recorded under its names, from any thread, and its view answers by labels.
#include "core/trace/trace.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "tests/support/sabotage.hpp"

namespace kappa {
namespace {

ChannelKey key(ChannelKind kind, std::uint32_t run, std::uint32_t repeat, std::string name) {
  return {kind, run, repeat, std::move(name), {}, {}};
}

TEST(Trace, OpensRunsAndChannelsOnce) {
  Trace trace;
  EXPECT_EQ(trace.open_run("GD", 2), 0u);
  EXPECT_EQ(trace.open_run("Adam", 1), 1u);
  EXPECT_EQ(trace.open_run("GD", 3), 0u);
  ASSERT_EQ(trace.runs().size(), 2u);
  EXPECT_EQ(trace.runs()[0].repeats, 3u);
  EXPECT_EQ(trace.find_run("Adam"), 1u);
  EXPECT_FALSE(trace.find_run("adam"));
  const ChannelKey loss = key(ChannelKind::series, 0, 0, "loss"), other = key(ChannelKind::series, 0, 1, "loss");
  EXPECT_EQ(trace.open_channel(loss), 0u);
  EXPECT_EQ(trace.open_channel(other), 1u);
  EXPECT_EQ(trace.open_channel(loss), 0u);
  EXPECT_EQ(trace.channels(), (std::vector{loss, other}));
  EXPECT_EQ(trace.key(1), other);
  EXPECT_EQ(trace.series(0, 0, "batch_loss"), nullptr);
  ASSERT_NE(trace.series(0, 0, "loss"), nullptr);
  EXPECT_EQ(trace.series(0, 0, "loss")->size(), 0u);
}

TEST(Trace, SpectraOfAnyWidth) {
  Trace trace;
  const auto channel = trace.open_channel(key(ChannelKind::spectrum, 0, 0, "singular_values:w"));
  std::uint32_t width = 1;
  for (std::uint64_t step = 0; step < 900; step += 10, width = 1 + (width * 7 + 3) % 40)
    for (std::uint32_t i = 1; i <= width; ++i) trace.append({channel, i, step, static_cast<double>(step + i)});
  const SpectrumColumn* column = trace.spectrum(0, 0, "singular_values:w");
  ASSERT_NE(column, nullptr);
  ASSERT_EQ(column->size(), 90u);
  width = 1;
  for (std::uint64_t i = 0; i < 90; ++i, width = 1 + (width * 7 + 3) % 40) {
    ASSERT_EQ(column->step(i), 10 * i);
    const auto values = column->values(i);
    ASSERT_EQ(values.size(), width);
    for (std::uint32_t k = 0; k < width; ++k) ASSERT_EQ(values[k], static_cast<double>(10 * i + k + 1));
  }
  EXPECT_EQ(column->lower_bound(0), 0u);
  EXPECT_EQ(column->lower_bound(11), 2u);
  EXPECT_EQ(column->lower_bound(891), 90u);
}

TEST(Trace, ASpectrumAgainAtTheSameStepIsAnotherOne) {
  Trace trace;
  const auto channel = trace.open_channel(key(ChannelKind::spectrum, 0, 0, "s"));
  for (int twice = 0; twice < 2; ++twice)
    for (std::uint32_t i = 1; i <= 2; ++i) trace.append({channel, i, 4, 10.0 * twice + i});
  ASSERT_EQ(trace.spectrum(0, 0, "s")->size(), 2u);
  EXPECT_EQ(trace.spectrum(0, 0, "s")->values(1), (std::vector<double>{11, 12}));
}

TEST(Trace, SmallTables) {
  Trace trace;
  const auto curve = trace.open_channel(key(ChannelKind::curve, 0, 0, "risk"));
  const double x[] = {1, 2}, y[] = {3, 4};
  trace.append_curve(curve, x, y);
  trace.append_curve(curve, std::span(x).first(1), std::span(y).last(1));
  EXPECT_EQ(trace.curve(0, 0, "risk").x, (std::vector<double>{1, 2, 1}));
  EXPECT_EQ(trace.curve(0, 0, "risk").y, (std::vector<double>{3, 4, 4}));
  const auto field = trace.open_channel(key(ChannelKind::field, 0, 0, "path"));
  const FieldCell cells[] = {{7, 1, 2, 0.5, 0.25, 9}};
  trace.append_field(field, cells);
  ASSERT_EQ(trace.field(0, 0, "path").size(), 1u);
  EXPECT_EQ(trace.field(0, 0, "path")[0].value, 9);
  const auto cost = trace.open_channel(key(ChannelKind::cost, 0, 1, ""));
  trace.append_cost(cost, 5, {1, 2, 3, 4});
  ASSERT_EQ(trace.cost(0, 1).size(), 1u);
  EXPECT_EQ(trace.cost(0, 1)[0].samples, 4u);
  EXPECT_TRUE(trace.cost(0, 0).empty());
  EXPECT_TRUE(trace.cost(1, 0).empty());
  for (std::uint32_t repeat = 0; repeat < 2; ++repeat)
    trace.append_curve(trace.open_channel({ChannelKind::theory, 0, repeat, "loss", "rate", TheoryKind::bound}), x, y);
  trace.append_curve(trace.open_channel({ChannelKind::theory, 0, 0, "risk", "limit", TheoryKind::exact}), x, y);
  trace.append_curve(trace.open_channel({ChannelKind::theory, 1, 0, "loss", "rate", TheoryKind::bound}), x, y);
  ASSERT_EQ(trace.theory(0, "loss").size(), 2u);
  EXPECT_EQ(trace.theory(0, "loss")[1].key.repeat, 1u);
  EXPECT_EQ(trace.theory(0, "risk")[0].key.curve, "limit");
}

TEST(Trace, TheVersionGrowsWithWhatIsRecorded) {
  Trace trace;
  auto last = trace.version();
  const auto grew = [&] { return std::exchange(last, trace.version()) < trace.version(); };
  trace.open_run("GD", 1);
  EXPECT_TRUE(grew());
  const auto loss = trace.open_channel(key(ChannelKind::series, 0, 0, "loss"));
  EXPECT_TRUE(grew());
  trace.append({loss, 0, 0, 1.0});
  EXPECT_TRUE(grew());
  trace.runs();
  EXPECT_FALSE(grew());
}

TEST(Trace, APointOfALongSeriesCostsFewBytes) {
  Trace trace;
  const auto loss = trace.open_channel(key(ChannelKind::series, 0, 0, "loss"));
  const std::uint64_t n = 1'000'000;
  for (std::uint64_t i = 0; i < n; ++i) trace.append({loss, 0, i, 1.0});
  EXPECT_LT(trace.bytes(), 10 * n);  // the pyramid adds about one more
}

TEST(Trace, ManyChannelsUnderASmallBudgetKeepEveryValue) {
  Trace trace(std::uint64_t{256} << 10);
  std::vector<std::uint32_t> channels;
  for (std::uint32_t c = 0; c < 20; ++c)
    channels.push_back(trace.open_channel(key(ChannelKind::series, c % 4, c / 4, "loss")));
  for (std::uint64_t i = 0; i < 20'000; ++i)
    for (std::uint32_t c = 0; c < 20; ++c) trace.append({channels[c], 0, i, static_cast<double>(i * 100 + c)});
  // What is full has left; each series keeps the chunk it is filling.
  EXPECT_LE(trace.bytes(), 20 * 16384 * 8u);
  for (std::uint32_t c = 0; c < 20; ++c) {
    const Column* column = trace.series(c % 4, c / 4, "loss");
    ASSERT_EQ(column->size(), 20'000u);
    for (std::uint64_t i = 0; i < 20'000; ++i) ASSERT_EQ(column->value(i), static_cast<double>(i * 100 + c));
  }
}

TEST(Trace, ReadersAndOpenersMayBeBusyWhileTheRecorderAppends) {
  Trace trace(64 << 10);
  const auto loss = trace.open_channel(key(ChannelKind::series, 0, 0, "loss"));
  const auto values = trace.open_channel(key(ChannelKind::spectrum, 0, 0, "s"));
  const std::uint64_t n = 60'000;
  std::jthread recorder([&] {
    for (std::uint64_t t = 0; t < n; ++t) {
      trace.append({loss, 0, t, static_cast<double>(t)});
      for (std::uint32_t i = 1; i <= 3; ++i) trace.append({values, i, t, static_cast<double>(3 * t + i)});
    }
  });
  std::jthread opener([&] {
    for (std::uint32_t i = 0; i < 300; ++i) {
      trace.open_run("run " + std::to_string(i), 1);
      trace.open_channel(key(ChannelKind::series, i, 0, "loss"));
    }
  });
  const Column* column = trace.series(0, 0, "loss");
  const SpectrumColumn* spectrum = trace.spectrum(0, 0, "s");
  std::uint64_t wrong = 0, version = 0;
  while (column->size() < n || spectrum->size() < n) {
    wrong += trace.version() < version;
    version = trace.version();
    if (const auto size = column->size()) wrong += column->extent(0, size).hi != static_cast<double>(size - 1);
    if (const auto size = spectrum->size()) {
      const auto newest = spectrum->values(size - 1);
      wrong += newest.empty() || newest.size() > 3 || newest[0] != static_cast<double>(3 * size - 2);
      if (size > 1) wrong += spectrum->values(size - 2).size() != 3;
    }
    wrong += trace.runs().size() > 300;
    trace.channels();
  }
  EXPECT_EQ(wrong, 0u);
}

/// Two runs, two repeats, a loss that falls, a curve, a spectrum and a theory.
void record_example(Trace& trace) {
  for (const char* label : {"GD", "Adam"}) {
    const auto run = trace.open_run(label, 2);
    for (std::uint32_t repeat = 0; repeat < 2; ++repeat) {
      const auto loss = trace.open_channel(key(ChannelKind::series, run, repeat, "loss"));
      const auto values = trace.open_channel(key(ChannelKind::spectrum, run, repeat, "s"));
      for (std::uint64_t t = 0; t <= 4; ++t) {
        trace.append({loss, 0, t, 8.0 / static_cast<double>(1 + t + 10 * run + repeat)});
        if (t % 2 == 0)
          for (std::uint32_t i = 1; i <= 2; ++i) trace.append({values, i, t, static_cast<double>(t + 3 - i)});
      }
      const double x[] = {0.5, 2}, y[] = {1.0 + run, 2};
      trace.append_curve(trace.open_channel(key(ChannelKind::curve, run, repeat, "risk")), x, y);
    }
    const double x[] = {0, 4}, y[] = {8, 1};
    trace.append_curve(trace.open_channel({ChannelKind::theory, run, 0, "loss", "rate", TheoryKind::bound}), x, y);
  }
}

TEST(TraceView, AnswersByLabels) {
  Trace trace;
  record_example(trace);
  const auto view = view_of(trace);
  EXPECT_EQ(view->runs(), (std::vector<std::string>{"GD", "Adam"}));
  EXPECT_EQ(view->repeats(), 2u);
  ASSERT_TRUE(view->series("Adam", 1, "loss"));
  EXPECT_EQ(view->series("Adam", 1, "loss")->step, (std::vector<std::uint64_t>{0, 1, 2, 3, 4}));
  EXPECT_EQ(view->series("Adam", 1, "loss")->value[0], 8.0 / 12);
  EXPECT_FALSE(view->series("Adam", 2, "loss"));
  EXPECT_FALSE(view->series("SGD", 0, "loss"));
  EXPECT_EQ(view->curve("Adam", 0, "risk")->y, (std::vector<double>{2, 2}));
  EXPECT_FALSE(view->curve("Adam", 0, "bias"));
  EXPECT_EQ(*view->spectrum("GD", 0, "s", 3), (std::vector<double>{4, 3}));
  EXPECT_EQ(*view->spectrum("GD", 0, "s", UINT64_MAX), (std::vector<double>{6, 5}));
  EXPECT_FALSE(view->spectrum("GD", 0, "t", 3));
  ASSERT_EQ(view->theory("GD", 0, "loss").size(), 1u);
  EXPECT_EQ(view->theory("GD", 0, "loss")[0].curve, "rate");
  EXPECT_TRUE(view->theory("GD", 1, "loss").empty());
}

TEST(SabotagedView, LiesAsAsked) {
  Trace trace;
  record_example(trace);
  const auto view = view_of(trace);
  const test::SabotagedView swapped(*view, test::Lie::swap_runs), restarted(*view, test::Lie::end_is_start),
      grown(*view, test::Lie::times_step);
  EXPECT_EQ(swapped.runs(), view->runs());
  EXPECT_EQ(swapped.series("GD", 0, "loss")->value, view->series("Adam", 0, "loss")->value);
  EXPECT_EQ(swapped.series("Adam", 0, "loss")->value, view->series("GD", 0, "loss")->value);
  EXPECT_EQ(restarted.series("GD", 0, "loss")->value, (std::vector<double>{8, 4, 8, 8, 8}));
  EXPECT_EQ(*restarted.spectrum("GD", 0, "s", 4), (std::vector<double>{2, 1}));
  EXPECT_EQ(grown.series("GD", 0, "loss")->value[4], 4 * view->series("GD", 0, "loss")->value[4]);
  EXPECT_EQ(grown.curve("GD", 0, "risk")->y, (std::vector<double>{0, 2}));
}

}  // namespace
}  // namespace kappa
