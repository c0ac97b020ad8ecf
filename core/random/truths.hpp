/// Ground truths of a linear model, rescaled to a chosen norm.
#pragma once

#include <armadillo>

#include "core/base/rng.hpp"

namespace kappa {

arma::vec dense_truth(const Rng& rng, arma::uword d, double norm = 1.0);
arma::vec sparse_truth(const Rng& rng, arma::uword d, arma::uword k, double norm = 1.0);  ///< +-1 on a random support
arma::vec powerlaw_truth(const Rng& rng, arma::uword d, double alpha, double norm = 1.0);
arma::vec adversarial_truth(arma::uword d, arma::uword k, double norm = 1.0);  ///< first k, alternating signs
arma::vec gaussian_truth(const Rng& rng, arma::uword d, double norm = 1.0);    ///< N(0, norm^2/d), not rescaled

/// The zero vector has no direction and stays zero.
arma::vec with_norm(arma::vec w, double norm);

}  // namespace kappa
