/// Costs come back as they went in, however evenly they grow, and even growth takes no room.
#include "core/trace/cost_column.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kappa {
namespace {

void expect_row(const Trace::Cost& got, const Trace::Cost& want) {
  EXPECT_EQ(got.step, want.step);
  EXPECT_EQ(got.gradients, want.gradients);
  EXPECT_EQ(got.losses, want.losses);
  EXPECT_EQ(got.hessian_products, want.hessian_products);
  EXPECT_EQ(got.samples, want.samples);
  EXPECT_NEAR(got.effort.epochs, want.effort.epochs, 1e-12 * std::max(1.0, want.effort.epochs));
  EXPECT_EQ(got.effort.seconds, want.effort.seconds);
}

RC_GTEST_PROP(CostColumn, GivesBackWhatItTook, ()) {
  ChunkStore store(std::uint64_t{1} << 24, "");
  CostColumn column(store);
  std::vector<Trace::Cost> rows;
  Trace::Cost now{*rc::gen::inRange<std::uint64_t>(0, 5), 0, 0, 0, 0};
  for (const int jump :
       *rc::gen::container<std::vector<int>>(rc::gen::weightedElement<int>({{8, 0}, {1, 1}, {1, 2}}))) {
    rows.push_back(now);
    column.append(now);
    now.step += 1 + static_cast<std::uint64_t>(jump);
    now.gradients += jump == 1 ? 7 : 1;
    now.losses += static_cast<std::uint64_t>(jump);
    now.hessian_products += jump == 2 ? 3 : 0;
    now.samples += 32;
    now.effort = {static_cast<double>(now.samples) / 1000, now.effort.seconds + 0.1 * (1 + jump)};
  }
  RC_ASSERT(column.size() == rows.size());
  EXPECT_FALSE(rows.empty() ? column.at(~std::uint64_t{0}).has_value() : false);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    expect_row(column.row(i), rows[i]);
    expect_row(*column.at(rows[i].step), rows[i]);
    const std::uint64_t next = i + 1 < rows.size() ? rows[i + 1].step : rows[i].step + 10;
    expect_row(*column.at(next - 1), rows[i]);
  }
  if (!rows.empty() && rows[0].step > 0) {
    EXPECT_FALSE(column.at(rows[0].step - 1));
  }
}

TEST(CostColumn, EvenGrowthTakesTheRoomOfItsSeconds) {
  ChunkStore store(std::uint64_t{1} << 30, "");
  CostColumn column(store);
  constexpr std::uint64_t n = 1'000'000;
  for (std::uint64_t i = 0; i < n; ++i)
    column.append({i, i, 0, 0, 100 * i, {static_cast<double>(100 * i) / 3000, 1e-6 * static_cast<double>(i)}});
  EXPECT_LT(store.resident(), 12 * n);
  expect_row(column.row(n - 1), {n - 1,
                                 n - 1,
                                 0,
                                 0,
                                 100 * (n - 1),
                                 {static_cast<double>(100 * (n - 1)) / 3000, 1e-6 * static_cast<double>(n - 1)}});
}

}  // namespace
}  // namespace kappa
