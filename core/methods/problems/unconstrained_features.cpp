/// Unconstrained features: linear layers on features that are free to move, as behind a network that can fit anything.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/kinds/problem.hpp"
#include "core/linalg/collapse.hpp"
#include "core/random/matrices.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

/// Layers after and before each one: product = after[i] W_i before[i].
struct Layers {
  std::vector<arma::mat> after, before;
  arma::mat product;
};

struct UnconstrainedFeatures {
  std::vector<double> class_sizes = {40, 20, 10, 5};
  std::int64_t features = 12;
  std::int64_t layers = 1;
  double weight_regularization = 0.05;
  double feature_regularization = 0.0025;
  std::optional<double> feature_speed;

  void build(Rng) {
    const arma::uword classes = class_sizes.size();
    arma::uword samples = 0;
    for (const arma::uword size : sizes()) samples += size;
    y_.zeros(classes, samples);
    arma::uword column = 0;
    for (arma::uword k = 0; k < classes; ++k)
      for (arma::uword i = 0; i < sizes()[k]; ++i) y_(k, column++) = 1;
    const double speed = feature_speed.value_or(static_cast<double>(samples) / static_cast<double>(classes));
    scale_ = std::sqrt(speed);
    std::vector<BlockShape> shapes;
    const auto d = static_cast<arma::uword>(features);
    for (std::int64_t i = 1; i <= layers; ++i)
      shapes.push_back({"W" + std::to_string(i), i == layers ? classes : d, d,
                        i == layers && layers > 1 ? Role::last : Role::hidden});
    shapes.push_back({"F", d, samples, Role::first});
    layout_ = std::make_shared<const Layout>(std::move(shapes));
  }
  Blocks start(Rng rng) const {
    Blocks x(layout_);
    for (std::size_t i = 0; i < x.count(); ++i) {
      arma::mat each = x.block(i);
      const double deviation = i + 1 == x.count() ? 1 / scale_ : 1 / std::sqrt(static_cast<double>(each.n_cols));
      each = deviation * normal_matrix(rng.child("start", i), each.n_rows, each.n_cols);
    }
    return x;
  }

  double value(const Blocks& x, const Sample& s) const { return loss(x, estimate(x), s.scratch.m); }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    const Layers l = layers_of(x);
    arma::mat& miss = s.scratch.m;
    const double f = loss(x, l.product, miss);
    const std::size_t m = depth();
    miss /= samples();
    const arma::mat h = x.block(m), outer = scale_ * miss * h.t();
    for (std::size_t i = 0; i < m; ++i) {
      arma::mat out = g.block(i);
      out = l.after[i].t() * outer * l.before[i].t();
      out += weight_regularization * x.block(i);
    }
    arma::mat out = g.block(m);
    out = l.product.t() * miss;
    out += feature_regularization * scale_ * h;
    out *= scale_;
    return f;
  }
  void hessian_product(const Blocks& x, const Blocks& v, Blocks& out) const;
  arma::mat estimate(const Blocks& x) const {
    arma::mat product = x.block(0) * 1.0;  // a copy
    for (std::size_t i = 1; i < depth(); ++i) product = arma::mat(x.block(i) * product);
    return product;
  }

  Facts facts() const;
  double footprint() const {
    double samples = 0;
    for (const double size : class_sizes) samples += size;
    return 8 * samples * (3 * static_cast<double>(class_sizes.size()) + 3 * static_cast<double>(features));
  }
  std::vector<NamedMatrix> data() const { return {{"Y", y_}}; }

 private:
  std::size_t depth() const { return static_cast<std::size_t>(layers); }
  double samples() const { return static_cast<double>(y_.n_cols); }
  std::vector<arma::uword> sizes() const {
    std::vector<arma::uword> out;
    for (const double size : class_sizes) out.push_back(static_cast<arma::uword>(std::lround(size)));
    return out;
  }
  /// Leaves WH - Y in `miss`.
  double loss(const Blocks& x, const arma::mat& product, arma::mat& miss) const {
    const arma::mat h = x.block(depth());
    miss = product * h;
    miss *= scale_;
    miss -= y_;
    double f =
        0.5 * arma::dot(miss, miss) / samples() + 0.5 * feature_regularization * scale_ * scale_ * arma::dot(h, h);
    for (std::size_t i = 0; i < depth(); ++i) {
      const arma::mat w = x.block(i);
      f += 0.5 * weight_regularization * arma::dot(w, w);
    }
    return f;
  }
  Layers layers_of(const Blocks& x) const {
    const std::size_t m = depth();
    Layers l;
    l.after.resize(m);
    l.before.resize(m);
    l.before[0].eye(static_cast<arma::uword>(features), static_cast<arma::uword>(features));
    for (std::size_t i = 1; i < m; ++i) l.before[i] = x.block(i - 1) * l.before[i - 1];
    l.after[m - 1].eye(y_.n_rows, y_.n_rows);
    for (std::size_t i = m - 1; i > 0; --i) l.after[i - 1] = l.after[i] * x.block(i);
    l.product = x.block(m - 1) * l.before[m - 1];
    return l;
  }

  arma::mat y_;
  double scale_ = 1;  ///< H = scale F, so that a step on F is scale² times that step on H
  std::shared_ptr<const Layout> layout_;
};

