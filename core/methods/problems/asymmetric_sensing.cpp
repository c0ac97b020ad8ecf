/// Asymmetric sensing: a matrix of low rank, sought by two factors from all or some linear views of it.
#include <algorithm>
#include <cmath>

#include "core/linalg/inverse_root.hpp"
#include "core/methods/problems/seen_matrix.hpp"
#include "core/random/regression_data.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

struct AsymmetricSensing {
  std::int64_t dimension = 50;
  std::int64_t dimension2 = 50;
  std::int64_t true_rank = 3;
  std::int64_t rank = 5;
  double condition_number = 1.5;
  SpectrumShape spectrum = SpectrumShape::linear;
  double spectrum_alpha = 1;
  double spectrum_fraction = 0.5;
  std::int64_t spectrum_count = 1;
  bool symmetric_truth = true;
  Observation observation = Observation::full;
  std::int64_t measurements = 1000;
  double noise = 0;
  double init_scale = 0.3;
  double init_ratio = 1.0 / 3;

  void build(Rng rng) {
    const auto n = static_cast<arma::uword>(dimension), n2 = static_cast<arma::uword>(dimension2);
    const arma::uword r = std::min({static_cast<arma::uword>(true_rank), n, n2});
    const PsdTruth truth = psd_truth(rng.child("truth"), n, r, condition_number);
    u_ = truth.u;
    s_ = truth.s;
    if (spectrum != SpectrumShape::linear)
      s_ = covariance_eigenvalues(spectrum, r, condition_number, spectrum_alpha, spectrum_fraction,
                                  static_cast<arma::uword>(spectrum_count));
    v_ = symmetric_truth && n == n2 ? u_ : orthonormal_columns(rng.child("right"), n2, r);
    seen_.m = u_ * arma::diagmat(s_) * v_.t();
    if (observation == Observation::sampled)
      seen_.see(kappa::asymmetric_sensing(rng.child("design"), n, n2, static_cast<arma::uword>(measurements)), noise,
                rng);
  }
  Blocks start(Rng rng) const {
    Blocks x = point();
    x.block(0) = init_scale / root(dimension) * normal_matrix(rng.child("start", 0), seen_.m.n_rows, factors());
    x.block(1) =
        init_ratio * init_scale / root(dimension2) * normal_matrix(rng.child("start", 1), seen_.m.n_cols, factors());
    return x;
  }

