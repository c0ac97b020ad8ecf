/// Two tasks on the plane: deep valleys that point elsewhere, whose gradients conflict and differ in size.
#include <array>
#include <cmath>

#include "core/kinds/problem.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

/// A value and its slopes along x1 and x2.
struct Slope {
  double f = 0, x1 = 0, x2 = 0;
};
Slope operator*(const Slope& a, const Slope& b) {
  return {a.f * b.f, a.x1 * b.f + a.f * b.x1, a.x2 * b.f + a.f * b.x2};
}
Slope operator+(const Slope& a, const Slope& b) { return {a.f + b.f, a.x1 + b.x1, a.x2 + b.x2}; }

/// log(max(|u|, 5e-6)) + 6.
Slope valley(const Slope& u) {
  constexpr double least = 5e-6;
  if (!(std::abs(u.f) > least)) return {std::log(least) + 6, 0, 0};
  return {std::log(std::abs(u.f)) + 6, u.x1 / u.f, u.x2 / u.f};
}
/// max(tanh(sign x2 / 2), 0): one half of the plane. On the border the mean of both slopes.
Slope half(double sign, double x2) {
  const double t = std::tanh(sign * x2 / 2);
  if (t == 0) return {0, 0, sign / 4};
  return t > 0 ? Slope{t, 0, sign * (1 - t * t) / 2} : Slope{};
}
/// ((x1 + a)^2 + 0.1 (x2 + 8)^2)/10 - 20, as published with (-x1 + 7) and (-x2 - 8).
Slope basin(double a, double x1, double x2) {
  return {((x1 + a) * (x1 + a) + 0.1 * (x2 + 8) * (x2 + 8)) / 10 - 20, (x1 + a) / 5, (x2 + 8) / 50};
}

struct MultiTaskValley {
  double start_x = -8.5;
  double start_y = 7.5;
  double balance = 0.5;

  void build(Rng) {}
  Blocks start(Rng) const { return single_block("x", arma::vec{start_x, start_y}); }

  double value_gradient(const Blocks& x, Blocks& g, const Sample&) const {
    const Slope all = task(0, x) + task(1, x);
    g.flat() = {all.x1 / 2, all.x2 / 2};
    return all.f / 2;
  }
  std::uint64_t components() const { return 2; }
  double component_gradient(std::uint64_t i, const Blocks& x, Blocks& g) const {
    const Slope one = task(i, x);
    g.flat() = {one.x1, one.x2};
    return one.f;
  }
  Facts facts() const {
    Facts facts;
    facts.smooth = false;  // kinks at x2 = 0 and along the bottoms of the valleys
    return facts;
  }
  std::optional<Plane> plane() const { return Plane{-10, 10, -10, 10}; }

 private:
  Slope task(std::uint64_t i, const Blocks& x) const {
    const double x1 = x.flat()[0], x2 = x.flat()[1], t = std::tanh(-x2), bend = 1 - t * t;
    const Slope upper = half(1, x2), lower = half(-1, x2);
    if (i == 0) {
      const Slope a = valley({0.5 * (-x1 - 7) - t, -0.5, bend});
      return Slope{balance, 0, 0} * (a * upper + basin(-7, x1, x2) * lower);
    }
    const Slope b = valley({0.5 * (-x1 + 3) + t + 2, -0.5, -bend});
    return Slope{1 - balance, 0, 0} * (b * upper + basin(7, x1, x2) * lower);
  }
};

}  // namespace KAPPA_FILE

Method multi_task_valley() {
  using M = KAPPA_FILE::MultiTaskValley;
  return problem<M>(
      {.title = "Two tasks with valleys",
       .idea =
           "The published plane of multi-task learning: descend one task alone and the other is left in its valley.",
       .equation = "f = ½(f₁ + f₂),  f₁ = s(A c₁ + P c₂),  f₂ = (1−s)(B c₁ + R c₂),  c₁, c₂ = max(±tanh(x₂/2), 0)",
       .cite = {{"Navon et al.", 2022, "Multi-Task Learning as a Bargaining Game", "arXiv:2202.01017"},
                {"Senushkin, Patakin, Kuznetsov, Konushin", 2023,
                 "Independent Component Alignment for Multi-Task Learning", "arXiv:2305.19000"}}},
      {{&M::start_x, "start_x", "x₁", range(-10, 10), "first coordinate of the start"},
       {&M::start_y, "start_y", "x₂", range(-10, 10), "second coordinate of the start"},
       {&M::balance, "balance", "s", range(0, 1), "weight of the first task; 1 − s that of the second"}});
}

}  // namespace kappa::problems