void UnconstrainedFeatures::hessian_product(const Blocks& x, const Blocks& v, Blocks& out) const {
  const std::size_t m = depth();
  const Layers l = layers_of(x);
  std::vector<arma::mat> after(m), before(m);  // their changes along v
  before[0].zeros(size(l.before[0]));
  for (std::size_t i = 1; i < m; ++i) before[i] = v.block(i - 1) * l.before[i - 1] + x.block(i - 1) * before[i - 1];
  after[m - 1].zeros(size(l.after[m - 1]));
  for (std::size_t i = m - 1; i > 0; --i) after[i - 1] = after[i] * x.block(i) + l.after[i] * v.block(i);
  const arma::mat product = v.block(m - 1) * l.before[m - 1] + x.block(m - 1) * before[m - 1];
  const arma::mat h = scale_ * x.block(m), along = scale_ * v.block(m);
  const arma::mat miss = (l.product * h - y_) / samples(), moved = (product * h + l.product * along) / samples();
  const arma::mat outer = miss * h.t(), turned = moved * h.t() + miss * along.t();
  for (std::size_t i = 0; i < m; ++i) {
    arma::mat each = out.block(i);
    each = after[i].t() * outer * l.before[i].t() + l.after[i].t() * turned * l.before[i].t() +
           l.after[i].t() * outer * before[i].t() + weight_regularization * v.block(i);
  }
  arma::mat last = out.block(m);
  last = scale_ * (product.t() * miss + l.product.t() * moved + feature_regularization * along);
}

/// The classes decouple; with fewer features than classes only those that gain most are kept.
Facts UnconstrainedFeatures::facts() const {
  Facts facts;
  const std::vector<arma::uword> count = sizes();
  const CollapseSetting setting{depth(), samples(), weight_regularization, feature_regularization};
  std::vector<CollapsedClass> best;
  std::vector<std::size_t> order(count.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (const arma::uword size : count) best.push_back(collapsed_class(setting, static_cast<double>(size)));
  const auto alone = [&](std::size_t k) { return static_cast<double>(count[k]) / (2 * samples()); };  // cost of p = 0
  std::stable_sort(order.begin(), order.end(), [&](std::size_t one, std::size_t two) {
    return alone(one) - best[one].cost > alone(two) - best[two].cost;
  });
  Blocks x(layout_);
  facts.minimum = 0.0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    const std::size_t k = order[rank];
    if (rank >= static_cast<std::size_t>(features)) {
      *facts.minimum += alone(k);
      continue;
    }
    *facts.minimum += best[k].cost;
    for (std::size_t i = 0; i + 1 < depth(); ++i) x.block(i)(rank, rank) = best[k].layer;
    x.block(depth() - 1)(k, rank) = best[k].layer;
    const arma::uword first = std::accumulate(count.begin(), count.begin() + static_cast<std::ptrdiff_t>(k), 0U);
    arma::mat h = x.block(depth());
    h.submat(rank, first, rank, first + count[k] - 1).fill(std::sqrt(best[k].mean_square) / scale_);
  }
  facts.solution = std::move(x);
  return facts;
}

}  // namespace KAPPA_FILE

Method unconstrained_features() {
  using U = KAPPA_FILE::UnconstrainedFeatures;
  const Domain weight = Range{.lo = 0, .hi = 1e6, .log = true, .open_lo = true, .slider_lo = 1e-4, .slider_hi = 1};
  return problem<U>(
      {.title = "Unconstrained features",
       .idea =
           "The last layers of a classifier alone, with features that may go where they like: what a network does at "
           "the end of training.",
       .equation = "f = 1/(2N) ‖W_M ⋯ W₁H − Y‖² + λ_W/2 Σ‖Wᵢ‖² + λ_H/2 ‖H‖²,  H = √s F,  Y one-hot",
       .cite = {{"Dang, Tran, Osher, Tran-The, Ho, Nguyen", 2023,
                 "Neural Collapse in Deep Linear Networks: From Balanced to Imbalanced Data", "arXiv:2301.00437"}}},
      {{&U::class_sizes, "class_sizes", "n", Many{.of = Range{1, 10'000, true}, .least = 1, .most = 64},
        "samples of each class, rounded"},
       {&U::features, "features", "d", count(1, 1000, true), "length of a feature vector"},
       {&U::layers, "layers", "M", count(1, 16), "linear layers on the features"},
       {&U::weight_regularization, "weight_regularization", "λ_W", weight,
        "weight of ‖Wᵢ‖²/2; below 10⁻⁴ collapse takes a million steps"},
       {&U::feature_regularization, "feature_regularization", "λ_H", weight, "weight of ‖H‖²/2"},
       {&U::feature_speed, "feature_speed", "s",
        automatic(Range{.lo = 0, .hi = 1e9, .log = true, .open_lo = true, .slider_lo = 1, .slider_hi = 1e4}),
        "a step η on F = H/√s is a step sη on H; auto: N over the number of classes, since the loss is a mean over "
        "N"}});
}

}  // namespace kappa::problems
