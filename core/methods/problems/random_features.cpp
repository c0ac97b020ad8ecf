/// Random features: linear regression on a random non-linear map of the inputs, with fewer features than rows or more.
#include "core/random/features.hpp"

#include <cmath>

#include "core/methods/problems/least_squares_problem.hpp"
#include "core/random/line_targets.hpp"
#include "core/random/matrices.hpp"
#include "core/random/mlp_data.hpp"
#include "core/random/truths.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

enum class Target : std::uint8_t { linear, teacher, features, sine, step, polynomial, runge };

struct RandomFeatures : RegressionSettings, LeastSquaresProblem {
  std::int64_t inputs = 30;
  FeatureMap feature_map = FeatureMap::relu;
  double bias_scale = 0;
  double length_scale = 1;
  bool normalise = false;
  Target target = Target::linear;
  std::int64_t teacher_width = 10;
  Activation teacher_activation = Activation::tanh;
  double frequency = 1;
  std::vector<double> coefficients = {0, 1, 0, -1};
  Placement placement = Placement::uniform;
  double regularization = 0;

  RandomFeatures() {
    samples = 100;
    features = 200;
    test_samples = 1000;
    noise = 0.3;
  }
  void build(Rng rng) {
    map_ = random_projection(rng.child("features"), feature_map, width(), static_cast<arma::uword>(features),
                             bias_scale, length_scale);
    x_ = points(rng.child("design"), samples, placement);
    test_x_ = points(rng.child("test").child("design"), test_samples, Placement::uniform);
    arma::mat phi = feature_matrix(feature_map, x_, map_), test = feature_matrix(feature_map, test_x_, map_);
    if (normalise) standardise(phi, test);

    RegressionData data;
    if (target == Target::features)
      data.truth =
          gaussian_truth(rng.child("truth"), phi.n_cols, truth_norm * std::sqrt(static_cast<double>(features)));
    const arma::vec teaching = taught(rng.child("truth"));
    data.y = clean(x_, phi, data.truth, teaching) + regression_noise(*this, rng.child("noise"), x_.n_rows);
    data.test_y = clean(test_x_, test, data.truth, teaching);
    data.samples = phi.t();
    data.test_samples = test.t();
    if (target == Target::linear) weights_ = teaching;
    fit_ = LeastSquares(std::move(data), regularization);
  }
  double footprint() const {
    const double d = static_cast<double>(width()), p = static_cast<double>(features);
    return 8 * (static_cast<double>(samples + test_samples) * (2 * d + 3 * p + 3) + p * (d + 3));
  }
  std::vector<NamedMatrix> data() const {
    std::vector<NamedMatrix> out = fit_.dump();  // X: the features
    out.push_back({"inputs", x_});
    if (fit_.has_test()) out.push_back({"inputs_test", test_x_});
    out.push_back({"feature_weights", map_.weights.t()});
    out.push_back({"feature_offsets", map_.offsets});
    if (!weights_.is_empty()) out.push_back({"truth", weights_});
    return out;
  }

 private:
  bool on_line() const { return target >= Target::sine; }
  arma::uword width() const { return on_line() ? 1 : static_cast<arma::uword>(inputs); }
  arma::mat points(const Rng& rng, std::int64_t count, Placement where) const {
    const auto n = static_cast<arma::uword>(count);
    return on_line() ? arma::mat(line_points(rng, n, where)) : normal_matrix(rng.child("entries"), n, width());
  }
  MlpShape teacher() const {
    return {{width(), static_cast<arma::uword>(teacher_width), 1}, teacher_activation, false};
  }
  /// Weights N(0, 1/d) of a linear target; a teacher's, hidden N(0, 1/d), output N(0, 1/M).
  arma::vec taught(const Rng& rng) const {
    if (target == Target::linear) return gaussian_truth(rng, width(), truth_norm);
    return target == Target::teacher ? network_start(rng, teacher(), 1) : arma::vec();
  }
  arma::vec clean(const arma::mat& x, const arma::mat& phi, const arma::vec& weights, const arma::vec& teaching) const {
    if (target == Target::features) return phi * weights;
    if (target == Target::linear) return x * teaching;
    MlpPass<double> pass;
    if (target == Target::teacher) return mlp_forward(teacher(), teaching, arma::mat(x.t()), pass).t();
    arma::vec y(x.n_rows);
    const auto curve = static_cast<LineTarget>(static_cast<int>(target) - static_cast<int>(Target::sine));
    for (arma::uword i = 0; i < y.n_elem; ++i) y[i] = line_target(curve, x[i], frequency, coefficients);
    return y;
  }
  /// Every feature has mean 0 and deviation 1/√p over the training rows; one that never changes becomes 0.
  static void standardise(arma::mat& phi, arma::mat& test) {
    const arma::rowvec mean = arma::mean(phi, 0), deviation = arma::stddev(phi, 1, 0);
    const double root = std::sqrt(static_cast<double>(phi.n_cols));
    arma::rowvec scale(phi.n_cols, arma::fill::zeros);
    for (arma::uword j = 0; j < scale.n_elem; ++j)
      if (deviation[j] > 1e-12 * std::abs(mean[j])) scale[j] = 1 / (root * deviation[j]);
    for (arma::mat* each : {&phi, &test}) {
      each->each_row() -= mean;
      each->each_row() %= scale;
    }
  }