  double value(const Blocks& x, const Sample& s) const { return 0.5 * seen_.misfit(product(x, s), s); }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    const double squares = seen_.residual(product(x, s), s);
    arma::mat left = g.block(0), right = g.block(1);
    left = s.scratch.n * x.block(1);
    right = s.scratch.n.t() * x.block(0);
    return 0.5 * squares;
  }
  void hessian_product(const Blocks& x, const Blocks& v, Blocks& out) const {
    Scratch room;
    const Sample all{{}, Rng(0, "hessian"), room};
    seen_.residual(product(x, all), all);
    const arma::mat f = x.block(0), g = x.block(1), df = v.block(0), dg = v.block(1);
    const arma::mat bent = seen_.normal_map(df * g.t() + f * dg.t());
    arma::mat left = out.block(0), right = out.block(1);
    left = bent * g + room.n * dg;
    right = bent.t() * f + room.n.t() * df;
  }
  void residual(const Blocks& x, arma::vec& r, const Sample& s) const {
    seen_.misfit(product(x, s), s);
    if (seen_.full())
      r = arma::vectorise(s.scratch.n);
    else
      r = std::sqrt(seen_.weight(s)) * s.scratch.a;
  }
  void jacobian(const Blocks& x, arma::mat& j, const Sample& s) const {
    const arma::mat f = x.block(0), g = x.block(1);
    if (seen_.full()) {
      j = arma::join_rows(arma::kron(g, arma::eye(f.n_rows, f.n_rows)), arma::mat(g.n_rows * f.n_rows, g.n_elem));
      for (arma::uword c = 0; c < g.n_cols; ++c)
        for (arma::uword k = 0; k < g.n_rows; ++k)
          j(arma::span(k * f.n_rows, (k + 1) * f.n_rows - 1), f.n_elem + c * g.n_rows + k) = f.col(c);
      return;
    }
    const arma::uword count = s.rows.empty() ? seen_.views.count() : s.rows.size();
    j.set_size(count, f.n_elem + g.n_elem);
    for (arma::uword k = 0; k < count; ++k) {
      const arma::mat a = seen_.views.measurement(s.rows.empty() ? k : s.rows[k]);
      j.row(k) = std::sqrt(seen_.weight(s)) * arma::join_cols(arma::vectorise(a * g), arma::vectorise(a.t() * f)).t();
    }
  }
  /// The factor that fits best beside the other; where several do, the one of least norm.
  void solve_block(std::size_t i, const Blocks& x, Blocks& out) const {
    out.flat() = x.flat();
    arma::mat free = out.block(i);
    const arma::mat fixed = x.block(1 - i);
    if (seen_.full()) {
      const arma::mat inverse = pseudo_inverse(fixed);
      free = i == 0 ? arma::mat(seen_.m * inverse.t()) : arma::mat(seen_.m.t() * inverse.t());
      return;
    }
    arma::mat design(free.n_elem, seen_.views.count());
    for (arma::uword k = 0; k < design.n_cols; ++k) {
      const arma::mat a = seen_.views.measurement(k);
      design.col(k) = arma::vectorise(i == 0 ? arma::mat(a * fixed) : arma::mat(a.t() * fixed));
    }
    free = arma::reshape(pseudo_inverse(design.t()) * seen_.y, free.n_rows, free.n_cols);
  }

  std::optional<Lack> lacks(Can what) const {
    const bool by_view = what == Can::samples || what == Can::components;
    if (by_view && observation == Observation::full) return Lack{"observation", {"sampled"}};
    return std::nullopt;
  }
  std::uint64_t row_count() const { return seen_.rows(); }
  std::uint64_t components() const { return seen_.rows(); }
  double component_gradient(std::uint64_t i, const Blocks& x, Blocks& g) const {
    const arma::mat a = seen_.views.measurement(i), f = x.block(0);
    arma::mat left = g.block(0), right = g.block(1);
    left = a * x.block(1);
    right = a.t() * f;
    const double e = arma::dot(f, left) - seen_.y[i], weight = static_cast<double>(components());
    g.flat() *= weight * e;
    return 0.5 * weight * e * e;
  }
  arma::mat estimate(const Blocks& x) const { return x.block(0) * x.block(1).t(); }

  /// Without noise, or with all of M seen, the best factors are known: the truth's leading part, balanced.
  Facts facts() const {
    Facts facts;
    facts.truth_matrix = seen_.m;
    facts.truth_spectrum = s_;
    facts.truth_rank = s_.n_elem;
    const arma::uword kept = std::min(factors(), s_.n_elem);
    if (seen_.noisy || (!seen_.full() && kept < s_.n_elem)) return facts;
    Blocks best = point();
    const arma::mat roots = arma::diagmat(arma::sqrt(s_.head(kept)));
    best.block(0).head_cols(kept) = u_.head_cols(kept) * roots;
    best.block(1).head_cols(kept) = v_.head_cols(kept) * roots;
    facts.solution = best;
    facts.minimum = 0.5 * arma::accu(arma::square(s_.tail(s_.n_elem - kept)));
    return facts;
  }
  double footprint() const {
    const double square = static_cast<double>(dimension) * static_cast<double>(dimension2);
    return 8 * square * (8 + (observation == Observation::sampled ? 2 * static_cast<double>(measurements) : 0));
  }
  std::vector<NamedMatrix> data() const { return seen_.dump(); }

 private:
  static double root(std::int64_t n) { return std::sqrt(static_cast<double>(n)); }
  arma::uword factors() const { return static_cast<arma::uword>(rank); }
  Blocks point() const {
    return Blocks({{"F", seen_.m.n_rows, factors(), Role::hidden}, {"G", seen_.m.n_cols, factors(), Role::hidden}});
  }
  static const arma::mat& product(const Blocks& x, const Sample& s) {
    s.scratch.m = x.block(0) * x.block(1).t();
    return s.scratch.m;
  }

  SeenMatrix seen_;
  arma::mat u_, v_;
  arma::vec s_;
};

}  // namespace KAPPA_FILE

Method asymmetric_sensing() {
  using M = KAPPA_FILE::AsymmetricSensing;
  const Extra sampled{.when = When{"observation", {"sampled"}}};
  Params<M> params = {{&M::dimension, "dimension", "n", count(1, 2'000, true), "rows of M"},
                      {&M::dimension2, "dimension2", "n₂", count(1, 2'000, true), "columns of M"},
                      {&M::true_rank, "true_rank", "r*", count(1, 2'000), "rank of M, at most its smaller side"},
                      {&M::rank, "rank", "k", count(1, 2'000), "columns of both factors"}};
  for (Param<M>& param : spectrum_fields<M>()) params.push_back(std::move(param));
  const Params<M> rest = {
      {&M::symmetric_truth, "symmetric_truth", "", Flag{},
       "where M is square it is U diag(s) Uᵀ; else, and without this, U diag(s) Vᵀ"},
      {&M::observation, "observation", "", choices({"full", "sampled"}), "see all of M, or m random views of it"},
      {&M::measurements, "measurements", "m", count(1, 10'000'000, true), "number of views", sampled},
      {&M::noise, "noise", "σ", from_zero(1e-6, 1), "standard deviation of the noise in y", sampled},
      {&M::init_scale, "init_scale", "α", from_zero(1e-12, 1), "F starts at α N/√n"},
      {&M::init_ratio, "init_ratio", "", from_zero(1e-3, 10), "G starts at so many times α N/√n₂"}};
  params.insert(params.end(), rest.begin(), rest.end());
  return problem<M>(
      {.title = "Asymmetric sensing",
       .idea = "Find a low-rank matrix through two factors: what they differ by at the start they differ by for ever.",
       .equation = "f(F, G) = ½ ‖A(FGᵀ) − y‖²,  A(Z)ᵢ = ⟨Aᵢ, Z⟩,  Aᵢ = N/√m;  all of M seen: ½ ‖FGᵀ − M‖²",
       .cite = {{"Xiong, Ding, Du", 2023, "How Over-Parameterization Slows Down Gradient Descent in Matrix Sensing",
                 "arXiv:2310.01769"}}},
      std::move(params));
}

}  // namespace kappa::problems
