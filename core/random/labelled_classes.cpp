/// Classes from clusters, from a softmax model, or from a file.
#include "core/random/labelled_classes.hpp"

#include <cmath>

#include "core/base/issue.hpp"
#include "core/linalg/softmax.hpp"
#include "core/random/classification.hpp"
#include "core/random/designs.hpp"
#include "core/random/matrices.hpp"
#include "core/random/table.hpp"

namespace kappa {
namespace {

void replace_some(arma::uvec& label, Rng rng, double probability, arma::uword classes) {
  for (arma::uword& each : label) {
    const double u = rng.uniform();
    const arma::uword other = rng.below(classes);
    if (u < probability) each = other;
  }
}

ClassData clustered(const ClassSettings& s, const Rng& rng) {
  const auto k = static_cast<arma::uword>(s.classes), d = static_cast<arma::uword>(s.features);
  const Clusters train =
      softmax_clusters(rng.child("design"), static_cast<arma::uword>(s.samples), k, d, s.radius, s.deviation);
  Clusters test =
      softmax_clusters(rng.child("test"), static_cast<arma::uword>(s.test_samples), k, d, s.radius, s.deviation);
  for (arma::uword i = 0; i < test.label.n_elem; ++i)  // the same centres
    test.x.row(i) += train.centres.row(test.label[i]) - test.centres.row(test.label[i]);
  return {train.x.t(), train.label, {}, test.x.t(), test.label, k};
}

ClassData modelled(const ClassSettings& s, const Rng& rng) {
  const auto k = static_cast<arma::uword>(s.classes), d = static_cast<arma::uword>(s.features);
  const arma::vec eigenvalues = covariance_eigenvalues(s.spectrum, d, s.condition_number, s.spectrum_alpha,
                                                       s.spectrum_fraction, static_cast<arma::uword>(s.spectrum_count));
  ClassData out;
  out.classes = k;
  out.truth = normal_matrix(rng.child("truth"), d, k);
  out.truth *= s.truth_norm / arma::norm(out.truth, "fro");
  const auto draw = [&](const Rng& stream, std::int64_t count, arma::mat& x, arma::uvec& label) {
    x = gaussian_design(stream.child("design"), static_cast<arma::uword>(count), eigenvalues).x.t();
    arma::mat scores = out.truth.t() * x;
    softmax_cross_entropy(scores, arma::uvec(x.n_cols, arma::fill::zeros));
    Rng labels = stream.child("labels");
    label = drawn_labels(scores, labels);
  };
  draw(rng, s.samples, out.x, out.label);
  draw(rng.child("test"), s.test_samples, out.test_x, out.test_label);
  return out;
}

ClassData from_file(const ClassSettings& s) {
  const DataTable table = read_table(s.data_file.path, s.data_file.target);
  ClassData out;
  out.x = table.x.t();
  out.label.set_size(table.y.n_elem);
  for (arma::uword row = 0; row < table.y.n_elem; ++row) {
    const double y = table.y[row];
    if (!(y >= 0 && y < 1024 && y == std::floor(y)))
      throw DataError{
          {table.place(row), "column \"" + table.target + "\": a label must be a whole number from 0 to 1023", ""}};
    out.label[row] = static_cast<arma::uword>(y);
    out.classes = std::max<arma::uword>(out.classes, out.label[row] + 1);
  }
  return out;
}

}  // namespace

ClassData class_data(const ClassSettings& s, const Rng& rng) {
  if (s.data_file.given()) return from_file(s);
  ClassData out = s.labels == ClassLaw::clusters ? clustered(s, rng) : modelled(s, rng);
  if (s.noise > 0) {
    replace_some(out.label, rng.child("noise"), s.noise, out.classes);
    replace_some(out.test_label, rng.child("test noise"), s.noise, out.classes);
  }
  return out;
}

}  // namespace kappa
