/// Softmax regression: a linear score for each class, and the cross-entropy of their softmax.
#include <cmath>

#include "core/kinds/problem.hpp"
#include "core/linalg/softmax.hpp"
#include "core/linalg/spectrum.hpp"
#include "core/random/labelled_classes.hpp"
#include "core/random/table.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

struct SoftmaxRegression : ClassSettings {
  double regularization = 0;

  void build(Rng rng) { data_ = class_data(*this, rng); }
  Blocks start(Rng) const { return Blocks({{"W", data_.x.n_rows, data_.classes, Role::hidden}}); }

  double value(const Blocks& x, const Sample& s) const {
    return softmax_cross_entropy(scores(x, s), labels_of(s)) + penalty(x);
  }
  double value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
    arma::mat& p = scores(x, s);
    const ColumnLabels classes_of = labels_of(s);
    const double f = softmax_cross_entropy(p, classes_of) + penalty(x);
    subtract_labels(p, classes_of);
    slope(p, s, g);
    if (regularization > 0) g.flat() += regularization * x.flat();
    return f;
  }
  /// The gradient of the data's part: the penalty has no labels.
  void resampled_gradient(const Blocks& x, Blocks& g, const Sample& s, Rng drawn) const {
    arma::mat& p = scores(x, s);
    softmax_cross_entropy(p, labels_of(s));
    subtract_labels(p, drawn_labels(p, drawn));
    slope(p, s, g);
  }
  void hessian_product(const Blocks& x, const Blocks& v, Blocks& out) const {
    Scratch room;
    const Sample all{{}, Rng(0, "hessian"), room};
    arma::mat p = probabilities(x, all);
    room.m = softmax_curvature_product(p, arma::mat(v.block(0).t() * data_.x));
    slope(room.m, all, out);
    if (regularization > 0) out.flat() += regularization * v.flat();
  }
  arma::mat hessian(const Blocks& x) const {
    Scratch room;
    const arma::mat p = probabilities(x, {{}, Rng(0, "hessian"), room});
    arma::mat h(x.flat().n_elem, x.flat().n_elem, arma::fill::zeros);
    for (arma::uword i = 0; i < p.n_cols; ++i)
      h += arma::kron(softmax_curvature(p.col(i)), arma::mat(data_.x.col(i) * data_.x.col(i).t()));
    h /= static_cast<double>(p.n_cols);
    h.diag() += regularization;
    return h;
  }

  /// With a penalty, √λ W follows the rows of P − Y, and its curvature is one.
  void residual(const Blocks& x, arma::vec& r, const Sample& s) const {
    arma::mat& p = scores(x, s);
    const ColumnLabels classes_of = labels_of(s);
    softmax_cross_entropy(p, classes_of);
    subtract_labels(p, classes_of);
    r = arma::vectorise(p) / std::sqrt(static_cast<double>(p.n_cols));
    if (regularization > 0) r = arma::join_cols(r, arma::vec(std::sqrt(regularization) * x.flat()));
  }
  void jacobian(const Blocks& x, arma::mat& j, const Sample& s) const {
    const arma::mat& in = inputs_of(s);
    j = arma::kron(arma::mat(in.t()), arma::mat(data_.classes, data_.classes, arma::fill::eye));
    arma::uvec order(j.n_cols);  // kron has the classes inside, W has them outside
    for (arma::uword k = 0; k < data_.classes; ++k)
      for (arma::uword i = 0; i < in.n_rows; ++i) order[k * in.n_rows + i] = i * data_.classes + k;
    j = arma::mat(j.cols(order)) / std::sqrt(static_cast<double>(in.n_cols));
    const arma::uword d = x.flat().n_elem;
    if (regularization > 0) j = arma::join_cols(j, arma::mat(std::sqrt(regularization) * arma::eye(d, d)));
  }
  void curvature(const Blocks& x, arma::mat& q, const Sample& s) const {
    const arma::mat of_outputs = softmax_curvature(probabilities(x, s));
    const arma::uword n = of_outputs.n_rows;
    if (regularization > 0) {
      q.eye(n + x.flat().n_elem, n + x.flat().n_elem);
      q.submat(0, 0, n - 1, n - 1) = of_outputs;
    } else {
      q = of_outputs;
    }
  }

  std::uint64_t row_count() const { return data_.x.n_cols; }
  std::uint64_t components() const { return data_.x.n_cols; }
  double component_gradient(std::uint64_t i, const Blocks& x, Blocks& g) const {
    Scratch room;
    const auto row = static_cast<std::uint32_t>(i);
    return value_gradient(x, g, {{&row, 1}, Rng(0, "component"), room});
  }
  bool has_test_loss() const { return data_.test_x.n_cols > 0; }
  double test_loss(const Blocks& x) const {
    arma::mat p = x.block(0).t() * data_.test_x;
    return softmax_cross_entropy(p, data_.test_label);
  }
  /// L is the bound for all W: a softmax bends by one half at most.
  Facts facts() const {
    Facts facts;
    const double largest = singular_values(data_.x).max();
    facts.smoothness = largest * largest / (2 * static_cast<double>(data_.x.n_cols)) + regularization;
    facts.strong_convexity = regularization;
    if (!data_.truth.is_empty()) {
      facts.truth = start(Rng(0, "facts"));
      facts.truth->block(0) = data_.truth;
    }
    return facts;
  }
  double footprint() const {
    if (data_file.given()) return table_footprint(data_file.path);
    const double d = static_cast<double>(features), k = static_cast<double>(classes);
    return 8 * (static_cast<double>(samples + test_samples) * 3 * (d + 1) + 4 * d * k);
  }
  std::vector<NamedMatrix> data() const {
    std::vector<NamedMatrix> out = {{"X", data_.x.t()}, {"y", arma::conv_to<arma::mat>::from(data_.label)}};
    if (!data_.truth.is_empty()) out.push_back({"truth", data_.truth});
    return out;
  }

 private:
  double penalty(const Blocks& x) const {
    return regularization > 0 ? 0.5 * regularization * arma::dot(x.flat(), x.flat()) : 0.0;
  }
  const arma::mat& inputs_of(const Sample& s) const {
    if (s.rows.empty()) return data_.x;
    arma::mat& in = s.scratch.n;
    in.set_size(data_.x.n_rows, s.rows.size());
    for (std::size_t k = 0; k < s.rows.size(); ++k) in.col(k) = data_.x.col(s.rows[k]);
    return in;
  }
  ColumnLabels labels_of(const Sample& s) const { return {data_.label, s.rows}; }
  /// In scratch.m, one column per sample; its inputs stay in scratch.n unless they are all.
  arma::mat& scores(const Blocks& x, const Sample& s) const {
    s.scratch.m = x.block(0).t() * inputs_of(s);
    return s.scratch.m;
  }
  arma::mat probabilities(const Blocks& x, const Sample& s) const {
    arma::mat p = scores(x, s);
    softmax_cross_entropy(p, labels_of(s));
    return p;
  }
  void slope(const arma::mat& of_scores, const Sample& s, Blocks& g) const {
    arma::mat out = g.block(0);
    out = (s.rows.empty() ? data_.x : s.scratch.n) * of_scores.t();
    out /= static_cast<double>(of_scores.n_cols);
  }

  ClassData data_;
};

}  // namespace KAPPA_FILE

