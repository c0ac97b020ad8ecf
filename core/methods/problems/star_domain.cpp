/// Star domain: one network whose straight paths to several solutions of the two-layer classifier shall all be low.
#include <span>

#include "core/base/issue.hpp"
#include "core/methods/problems/relu_classifier.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

/// Gauss–Legendre points and weights on [0, 1]: what probes see is the mean over a whole path.
constexpr double places[] = {0.0469100770306680, 0.2307653449471585, 0.5, 0.7692346550528415, 0.9530899229693320};
constexpr double weights[] = {0.1184634425280945, 0.2393143352496832, 0.2844444444444444, 0.2393143352496832,
                              0.1184634425280945};

struct StarDomain : ReluClassifier {
  std::int64_t sources = 3;
  std::vector<double> points;

  void build(Rng rng) {
    draw(rng.child("data"));
    solutions_.clear();
    const std::size_t size = point().flat().n_elem;
    if (points.size() % size != 0)
      throw DataError{{"/points",
                       std::to_string(points.size()) + " numbers are not a whole number of networks with " +
                           std::to_string(size) + " weights each",
                       ""}};
    for (std::size_t k = 0; k * size < points.size(); ++k) {
      solutions_.push_back(point());
      solutions_.back().flat() =
          arma::vec(std::vector<double>(points.begin() + static_cast<std::ptrdiff_t>(k * size),
                                        points.begin() + static_cast<std::ptrdiff_t>((k + 1) * size)));
    }
    for (std::int64_t k = 0; points.empty() && k < sources; ++k)
      solutions_.push_back(first_point(rng.child("source", static_cast<std::uint64_t>(k))));
  }
  Blocks start(Rng rng) const { return first_point(rng); }

  double value(const Blocks& at, const Sample& s) const {
    double sum = 0;
    for (const Blocks& solution : solutions_)
      for (std::size_t q = 0; q < std::size(places); ++q) sum += weights[q] * loss(between(at, solution, places[q]), s);
    return sum / static_cast<double>(solutions_.size());
  }
  /// A step looks at one place on one path; over all rows its value is the objective itself.
  double value_gradient(const Blocks& at, Blocks& g, const Sample& s) const {
    if (s.noiseless) return whole_gradient(at, g, s);
    Rng draw = s.noise.child("place");
    const Blocks& solution = solutions_[draw.below(solutions_.size())];
    const double u = draw.uniform(), f = loss_gradient(between(at, solution, u), g, s);
    g.flat() *= 1 - u;
    return s.rows.empty() ? value(at, s) : f;
  }
  std::uint64_t row_count() const { return x.n_cols; }
  Facts facts() const {
    Facts facts;
    facts.smooth = false;
    return facts;
  }
  double footprint() const {
    const double m = static_cast<double>(width), d = static_cast<double>(inputs);
    return data_footprint() + 8 * m * (d + 1) * static_cast<double>(sources);
  }
  std::vector<NamedMatrix> data() const { return dump(); }

 private:
  static Blocks between(const Blocks& at, const Blocks& solution, double u) {
    Blocks middle = at;
    middle.flat() = (1 - u) * at.flat() + u * solution.flat();
    return middle;
  }
  double whole_gradient(const Blocks& at, Blocks& g, const Sample& s) const {
    Blocks one = zeros_like(at);
    g.flat().zeros();
    double sum = 0;
    const double share = 1 / static_cast<double>(solutions_.size());
    for (const Blocks& solution : solutions_)
      for (std::size_t q = 0; q < std::size(places); ++q) {
        sum += share * weights[q] * loss_gradient(between(at, solution, places[q]), one, s);
        g.flat() += share * weights[q] * (1 - places[q]) * one.flat();
      }
    return sum;
  }

  std::vector<Blocks> solutions_;
};

}  // namespace KAPPA_FILE

Method star_domain() {
  using M = KAPPA_FILE::StarDomain;
  Params<M> params = relu_classifier_fields<M>();
  params.push_back({&M::sources, "sources", "K", count(1, 100), "networks at the tips, where no points are given"});
  params.push_back({&M::points, "points", "θₖ",
                    Many{.of = Range{.lo = -1e300, .hi = 1e300}, .least = 0, .most = 1'000'000},
                    "their weights one after another, W by columns and then a; empty: networks at random"});
  return problem<M>(
      {.title = "Star domain",
       .idea = "Look for a centre from which every known solution can be reached along a straight line of low loss.",
       .equation = "f(θ) = E L((1−u)θ + uθₖ),  u uniform in [0, 1], k one of K;  a step draws one u and one k",
       .cite = {{"Sonthalia, Rubinstein, Abbasnejad, Oh", 2024, "Do Deep Neural Network Solutions Form a Star Domain?",
                 "arXiv:2403.07968"}}},
      std::move(params));
}

}  // namespace kappa::problems
