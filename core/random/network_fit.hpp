/// A network fitted to data by squared error or cross-entropy: what the network problems have in common.
#pragma once

#include <armadillo>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/kinds/problem.hpp"
#include "core/linalg/mlp.hpp"

namespace kappa {

/// Columns are samples. `y` is what the squared loss fits; `labels` are for cross-entropy.
struct NetworkSet {
  arma::mat x, y;
  arma::uvec labels;
  std::vector<NamedMatrix> dump(const std::string& suffix) const;  ///< X and y, one row per sample
};

/// How a point's blocks lie in the network's flat vector: entry i of the point is entry order[i] of the vector.
struct NetworkLayout {
  std::shared_ptr<const Layout> layout;
  arma::uvec order;
};
NetworkLayout network_blocks(const MlpShape& shape);  ///< W1, b1, W2, b2, ...; a row of W is what one unit reads
NetworkLayout network_vector(const MlpShape& shape);  ///< everything in one block `parameters`

/// A problem's work when it fits a network; the problem itself holds the settings.
class NetworkFit {
 public:
  NetworkFit() = default;
  /// `rest`: values of the flat vector that no block holds. `output_scale` multiplies the network.
  NetworkFit(MlpShape shape, NetworkLayout place, NetworkSet train, NetworkSet test, bool labelled,
             double output_scale = 1, arma::vec rest = {});

  Blocks point(const arma::vec& p) const;  ///< from the flat vector
  double value(const Blocks& x, const Sample& s) const;
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const;
  double component_gradient(std::uint64_t i, const Blocks& x, Blocks& g) const;
  void hessian_product(const Blocks& x, const Blocks& v, Blocks& out) const;
  void residual(const Blocks& x, arma::vec& r, const Sample& s) const;
  void jacobian(const Blocks& x, arma::mat& j, const Sample& s) const;
  void curvature(const Blocks& x, arma::mat& q, const Sample& s) const;
  /// Under the squared loss the model draws its outputs with deviation 1 around what it predicts.
  void resampled_gradient(const Blocks& x, Blocks& g, const Sample& s, Rng labels) const;
  double test_loss(const Blocks& x) const;
  double test_error(const Blocks& x) const;  ///< share of labels that are not the largest output
  const NetworkSet& train() const { return train_; }
  std::vector<NamedMatrix> dump() const;

 private:
  arma::vec to_flat(const Blocks& x) const;
  arma::mat& outputs(const arma::vec& p, const arma::mat& in, MlpPass<double>& pass) const;
  const arma::mat& inputs_of(const Sample& s) const;
  arma::uvec labels_of(const Sample& s) const;
  double errors(arma::mat& out, const Sample& s) const;  ///< outputs to slopes, sample by sample; the mean loss
  void backward(const arma::vec& p, const arma::mat& in, const MlpPass<double>& pass, const arma::mat& slope,
                Blocks& g) const;

  MlpShape shape_;
  NetworkLayout place_;
  NetworkSet train_, test_;
  bool labelled_ = false;
  double output_scale_ = 1;
  arma::vec rest_;
};

}  // namespace kappa
