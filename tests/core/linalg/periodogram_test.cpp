/// The measured spectrum: white noise is flat at its variance, a tone stands at its frequency, power is conserved.
#include "core/linalg/periodogram.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "core/random/matrices.hpp"

namespace kappa {
namespace {

TEST(PowerSpectrum, WhiteNoiseHasPowerOneAtEveryFrequency) {
  const arma::vec power = power_spectrum(normal_matrix(Rng(1, "white"), 6, 16'384), 256);
  ASSERT_EQ(power.n_elem, 128u);
  EXPECT_NEAR(arma::mean(power.head(127)), 1, 0.02);
  EXPECT_LT(arma::abs(power - 1).max(), 0.3);
}

TEST(PowerSpectrum, AToneStandsAtItsFrequency) {
  arma::mat x(1, 2048);
  for (arma::uword t = 0; t < 2048; ++t) x(0, t) = std::cos(2 * arma::datum::pi * 20 * static_cast<double>(t) / 256);
  const arma::vec power = power_spectrum(x, 256);
  EXPECT_EQ(power.index_max(), 19u) << "frequencies are counted from one";
  EXPECT_LT(power[60], 1e-6 * power[19]);
  EXPECT_NEAR(2 * arma::accu(power) / 256, 0.5, 1e-6) << "half its squared height is its mean power";
}

TEST(PowerSpectrum, NeedsAWholeSegment) {
  EXPECT_TRUE(power_spectrum(arma::mat(2, 100, arma::fill::ones), 128).is_empty());
  EXPECT_TRUE(power_spectrum(arma::mat(0, 100), 16).is_empty());
}

}  // namespace
}  // namespace kappa