  Projection map_;
  arma::mat x_, test_x_;
  arma::vec weights_;  ///< of a linear target
};

}  // namespace KAPPA_FILE

Method random_features() {
  using KAPPA_FILE::RandomFeatures;
  using M = RandomFeatures;
  const auto of = [](const char* field, std::vector<std::string> values) {
    return Extra{.when = When{field, std::move(values)}};
  };
  Params<M> params = {
      {&M::samples, "samples", "n", count(1, 10'000'000, true), "rows to fit"},
      {&M::inputs, "inputs", "d", count(1, 10'000, true), "inputs, N(0, I); a curve has one",
       of("target", {"linear", "teacher", "features"})},
      {&M::features, "features", "p", count(1, 100'000, true), "random features: weights to fit"},
      {&M::feature_map, "feature_map", "φ", choices({"relu", "erf", "fourier"}),
       "max(Wx + b, 0)/√p, erf(Wx)/√p or √(2/p) cos(Wx + b)"},
      {&M::bias_scale, "bias_scale", "", from_zero(1e-2, 10), "standard deviation of the biases b",
       of("feature_map", {"relu"})},
      {&M::length_scale, "length_scale", "ℓ",
       Range{.lo = 1e-6, .hi = 1e6, .log = true, .slider_lo = 1e-2, .slider_hi = 100},
       "many Fourier features are the kernel exp(−‖x − x'‖²/(2ℓ²))", of("feature_map", {"fourier"})},
      {&M::normalise, "normalise", "", Flag{}, "every feature gets mean 0 and deviation 1/√p over the rows to fit"},
      {&M::target, "target", "", choices({"linear", "teacher", "features", "sine", "step", "polynomial", "runge"}),
       "y is linear in x; a random network of x; linear in the features; or a curve over [−1, 1]: sin 2πfx, sign x, a "
       "polynomial, 1/(1 + 25x²)"},
      {&M::truth_norm, "truth_norm", "‖w*‖", from_zero(1e-3, 1e3),
       "typical size of y: N(0, ‖w*‖²/d) weights of x, or "
       "N(0, ‖w*‖²) of the features",
       of("target", {"linear", "features"})},
      {&M::teacher_width, "teacher_width", "M", count(1, 10'000, true), "hidden units of the teacher",
       of("target", {"teacher"})},
      {&M::teacher_activation, "teacher_activation", "", choices({"tanh", "relu", "sigmoid"}), "of the teacher's units",
       of("target", {"teacher"})},
      {&M::frequency, "frequency", "f", Range{.lo = 0, .hi = 1000, .slider_lo = 0, .slider_hi = 10}, "of the sine",
       of("target", {"sine"})},
      {&M::coefficients, "coefficients", "c", Many{Range{-1e6, 1e6}, 1, 32}, "of 1, x, x², ...",
       of("target", {"polynomial"})},
      {&M::placement, "placement", "", choices({"uniform", "equispaced"}), "where on [−1, 1] the rows to fit lie",
       of("target", {"sine", "step", "polynomial", "runge"})}};
  for (Param<M>& field : noise_fields<M>(from_zero(1e-4, 10), "standard deviation of the noise in y"))
    params.push_back(std::move(field));
  const Params<M> rest = {
      {&M::regularization, "regularization", "λ", from_zero(1e-6, 10), "weight of the penalty λ/2 ‖w‖²"},
      {&M::test_samples, "test_samples", "", count(0, 10'000'000),
       "fresh rows for the test loss, without noise in their y; 0: none"}};
  params.insert(params.end(), rest.begin(), rest.end());
  return problem<M>(
      {.title = "Random features",
       .idea = "A network whose first layer stays random: more features than rows can fit everything, "
               "and what they say elsewhere is another matter.",
       .equation = "f(w) = 1/(2n) Σ (φ(xᵢ)·w − yᵢ)² + λ/2 ‖w‖²,  φ(x) = max(Wx + b, 0)/√p",
       .cite = {{"Rahimi, Recht", 2007, "Random Features for Large-Scale Kernel Machines", "NeurIPS 20"}}},
      std::move(params));
}

}  // namespace kappa::problems
