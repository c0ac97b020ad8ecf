/// What every regression may choose of its data, and the data themselves: generated with a chosen spectrum, or read.
#pragma once

#include <armadillo>
#include <cstdint>
#include <string>

#include "core/base/rng.hpp"
#include "core/kinds/param.hpp"
#include "core/random/eigenvalues.hpp"

namespace kappa {

enum class TruthShape : std::uint8_t { dense, sparse, powerlaw };

/// Members of a regression problem; `regression_fields` makes them its fields.
struct RegressionSettings {
  std::int64_t samples = 200;
  std::int64_t features = 50;
  double condition_number = 10;
  SpectrumShape spectrum = SpectrumShape::geometric;
  double spectrum_alpha = 1;
  double spectrum_fraction = 0.5;
  std::int64_t spectrum_count = 1;
  bool exact_spectrum = false;
  bool rotate = false;
  TruthShape truth = TruthShape::dense;
  std::int64_t truth_sparsity = 5;
  double truth_alpha = 1;
  double truth_norm = 1;
  double noise = 0.1;
  std::int64_t test_samples = 0;
  DataFile data_file;

  arma::vec eigenvalues() const;  ///< of the generator's covariance, descending
  double footprint() const;       ///< bytes that making the data asks for
};

/// One sample per column, so that a sample and a batch lie in one piece of memory.
struct RegressionData {
  arma::mat samples;  ///< d x n, the transpose of X
  arma::vec y;
  arma::vec truth;         ///< empty for a user's own data
  arma::mat test_samples;  ///< fresh data of the same law, empty unless asked for
  arma::vec test_y;

  arma::uword rows() const { return samples.n_cols; }
  arma::uword features() const { return samples.n_rows; }
};

/// y = X w + noise. Design, truth, noise and test data have streams of their own.
RegressionData regression_data(const RegressionSettings& settings, const Rng& rng);

/// Labels +-1 with P(y = 1) = 1/(1 + exp(-x.w)); `noise` is the probability that one is then flipped. A user's own
/// labels are -1 and 1, or 0 and 1.
RegressionData classification_data(const RegressionSettings& settings, const Rng& rng);

/// Fields of a spectrum for any problem that has these five members.
template <class P>
Params<P> spectrum_fields() {
  const auto under = [](std::vector<std::string> shapes) { return Extra{.when = When{"spectrum", std::move(shapes)}}; };
  const auto shape = static_cast<SpectrumShape P::*>(&P::spectrum);
  return {{&P::condition_number, "condition_number", "κ",
           Range{.lo = 1, .hi = 1e16, .log = true, .slider_lo = 1, .slider_hi = 1e6},
           "largest over smallest eigenvalue of the spectrum", under({"geometric", "linear", "twocluster", "spiked"})},
          {shape, "spectrum", "", choices({"isotropic", "geometric", "linear", "powerlaw", "twocluster", "spiked"}),
           "how the eigenvalues fall from 1"},
          {&P::spectrum_alpha, "spectrum_alpha", "α", range(0, 20), "eigenvalue i is i^(-α)", under({"powerlaw"})},
          {&P::spectrum_fraction, "spectrum_fraction", "", Range{.lo = 0, .hi = 1, .open_lo = true, .open_hi = true},
           "share of eigenvalues at 1, the others at 1/κ", under({"twocluster"})},
          {&P::spectrum_count, "spectrum_count", "k", count(1, 100'000), "eigenvalues at 1, the others at 1/κ",
           under({"spiked"})}};
}

/// All fields of a regression's data; `noise` differs between regression and classification.
template <class P>
Params<P> regression_fields(Domain noise, std::string noise_help) {
  const auto truth = static_cast<TruthShape P::*>(&P::truth);
  Params<P> fields = {{&P::samples, "samples", "n", count(1, 10'000'000, true), "rows of X"},
                      {&P::features, "features", "d", count(1, 100'000, true), "columns of X"}};
  for (Param<P>& field : spectrum_fields<P>()) fields.push_back(std::move(field));
  const Params<P> rest = {
      {&P::exact_spectrum, "exact_spectrum", "", Flag{}, "make X'X/n the chosen covariance exactly, for n ≥ d"},
      {&P::rotate, "rotate", "", Flag{}, "turn the eigenvectors off the axes by a random rotation"},
      {truth, "truth", "w*", choices({"dense", "sparse", "powerlaw"}), "the weights that y is made from"},
      {&P::truth_sparsity,
       "truth_sparsity",
       "k",
       count(1, 100'000),
       "how many weights are not zero",
       {.when = When{"truth", {"sparse"}}}},
      {&P::truth_alpha,
       "truth_alpha",
       "α",
       range(0, 20),
       "weight i is ± i^(-α)",
       {.when = When{"truth", {"powerlaw"}}}},
      {&P::truth_norm, "truth_norm", "‖w*‖", from_zero(1e-3, 1e3), "length of the true weights"},
      {&P::noise, "noise", "σ", std::move(noise), std::move(noise_help)},
      {&P::test_samples, "test_samples", "", count(0, 10'000'000), "fresh rows for the test loss; 0: none"},
      {&P::data_file, "data", "", DataSource{},
       "your own data in place of all settings above: a .csv or .npy file, and its target column"}};
  fields.insert(fields.end(), rest.begin(), rest.end());
  return fields;
}

}  // namespace kappa
