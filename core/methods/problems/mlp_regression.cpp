/// A fully connected network fitted to a formula or to a random teacher: by squared error, or by cross-entropy.
#include <algorithm>
#include <cmath>

#include "core/random/matrices.hpp"
#include "core/random/mlp_data.hpp"
#include "core/random/network_fit.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

enum class Loss { squared, cross_entropy };
enum class Split { blocks, flat };
enum class TestMeasure { loss, error };

struct MlpRegression {
  std::vector<double> widths = {32, 32};
  std::int64_t inputs = 6;
  std::int64_t outputs = 1;
  std::int64_t samples = 1000;
  std::int64_t test_samples = 0;
  Activation activation = Activation::tanh;
  Loss loss = Loss::squared;
  MlpTarget target = MlpTarget::interaction;
  std::vector<double> teacher_widths = {16};
  double teacher_scale = 1;
  InputLaw input_distribution = InputLaw::normal;
  double noise = 0;
  double init_scale = 1;
  bool biases = true;
  Split layout = Split::blocks;
  TestMeasure test_measure = TestMeasure::loss;

  void build(Rng rng) {
    const MlpShape shape = student();
    if (taught()) teacher_ = network_start(rng.child("teacher"), teacher(), teacher_scale);
    NetworkSet train = drawn(rng, samples), test = drawn(rng.child("test"), test_samples);
    if (!taught() && target == MlpTarget::ripple) {
      const double mean = arma::mean(arma::vectorise(train.y));
      train.y -= mean;
      test.y -= mean;
    }
    fit_ = NetworkFit(shape, layout == Split::flat ? network_vector(shape) : network_blocks(shape), std::move(train),
                      std::move(test), labelled());
  }
  Blocks start(Rng rng) const { return fit_.point(network_start(rng.child("start"), student(), init_scale)); }

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
  void curvature(const Blocks& x, arma::mat& q, const Sample& s) const { fit_.curvature(x, q, s); }
  void resampled_gradient(const Blocks& x, Blocks& g, const Sample& s, Rng labels) const {
    fit_.resampled_gradient(x, g, s, labels);
  }
  std::optional<Lack> lacks(Can what) const {
    if (what == Can::curvature && !labelled()) return Lack{"loss", {"cross_entropy"}};
    if (what == Can::half_square && labelled()) return Lack{"loss", {"squared"}};
    return std::nullopt;
  }
  bool has_test_loss() const { return test_samples > 0; }
  double test_loss(const Blocks& x) const {
    return labelled() && test_measure == TestMeasure::error ? fit_.test_error(x) : fit_.test_loss(x);
  }
  std::vector<NamedMatrix> data() const { return fit_.dump(); }

  /// A teacher of the student's own kind can be copied.
  Facts facts() const {
    Facts facts;
    facts.smooth = activation != Activation::relu;
    const bool same =
        taught() && !labelled() && biases && activation == Activation::tanh && student().widths == teacher().widths;
    if (same) facts.truth = fit_.point(teacher_);
    if (!same || noise > 0) return facts;
    facts.minimum = 0.0;
    facts.solution = facts.truth;
    return facts;
  }
  double footprint() const {
    const double values = static_cast<double>(inputs + targets());
    return 8 * (static_cast<double>(samples + test_samples) * 3 * values + 4 * static_cast<double>(student().size()));
  }

