/// Layered regression: matrices and a bias behind bent residuals that no symmetry relates.
#include <algorithm>
#include <cmath>

#include "core/kinds/problem.hpp"
#include "core/linalg/spectrum.hpp"
#include "core/random/matrices.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

struct LayeredRegression {
  std::int64_t rows = 4;
  std::int64_t columns = 3;
  std::int64_t layers = 2;
  std::int64_t samples = 80;
  double bend = 0.4;
  double floor = 0.3;

  void build(Rng rng) {
    const auto m = static_cast<arma::uword>(rows), n = static_cast<arma::uword>(columns),
               count = static_cast<arma::uword>(samples);
    std::vector<BlockShape> shapes;
    for (std::int64_t k = 1; k <= layers; ++k) shapes.push_back({"W" + std::to_string(k), m, n, Role::hidden});
    shapes.push_back({"b", m, 1, Role::vector});
    solution_ = Blocks(std::move(shapes));
    const arma::uword d = solution_.flat().n_elem;
    solution_.flat() = normal_vector(rng.child("truth"), d);
    straight_ = normal_matrix(rng.child("design"), count, d);
    straight_ *= std::sqrt(static_cast<double>(count)) / singular_values(straight_).front();
    bent_ = normal_matrix(rng.child("bends"), count, d) / std::sqrt(static_cast<double>(d));
  }
  Blocks start(Rng rng) const {
    Blocks x = solution_;
    x.flat() += normal_vector(rng.child("start"), x.flat().n_elem);
    return x;
  }

  double value(const Blocks& x, const Sample& s) const {
    double sum = 0;
    each_row(s, [&](arma::uword i, std::size_t) { sum += 0.5 * miss(x, i) * miss(x, i); });
    return floor + sum / static_cast<double>(size_of(s));
  }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    g.flat().zeros();
    const double count = static_cast<double>(size_of(s));
    double sum = 0;
    each_row(s, [&](arma::uword i, std::size_t) {
      const double r = miss(x, i);
      sum += 0.5 * r * r / count;
      g.flat() += r / count * slope(x, i);
    });
    return floor + sum;
  }

  std::uint64_t row_count() const { return straight_.n_rows; }
  std::uint64_t components() const { return straight_.n_rows; }
  double component_gradient(std::uint64_t i, const Blocks& x, Blocks& g) const {
    const double r = miss(x, i);
    g.flat() = r * slope(x, i);
    return floor + 0.5 * r * r;
  }
  arma::mat hessian(const Blocks& x) const {
    arma::mat h(straight_.n_cols, straight_.n_cols, arma::fill::zeros);
    for (arma::uword i = 0; i < straight_.n_rows; ++i) {
      const double u = std::tanh(arma::dot(bent_.row(i), x.flat()));
      const arma::vec along = slope(x, i);
      h += along * along.t() - 2 * bend * miss(x, i) * u * (1 - u * u) * (bent_.row(i).t() * bent_.row(i));
    }
    return arma::symmatu(h / static_cast<double>(straight_.n_rows));
  }
  void hessian_product(const Blocks& x, const Blocks& v, Blocks& out) const { out.flat() = hessian(x) * v.flat(); }
  void residual(const Blocks& x, arma::vec& r, const Sample& s) const {
    const double root = std::sqrt(static_cast<double>(size_of(s)));
    r.set_size(size_of(s));
    each_row(s, [&](arma::uword i, std::size_t k) { r[k] = miss(x, i) / root; });
  }
  void jacobian(const Blocks& x, arma::mat& j, const Sample& s) const {
    const double root = std::sqrt(static_cast<double>(size_of(s)));
    j.set_size(size_of(s), straight_.n_cols);
    each_row(s, [&](arma::uword i, std::size_t k) { j.row(k) = slope(x, i).t() / root; });
  }

  /// Curvatures are those around the solution.
  Facts facts() const {
    Facts facts;
    const double root = std::sqrt(static_cast<double>(straight_.n_rows));
    const arma::vec own = singular_values(straight_) / root;
    const double added = bend * singular_values(bent_).front() / root;
    const bool tall = straight_.n_rows >= straight_.n_cols;
    facts.smoothness = std::pow(own.front() + added, 2);
    facts.strong_convexity = tall ? std::pow(std::max(own.back() - added, 0.0), 2) : 0.0;
    if (bend == 0) facts.hessian_spectrum = arma::eig_sym(hessian(solution_));
    facts.minimum = floor;
    facts.solution = facts.truth = solution_;
    return facts;
  }
  double footprint() const {
    const double d = static_cast<double>(rows * columns * layers + rows);
    return 8 * (4 * static_cast<double>(samples) * d + 2 * d * d);
  }
  std::vector<NamedMatrix> data() const {
    return {{"straight", straight_}, {"bent", bent_}, {"truth", arma::mat(solution_.flat())}};
  }

 private:
  std::size_t size_of(const Sample& s) const { return s.rows.empty() ? straight_.n_rows : s.rows.size(); }
  template <class F>
  void each_row(const Sample& s, const F& f) const {
    for (std::size_t k = 0; k < size_of(s); ++k) f(s.rows.empty() ? k : s.rows[k], k);
  }
  double miss(const Blocks& x, arma::uword i) const {
    const double now = arma::dot(bent_.row(i), x.flat()), there = arma::dot(bent_.row(i), solution_.flat());
    return arma::dot(straight_.row(i), x.flat() - solution_.flat()) + bend * (std::tanh(now) - std::tanh(there));
  }
  arma::vec slope(const Blocks& x, arma::uword i) const {
    const double u = std::tanh(arma::dot(bent_.row(i), x.flat()));
    return (straight_.row(i) + bend * (1 - u * u) * bent_.row(i)).t();
  }

  arma::mat straight_, bent_;  ///< rows aᵢ and wᵢ
  Blocks solution_;
};

}  // namespace KAPPA_FILE

Method layered_regression() {
  using L = KAPPA_FILE::LayeredRegression;
  return problem<L>(
      {.title = "Layered regression",
       .idea = "Matrices and a bias seen through bent residuals: small, and without any symmetry of its own, so that "
               "every symmetry found on it is the optimizer's.",
       .equation = "f(x) = f* + 1/(2N) Σ rᵢ²,  rᵢ = aᵢ·(x − x*) + s (tanh wᵢ·x − tanh wᵢ·x*),  x = (W₁, …, b)"},
      {{&L::rows, "rows", "m", count(1, 50), "rows of each layer"},
       {&L::columns, "columns", "n", count(1, 50), "columns of each layer"},
       {&L::layers, "layers", "", count(1, 8), "matrices, beside one bias"},
       {&L::samples, "samples", "N", count(1, 10'000, true), "residuals"},
       {&L::bend, "bend", "s", range(0, 2), "how bent the residuals are; 0 is a quadratic"},
       {&L::floor, "floor", "f*", from_zero(1e-3, 10), "the lowest loss"}});
}

}  // namespace kappa::problems
