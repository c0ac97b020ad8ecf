/// Two-layer classifier: a small ReLU network without biases that learns a sign, a problem with many equal solutions.
#include "core/methods/problems/relu_classifier.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

struct TwoLayerClassifier : ReluClassifier {
  void build(Rng rng) { draw(rng.child("data")); }
  Blocks start(Rng rng) const { return first_point(rng); }

  double value(const Blocks& at, const Sample& s) const { return loss(at, s); }
  double value_gradient(const Blocks& at, Blocks& g, const Sample& s) const { return loss_gradient(at, g, s); }
  void hessian_product(const Blocks& at, const Blocks& v, Blocks& out) const { curvature_product(at, v, out); }
  std::uint64_t row_count() const { return x.n_cols; }
  std::uint64_t components() const { return x.n_cols; }
  double component_gradient(std::uint64_t i, const Blocks& at, Blocks& g) const {
    Scratch room;
    const auto row = static_cast<std::uint32_t>(i);
    return loss_gradient(at, g, {{&row, 1}, Rng(0, "component"), room});
  }
  Facts facts() const {
    Facts facts;
    facts.smooth = false;
    return facts;
  }
  double footprint() const { return data_footprint(); }
  std::vector<NamedMatrix> data() const { return dump(); }
};

}  // namespace KAPPA_FILE

Method two_layer_classifier() {
  using KAPPA_FILE::TwoLayerClassifier;
  return problem<TwoLayerClassifier>(
      {.title = "Two-layer classifier",
       .idea = "A small network learns a sign; units may change places, so every solution has a host of twins.",
       .equation = "f(W, a) = mean of log(1 + exp(−yᵢ a·max(Wxᵢ, 0))),  y = sign(x₁x₂ + x₃/2)",
       .cite = {{"Singh, Adilova, Kamp, Fischer, Schölkopf, Hofmann", 2024, "Landscaping Linear Mode Connectivity",
                 "arXiv:2406.16300"}}},
      relu_classifier_fields<TwoLayerClassifier>());
}

}  // namespace kappa::problems
