/// Designs, truths and noises put together, each from a stream of its own; or a table in their place.
#include "core/random/regression_data.hpp"

#include <algorithm>
#include <cmath>
#include <string>
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

struct Rows {
  arma::mat x, fresh;  ///< one row per sample; fresh ones are of the same law
  Design law;          ///< of a Gaussian design
};

arma::mat rotated(arma::mat x, const arma::mat& rotation) {
  return rotation.is_empty() ? x : arma::mat(x * rotation.t());
}

/// Two Gaussians at ±distance along the first axis; which of them a row is from stays unsaid.
arma::mat mixture(const RegressionSettings& s, const Rng& rng, arma::uword n) {
  arma::vec mu(static_cast<arma::uword>(s.features), arma::fill::zeros);
  mu[0] = s.mixture_distance;
  return two_class_mixture(rng, n, mu, arma::sqrt(s.eigenvalues())).x;
}

Rows rows_of(const RegressionSettings& s, const Rng& design, const Rng& test) {
  const auto n = static_cast<arma::uword>(s.samples), more = static_cast<arma::uword>(s.test_samples);
  const auto d = static_cast<arma::uword>(s.features), size = static_cast<arma::uword>(s.block_size);
  switch (s.design) {
    case DesignLaw::two_class_mixture:
      return {mixture(s, design, n), mixture(s, test, more), {}};
    case DesignLaw::block_collinear:
      return {block_collinear(design, n, d, size, s.block_correlation),
              collinear_rows(test, more, d, size, s.block_correlation),
              {}};
    case DesignLaw::generator: {
      const arma::mat mixing = generator_mixing(design, d, static_cast<arma::uword>(s.latent_dimension));
      return {generated_rows(design, n, mixing), generated_rows(test, more, mixing), {}};
    }
    case DesignLaw::gaussian:
      break;
  }
  Rows out{{}, {}, gaussian_design(design, n, s.eigenvalues(), s.rotate, s.exact_spectrum)};
  out.x = std::move(out.law.x);
  if (more > 0) out.fresh = rotated(gaussian_design(test, more, out.law.eigenvalues).x, out.law.rotation);
  return out;
}

[[noreturn]] void refuse_population(const std::string& why) {
  throw DataError{{"test_measure", "the population risk is not known " + why + ": choose \"test_rows\"", ""}};
}

/// What the law of the rows says beyond them. As a matrix only where it is asked for: of many features it would be
/// larger than all the rows.
void tell_covariance(RegressionData& out, const RegressionSettings& s, Design law) {
  const bool as_matrix = s.test_measure == TestRisk::population, in_blocks = s.design == DesignLaw::block_collinear;
  const auto size = static_cast<arma::uword>(s.block_size);
  if (s.design == DesignLaw::generator) {
    if (as_matrix) refuse_population("for generated rows");
    return;
  }
  if (s.design == DesignLaw::two_class_mixture) {
    law = {{}, s.eigenvalues(), {}};
    law.eigenvalues[0] += s.mixture_distance * s.mixture_distance;
  }
  if (as_matrix) {
    out.sigma = in_blocks ? collinear_covariance(out.features(), size, s.block_correlation) : law.covariance();
    out.covariance = covariance_of(out.sigma);
  } else if (in_blocks) {
    out.covariance = [size, rho = s.block_correlation](const arma::vec& w) { return collinear_image(w, size, rho); };
  } else {
    const auto kept = std::make_shared<const Design>(std::move(law));
    out.covariance = [kept](const arma::vec& w) { return kept->image(w); };
  }
}

arma::vec truth_of(const RegressionSettings& s, const Rng& rng) {
  const auto d = static_cast<arma::uword>(s.features);
  switch (s.truth) {
    case TruthShape::sparse:
      return sparse_truth(rng, d, static_cast<arma::uword>(s.truth_sparsity), s.truth_norm);
    case TruthShape::powerlaw:
      return powerlaw_truth(rng, d, s.truth_alpha, s.truth_norm);
    case TruthShape::adversarial:
      return adversarial_truth(d, static_cast<arma::uword>(s.truth_sparsity), s.truth_norm);
    case TruthShape::gaussian:
      return gaussian_truth(rng, d, s.truth_norm);
    case TruthShape::dense:
      break;
  }
  return dense_truth(rng, d, s.truth_norm);
}

/// Moves a share of the rows, chosen by a permutation, to the test; both sides keep their order and at least one row.
void hold_out(RegressionData& data, double share, const Rng& rng) {
  const arma::uword n = data.rows();
  if (!(share > 0) || n < 2) return;
  const auto order = permutation(rng, static_cast<std::uint32_t>(n));
  const double wanted = std::round(share * static_cast<double>(n));
  const auto held = static_cast<arma::uword>(std::clamp(wanted, 1.0, static_cast<double>(n - 1)));
  arma::uvec kept(n - held), out(held);
  for (arma::uword i = 0; i < n; ++i) (i < n - held ? kept[i] : out[i - (n - held)]) = order[i];
  kept = arma::sort(kept);
  out = arma::sort(out);
  data.test_samples = data.samples.cols(out);
  data.test_y = data.y.elem(out);
  data.samples = arma::mat(data.samples.cols(kept));
  data.y = arma::vec(data.y.elem(kept));
}

