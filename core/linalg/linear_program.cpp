/// One Newton system of the size of A's rows per step, solved twice: towards the boundary, then corrected.
#include "core/linalg/linear_program.hpp"

#include <algorithm>
#include <cmath>

#include "core/linalg/inverse_root.hpp"

namespace kappa {
namespace {

/// The iterate, or a direction: x, its room s under the upper bound, the multipliers y, and the slacks z of x, w of s.
struct Point {
  arma::vec x, s, y, z, w;
};

struct Residuals {
  arma::vec primal, upper, dual;
};

/// The longest step along `d` that keeps `v` positive, at most 1.
double longest(const arma::vec& v, const arma::vec& d) {
  double step = 1;
  for (arma::uword i = 0; i < v.n_elem; ++i)
    if (d[i] < 0) step = std::min(step, -v[i] / d[i]);
  return step;
}

class InteriorPoint {
 public:
  explicit InteriorPoint(const LinearProgram& program) : p_(program), bounded_(!program.upper.is_empty()) {
    const arma::uword n = p_.c.n_elem;
    at_.x = bounded_ ? arma::vec(0.5 * p_.upper) : arma::vec(n, arma::fill::ones);
    at_.y.zeros(p_.b.n_elem);
    const double slack = 1 + arma::norm(p_.c, "inf");
    at_.z = arma::vec(n, arma::fill::value(slack));
    if (!bounded_) return;
    at_.s = p_.upper - at_.x;
    at_.w = at_.z;
  }

  bool step() {
    const Residuals r = residuals();
    const double mu = complementarity(at_);
    arma::vec weight = at_.z / at_.x;
    if (bounded_) weight += at_.w / at_.s;
    weight = 1 / weight;
    const arma::mat normal = (p_.a.each_row() % weight.t()) * p_.a.t();
    Point towards = direction(r, weight, normal, -at_.x % at_.z, -at_.s % at_.w);
    const auto [primal, dual] = lengths(towards);
    const double centre = std::pow(complementarity(moved(towards, primal, dual)) / mu, 3);
    towards = direction(r, weight, normal, centre * mu - at_.x % at_.z - towards.x % towards.z,
                        bounded_ ? arma::vec(centre * mu - at_.s % at_.w - towards.s % towards.w) : arma::vec());
    const auto [a, b] = lengths(towards);
    const Point next = moved(towards, std::min(1.0, 0.9995 * a), std::min(1.0, 0.9995 * b));
    if (!next.x.is_finite() || !next.y.is_finite() || !next.z.is_finite()) return false;
    at_ = next;
    return true;
  }

  ProgramSolution solution() const {
    const Residuals r = residuals();
    const double primal = arma::dot(p_.c, at_.x);
    const double dual = arma::dot(p_.b, at_.y) - (bounded_ ? arma::dot(p_.upper, at_.w) : 0.0);
    ProgramSolution out{at_.x, at_.y};
    out.gap = std::abs(primal - dual) / (1 + std::abs(primal));
    const double off =
        std::max(arma::norm(r.primal) / (1 + arma::norm(p_.b)), arma::norm(r.dual) / (1 + arma::norm(p_.c)));
    out.converged = out.gap < 1e-9 && off < 1e-9;
    return out;
  }

 private:
  Residuals residuals() const {
    Residuals r{p_.b - p_.a * at_.x, {}, p_.c - p_.a.t() * at_.y - at_.z};
    if (!bounded_) return r;
    r.upper = p_.upper - at_.x - at_.s;
    r.dual += at_.w;
    return r;
  }
  double complementarity(const Point& q) const {
    const double sum = arma::dot(q.x, q.z) + (bounded_ ? arma::dot(q.s, q.w) : 0.0);
    return sum / static_cast<double>(q.x.n_elem * (bounded_ ? 2 : 1));
  }
  /// Newton's direction when x z should change by `xz` and s w by `sw` to first order.
  Point direction(const Residuals& r, const arma::vec& weight, const arma::mat& normal, const arma::vec& xz,
                  const arma::vec& sw) const {
    arma::vec pull = r.dual - xz / at_.x;
    if (bounded_) pull += (sw - at_.w % r.upper) / at_.s;
    Point d;
    d.y = solve_spd(normal, p_.a * (weight % pull) + r.primal);
    d.x = weight % (p_.a.t() * d.y - pull);
    d.z = (xz - at_.z % d.x) / at_.x;
    if (!bounded_) return d;
    d.s = r.upper - d.x;
    d.w = (sw - at_.w % d.s) / at_.s;
    return d;
  }
  std::pair<double, double> lengths(const Point& d) const {
    double primal = longest(at_.x, d.x), dual = longest(at_.z, d.z);
    if (bounded_) {
      primal = std::min(primal, longest(at_.s, d.s));
      dual = std::min(dual, longest(at_.w, d.w));
    }
    return {primal, dual};
  }
  Point moved(const Point& d, double primal, double dual) const {
    Point q{at_.x + primal * d.x, {}, at_.y + dual * d.y, at_.z + dual * d.z, {}};
    if (!bounded_) return q;
    q.s = at_.s + primal * d.s;
    q.w = at_.w + dual * d.w;
    return q;
  }

  const LinearProgram& p_;
  bool bounded_;
  Point at_;
};

}  // namespace

ProgramSolution solve(const LinearProgram& program, int most) {
  InteriorPoint method(program);
  ProgramSolution best = method.solution();
  for (int i = 0; i < most; ++i) {
    if (!method.step()) break;
    const ProgramSolution now = method.solution();
    if (!best.converged || (now.converged && now.gap < best.gap)) best = now;
    if (best.converged && (best.gap < 1e-13 || now.gap > 10 * best.gap)) break;
  }
  return best;
}

}  // namespace kappa
