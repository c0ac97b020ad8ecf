/// Classification data.
#include "core/random/classification.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "core/linalg/inverse_root.hpp"
#include "core/linalg/spectrum.hpp"
#include "core/random/matrices.hpp"

namespace kappa {
namespace {

/// |t| of a standard normal given |t| >= margin: rejection near the centre, Marsaglia's tail away from it.
double normal_beyond(Rng& rng, double margin) {
  for (;;) {
    if (margin < 1.0) {
      const double t = std::abs(rng.normal());
      if (t >= margin) return t;
      continue;
    }
    const double t = std::sqrt(margin * margin + 2.0 * rng.exponential());
    if (rng.uniform() * t < margin) return t;
  }
}

/// |t| of one coordinate on the sphere in R^d given |t| >= margin. Its 1 - t^2 = v has density v^((d-3)/2) / sqrt(1-v):
/// the power is drawn exactly on (0, 1 - margin^2), the root is the rejection.
double sphere_beyond(Rng& rng, double d, double margin) {
  if (d < 2.0 || margin >= 1.0) return 1.0;
  if (margin * margin * d < 1.0) {
    for (;;) {
      const double t = rng.normal();
      double rest = 0.0;
      for (double i = 1.0; i < d; i += 1.0) rest += std::pow(rng.normal(), 2);
      const double projected = std::abs(t) / std::sqrt(t * t + rest);
      if (projected >= margin) return projected;
    }
  }
  for (;;) {
    const double v = (1.0 - margin * margin) * std::pow(1.0 - rng.uniform(), 2.0 / (d - 1.0));
    const double t = std::sqrt(1.0 - v);
    if (rng.uniform() * t < margin) return std::max(t, margin);
  }
}

}  // namespace

arma::vec logistic_labels(const Rng& rng, const arma::mat& x, const arma::vec& w) {
  Rng draw = rng.child("labels");
  arma::vec y = x * w;
  for (double& each : y) each = draw.uniform() < 1.0 / (1.0 + std::exp(-each)) ? 1.0 : -1.0;
  return y;
}

Separable separable_classes(const Rng& rng, arma::uword n, arma::uword d, double margin, Cloud cloud) {
  return separable_classes(rng, n, d, margin, cloud, unit_vector(rng.child("truth"), d));
}

Separable separable_classes(const Rng& rng, arma::uword n, arma::uword d, double margin, Cloud cloud, arma::vec w) {
  Separable out{arma::mat(n, d), arma::vec(n), std::move(w)};
  margin = std::max(margin, 0.0);
  Rng labels = rng.child("labels"), along = rng.child("along"), across = rng.child("across");
  for (arma::uword i = 0; i < n; ++i) {
    out.y(i) = labels.rademacher();
    arma::vec side = normal_vector(across, d);
    side -= arma::dot(side, out.w) * out.w;
    double t = 0.0;
    if (cloud == Cloud::gaussian) {
      t = normal_beyond(along, margin);
    } else {
      t = sphere_beyond(along, static_cast<double>(d), margin);
      const double length = arma::norm(side);
      side *= d > 1 && length > 0.0 ? std::sqrt(std::max(0.0, 1.0 - t * t)) / length : 0.0;
    }
    out.x.row(i) = (out.y(i) * t * out.w + side).t();
  }
  return out;
}

Labelled overlapping_gaussians(const Rng& rng, arma::uword n, const arma::vec& mu, const arma::mat& covariance) {
  Rng labels = rng.child("labels");
  Labelled out{normal_matrix(rng.child("entries"), n, mu.n_elem) * square_root(covariance), arma::vec(n)};
  for (double& y : out.y) y = labels.rademacher();
  out.x += out.y * mu.t();
  return out;
}

double bayes_error(const arma::vec& mu, const arma::mat& covariance) {
  arma::vec values;
  arma::mat vectors;
  if (covariance.n_rows != mu.n_elem || !symmetric_eigen(covariance, values, vectors)) return arma::datum::nan;
  const arma::vec along = vectors.t() * mu;
  const double zero = static_cast<double>(mu.n_elem) * arma::datum::eps * values.max();
  double distance = 0.0;
  for (arma::uword i = 0; i < along.n_elem; ++i) {
    if (values(i) > zero)
      distance += along(i) * along(i) / values(i);
    else if (std::abs(along(i)) > 1e-12 * arma::norm(mu))
      return 0.0;  // the classes differ where there is no noise
  }
  return 0.5 * std::erfc(std::sqrt(distance) / std::numbers::sqrt2);
}

Clusters softmax_clusters(const Rng& rng, arma::uword n, arma::uword classes, arma::uword d, double radius,
                          double deviation) {
  Clusters out{deviation * normal_matrix(rng.child("entries"), n, d), arma::uvec(n), arma::mat(classes, d)};
  for (arma::uword k = 0; k < classes; ++k) out.centres.row(k) = radius * unit_vector(rng.child("centre", k), d).t();
  Rng labels = rng.child("labels");
  for (arma::uword i = 0; i < n; ++i) {
    out.label(i) = labels.below(classes);
    if (classes > 0) out.x.row(i) += out.centres.row(out.label(i));
  }
  return out;
}

}  // namespace kappa
