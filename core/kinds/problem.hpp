/// What a problem is: an objective with its data. What it can do beyond value and gradient is detected by concepts.
#pragma once

#include <armadillo>
#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/blocks.hpp"
#include "core/base/issue.hpp"
#include "core/base/rng.hpp"
#include "core/kinds/method.hpp"
#include "core/kinds/param.hpp"

namespace kappa {

/// Memory that a run lends to its problem, so that a step allocates nothing; its content means nothing between calls.
struct Scratch {
  arma::vec a, b, c;
  arma::mat m, n;
};

/// Which rows a step sees (empty: all), a stream for problems that add noise to their gradient, and room to work in.
struct Sample {
  std::span<const std::uint32_t> rows;
  Rng noise;
  Scratch& scratch;
  bool noiseless = false;  ///< a probe looks: the objective itself, without the noise of a step
};

/// Σv for a vector v: a covariance may be known without being a matrix of so many numbers. Empty: unknown.
using Covariance = std::function<arma::vec(const arma::vec&)>;
Covariance covariance_of(arma::mat sigma);

/// What is known of a built problem. `solution` minimises the training loss; `truth` is what the data were made from.
struct Facts {
  std::optional<double> minimum, smoothness, strong_convexity;
  arma::vec hessian_spectrum;  ///< ascending; empty: unknown or not constant
  arma::vec truth_spectrum;    ///< singular values of the truth, descending
  std::optional<arma::uword> truth_rank;
  std::optional<Blocks> solution, truth;
  arma::mat truth_matrix;          ///< of `estimate`; empty: none
  arma::vec component_smoothness;  ///< smoothness of each component; empty: unknown
  std::optional<double> best_learning_rate, best_momentum;
  /// Of the law that a linear model's inputs are drawn from, not of the rows that came; on x, so that a matrix W of
  /// weights, one row for each output, becomes WΣ.
  Covariance covariance;
  bool is_gradient = true, smooth = true;
};

struct NamedMatrix {
  std::string name;
  arma::mat value;
};

/// A square of the plane with a function on it: what level lines are drawn from.
struct Plane {
  double x0 = -1, x1 = 1, y0 = -1, y1 = 1;
};

/// The erased problem. Built once, then shared and const. Optional questions throw `std::logic_error` when `can` says
/// no.
enum class Can : std::uint32_t {
  samples = 1,
  hessian_product = 2,
  hessian = 4,
  components = 8,
  residual = 16,
  prox = 32,
  project = 64,
  solve_block = 128,
  estimate = 256,
  test_loss = 512,
  lift = 1024,
  plane = 2048,
  data_file = 4096,
  curvature = 8192,
  resampled_gradient = 16384,
  half_square = 32768,  ///< residuals whose loss is ½|r|²
  lifted = 65536        ///< its unknown is the estimate itself
};

/// Of a Hessian, one vector in each column, by falling eigenvalue; what is below the numerical zero is 0. Empty: it
/// cannot be had, or is not finite.
struct Eigenbasis {
  arma::vec values;
  arma::mat vectors;
};

/// Why a problem cannot do what others of its kind can: a setting of its own, and the values of it that would do.
struct Lack {
  std::string field;
  std::vector<std::string> values;
};
std::string in_words(const Lack& lack);  ///< "loss = squared", "function = booth or beale"

class ProblemModel {
 public:
  virtual ~ProblemModel() = default;
  virtual void build(Rng rng) = 0;
  virtual Blocks start(Rng rng) const = 0;
  virtual bool can(Can what) const = 0;                   ///< as configured
  virtual std::optional<Lack> lacks(Can what) const = 0;  ///< none: it can, or no setting of its own would help
  virtual double footprint() const = 0;                   ///< bytes that `build` will ask for
  virtual std::uint64_t samples() const = 0;              ///< rows a batch is drawn from; 0: none
  virtual double value(const Blocks& x, const Sample& s) const = 0;
  virtual double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const = 0;
  virtual const Facts& facts() const = 0;  ///< computed once, thread-safe
  virtual void hessian_product(const Blocks& x, const Blocks& v, Blocks& out) const = 0;
  virtual arma::mat hessian(const Blocks& x) const = 0;
  virtual std::uint64_t components() const = 0;  ///< f = mean of its components
  virtual double component_gradient(std::uint64_t i, const Blocks& x, Blocks& g) const = 0;
  /// The sample's gradient is J'r; its loss is f* + 1/2 |r|^2 (`half_square`) unless the problem has a `curvature` Q,
  /// when J'QJ is the Gauss-Newton matrix. Rows are scaled by one over the root of the sample's size.
  virtual void residual(const Blocks& x, arma::vec& r, const Sample& s) const = 0;
  virtual void jacobian(const Blocks& x, arma::mat& j, const Sample& s) const = 0;
  virtual void curvature(const Blocks& x, arma::mat& q, const Sample& s) const = 0;
  /// The sample's gradient under labels that the model itself draws from `labels`.
  virtual void resampled_gradient(const Blocks& x, Blocks& g, const Sample& s, Rng labels) const = 0;
  virtual double smooth_gradient(const Blocks& x, Blocks& g, const Sample& s) const = 0;
  virtual void prox(const Blocks& x, double step, Blocks& out) const = 0;
  virtual void project(const Blocks& x, Blocks& out) const = 0;
  virtual void solve_block(std::size_t i, const Blocks& x, Blocks& out) const = 0;
  virtual arma::mat estimate(const Blocks& x) const = 0;
  virtual double test_loss(const Blocks& x) const = 0;
  virtual std::shared_ptr<const ProblemModel> lift() const = 0;  ///< the same data, over the estimate itself
  virtual Plane plane() const = 0;
  virtual std::vector<NamedMatrix> data() const = 0;  ///< what `data` writes beside the start

  /// For a Hessian that is the same everywhere (`is_quadratic`), so any x will do. Computed once, thread-safe.
  const Eigenbasis& eigenbasis(const Blocks& x) const;

 private:
  mutable std::once_flag basis_found_;
  mutable Eigenbasis basis_;
};

template <class P>
concept ProblemMethod = std::default_initializable<P> && std::copyable<P> &&
    requires(P p, const P cp, const Blocks& x, Blocks& g, Rng rng, const Sample& sample) {
  p.build(rng);
  { cp.start(rng) } -> std::same_as<Blocks>;
  { cp.value_gradient(x, g, sample) } -> std::convertible_to<double>;
};

/// Registers a problem: `problem<Quadratic>(card, params)`. Optional members, each detected: value, samples, footprint,
/// facts, hessian_product, hessian, components + component_gradient, residual + jacobian (+ curvature),
/// resampled_gradient, smooth_gradient + prox, project, solve_block, estimate, test_loss, lift, plane, data. What of it
/// hangs on a setting, `lacks(Can)` says.
template <ProblemMethod P>
Method problem(Card card, Params<P> params);

/// A finished problem of type P as an erased model.
template <class P>
std::shared_ptr<const ProblemModel> model_of(P built);

/// (w - w*)' Σ (w - w*): what a linear model loses on all inputs that could come, beside the noise in y.
double population_risk(const Covariance& sigma, const arma::vec& w, const arma::vec& truth);

}  // namespace kappa

#include "core/kinds/problem_holder.hpp"  // IWYU pragma: keep
