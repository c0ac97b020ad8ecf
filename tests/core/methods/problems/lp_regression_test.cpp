/// Lp regression: its loss and subgradient row by row, heavy tails, unit rows, and its minimum.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/problem_check.hpp"

namespace kappa::problems {
Method chebyshev_regression();
Method lp_regression();
}  // namespace kappa::problems

namespace kappa {
namespace {

using namespace support;
using problems::chebyshev_regression;
using problems::lp_regression;

arma::mat named(const ProblemModel& p, const std::string& name) {
  for (const NamedMatrix& one : p.data())
    if (one.name == name) return one.value;
  return {};
}

TEST(LpRegression, IsTheMeanPowerOfItsResiduals) {
  for (const double power : {1.0, 1.5, 2.0, 3.0}) {
    const auto p = built(lp_regression(), {{"samples", std::int64_t{30}}, {"features", std::int64_t{4}}, {"p", power}});
    const arma::mat x = named(*p, "X");
    const arma::vec y = named(*p, "y");
    const Blocks at = somewhere(*p);
    for (const Rows& rows : {Rows{}, Rows{4, 4, 29}}) {
      Rows all = rows;
      for (std::uint32_t i = 0; rows.empty() && i < 30; ++i) all.push_back(i);
      double f = 0;
      arma::vec g(4, arma::fill::zeros);
      for (const std::uint32_t i : all) {
        const double r = arma::dot(x.row(i), at.flat()) - y[i];
        f += std::pow(std::abs(r), power) / power / static_cast<double>(all.size());
        g += (r > 0 ? 1 : -1) * std::pow(std::abs(r), power - 1) * x.row(i).t() / static_cast<double>(all.size());
      }
      const Slope slope = gradient_at(*p, at, rows);
      EXPECT_NEAR(slope.f, f, 1e-13 * (1 + f)) << power;
      EXPECT_NEAR(value_at(*p, at, rows), f, 1e-13 * (1 + f)) << power;
      EXPECT_LT(arma::norm(slope.g.flat() - g), 1e-13 * (1 + arma::norm(g))) << power;
    }
    EXPECT_LT(components_gap(*p, at), 1e-13);
    EXPECT_EQ(p->facts().smooth, power > 1);
    EXPECT_LT(*p->facts().minimum, value_at(*p, at));
  }
}

TEST(LpRegression, AResidualOfZeroPullsNowhere) {
  const auto p = built(lp_regression(), {{"noise", 0.0}, {"samples", std::int64_t{5}}, {"truth_norm", 0.0}});
  EXPECT_EQ(arma::norm(gradient_at(*p, start_of(*p)).g.flat()), 0);
  EXPECT_EQ(*p->facts().minimum, 0);
}

TEST(LpRegression, UnitRowsAndTailsKeepTheirDraws) {
  const Given plain = {{"noise", 0.0}, {"samples", std::int64_t{100}}, {"features", std::int64_t{25}}};
  Given unit = plain, heavy = plain;
  unit["unit_rows"] = true;
  heavy["noise"] = 0.3;
  heavy["noise_law"] = std::string("student");
  const auto a = built(lp_regression(), plain), b = built(lp_regression(), unit), c = built(lp_regression(), heavy);
  EXPECT_LT(arma::norm(named(*a, "X") / 5 - named(*b, "X"), "fro"), 1e-12);
  EXPECT_LT(arma::norm(named(*a, "y") / 5 - named(*b, "y")), 1e-12);
  EXPECT_LT(arma::norm(named(*a, "X") - named(*c, "X"), "fro"), 1e-12);
  const arma::vec noise = named(*c, "y") - named(*a, "y");
  // The quartiles of Student's law with two degrees of freedom are ± 0.8165.
  EXPECT_NEAR(arma::mean(arma::conv_to<arma::vec>::from(arma::abs(noise) < 0.3 * 0.8165)), 0.5, 0.15);
}

TEST(ChebyshevRegression, IsTheLargestResidualAndItsFirstRow) {
  for (const char* entries : {"uniform", "normal"}) {
    const auto p = built(chebyshev_regression(), {{"entries", std::string(entries)}, {"noise", 0.1}});
    const arma::mat x = named(*p, "X");
    const arma::vec y = named(*p, "y");
    if (std::string(entries) == "uniform") {
      EXPECT_LE(arma::abs(x).max(), 1);
    }
    for (std::uint64_t seed = 1; seed < 9; ++seed) {
      const Blocks at = somewhere(*p, 3, seed);
      const arma::vec r = x * at.flat() - y;
      const arma::uword worst = arma::index_max(arma::abs(r));
      const Slope slope = gradient_at(*p, at);
      EXPECT_DOUBLE_EQ(slope.f, arma::abs(r).max());
      EXPECT_LT(arma::norm(slope.g.flat() - (r[worst] > 0 ? 1 : -1) * x.row(worst).t()), 1e-14);
      EXPECT_GE(slope.f, *p->facts().minimum);
      const arma::vec way = p->facts().solution->flat() - at.flat();
      EXPECT_GE(*p->facts().minimum, slope.f + arma::dot(slope.g.flat(), way) - 1e-9) << "a subgradient lies below";
    }
  }
  const auto exact = built(chebyshev_regression());
  EXPECT_NEAR(arma::norm(exact->facts().truth->flat()), 5, 1e-12);
  EXPECT_LT(*exact->facts().minimum, 1e-12);
}

}  // namespace
}  // namespace kappa
