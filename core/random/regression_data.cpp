/// Designs, truths and noises put together, each from a stream of its own; or a table in their place.
#include "core/random/regression_data.hpp"

#include <algorithm>
#include <utility>

#include "core/base/issue.hpp"
#include "core/random/classification.hpp"
#include "core/random/designs.hpp"
#include "core/random/matrices.hpp"
#include "core/random/noise.hpp"
#include "core/random/table.hpp"
#include "core/random/truths.hpp"

namespace kappa {
namespace {

/// More rows of the same design: its covariance and its rotation, new entries.
arma::mat fresh_rows(const Design& design, const Rng& rng, arma::uword n) {
  Design more = gaussian_design(rng, n, design.eigenvalues);
  return design.rotation.is_empty() ? more.x : arma::mat(more.x * design.rotation.t());
}

arma::vec truth_of(const RegressionSettings& s, const Rng& rng) {
  const auto d = static_cast<arma::uword>(s.features);
  switch (s.truth) {
    case TruthShape::sparse:
      return sparse_truth(rng, d, static_cast<arma::uword>(s.truth_sparsity), s.truth_norm);
    case TruthShape::powerlaw:
      return powerlaw_truth(rng, d, s.truth_alpha, s.truth_norm);
    case TruthShape::dense:
      break;
  }
  return dense_truth(rng, d, s.truth_norm);
}

/// `labels(rng, x, truth)` makes the targets of a design; `rng` is a stream for noise.
template <class Labels>
RegressionData generated(const RegressionSettings& s, const Rng& rng, const Labels& labels) {
  RegressionData out;
  const Design design = gaussian_design(rng.child("design"), static_cast<arma::uword>(s.samples), s.eigenvalues(),
                                        s.rotate, s.exact_spectrum);
  out.truth = truth_of(s, rng.child("truth"));
  out.y = labels(rng.child("noise"), design.x, out.truth);
  out.samples = design.x.t();
  if (s.test_samples > 0) {
    const Rng test = rng.child("test");
    const arma::mat x = fresh_rows(design, test.child("design"), static_cast<arma::uword>(s.test_samples));
    out.test_y = labels(test.child("noise"), x, out.truth);
    out.test_samples = x.t();
  }
  return out;
}

RegressionData from_table(DataTable table) {
  RegressionData out;
  out.samples = table.x.t();
  out.y = std::move(table.y);
  return out;
}

}  // namespace

arma::vec RegressionSettings::eigenvalues() const {
  return covariance_eigenvalues(spectrum, static_cast<arma::uword>(features), condition_number, spectrum_alpha,
                                spectrum_fraction, static_cast<arma::uword>(spectrum_count));
}

double RegressionSettings::footprint() const {
  if (data_file.given()) return table_footprint(data_file.path);
  const double d = static_cast<double>(features);
  const double rows = static_cast<double>(samples) * (exact_spectrum ? 4 : 3) + static_cast<double>(test_samples) * 3;
  return 8 * d * (rows + (rotate ? 3 * d : 0));
}

RegressionData regression_data(const RegressionSettings& s, const Rng& rng) {
  if (s.data_file.given()) return from_table(read_table(s.data_file.path, s.data_file.target));
  return generated(s, rng, [&](const Rng& noise, const arma::mat& x, const arma::vec& w) {
    return arma::vec(x * w + gaussian_noise(noise, x.n_rows, s.noise));
  });
}

RegressionData classification_data(const RegressionSettings& s, const Rng& rng) {
  if (!s.data_file.given())
    return generated(s, rng, [&](const Rng& noise, const arma::mat& x, const arma::vec& w) {
      return flip_signs(noise, logistic_labels(noise, x, w), s.noise);
    });
  DataTable table = read_table(s.data_file.path, s.data_file.target);
  const bool zeros = arma::any(table.y == 0.0);
  for (arma::uword row = 0; row < table.y.n_elem; ++row) {
    double& y = table.y(row);
    const bool label = y == 1.0 || y == (zeros ? 0.0 : -1.0);
    if (!label)
      throw DataError{
          {table.place(row), "column \"" + table.target + "\": a label must be -1 or 1, or 0 or 1 throughout", ""}};
    if (zeros) y = 2.0 * y - 1.0;
  }
  return from_table(std::move(table));
}

}  // namespace kappa
