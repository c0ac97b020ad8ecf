/// Each question is one pass forward, a slope at the outputs, and one pass back.
#include "core/random/network_fit.hpp"

#include <cmath>
#include <string>
#include <utility>

#include "core/linalg/softmax.hpp"

namespace kappa {

std::vector<NamedMatrix> NetworkSet::dump(const std::string& suffix) const {
  if (x.n_cols == 0) return {};
  return {{"X" + suffix, x.t()},
          {"y" + suffix, labels.is_empty() ? arma::mat(y.t()) : arma::conv_to<arma::mat>::from(labels)}};
}

NetworkLayout network_vector(const MlpShape& shape) {
  return {std::make_shared<const Layout>(std::vector<BlockShape>{{"parameters", shape.size(), 1, Role::vector}}),
          arma::regspace<arma::uvec>(0, shape.size() - 1)};
}

NetworkLayout network_blocks(const MlpShape& shape) {
  std::vector<BlockShape> shapes;
  arma::uvec order(shape.size());
  arma::uword at = 0;
  for (std::size_t l = 0; l < shape.layers(); ++l) {
    const arma::uword in = shape.widths[l], out = shape.widths[l + 1];
    const Role role = l == 0 ? Role::first : l + 1 == shape.layers() ? Role::last : Role::hidden;
    shapes.push_back({"W" + std::to_string(l + 1), out, in, role});
    for (arma::uword j = 0; j < in; ++j)
      for (arma::uword unit = 0; unit < out; ++unit) order[at++] = shape.weights_at(l) + unit * in + j;
    if (!shape.biases) continue;
    shapes.push_back({"b" + std::to_string(l + 1), out, 1, Role::vector});
    for (arma::uword unit = 0; unit < out; ++unit) order[at++] = shape.biases_at(l) + unit;
  }
  return {std::make_shared<const Layout>(std::move(shapes)), std::move(order)};
}

NetworkFit::NetworkFit(MlpShape shape, NetworkLayout place, NetworkSet train, NetworkSet test, bool labelled,
                       double output_scale, arma::vec rest)
    : shape_(std::move(shape)),
      place_(std::move(place)),
      train_(std::move(train)),
      test_(std::move(test)),
      labelled_(labelled),
      output_scale_(output_scale),
      rest_(std::move(rest)) {
  if (rest_.is_empty()) rest_.zeros(shape_.size());
}

Blocks NetworkFit::point(const arma::vec& p) const {
  Blocks x(place_.layout);
  x.flat() = p.elem(place_.order);
  return x;
}

arma::vec NetworkFit::to_flat(const Blocks& x) const {
  arma::vec p = rest_;
  p.elem(place_.order) = x.flat();
  return p;
}

arma::mat& NetworkFit::outputs(const arma::vec& p, const arma::mat& in, MlpPass<double>& pass) const {
  arma::mat& out = mlp_forward(shape_, p, in, pass);
  if (output_scale_ != 1) out *= output_scale_;
  return out;
}

const arma::mat& NetworkFit::inputs_of(const Sample& s) const {
  if (s.rows.empty()) return train_.x;
  arma::mat& in = s.scratch.n;
  in.set_size(train_.x.n_rows, s.rows.size());
  for (std::size_t k = 0; k < s.rows.size(); ++k) in.col(k) = train_.x.col(s.rows[k]);
  return in;
}

arma::uvec NetworkFit::labels_of(const Sample& s) const {
  if (s.rows.empty()) return train_.labels;
  arma::uvec out(s.rows.size());
  for (std::size_t k = 0; k < s.rows.size(); ++k) out[k] = train_.labels[s.rows[k]];
  return out;
}

double NetworkFit::errors(arma::mat& out, const Sample& s) const {
  if (labelled_) {
    const arma::uvec labels = labels_of(s);
    const double f = softmax_cross_entropy(out, labels);
    subtract_labels(out, labels);
    return f;
  }
  if (s.rows.empty())
    out -= train_.y;
  else
    for (std::size_t k = 0; k < s.rows.size(); ++k) out.col(k) -= train_.y.col(s.rows[k]);
  return 0.5 * arma::dot(out, out) / static_cast<double>(out.n_cols);
}

void NetworkFit::backward(const arma::vec& p, const arma::mat& in, const MlpPass<double>& pass, const arma::mat& slope,
                          Blocks& g) const {
  arma::vec gradient;
  mlp_backward(shape_, p, in, pass, arma::mat(slope * output_scale_), gradient);
  g.flat() = gradient.elem(place_.order);
}

double NetworkFit::value(const Blocks& x, const Sample& s) const {
  MlpPass<double> pass;
  return errors(outputs(to_flat(x), inputs_of(s), pass), s);
}

double NetworkFit::value_gradient(const Blocks& x, Blocks& g, const Sample& s) const {
  MlpPass<double> pass;
  const arma::vec p = to_flat(x);
  const arma::mat& in = inputs_of(s);
  arma::mat& slope = outputs(p, in, pass);  // the way back looks at hidden layers only
  const double f = errors(slope, s);
  backward(p, in, pass, slope / static_cast<double>(in.n_cols), g);
  return f;
}

double NetworkFit::component_gradient(std::uint64_t i, const Blocks& x, Blocks& g) const {
  Scratch room;
  const auto row = static_cast<std::uint32_t>(i);
  return value_gradient(x, g, {{&row, 1}, Rng(0, "component"), room});
}

void NetworkFit::hessian_product(const Blocks& x, const Blocks& v, Blocks& out) const {
  MlpPass<double> pass;
  Scratch room;
  const arma::vec p = to_flat(x);
  arma::vec along(p.n_elem, arma::fill::zeros), product;
  along.elem(place_.order) = v.flat();
  arma::mat slope = outputs(p, train_.x, pass), odds = slope;
  errors(slope, {{}, Rng(0, "curvature"), room});
  if (labelled_) softmax_cross_entropy(odds, train_.labels);
  const double n = static_cast<double>(train_.x.n_cols), scale = output_scale_;
  mlp_hessian_product(
      shape_, p, along, train_.x, pass, arma::mat(slope * (scale / n)),
      [&](const arma::mat& moved) {
        const arma::mat bent = labelled_ ? softmax_curvature_product(odds, moved) : moved;
        return arma::mat(bent * (scale * scale / n));
      },
      product);
  out.flat() = product.elem(place_.order);
}

void NetworkFit::residual(const Blocks& x, arma::vec& r, const Sample& s) const {
  MlpPass<double> pass;
  arma::mat& out = outputs(to_flat(x), inputs_of(s), pass);
  errors(out, s);
  r = arma::vectorise(out) / std::sqrt(static_cast<double>(out.n_cols));
}

void NetworkFit::jacobian(const Blocks& x, arma::mat& j, const Sample& s) const {
  MlpPass<double> pass;
  const arma::vec p = to_flat(x);
  const arma::mat& in = inputs_of(s);
  outputs(p, in, pass);
  const arma::mat all = mlp_jacobian(shape_, p, in, pass);
  j = arma::mat(all.rows(place_.order)).t() * (output_scale_ / std::sqrt(static_cast<double>(in.n_cols)));
}

void NetworkFit::curvature(const Blocks& x, arma::mat& q, const Sample& s) const {
  MlpPass<double> pass;
  arma::mat& out = outputs(to_flat(x), inputs_of(s), pass);
  if (labelled_) {
    softmax_cross_entropy(out, labels_of(s));
    q = softmax_curvature(out);
  } else {
    q.eye(out.n_elem, out.n_elem);
  }
}

void NetworkFit::resampled_gradient(const Blocks& x, Blocks& g, const Sample& s, Rng labels) const {
  MlpPass<double> pass;
  const arma::vec p = to_flat(x);
  const arma::mat& in = inputs_of(s);
  arma::mat& slope = outputs(p, in, pass);
  if (labelled_) {
    softmax_cross_entropy(slope, labels_of(s));
    subtract_labels(slope, drawn_labels(slope, labels));
  } else {
    for (double& each : slope) each = -labels.normal();
  }
  backward(p, in, pass, slope / static_cast<double>(in.n_cols), g);
}

double NetworkFit::test_loss(const Blocks& x) const {
  MlpPass<double> pass;
  arma::mat& out = outputs(to_flat(x), test_.x, pass);
  if (labelled_) return softmax_cross_entropy(out, test_.labels);
  out -= test_.y;
  return 0.5 * arma::dot(out, out) / static_cast<double>(out.n_cols);
}

double NetworkFit::test_error(const Blocks& x) const {
  MlpPass<double> pass;
  const arma::mat& out = outputs(to_flat(x), test_.x, pass);
  const arma::uvec chosen = arma::index_max(out, 0).t();
  return static_cast<double>(arma::accu(chosen != test_.labels)) / static_cast<double>(out.n_cols);
}

std::vector<NamedMatrix> NetworkFit::dump() const {
  std::vector<NamedMatrix> out = train_.dump("");
  for (NamedMatrix& one : test_.dump("_test")) out.push_back(std::move(one));
  return out;
}

}  // namespace kappa
