/// What every regression may choose of its data, and the data themselves: generated with a chosen spectrum, or read.
#pragma once

#include <armadillo>
#include <cstdint>
#include <string>

#include "core/base/rng.hpp"
#include "core/kinds/param.hpp"
#include "core/kinds/problem.hpp"
#include "core/random/classification.hpp"
#include "core/random/eigenvalues.hpp"

namespace kappa {

enum class DesignLaw : std::uint8_t { gaussian, two_class_mixture, block_collinear, generator };
enum class TruthShape : std::uint8_t { dense, sparse, powerlaw, adversarial, gaussian };
enum class NoiseLaw : std::uint8_t { gaussian, student, outlier };
enum class TestRisk : std::uint8_t { test_rows, population };
enum class LabelLaw : std::uint8_t { logistic, separable, overlapping };

/// Members of a regression problem; `regression_fields` makes them its fields.
struct RegressionSettings {
  std::int64_t samples = 200;
  std::int64_t features = 50;
  DesignLaw design = DesignLaw::gaussian;
  double mixture_distance = 4;
  std::int64_t block_size = 5;
  double block_correlation = 0.9;
  std::int64_t latent_dimension = 10;
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
  NoiseLaw noise_law = NoiseLaw::gaussian;
  double degrees_of_freedom = 3;
  double outlier_probability = 0.05;
  double outlier_scale = 10;
  std::int64_t test_samples = 0;
  double test_fraction = 0;
  TestRisk test_measure = TestRisk::test_rows;
  DataFile data_file;

  arma::vec eigenvalues() const;  ///< of the chosen spectrum, descending
  double footprint() const;       ///< bytes that making the data asks for
};

/// One sample per column, so that a sample and a batch lie in one piece of memory.
struct RegressionData {
  arma::mat samples;  ///< d x n, the transpose of X
  arma::vec y;
  arma::vec truth;         ///< empty for a user's own data
  arma::mat test_samples;  ///< held out, or fresh of the same law; empty unless asked for
  arma::vec test_y;
  Covariance covariance;  ///< of the law that the rows are drawn from, where it is known
  arma::mat sigma;        ///< the same as a matrix; empty unless the test loss is to be the population risk

