/// Newton-Schulz on the wide side, with every product written into reused storage.
#include "core/linalg/newton_schulz.hpp"

#include <algorithm>
#include <span>

namespace kappa {
namespace {

using Triple = std::array<double, 3>;

constexpr std::array<Triple, 1> kQuintic = {{{3.4445, -4.7750, 2.0315}}};
constexpr std::array<Triple, 1> kCubic = {{{1.5, -0.5, 0.0}}};
constexpr std::array<Triple, 8> kPolarExpress = {{{7.2086, -15.5131, 9.0178},
                                                  {3.9623, -2.5813, 0.4542},
                                                  {3.9466, -2.5765, 0.4544},
                                                  {3.8991, -2.5671, 0.4566},
                                                  {3.7186, -2.5308, 0.4653},
                                                  {3.1390, -2.3073, 0.4733},
                                                  {2.1715, -1.5246, 0.3885},
                                                  {1.8648, -1.2224, 0.3577}}};
constexpr std::array<Triple, 6> kSixStep = {{{3955.0 / 1024, -8306.0 / 1024, 5008.0 / 1024},
                                             {3735.0 / 1024, -6681.0 / 1024, 3463.0 / 1024},
                                             {3799.0 / 1024, -6499.0 / 1024, 3211.0 / 1024},
                                             {4019.0 / 1024, -6385.0 / 1024, 2906.0 / 1024},
                                             {2677.0 / 1024, -3029.0 / 1024, 1162.0 / 1024},
                                             {2172.0 / 1024, -1833.0 / 1024, 682.0 / 1024}}};

std::span<const Triple> table(NewtonSchulz set) {
  switch (set) {
    case NewtonSchulz::cubic:
      return kCubic;
    case NewtonSchulz::polar_express:
      return kPolarExpress;
    case NewtonSchulz::six_step:
      return kSixStep;
    case NewtonSchulz::quintic:
      break;
  }
  return kQuintic;
}

/// A symmetric matrix times its own transpose: half of that product is enough, which pays from some size on.
void square(const arma::mat& symmetric, arma::mat& out) {
  constexpr arma::uword large = 48;
  if (symmetric.n_rows < large)
    out = symmetric * symmetric;
  else
    out = symmetric * symmetric.t();
}

}  // namespace

std::array<double, 3> newton_schulz_coefficients(NewtonSchulz set, int step) {
  const std::span<const Triple> all = table(set);
  return all[std::min(static_cast<std::size_t>(std::max(step, 0)), all.size() - 1)];
}

double newton_schulz_map(double s, int steps, NewtonSchulz set) {
  for (int i = 0; i < steps; ++i) {
    const auto [a, b, c] = newton_schulz_coefficients(set, i);
    const double s2 = s * s;
    s *= a + s2 * (b + s2 * c);
  }
  return s;
}

void newton_schulz(const arma::mat& g, int steps, NewtonSchulz set, NewtonSchulzWork& work, arma::mat& out) {
  if (!g.is_finite()) {
    out.set_size(g.n_rows, g.n_cols);
    out.fill(arma::datum::nan);
    return;
  }
  if (g.is_empty()) {
    out.set_size(g.n_rows, g.n_cols);
    return;
  }
  const bool tall = g.n_rows > g.n_cols;
  if (tall)
    work.x = g.t();
  else
    work.x = g;
  work.x /= arma::norm(g, "fro") + 1e-7;
  for (int i = 0; i < steps; ++i) {
    const auto [a, b, c] = newton_schulz_coefficients(set, i);
    work.gram = work.x * work.x.t();
    if (c != 0.0) {
      square(work.gram, work.poly);
      work.poly = c * work.poly + b * work.gram;
    } else {
      work.poly = b * work.gram;
    }
    work.step = work.poly * work.x;
    work.x = a * work.x + work.step;
  }
  if (tall)
    out = work.x.t();
  else
    out = work.x;
}

arma::mat newton_schulz(const arma::mat& g, int steps, NewtonSchulz set) {
  NewtonSchulzWork work;
  arma::mat out;
  newton_schulz(g, steps, set, work, out);
  return out;
}

}  // namespace kappa
