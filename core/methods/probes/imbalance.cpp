/// Imbalance: by how much the Gram matrices of two factors differ, and the eigenvalues of their difference.
#include "core/kinds/probe.hpp"
#include "core/linalg/spectrum.hpp"

namespace kappa::probes {
namespace KAPPA_FILE {

/// F and G of F Gᵀ; or `first` is a layer and `second` the one above it.
struct Pair {
  std::size_t first = 0, second = 0;
  bool layers = false;
};

struct Imbalance {
  Declared declare(const ProbeSetup& setup) const {
    const std::vector<Pair> pairs = pairs_of(setup.layout);
    if (pairs.empty()) return refused("there are no two factors here: blocks F and G, or layers one above the other");
    Declared declared;
    for (const Pair& pair : pairs) {
      const std::string name = pairs.size() > 1 ? ":" + setup.layout.shapes()[pair.first].name : "";
      declared.channels.push_back({ChannelKind::series, "imbalance" + name});
      declared.channels.push_back({ChannelKind::spectrum, "imbalance_eigenvalues" + name});
    }
    return declared;
  }
  void measure(Frame& frame, ProbeSink& sink) const {
    std::size_t channel = 0;
    for (const Pair& pair : pairs_of(*frame->x.layout())) {
      const arma::mat& one = *frame.matrix(Of::parameters, pair.first);
      const arma::mat& two = *frame.matrix(Of::parameters, pair.second);
      const arma::mat f = pair.layers ? two : one, g = pair.layers ? arma::mat(one.t()) : two;
      sink.scalar(channel++, kappa::imbalance(f, g));
      sink.spectrum(channel++, arma::reverse(symmetric_eigenvalues(f.t() * f - g.t() * g)));
    }
  }

 private:
  static std::vector<Pair> pairs_of(const Layout& layout) {
    const std::vector<BlockShape>& shapes = layout.shapes();
    if (shapes.size() == 2 && shapes[0].name == "F" && shapes[1].name == "G" && shapes[0].cols == shapes[1].cols)
      return {{0, 1, false}};
    std::vector<Pair> pairs;
    std::optional<std::size_t> below;
    for (std::size_t i = 0; i < shapes.size(); ++i) {
      if (shapes[i].role == Role::vector) continue;
      if (below && shapes[i].cols == shapes[*below].rows) pairs.push_back({*below, i, true});
      below = i;
    }
    return pairs;
  }
};

}  // namespace KAPPA_FILE

Method imbalance() {
  using KAPPA_FILE::Imbalance;
  return probe<Imbalance>(
      {.title = "Imbalance",
       .idea = "What the factors of a product differ by: gradient flow never changes it, gradient descent hardly.",
       .equation = "‖FᵀF − GᵀG‖_F and the eigenvalues of FᵀF − GᵀG;  for layers F = W_{i+1}, G = W_iᵀ",
       .cite = {{"Arora, Cohen, Hazan", 2018,
                 "On the Optimization of Deep Networks: Implicit Acceleration by Overparameterization",
                 "arXiv:1802.06509"},
                {"Xiong, Ding, Du", 2023, "How Over-Parameterization Slows Down Gradient Descent in Matrix Sensing",
                 "arXiv:2310.01769"}}},
      {}, 10);
}

}  // namespace kappa::probes
