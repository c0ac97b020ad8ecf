/// Orders: every epoch a permutation, the last batch short, and nothing but seed, stream and step decides.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "core/kinds/order.hpp"

namespace kappa::orders {
Method with_replacement();
Method random_reshuffling();
Method shuffle_once();
Method incremental();
}  // namespace kappa::orders

namespace kappa {
namespace {

using Rows = std::vector<std::uint32_t>;

struct Drawn {
  explicit Drawn(const Method& method) : model(std::get<Maker<OrderModel>>(method.make)(Node{Kind::order, "", {}})) {}
  Rows at(std::uint64_t t, std::uint64_t rows, std::uint64_t batch, std::uint64_t seed = 1,
          std::string_view stream = "batch") {
    Rows out;
    model->rows(state, {t, rows, batch, seed, stream}, out);
    return out;
  }
  Rows epoch(std::uint64_t e, std::uint64_t rows, std::uint64_t batch) {
    const std::uint64_t steps = (rows + batch - 1) / batch;
    Rows all;
    for (std::uint64_t k = 0; k < steps; ++k) {
      const Rows some = at(e * steps + k, rows, batch);
      EXPECT_EQ(some.size(), k + 1 < steps || rows % batch == 0 ? batch : rows % batch);
      all.insert(all.end(), some.begin(), some.end());
    }
    return all;
  }
  std::shared_ptr<const OrderModel> model;
  OrderState state;
};

Rows counted(std::uint32_t n) {
  Rows rows(n);
  std::iota(rows.begin(), rows.end(), 0u);
  return rows;
}
Rows sorted(Rows rows) {
  std::sort(rows.begin(), rows.end());
  return rows;
}

TEST(Orders, EveryEpochSeesEveryRowOnce) {
  for (const Method& method : {orders::random_reshuffling(), orders::shuffle_once(), orders::incremental()})
    for (const auto& [rows, batch] :
         {std::pair<std::uint32_t, std::uint32_t>{10, 3}, {12, 4}, {7, 7}, {5, 1}, {1, 1}}) {
      Drawn order(method);
      for (std::uint64_t e = 0; e < 4; ++e) EXPECT_EQ(sorted(order.epoch(e, rows, batch)), counted(rows));
    }
}

TEST(Orders, ReshufflingDiffersFromEpochToEpochTheOthersDoNot) {
  Drawn fresh(orders::random_reshuffling()), once(orders::shuffle_once()), plain(orders::incremental());
  EXPECT_NE(fresh.epoch(0, 30, 4), fresh.epoch(1, 30, 4));
  EXPECT_EQ(once.epoch(0, 30, 4), once.epoch(5, 30, 4));
  EXPECT_NE(once.epoch(0, 30, 4), counted(30));
  EXPECT_EQ(plain.epoch(3, 30, 4), counted(30));
}

TEST(Orders, TheStateIsOnlyAMemory) {
  for (const Method& method :
       {orders::with_replacement(), orders::random_reshuffling(), orders::shuffle_once(), orders::incremental()}) {
    Drawn running(method);
    for (std::uint64_t t = 0; t < 40; ++t) EXPECT_EQ(running.at(t, 10, 3), Drawn(method).at(t, 10, 3)) << t;
    EXPECT_EQ(running.at(2, 10, 3), Drawn(method).at(2, 10, 3));  // backwards
    EXPECT_EQ(running.at(2, 25, 6), Drawn(method).at(2, 25, 6));  // other data
  }
}

TEST(Orders, SeedAndStreamNameTheSample) {
  for (const Method& method : {orders::with_replacement(), orders::random_reshuffling(), orders::shuffle_once()}) {
    Drawn order(method);
    const Rows batch = order.at(5, 1000, 50);
    EXPECT_NE(batch, order.at(5, 1000, 50, 2));
    EXPECT_NE(batch, order.at(5, 1000, 50, 1, "other"));
    EXPECT_EQ(batch, order.at(5, 1000, 50));
    EXPECT_NE(batch, order.at(6, 1000, 50));
  }
}

TEST(Orders, WithReplacementIsUniformAndRepeats) {
  Drawn order(orders::with_replacement());
  std::vector<double> seen(10, 0.0);
  bool repeated = false;
  for (std::uint64_t t = 0; t < 5000; ++t) {
    const Rows rows = order.at(t, 10, 4);
    ASSERT_EQ(rows.size(), 4u);
    for (const std::uint32_t row : rows) {
      ASSERT_LT(row, 10u);
      seen[row] += 1;
    }
    const Rows in_order = sorted(rows);
    repeated = repeated || std::adjacent_find(in_order.begin(), in_order.end()) != in_order.end();
  }
  EXPECT_TRUE(repeated);
  for (const double count : seen) EXPECT_NEAR(count, 2000, 200);
}

TEST(Orders, ShufflesAreUniform) {
  Drawn order(orders::random_reshuffling());
  int first[3] = {};
  for (std::uint64_t e = 0; e < 6000; ++e) ++first[order.at(3 * e, 3, 1)[0]];
  for (const int count : first) EXPECT_NEAR(count, 2000, 200);
}

}  // namespace
}  // namespace kappa
