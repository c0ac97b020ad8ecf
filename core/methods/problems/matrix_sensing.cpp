/// Matrix sensing: a positive semi-definite matrix of low rank, sought by its factor from all or some linear views of
/// it.
#include <algorithm>
#include <cmath>

#include "core/methods/problems/factor_square.hpp"
#include "core/methods/problems/seen_matrix.hpp"
#include "core/random/regression_data.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

/// Shared between the factored and the lifted problem.
struct Seen : SeenMatrix {
  PsdTruth truth;

  void describe(Facts& facts) const {
    facts.truth_matrix = m;
    facts.truth_spectrum = truth.s;
    facts.truth_rank = truth.s.n_elem;
  }
};

/// The same data over the matrix itself: convex, but with n^2 unknowns.
struct Lifted {
  std::shared_ptr<const Seen> seen;

  void build(Rng) {}
  Blocks start(Rng) const { return Blocks({{"Z", seen->m.n_rows, seen->m.n_cols, Role::hidden}}); }
  double value(const Blocks& x, const Sample& s) const { return 0.25 * seen->misfit(x.block(0), s); }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    const double squares = seen->residual(x.block(0), s);
    arma::mat out = g.block(0);
    out = 0.5 * s.scratch.n;
    return 0.25 * squares;
  }
  void hessian_product(const Blocks&, const Blocks& v, Blocks& out) const {
    arma::mat result = out.block(0);
    result = 0.5 * seen->normal_map(v.block(0));
  }
  std::uint64_t row_count() const { return seen ? seen->rows() : 0; }
  arma::mat estimate(const Blocks& x) const {
    arma::mat copy;
    copy = x.block(0);  // a block returned as it is would look at x
    return copy;
  }
  Facts facts() const {
    Facts facts;
    seen->describe(facts);
    facts.smoothness = seen->full() ? 0.5 : 0.5 * std::pow(seen->views.norm(), 2);
    Blocks truth = start(Rng(0, "facts"));
    truth.block(0) = seen->m;
    facts.truth = truth;
    if (!seen->noisy) {
      facts.minimum = 0.0;
      facts.solution = truth;
    }
    return facts;
  }
  std::vector<NamedMatrix> data() const { return seen->dump(); }
};

struct MatrixSensing {
  std::int64_t dimension = 40;
  std::int64_t true_rank = 3;
  std::int64_t rank = 6;
  double condition_number = 10;
  SpectrumShape spectrum = SpectrumShape::linear;
  double spectrum_alpha = 1;
  double spectrum_fraction = 0.5;
  std::int64_t spectrum_count = 1;
  Observation observation = Observation::full;
  std::int64_t measurements = 600;
  double noise = 0;
  double init_scale = 1e-6;

  void build(Rng rng) {
    const auto n = static_cast<arma::uword>(dimension);
    Seen seen;
    seen.truth = psd_truth(rng.child("truth"), n, static_cast<arma::uword>(true_rank), condition_number);
    if (spectrum != SpectrumShape::linear)
      seen.truth.s = covariance_eigenvalues(spectrum, seen.truth.s.n_elem, condition_number, spectrum_alpha,
                                            spectrum_fraction, static_cast<arma::uword>(spectrum_count));
    seen.m = arma::symmatu(seen.truth.matrix());
    if (observation == Observation::sampled)
      seen.see(symmetric_sensing(rng.child("design"), n, static_cast<arma::uword>(measurements)), noise, rng);
    seen_ = std::make_shared<const Seen>(std::move(seen));
  }
  Blocks start(Rng rng) const {
    Blocks x = point();
    x.block(0) = normal_matrix(rng.child("start"), n(), r()) * (init_scale / std::sqrt(static_cast<double>(dimension)));
    return x;
  }