Method softmax_regression() {
  using KAPPA_FILE::SoftmaxRegression;
  using M = SoftmaxRegression;
  const auto under = [](const char* law) { return Extra{.when = When{"labels", {law}}}; };
  const auto law = static_cast<ClassLaw M::*>(&M::labels);
  Params<M> params = {
      {&M::samples, "samples", "n", count(1, 10'000'000, true), "rows of X"},
      {&M::features, "features", "d", count(1, 100'000, true), "columns of X"},
      {&M::classes, "classes", "K", count(2, 1024, true), "classes"},
      {law, "labels", "", choices({"clusters", "model"}),
       "each class is a round cloud, or labels are drawn from softmax(X W*)"},
      {&M::radius, "radius", "", from_zero(1e-2, 100), "distance of the clouds from the middle", under("clusters")},
      {&M::deviation, "deviation", "", from_zero(1e-2, 10), "standard deviation within a cloud", under("clusters")},
      {&M::truth_norm, "truth_norm", "‖W*‖", from_zero(1e-3, 1e3), "length of the true weights", under("model")}};
  for (Param<M>& param : spectrum_fields<M>()) params.push_back(std::move(param));
  const Params<M> rest = {
      {&M::noise, "noise", "", range(0, 1), "probability that a label is replaced by any, all being alike"},
      {&M::regularization, "regularization", "λ", from_zero(1e-6, 10), "weight of the penalty λ/2 ‖W‖²"},
      {&M::test_samples, "test_samples", "", count(0, 10'000'000), "fresh rows for the test loss; 0: none"},
      {&M::data_file, "data", "", DataSource{},
       "your own data in place of all settings above: a .csv or .npy file, and its column of labels 0 .. K−1"}};
  params.insert(params.end(), rest.begin(), rest.end());
  return problem<M>({.title = "Softmax regression",
                     .idea = "Logistic regression with more than two classes: the scores of each row compete.",
                     .equation = "f(W) = mean of −log softmax(xᵢW)[yᵢ] + λ/2 ‖W‖²,  yᵢ in 0 .. K−1",
                     .cite = {{"Böhning", 1992, "Multinomial logistic regression algorithm",
                               "Annals of the Institute of Statistical Mathematics 44"}}},
                    std::move(params));
}

}  // namespace kappa::problems
