/// Neural quadratic model: a two-layer ReLU network up to second order around its start.
#include <cmath>

#include "core/kinds/problem.hpp"
#include "core/random/matrices.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

/// With the pattern of awake units frozen, the expansion is the product of both layers as they stand.
struct NeuralQuadraticModel {
  std::int64_t width = 200;
  std::int64_t inputs = 5;
  std::int64_t samples = 4;

  void build(Rng rng) {
    const auto m = static_cast<arma::uword>(width), d = static_cast<arma::uword>(inputs);
    x_ = normal_matrix(rng.child("design"), d, static_cast<arma::uword>(samples));
    start_ = Blocks({{"U", m, d, Role::first}, {"v", 1, m, Role::last}});
    start_.block(0) = normal_matrix(rng.child("U"), m, d);
    Rng coin = rng.child("v");
    arma::mat v = start_.block(1);
    for (double& each : v) each = coin.rademacher();
    awake_ = arma::conv_to<arma::mat>::from(start_.block(0) * x_ > 0) / std::sqrt(static_cast<double>(width));
  }
  Blocks start(Rng) const { return start_; }

  double value(const Blocks& x, const Sample& s) const {
    const arma::rowvec f = x.block(1) * hidden(x, s.rows);
    return 0.5 * arma::dot(f, f) / static_cast<double>(f.n_elem);
  }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    const arma::mat h = hidden(x, s.rows), in = chosen(x_, s.rows);
    const arma::rowvec f = x.block(1) * h, slope = f / static_cast<double>(f.n_elem);
    back(x.block(1).t() * slope, h, slope, s.rows, in, g);
    return 0.5 * arma::dot(f, f) / static_cast<double>(f.n_elem);
  }
  void residual(const Blocks& x, arma::vec& r, const Sample& s) const {
    r = (x.block(1) * hidden(x, s.rows)).t();
    r /= std::sqrt(static_cast<double>(r.n_elem));
  }
  void jacobian(const Blocks& x, arma::mat& j, const Sample& s) const {
    const arma::mat h = hidden(x, s.rows), in = chosen(x_, s.rows), open = chosen(awake_, s.rows);
    j.set_size(h.n_cols, x.flat().n_elem);
    for (arma::uword i = 0; i < h.n_cols; ++i) {
      const arma::mat of_u = (x.block(1).t() % open.col(i)) * in.col(i).t();
      j.row(i) = arma::join_rows(arma::vectorise(of_u).t(), h.col(i).t());
    }
    j /= std::sqrt(static_cast<double>(h.n_cols));
  }
  void hessian_product(const Blocks& x, const Blocks& v, Blocks& out) const {
    const arma::mat h = hidden(x, {}), moved = hidden(v, {});
    const double n = static_cast<double>(h.n_cols);
    const arma::rowvec slope = x.block(1) * h / n, change = (v.block(1) * h + x.block(1) * moved) / n;
    back(x.block(1).t() * change + v.block(1).t() * slope, h, change, {}, x_, out);
    out.flat().tail(h.n_rows) += moved * slope.t();
  }
  std::uint64_t row_count() const { return x_.n_cols; }
  std::uint64_t components() const { return x_.n_cols; }
  double component_gradient(std::uint64_t i, const Blocks& x, Blocks& g) const {
    Scratch room;
    const auto row = static_cast<std::uint32_t>(i);
    return value_gradient(x, g, {{&row, 1}, Rng(0, "component"), room});
  }
  Facts facts() const {
    Facts facts;
    facts.minimum = 0.0;
    return facts;
  }
  double footprint() const {
    const double m = static_cast<double>(width), d = static_cast<double>(inputs), n = static_cast<double>(samples);
    return 8 * (n * (2 * d + 4 * m) + 6 * m * (d + 1));
  }
  std::vector<NamedMatrix> data() const { return {{"X", x_.t()}, {"awake", awake_.t()}}; }

 private:
  static arma::mat chosen(const arma::mat& all, std::span<const std::uint32_t> rows) {
    if (rows.empty()) return all;
    arma::mat some(all.n_rows, rows.size());
    for (std::size_t k = 0; k < rows.size(); ++k) some.col(k) = all.col(rows[k]);
    return some;
  }
  /// What the frozen units give, 1/√m included: one column for each row of the data.
  arma::mat hidden(const Blocks& x, std::span<const std::uint32_t> rows) const {
    return (x.block(0) * chosen(x_, rows)) % chosen(awake_, rows);
  }
  /// The slopes of the units go back to U, those of the outputs to v.
  void back(const arma::mat& of_units, const arma::mat& h, const arma::rowvec& of_outputs,
            std::span<const std::uint32_t> rows, const arma::mat& in, Blocks& g) const {
    arma::mat u = g.block(0), v = g.block(1);
    u = (of_units % chosen(awake_, rows)) * in.t();
    v = of_outputs * h.t();
  }

  arma::mat x_;      ///< columns are samples
  arma::mat awake_;  ///< units x samples: 1/√m where a unit was awake at the start, else 0
  Blocks start_;
};

}  // namespace KAPPA_FILE

Method neural_quadratic_model() {
  using M = KAPPA_FILE::NeuralQuadraticModel;
  return problem<M>(
      {.title = "Neural quadratic model",
       .idea = "A wide ReLU network whose units never change sides: curved enough for a catapult, simple enough for "
               "theory.",
       .equation = "f(U, v) = 1/(2n) Σ g(xᵢ)²,  g(x) = 1/√m Σⱼ vⱼ [u⁰ⱼ·x > 0] uⱼ·x;  at the start U⁰ ~ N(0, 1), v = ±1",
       .cite = {{"Zhu, Liu, Radhakrishnan, Belkin", 2022, "Quadratic models for understanding neural network dynamics",
                 "arXiv:2205.11787"}}},
      {{&M::width, "width", "m", count(1, 100'000, true), "hidden units"},
       {&M::inputs, "inputs", "d", count(1, 1'000, true), "inputs, N(0, I)"},
       {&M::samples, "samples", "n", count(1, 10'000, true), "samples; every target is 0"}});
}

}  // namespace kappa::problems