  arma::uword rows() const { return samples.n_cols; }
  arma::uword features() const { return samples.n_rows; }
};

/// y = X w + noise. Design, truth, noise, test data and the split have streams of their own.
RegressionData regression_data(const RegressionSettings& settings, const Rng& rng);

inline bool has_test(const RegressionData& data) { return !data.test_y.is_empty() || !data.sigma.is_empty(); }

/// `noise` of the chosen law.
arma::vec regression_noise(const RegressionSettings& settings, const Rng& rng, arma::uword n);

/// Members of a problem with labels +-1.
struct LabelSettings : RegressionSettings {
  LabelLaw labels = LabelLaw::logistic;
  double margin = 0.1;
  Cloud cloud = Cloud::sphere;
  double separation = 1.5;
};

/// Labels +-1: of a logistic model, P(y = 1) = 1/(1 + exp(-x.w)); of the sides of a plane with a margin; or of two
/// Gaussians, whose truth are the weights of the best classifier. `noise` is the probability that one is then flipped.
/// A user's own labels are -1 and 1, or 0 and 1.
RegressionData classification_data(const LabelSettings& settings, const Rng& rng);

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

/// Fields of a design. The spectrum is that of a Gaussian one, or of either half of a mixture.
template <class P>
Params<P> design_fields() {
  const auto of = [](std::vector<std::string> laws) { return Extra{.when = When{"design", std::move(laws)}}; };
  const auto law = static_cast<DesignLaw P::*>(&P::design);
  Params<P> fields = {
      {law, "design", "", choices({"gaussian", "two_class_mixture", "block_collinear", "generator"}),
       "rows of X: one Gaussian; two of them at ±μ; columns that share factors in blocks; tanh(1.5 Az) + 0.1 e of few "
       "latent z"},
      {&P::mixture_distance, "mixture_distance", "‖μ‖", from_zero(1e-2, 100),
       "distance of either mean from the middle, along the first axis", of({"two_class_mixture"})},
      {&P::block_size, "block_size", "", count(1, 100'000, true), "columns that share a factor",
       of({"block_collinear"})},
      {&P::block_correlation, "block_correlation", "ρ", range(0, 1), "correlation of the columns of one block",
       of({"block_collinear"})},
      {&P::latent_dimension, "latent_dimension", "k", count(1, 100'000, true), "of z", of({"generator"})}};
  for (Param<P>& field : spectrum_fields<P>()) fields.push_back(std::move(field));
  fields.push_back({&P::exact_spectrum, "exact_spectrum", "", Flag{},
                    "make X'X/n the chosen covariance exactly, for n ≥ d; otherwise the data's condition number is "
                    "about ((1+√(d/n))/(1−√(d/n)))² times κ",
                    of({"gaussian"})});
  fields.push_back(
      {&P::rotate, "rotate", "", Flag{}, "turn the eigenvectors off the axes by a random rotation", of({"gaussian"})});
  for (Param<P>& field : fields)
    if (field.field.id == "spectrum")
      field.field.when = field.extra.when = When{"design", {"gaussian", "two_class_mixture"}};
  return fields;
}

/// What the noise of a real-valued regression may be.
template <class P>
Params<P> noise_fields(Domain noise, std::string help) {
  const auto law = static_cast<NoiseLaw P::*>(&P::noise_law);
  const auto of = [](const char* name) { return Extra{.when = When{"noise_law", {name}}}; };
  return {
      {&P::noise, "noise", "σ", std::move(noise), std::move(help)},
      {law, "noise_law", "", choices({"gaussian", "student", "outlier"}),
       "normal noise; heavy tails; or normal noise of which some is far larger"},
      {&P::degrees_of_freedom, "degrees_of_freedom", "ν",
       Range{.lo = 0, .hi = 1000, .log = true, .open_lo = true, .slider_lo = 0.5, .slider_hi = 100},
       "of Student's law; at 2 and below it has no variance, and σ is the plain scale", of("student")},
      {&P::outlier_probability, "outlier_probability", "ε", range(0, 1), "share of rows with far larger noise",
       of("outlier")},
      {&P::outlier_scale, "outlier_scale", "", from_zero(1e-1, 1e3), "times σ: what is added there", of("outlier")}};
}

/// All fields of a regression's data; `noise` differs between regression and classification.
template <class P>
Params<P> regression_fields(Params<P> noise) {
  const auto truth = static_cast<TruthShape P::*>(&P::truth);
  Params<P> fields = {{&P::samples, "samples", "n", count(1, 10'000'000, true), "rows of X"},
                      {&P::features, "features", "d", count(1, 100'000, true), "columns of X"}};
  const auto add = [&](Params<P> more) {
    for (Param<P>& field : more) fields.push_back(std::move(field));
  };
  add(design_fields<P>());
  add({{truth, "truth", "w*", choices({"dense", "sparse", "powerlaw", "adversarial", "gaussian"}),
        "the weights that y is made from: a random direction; ±1 on a random support; ± i^(-α); alternating signs on "
        "the first k; or N(0, ‖w*‖²/d) entries whose length is left to chance"},
       {&P::truth_sparsity,
        "truth_sparsity",
        "k",
        count(1, 100'000),
        "how many weights are not zero",
        {.when = When{"truth", {"sparse", "adversarial"}}}},
       {&P::truth_alpha,
        "truth_alpha",
        "α",
        range(0, 20),
        "weight i is ± i^(-α)",
        {.when = When{"truth", {"powerlaw"}}}},
       {&P::truth_norm, "truth_norm", "‖w*‖", from_zero(1e-3, 1e3), "length of the true weights"}});
  add(std::move(noise));
  add({{&P::test_samples, "test_samples", "", count(0, 10'000'000), "fresh rows for the test loss; 0: none"},
       {&P::data_file, "data", "", DataSource{},
        "your own data in place of all settings above: a .csv or .npy file, and its target column"},
       {&P::test_fraction, "test_fraction", "", Range{.lo = 0, .hi = 1, .open_hi = true},
        "share of the rows, your own too, that is held out for the test loss in place of fresh ones; 0.2 is usual, 0: "
        "none"}});
  return fields;
}

/// The choice of what a linear model's test loss is.
template <class P>
Param<P> test_measure_field() {
  const auto risk = static_cast<TestRisk P::*>(&P::test_measure);
  return {risk, "test_measure", "", choices({"test_rows", "population"}),
          "the test loss is the mean over test rows, or the exact (w−w*)ᵀΣ(w−w*) of all rows there could be"};
}

/// Fields of a regression with real targets.
template <class P>
Params<P> real_regression_fields(std::string noise_help = "standard deviation of the noise in y") {
  Params<P> fields = regression_fields<P>(noise_fields<P>(from_zero(1e-4, 10), std::move(noise_help)));
  fields.push_back(test_measure_field<P>());
  return fields;
}

}  // namespace kappa
