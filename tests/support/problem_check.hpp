/// Problems made and probed in tests: built from a method's entry function, compared with differences of their own
/// value.
#pragma once

#include <cmath>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/kinds/problem.hpp"
#include "core/random/matrices.hpp"

namespace kappa::support {

using Given = std::map<std::string, Value, std::less<>>;
using Rows = std::vector<std::uint32_t>;

inline std::shared_ptr<const ProblemModel> built(const Method& method, Given given = {}, std::uint64_t seed = 1) {
  auto model = std::get<MakeProblem>(method.make)(Node{Kind::problem, "", std::move(given)});
  model->build(Rng(seed, "problem"));
  return model;
}

inline Value data_of(const std::string& path, const std::string& target) {
  return std::make_shared<const Node>(Node{Kind::problem, "", {{"path", path}, {"target", target}}});
}

inline Blocks start_of(const ProblemModel& problem, std::uint64_t seed = 1) { return problem.start(Rng(seed, "init")); }

inline double value_at(const ProblemModel& problem, const Blocks& x, const Rows& rows = {}) {
  Scratch room;
  return problem.value(x, {rows, Rng(1, "noise"), room});
}

struct Slope {
  double f = 0;
  Blocks g;
};
inline Slope gradient_at(const ProblemModel& problem, const Blocks& x, const Rows& rows = {}) {
  Scratch room;
  Slope out{0, zeros_like(x)};
  out.f = problem.value_gradient(x, out.g, {rows, Rng(1, "noise"), room});
  return out;
}

/// The start moved by normal numbers, so that nothing vanishes by symmetry.
inline Blocks somewhere(const ProblemModel& problem, double scale = 1, std::uint64_t seed = 7) {
  Blocks x = start_of(problem);
  x.flat() += scale * normal_vector(Rng(seed, "somewhere"), x.flat().n_elem);
  return x;
}

/// The order in h of |f(x + hd) - f(x) - h g.d|: 2 for a true gradient, 1 for any other. The smallest over pairs of h
/// at which rounding does not yet speak.
inline double taylor_order(const ProblemModel& problem, const Blocks& x, const Rows& rows = {},
                           std::uint64_t seed = 3) {
  const Slope here = gradient_at(problem, x, rows);
  const arma::vec d = unit_vector(Rng(seed, "direction"), x.flat().n_elem);
  const double slope = arma::dot(here.g.flat(), d);
  const auto error = [&](double h) {
    Blocks moved = x;
    moved.flat() += h * d;
    return std::abs(value_at(problem, moved, rows) - here.f - h * slope);
  };
  double order = 9;
  for (double h = 1e-2; h > 1e-5; h /= 4) {
    const double near = error(h / 4), far = error(h);
    if (near > 1e-11 * (std::abs(here.f) + 1e-6)) order = std::min(order, std::log(far / near) / std::log(4.0));
  }
  return order;
}

/// Largest gap between H v and the difference of gradients along v, relative to the gradients' change.
inline double hessian_gap(const ProblemModel& problem, const Blocks& x, std::uint64_t seed = 5) {
  Blocks v = zeros_like(x), product = zeros_like(x), plus = x, minus = x;
  v.flat() = unit_vector(Rng(seed, "direction"), x.flat().n_elem);
  problem.hessian_product(x, v, product);
  const double h = 1e-5;
  plus.flat() += h * v.flat();
  minus.flat() -= h * v.flat();
  const arma::vec change = (gradient_at(problem, plus).g.flat() - gradient_at(problem, minus).g.flat()) / (2 * h);
  return arma::norm(change - product.flat()) / (arma::norm(change) + 1e-12);
}

/// The product with the dense Hessian against the product without it.
inline double dense_gap(const ProblemModel& problem, const Blocks& x, std::uint64_t seed = 5) {
  Blocks v = zeros_like(x), product = zeros_like(x);
  v.flat() = unit_vector(Rng(seed, "direction"), x.flat().n_elem);
  problem.hessian_product(x, v, product);
  return arma::norm(problem.hessian(x) * v.flat() - product.flat()) / arma::norm(product.flat());
}

/// The mean of all component gradients against the full gradient, values included.
inline double components_gap(const ProblemModel& problem, const Blocks& x) {
  const Slope all = gradient_at(problem, x);
  Blocks one = zeros_like(x);
  arma::vec mean(x.flat().n_elem, arma::fill::zeros);
  double f = 0;
  const double n = static_cast<double>(problem.components());
  for (std::uint64_t i = 0; i < problem.components(); ++i) {
    f += problem.component_gradient(i, x, one) / n;
    mean += one.flat() / n;
  }
  return arma::norm(mean - all.g.flat()) / arma::norm(all.g.flat()) + std::abs(f - all.f) / std::abs(all.f);
}

/// Batches that together hold every row once average to the full gradient.
inline double batches_gap(const ProblemModel& problem, const Blocks& x, std::uint32_t batch) {
  const Slope all = gradient_at(problem, x);
  arma::vec sum(x.flat().n_elem, arma::fill::zeros);
  const auto n = static_cast<std::uint32_t>(problem.samples());
  for (std::uint32_t first = 0; first < n; first += batch) {
    Rows rows;
    for (std::uint32_t i = first; i < std::min(n, first + batch); ++i) rows.push_back(i);
    sum += gradient_at(problem, x, rows).g.flat() * (static_cast<double>(rows.size()) / n);
  }
  return arma::norm(sum - all.g.flat()) / arma::norm(all.g.flat());
}

inline arma::mat dumped(const ProblemModel& problem, const std::string& name) {
  for (const NamedMatrix& each : problem.data())
    if (each.name == name) return each.value;
  return {};
}

}  // namespace kappa::support