 private:
  bool labelled() const { return loss == Loss::cross_entropy; }
  bool taught() const { return labelled() || target == MlpTarget::teacher; }
  std::int64_t targets() const { return labelled() ? std::max<std::int64_t>(outputs, 2) : taught() ? outputs : 1; }
  MlpShape student() const { return shape_of(widths, activation, biases); }
  MlpShape teacher() const { return shape_of(teacher_widths, Activation::tanh, true); }
  MlpShape shape_of(const std::vector<double>& hidden, Activation kind, bool with_biases) const {
    MlpShape shape{{static_cast<arma::uword>(inputs)}, kind, with_biases};
    for (const double width : hidden) shape.widths.push_back(static_cast<arma::uword>(std::lround(width)));
    shape.widths.push_back(static_cast<arma::uword>(targets()));
    return shape;
  }
  NetworkSet drawn(const Rng& rng, std::int64_t count) const {
    NetworkSet set;
    if (count == 0) return set;
    set.x = network_inputs(rng.child("design"), input_distribution, static_cast<arma::uword>(inputs),
                           static_cast<arma::uword>(count));
    MlpPass<double> pass;
    set.y = taught() ? mlp_forward(teacher(), teacher_, set.x, pass) : arma::mat(formula(target, set.x));
    if (noise > 0) set.y += noise * normal_matrix(rng.child("noise"), set.y.n_rows, set.y.n_cols);
    if (labelled()) set.labels = arma::index_max(set.y, 0).t();
    return set;
  }

  arma::vec teacher_;
  NetworkFit fit_;
};

}  // namespace KAPPA_FILE

Method mlp_regression() {
  using KAPPA_FILE::MlpRegression;
  using M = MlpRegression;
  const Extra classified{.when = When{"loss", {"cross_entropy"}}};
  const Domain layers = Many{.of = Range{.lo = 1, .hi = 4096, .log = true}, .least = 1, .most = 32};
  return problem<M>(
      {.title = "Multilayer perceptron",
       .idea = "A small network on a function it has to find out: curvature that changes as it learns.",
       .equation = "f(θ) = 1/(2n) Σ ‖net(θ, xᵢ) − yᵢ‖²  or the mean cross-entropy of softmax(net(θ, xᵢ))",
       .cite = {{"Rumelhart, Hinton, Williams", 1986, "Learning representations by back-propagating errors",
                 "Nature 323"}}},
      {{&M::widths, "widths", "", layers, "units of the hidden layers"},
       {&M::inputs, "inputs", "d", count(1, 4096, true), "inputs"},
       {&M::outputs, "outputs", "", count(1, 1024, true),
        "outputs of the teacher; classes with cross-entropy, at least 2. A formula has one"},
       {&M::samples, "samples", "n", count(1, 10'000'000, true), "samples to fit"},
       {&M::test_samples, "test_samples", "", count(0, 10'000'000), "fresh samples for the test loss; 0: none"},
       {&M::activation, "activation", "", choices({"tanh", "relu", "sigmoid"}), "of the hidden layers"},
       {&M::loss, "loss", "", choices({"squared", "cross_entropy"}),
        "half the mean square of the output error, or cross-entropy on labels: the teacher's largest output"},
       {&M::target,
        "target",
        "",
        choices({"interaction", "double_interaction", "ripple", "teacher"}),
        "sin x1 + x2 x3; sin 2x1 + x2 x3; sin(3x1) x2 + x3² + ½|x4| minus its mean; a random tanh network",
        {.when = When{"loss", {"squared"}}}},
       {&M::teacher_widths, "teacher_widths", "", layers, "hidden layers of the teacher"},
       {&M::teacher_scale, "teacher_scale", "", from_zero(1e-2, 10), "multiplies the teacher's weights"},
       {&M::input_distribution, "input_distribution", "", choices({"normal", "uniform"}),
        "inputs are N(0, 1), or uniform in [−1, 1]"},
       {&M::noise, "noise", "σ", from_zero(1e-4, 10),
        "standard deviation of the noise in y; with cross-entropy in what the labels are the largest of"},
       {&M::init_scale, "init_scale", "", from_zero(1e-2, 10), "weights start as this times N(0, 1/fan-in), biases 0"},
       {&M::biases, "biases", "", Flag{}, "layers have biases"},
       {&M::layout, "layout", "", choices({"blocks", "flat"}),
        "a matrix and a vector for each layer, or one vector of everything"},
       {&M::test_measure, "test_measure", "", choices({"loss", "error"}),
        "what the test loss counts: the loss, or the share of wrong labels", classified}});
}

}  // namespace kappa::problems
