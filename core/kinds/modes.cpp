/// Errors in eigenvector coordinates, and linear recursions of two variables over them.
#include "core/kinds/modes.hpp"

#include <algorithm>
#include <cmath>

#include "core/linalg/spectrum.hpp"

namespace kappa {

namespace {

arma::mat hessian_of(const ProblemModel& problem, const Blocks& x) {
  if (problem.can(Can::hessian)) return problem.hessian(x);
  const arma::uword n = x.flat().n_elem;
  arma::mat hessian(n, n);
  Blocks direction = zeros_like(x), product = zeros_like(x);
  for (arma::uword i = 0; i < n; ++i) {
    direction.flat().zeros();
    direction.flat()[i] = 1;
    problem.hessian_product(x, direction, product);
    hessian.col(i) = product.flat();
  }
  return hessian;
}

Eigenbasis eigenbasis_of(const arma::mat& hessian) {
  arma::vec ascending;
  arma::mat vectors;
  if (!symmetric_eigen(hessian, ascending, vectors)) return {};
  Eigenbasis basis{arma::reverse(ascending), arma::fliplr(vectors)};
  const double zero = static_cast<double>(hessian.n_rows) * 2.22e-16 * arma::abs(basis.values).max();
  for (double& lambda : basis.values)
    if (std::abs(lambda) <= zero) lambda = 0;
  return basis;
}

arma::vec gradient_of(const ProblemModel& problem, const Blocks& x, std::uint64_t noise) {
  Scratch scratch;
  Blocks g = zeros_like(x);
  problem.value_gradient(x, g, {{}, Rng(noise, "theory"), scratch});
  return g.flat();
}

double value_of(const ProblemModel& problem, const Blocks& x) {
  Scratch scratch;
  return problem.value(x, {{}, Rng(0, "theory"), scratch});
}

/// Binary powers: a gap of g steps costs log g products.
arma::mat22 power(arma::mat22 base, std::uint64_t exponent) {
  arma::mat22 out(arma::fill::eye);
  for (; exponent > 0; exponent >>= 1) {
    if (exponent & 1) out = base * out;
    base = base * base;
  }
  return out;
}

}  // namespace

const Eigenbasis& ProblemModel::eigenbasis(const Blocks& x) const {
  std::call_once(basis_found_, [&] { basis_ = eigenbasis_of(hessian_of(*this, x)); });
  return basis_;
}

double Modes::loss(const arma::vec& error_now) const {
  return minimum + 0.5 * arma::accu(eigenvalues % error_now % error_now);
}

bool is_quadratic(const ProblemModel& problem) {
  const Facts& facts = problem.facts();
  return !facts.hessian_spectrum.is_empty() && facts.smooth && facts.is_gradient &&
         (problem.can(Can::hessian) || problem.can(Can::hessian_product));
}

std::optional<Modes> modes_at(const ProblemModel& problem, const Blocks& x, arma::uword most) {
  const arma::uword n = x.flat().n_elem;
  if (n == 0 || n > most || !(problem.can(Can::hessian) || problem.can(Can::hessian_product))) return std::nullopt;
  const bool constant = is_quadratic(problem);
  const Eigenbasis here = constant ? Eigenbasis{} : eigenbasis_of(hessian_of(problem, x));
  const auto& [values, vectors] = constant ? problem.eigenbasis(x) : here;
  if (values.is_empty()) return std::nullopt;
  Modes modes{.eigenvalues = values, .error = {}, .minimum = 0};
  const Facts& facts = problem.facts();
  if (facts.solution && facts.solution->flat().n_elem == n) {
    modes.error = vectors.t() * (x.flat() - facts.solution->flat());
  } else {
    modes.error = vectors.t() * gradient_of(problem, x, 0);
    for (arma::uword i = 0; i < n; ++i)
      modes.error[i] = modes.eigenvalues[i] > 0 ? modes.error[i] / modes.eigenvalues[i] : 0;
  }
  modes.minimum = facts.minimum ? *facts.minimum : value_of(problem, x) - modes.loss(modes.error);
  return modes;
}

std::optional<Curvature> curvature_of(const Facts& facts) {
  if (facts.hessian_spectrum.is_empty()) return std::nullopt;
  const double largest = facts.hessian_spectrum.max();
  const double zero = static_cast<double>(facts.hessian_spectrum.n_elem) * 2.22e-16 * largest;
  if (!(largest > 0) || facts.hessian_spectrum.min() < -zero) return std::nullopt;
  Curvature curvature{.largest = largest, .smallest = largest};
  for (const double lambda : facts.hessian_spectrum)
    if (lambda > zero) curvature.smallest = std::min(curvature.smallest, lambda);
  return curvature;
}

bool exact_gradients(const TheorySetup& setup) {
  if (setup.batch != 0 && setup.problem.samples() != 0) return false;
  const arma::vec once = gradient_of(setup.problem, setup.start, 1), again = gradient_of(setup.problem, setup.start, 2);
  return std::equal(once.begin(), once.end(), again.begin(), again.end());
}

bool exact_quadratic(const TheorySetup& setup) {
  return is_quadratic(setup.problem) && curvature_of(setup.problem.facts()) && exact_gradients(setup);
}

std::vector<double> recursion_losses(const Modes& modes, const arma::vec& memory,
                                     const std::function<arma::mat22(double)>& transition,
                                     const std::vector<double>& steps) {
  const arma::uword n = modes.error.n_elem;
  std::vector<arma::mat22> once(n), gap(n);
  for (arma::uword i = 0; i < n; ++i) once[i] = transition(modes.eigenvalues[i]);
  arma::vec error = modes.error, second = memory;
  std::vector<double> losses;
  double at = 0;
  std::uint64_t width = 0;
  for (const double step : steps) {
    const auto wanted = static_cast<std::uint64_t>(step - at);
    if (wanted != width)
      for (arma::uword i = 0; i < n; ++i) gap[i] = power(once[i], wanted);
    width = wanted;
    for (arma::uword i = 0; i < n && wanted > 0; ++i) {
      const double e = error[i], m = second[i];
      error[i] = gap[i](0, 0) * e + gap[i](0, 1) * m;
      second[i] = gap[i](1, 0) * e + gap[i](1, 1) * m;
    }
    at = step;
    losses.push_back(modes.loss(error));
  }
  return losses;
}

double spectral_radius(const Modes& modes, const std::function<arma::mat22(double)>& transition) {
  double radius = 0;
  for (const double lambda : modes.eigenvalues) {
    if (lambda <= 0) continue;
    const arma::mat22 a = transition(lambda);
    const double half = 0.5 * (a(0, 0) + a(1, 1)), det = a(0, 0) * a(1, 1) - a(0, 1) * a(1, 0);
    const double inside = half * half - det;
    radius = std::max(radius, inside > 0 ? std::abs(half) + std::sqrt(inside) : std::sqrt(std::max(0.0, det)));
  }
  return radius;
}

}  // namespace kappa