  double value(const Blocks& x, const Sample& s) const { return 0.25 * seen_->misfit(product(x, s), s); }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    const double squares = seen_->residual(product(x, s), s);
    arma::mat out = g.block(0);
    out = s.scratch.n * x.block(0);
    return 0.25 * squares;
  }
  void hessian_product(const Blocks& x, const Blocks& v, Blocks& out) const {
    Scratch room;
    const Sample all{{}, Rng(0, "hessian"), room};
    seen_->residual(product(x, all), all);
    const arma::mat f = x.block(0), along = v.block(0), half = along * f.t();
    arma::mat result = out.block(0);
    result = seen_->normal_map(half + half.t()) * f + room.n * along;
  }

  std::optional<Lack> lacks(Can what) const {
    const bool by_view = what == Can::samples || what == Can::components;
    if (by_view && observation == Observation::full) return Lack{"observation", {"sampled"}};
    return std::nullopt;
  }
  std::uint64_t row_count() const { return seen_ ? seen_->rows() : 0; }
  std::uint64_t components() const { return row_count(); }
  double component_gradient(std::uint64_t i, const Blocks& x, Blocks& g) const {
    const arma::mat f = x.block(0);
    arma::mat out = g.block(0);
    out = seen_->views.measurement(i) * f;
    const double e = arma::dot(f, out) - seen_->y[i], weight = static_cast<double>(components());
    out *= weight * e;
    return 0.25 * weight * e * e;
  }
  arma::mat estimate(const Blocks& x) const {
    const arma::mat f = x.block(0);
    return f * f.t();
  }
  Lifted lift() const { return {seen_}; }

  /// Without noise, or with all of M seen, the best factor is known: the truth's leading part.
  Facts facts() const {
    Facts facts;
    seen_->describe(facts);
    const arma::vec& s = seen_->truth.s;
    const arma::uword kept = std::min(r(), s.n_elem);
    if (seen_->noisy || (!seen_->full() && kept < s.n_elem)) return facts;
    facts.solution = point();
    arma::mat best = facts.solution->block(0);
    best.head_cols(kept) = seen_->truth.u.head_cols(kept) * arma::diagmat(arma::sqrt(s.head(kept)));
    facts.minimum = 0.25 * arma::accu(arma::square(s.tail(s.n_elem - kept)));
    return facts;
  }
  double footprint() const {
    const double square = 8 * static_cast<double>(dimension) * static_cast<double>(dimension);
    if (observation == Observation::full) return 8 * square;
    return 8 * square + 2 * symmetric_sensing_bytes(n(), static_cast<arma::uword>(measurements));
  }
  std::vector<NamedMatrix> data() const { return seen_->dump(); }

 private:
  arma::uword n() const { return static_cast<arma::uword>(dimension); }
  arma::uword r() const { return static_cast<arma::uword>(rank); }
  Blocks point() const { return Blocks({{"X", n(), r(), Role::hidden}}); }
  static const arma::mat& product(const Blocks& x, const Sample& s) {
    square_of(x.block(0), s.scratch.m);
    return s.scratch.m;
  }

  std::shared_ptr<const Seen> seen_;
};

}  // namespace KAPPA_FILE

Method matrix_sensing() {
  using M = KAPPA_FILE::MatrixSensing;
  const Extra sampled{.when = When{"observation", {"sampled"}}};
  Params<M> params = {{&M::dimension, "dimension", "n", count(1, 5'000, true), "rows and columns of M"},
                      {&M::true_rank, "true_rank", "r*", count(1, 5'000), "rank of M, at most n"},
                      {&M::rank, "rank", "r", count(1, 5'000), "columns of the factor X"}};
  for (Param<M>& param : spectrum_fields<M>()) params.push_back(std::move(param));
  const Params<M> rest = {
      {&M::observation, "observation", "", choices({"full", "sampled"}), "see all of M, or m random views of it"},
      {&M::measurements, "measurements", "m", count(1, 10'000'000, true),
       "number of views; with n(n+1)/2 or more M is plain from them and low rank no longer matters", sampled},
      {&M::noise, "noise", "σ", from_zero(1e-6, 1), "standard deviation of the noise in y", sampled},
      {&M::init_scale, "init_scale", "α", from_zero(1e-12, 1), "the start is α G/√n"}};
  params.insert(params.end(), rest.begin(), rest.end());
  return problem<M>(
      {.title = "Matrix sensing",
       .idea = "Find a low-rank matrix through its factor: non-convex, yet gradient descent gets there, if slowly.",
       .equation = "f(X) = ¼ ‖A(XXᵀ) − y‖²,  A(Z)ᵢ = ⟨Aᵢ, Z⟩,  Aᵢ = sym(G)/√m;  all of M seen: ¼ ‖XXᵀ − M‖²",
       .cite = {{"Xu, Shen, Chi, Ma", 2023, "The Power of Preconditioning in Overparameterized Low-Rank Matrix Sensing",
                 "arXiv:2302.01186"}}},
      std::move(params));
}

}  // namespace kappa::problems
