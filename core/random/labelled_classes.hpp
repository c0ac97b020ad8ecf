/// Data with several classes: clusters, labels drawn from a linear model, or a user's own table.
#pragma once

#include <armadillo>
#include <cstdint>

#include "core/random/regression_data.hpp"

namespace kappa {

enum class ClassLaw : std::uint8_t { clusters, model };

struct ClassSettings {
  std::int64_t samples = 500;
  std::int64_t features = 20;
  std::int64_t classes = 5;
  ClassLaw labels = ClassLaw::clusters;
  double radius = 2.5;
  double deviation = 1;
  double truth_norm = 5;
  double condition_number = 10;
  SpectrumShape spectrum = SpectrumShape::geometric;
  double spectrum_alpha = 1;
  double spectrum_fraction = 0.5;
  std::int64_t spectrum_count = 1;
  double noise = 0;
  std::int64_t test_samples = 0;
  DataFile data_file;
};

/// Samples are columns.
struct ClassData {
  arma::mat x;
  arma::uvec label;
  arma::mat truth;  ///< features x classes; empty where labels are no linear model's
  arma::mat test_x;
  arma::uvec test_label;
  arma::uword classes = 2;
};

/// `noise` is the probability that a label is then replaced by any, all being alike. A user's own labels are whole
/// numbers from 0.
ClassData class_data(const ClassSettings& settings, const Rng& rng);

}  // namespace kappa