/// `labels(rng, x, truth)` makes the targets of a design; `rng` is a stream for noise.
template <class Labels>
RegressionData generated(const RegressionSettings& s, const Rng& rng, const Labels& labels) {
  RegressionData out;
  const Rng test = rng.child("test");
  Rows rows = rows_of(s, rng.child("design"), test.child("design"));
  out.truth = truth_of(s, rng.child("truth"));
  out.y = labels(rng.child("noise"), rows.x, out.truth);
  out.samples = rows.x.t();
  if (s.test_samples > 0) {
    out.test_y = labels(test.child("noise"), rows.fresh, out.truth);
    out.test_samples = rows.fresh.t();
  }
  tell_covariance(out, s, std::move(rows.law));
  return out;
}

/// y is the side of a plane, and no row is nearer to it than the margin.
RegressionData separable(const LabelSettings& s, const Rng& rng) {
  const auto d = static_cast<arma::uword>(s.features);
  RegressionData out;
  out.truth = with_norm(truth_of(s, rng.child("truth")), 1);
  const auto draw = [&](const Rng& stream, std::int64_t n, arma::mat& x, arma::vec& y) {
    Separable rows =
        separable_classes(stream.child("design"), static_cast<arma::uword>(n), d, s.margin, s.cloud, out.truth);
    x = rows.x.t();
    y = flip_signs(stream.child("noise"), std::move(rows.y), s.noise);
  };
  draw(rng, s.samples, out.samples, out.y);
  if (s.test_samples > 0) draw(rng.child("test"), s.test_samples, out.test_samples, out.test_y);
  return out;
}

/// Two Gaussians of the chosen spectrum at ±μ, where |Σ^(-1/2) μ| is the separation; the log odds of a row are 2
/// Σ⁻¹μ·x.
RegressionData overlapping(const LabelSettings& s, const Rng& rng) {
  const arma::vec deviations = arma::sqrt(s.eigenvalues());
  const arma::vec direction = s.separation * with_norm(truth_of(s, rng.child("truth")), 1);
  const arma::mat rotation =
      s.rotate ? haar_orthogonal(rng.child("design").child("rotation"), deviations.n_elem) : arma::mat();
  RegressionData out;
  out.truth = 2 * (direction / deviations);
  if (s.rotate) out.truth = rotation * out.truth;
  const auto draw = [&](const Rng& stream, std::int64_t n, arma::mat& x, arma::vec& y) {
    Labelled rows =
        two_class_mixture(stream.child("design"), static_cast<arma::uword>(n), deviations % direction, deviations);
    x = rotated(std::move(rows.x), rotation).t();
    y = flip_signs(stream.child("noise"), std::move(rows.y), s.noise);
  };
  draw(rng, s.samples, out.samples, out.y);
  if (s.test_samples > 0) draw(rng.child("test"), s.test_samples, out.test_samples, out.test_y);
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
  if (data_file.given()) return table_footprint(data_file.path) * (test_fraction > 0 ? 2 : 1);
  const double d = static_cast<double>(features);
  const double rows = static_cast<double>(samples) * (exact_spectrum || test_fraction > 0 ? 4 : 3) +
                      static_cast<double>(test_samples) * 3;
  const bool gaussian = design == DesignLaw::gaussian;
  const double latent = design == DesignLaw::generator ? static_cast<double>(latent_dimension) : 0;
  const double squares = (rotate && gaussian ? 3 : 0) + (test_measure == TestRisk::population ? 2 : 0);
  return 8 * (d * (rows + squares * d + latent) + latent * static_cast<double>(samples));
}

arma::vec regression_noise(const RegressionSettings& s, const Rng& rng, arma::uword n) {
  switch (s.noise_law) {
    case NoiseLaw::student:
      return student_noise(rng, n, s.noise, s.degrees_of_freedom);
    case NoiseLaw::outlier:
      return outlier_noise(rng, n, s.noise, s.outlier_probability, s.outlier_scale);
    case NoiseLaw::gaussian:
      break;
  }
  return gaussian_noise(rng, n, s.noise);
}

RegressionData regression_data(const RegressionSettings& s, const Rng& rng) {
  RegressionData out;
  if (s.data_file.given()) {
    if (s.test_measure == TestRisk::population) refuse_population("of your own data");
    out = from_table(read_table(s.data_file.path, s.data_file.target));
  } else {
    out = generated(s, rng, [&](const Rng& noise, const arma::mat& x, const arma::vec& w) {
      return arma::vec(x * w + regression_noise(s, noise, x.n_rows));
    });
  }
  hold_out(out, s.test_fraction, rng.child("split"));
  return out;
}

namespace {

RegressionData own_labels(const RegressionSettings& s) {
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

RegressionData modelled(const RegressionSettings& s, const Rng& rng) {
  return generated(s, rng, [&](const Rng& noise, const arma::mat& x, const arma::vec& w) {
    return flip_signs(noise, logistic_labels(noise, x, w), s.noise);
  });
}

}  // namespace

RegressionData classification_data(const LabelSettings& s, const Rng& rng) {
  RegressionData out = s.data_file.given()                 ? own_labels(s)
                       : s.labels == LabelLaw::separable   ? separable(s, rng)
                       : s.labels == LabelLaw::overlapping ? overlapping(s, rng)
                                                           : modelled(s, rng);
  hold_out(out, s.test_fraction, rng.child("split"));
  return out;
}

}  // namespace kappa
