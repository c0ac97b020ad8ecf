/// One wide hidden layer with a chosen output scale, from lazy training to feature learning.
#include <cmath>

#include "core/random/matrices.hpp"
#include "core/random/mlp_data.hpp"
#include "core/random/network_fit.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

enum class OutputScale { lazy, mean_field, none };
enum class Target { linear, teacher, random };

struct TwoLayerNetwork {
  std::int64_t width = 128;
  std::int64_t inputs = 10;
  std::int64_t samples = 200;
  std::int64_t test_samples = 0;
  Activation activation = Activation::relu;
  OutputScale output_scale = OutputScale::lazy;
  bool train_output = true;
  Target target = Target::teacher;
  std::int64_t teacher_width = 4;
  double noise = 0;
  double init_scale = 1;

  void build(Rng rng) {
    const MlpShape shape = student();
    NetworkLayout place = network_blocks(shape);
    arma::vec rest;
    if (!train_output) {  // the output layer stays where it starts, and no block holds it
      const arma::uword trained = shape.weights_at(1);
      rest = first_point(rng.child("output"));
      place.layout = std::make_shared<const Layout>(std::vector<BlockShape>{place.layout->shapes().front()});
      place.order = arma::uvec(place.order.head(trained));
    }
    const arma::vec teacher = teacher_point(rng.child("teacher"));
    NetworkSet train = drawn(rng, teacher, samples), test = drawn(rng.child("test"), teacher, test_samples);
    fit_ = NetworkFit(shape, std::move(place), std::move(train), std::move(test), false, factor(), std::move(rest));
  }
  Blocks start(Rng rng) const { return fit_.point(first_point(rng.child("start"))); }

  double value(const Blocks& x, const Sample& s) const { return fit_.value(x, s); }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const { return fit_.value_gradient(x, g, s); }
  void hessian_product(const Blocks& x, const Blocks& v, Blocks& out) const { fit_.hessian_product(x, v, out); }
  std::uint64_t row_count() const { return fit_.train().x.n_cols; }
  std::uint64_t components() const { return row_count(); }
  double component_gradient(std::uint64_t i, const Blocks& x, Blocks& g) const {
    return fit_.component_gradient(i, x, g);
  }
  void residual(const Blocks& x, arma::vec& r, const Sample& s) const { fit_.residual(x, r, s); }
  void jacobian(const Blocks& x, arma::mat& j, const Sample& s) const { fit_.jacobian(x, j, s); }
  bool has_test_loss() const { return test_samples > 0; }
  double test_loss(const Blocks& x) const { return fit_.test_loss(x); }
  std::vector<NamedMatrix> data() const { return fit_.dump(); }
  Facts facts() const {
    Facts facts;
    facts.smooth = activation != Activation::relu;
    return facts;
  }
  double footprint() const {
    const double d = static_cast<double>(inputs);
    return 8 * (static_cast<double>(samples + test_samples) * 3 * (d + 1) + 4 * static_cast<double>(width) * (d + 1));
  }

 private:
  MlpShape student() const {
    return {{static_cast<arma::uword>(inputs), static_cast<arma::uword>(width), 1}, activation, false};
  }
  double factor() const {
    const double m = static_cast<double>(width);
    return output_scale == OutputScale::lazy ? 1 / std::sqrt(m) : output_scale == OutputScale::mean_field ? 1 / m : 1;
  }
  /// Hidden weights N(0, 1/d), output weights N(0, 1).
  arma::vec first_point(const Rng& rng) const {
    const auto d = static_cast<arma::uword>(inputs), m = static_cast<arma::uword>(width);
    return init_scale * arma::join_cols(normal_vector(rng.child("hidden"), m * d) / std::sqrt(static_cast<double>(d)),
                                        normal_vector(rng.child("output"), m));
  }
  MlpShape teacher() const {
    return {{static_cast<arma::uword>(inputs), static_cast<arma::uword>(teacher_width), 1}, activation, false};
  }
  /// A direction for the linear target; else the teacher's weights, hidden N(0, 1/d), output N(0, 1/width).
  arma::vec teacher_point(const Rng& rng) const {
    const auto d = static_cast<arma::uword>(inputs);
    return target == Target::linear ? unit_vector(rng.child("direction"), d) : network_start(rng, teacher(), 1);
  }
  NetworkSet drawn(const Rng& rng, const arma::vec& teaching, std::int64_t count) const {
    NetworkSet set;
    if (count == 0) return set;
    const auto n = static_cast<arma::uword>(count);
    set.x = network_inputs(rng.child("design"), InputLaw::normal, static_cast<arma::uword>(inputs), n);
    MlpPass<double> pass;
    if (target == Target::linear)
      set.y = teaching.t() * set.x;
    else if (target == Target::teacher)
      set.y = mlp_forward(teacher(), teaching, set.x, pass);
    else
      set.y = normal_matrix(rng.child("labels"), 1, n);
    if (noise > 0) set.y += noise * normal_matrix(rng.child("noise"), 1, n);
    return set;
  }

  NetworkFit fit_;
};

}  // namespace KAPPA_FILE

Method two_layer_network() {
  using KAPPA_FILE::TwoLayerNetwork;
  using M = TwoLayerNetwork;
  return problem<M>(
      {.title = "Two-layer network",
       .idea = "One hidden layer: its output scale decides whether features move or only their weights.",
       .equation = "f(W, a) = 1/(2n) Σ (s Σⱼ aⱼ φ(wⱼ·xᵢ) − yᵢ)²,  s = 1/√m, 1/m or 1",
       .cite = {{"Chizat, Oyallon, Bach", 2019, "On Lazy Training in Differentiable Programming", "arXiv:1812.07956"}}},
      {{&M::width, "width", "m", count(1, 100'000, true), "hidden units"},
       {&M::inputs, "inputs", "d", count(1, 10'000, true), "inputs, N(0, I)"},
       {&M::samples, "samples", "n", count(1, 10'000'000, true), "samples to fit"},
       {&M::test_samples, "test_samples", "", count(0, 10'000'000), "fresh samples for the test loss; 0: none"},
       {&M::activation, "activation", "φ", choices({"tanh", "relu", "sigmoid"}), "of the hidden layer"},
       {&M::output_scale, "output_scale", "s", choices({"lazy", "mean_field", "none"}), "1/√m, 1/m or 1"},
       {&M::train_output, "train_output", "", Flag{}, "the output weights move too"},
       {&M::target, "target", "", choices({"linear", "teacher", "random"}),
        "a direction, a small network of the same kind, or normal numbers"},
       {&M::teacher_width,
        "teacher_width",
        "",
        count(1, 10'000, true),
        "hidden units of the teacher",
        {.when = When{"target", {"teacher"}}}},
       {&M::noise, "noise", "σ", from_zero(1e-4, 10), "standard deviation of the noise in y"},
       {&M::init_scale, "init_scale", "", from_zero(1e-3, 10),
        "multiplies the first weights: hidden N(0, 1/d), output N(0, 1)"}});
}

}  // namespace kappa::problems
