/// Fully connected networks over one flat parameter vector, in any real type: outputs, gradients, Jacobians, curvature.
#pragma once

#include <armadillo>
#include <cmath>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "core/linalg/tanh.hpp"

namespace kappa {

enum class Activation : std::uint8_t { tanh, relu, sigmoid };

/// Layers in order; of each the weights row by row (a row holds what one unit reads), then its biases if there are any.
/// Hidden layers are activated, the last one is linear.
struct MlpShape {
  std::vector<arma::uword> widths;  ///< inputs, hidden layers, outputs
  Activation activation = Activation::tanh;
  bool biases = true;

  std::size_t layers() const { return widths.size() - 1; }
  arma::uword weights_at(std::size_t layer) const {
    arma::uword at = 0;
    for (std::size_t l = 0; l < layer; ++l) at += widths[l + 1] * (widths[l] + (biases ? 1 : 0));
    return at;
  }
  arma::uword biases_at(std::size_t layer) const { return weights_at(layer) + widths[layer] * widths[layer + 1]; }
  arma::uword size() const { return weights_at(layers()); }
};

/// What each layer gave for a batch: units x samples; the last one holds the outputs.
template <class Real>
using MlpPass = std::vector<arma::Mat<Real>>;

namespace mlp_detail {

/// The transposed weights of a layer, as the flat vector holds them: read x units.
template <class Real>
const arma::Mat<Real> weights(const MlpShape& shape, const arma::Col<Real>& p, std::size_t layer) {
  return arma::Mat<Real>(const_cast<Real*>(p.memptr()) + shape.weights_at(layer), shape.widths[layer],
                         shape.widths[layer + 1], false, true);
}
template <class Real>
const arma::Col<Real> biases(const MlpShape& shape, const arma::Col<Real>& p, std::size_t layer) {
  return arma::Col<Real>(const_cast<Real*>(p.memptr()) + shape.biases_at(layer), shape.widths[layer + 1], false, true);
}

template <class Real>
void activate(Activation kind, arma::Mat<Real>& z) {
  switch (kind) {
    case Activation::tanh:
      if constexpr (std::is_same_v<Real, double>)
        tanh_each({z.memptr(), z.n_elem});
      else
        z.transform([](Real v) { return std::tanh(v); });
      break;
    case Activation::relu:
      z.transform([](Real v) { return v > 0 ? v : Real(0); });
      break;
    case Activation::sigmoid:
      z.transform([](Real v) { return Real(1) / (Real(1) + std::exp(-v)); });
      break;
  }
}
/// Multiplies each entry of `slope` by the activation's derivative, told from what the unit gave.
template <class Real>
void through(Activation kind, const arma::Mat<Real>& a, arma::Mat<Real>& slope) {
  switch (kind) {
    case Activation::tanh:
      slope %= Real(1) - arma::square(a);
      break;
    case Activation::relu:
      slope.elem(arma::find(a <= 0)).zeros();
      break;
    case Activation::sigmoid:
      slope %= a % (Real(1) - a);
      break;
  }
}
/// The second derivative over the first, told from what the unit gave.
template <class Real>
arma::Mat<Real> bend(Activation kind, const arma::Mat<Real>& a) {
  switch (kind) {
    case Activation::tanh:
      return Real(-2) * a;
    case Activation::sigmoid:
      return Real(1) - Real(2) * a;
    case Activation::relu:
      break;
  }
  return arma::Mat<Real>(a.n_rows, a.n_cols, arma::fill::zeros);
}

}  // namespace mlp_detail

/// Fills `pass` with what each layer gives for the columns of x, and returns the outputs.
template <class Real>
arma::Mat<Real>& mlp_forward(const MlpShape& shape, const arma::Col<Real>& p, const arma::Mat<Real>& x,
                             MlpPass<Real>& pass) {
  pass.resize(shape.layers());
  for (std::size_t l = 0; l < shape.layers(); ++l) {
    pass[l] = mlp_detail::weights(shape, p, l).t() * (l == 0 ? x : pass[l - 1]);
    if (shape.biases) pass[l].each_col() += mlp_detail::biases(shape, p, l);
    if (l + 1 < shape.layers()) mlp_detail::activate(shape.activation, pass[l]);
  }
  return pass.back();
}

/// The gradient of the sum of slope % outputs, where `slope` has the shape of the outputs.
template <class Real>
void mlp_backward(const MlpShape& shape, const arma::Col<Real>& p, const arma::Mat<Real>& x, const MlpPass<Real>& pass,
                  arma::Mat<Real> slope, arma::Col<Real>& gradient) {
  gradient.set_size(shape.size());
  for (std::size_t l = shape.layers(); l-- > 0;) {
    arma::Mat<Real> out(gradient.memptr() + shape.weights_at(l), shape.widths[l], shape.widths[l + 1], false, true);
    out = (l == 0 ? x : pass[l - 1]) * slope.t();
    if (shape.biases) {
      arma::Col<Real> b(gradient.memptr() + shape.biases_at(l), shape.widths[l + 1], false, true);
      b = arma::sum(slope, 1);
    }
    if (l == 0) break;
    slope = arma::Mat<Real>(mlp_detail::weights(shape, p, l) * slope);
    mlp_detail::through(shape.activation, pass[l - 1], slope);
  }
}

/// The transposed Jacobian of all outputs: one column for each output of each sample, a sample's outputs together.
template <class Real>
arma::Mat<Real> mlp_jacobian(const MlpShape& shape, const arma::Col<Real>& p, const arma::Mat<Real>& x,
                             const MlpPass<Real>& pass) {
  const arma::uword outputs = shape.widths.back(), samples = x.n_cols;
  arma::Mat<Real> out(shape.size(), outputs * samples);
  for (arma::uword k = 0; k < outputs; ++k) {
    arma::Mat<Real> slope(outputs, samples, arma::fill::zeros);
    slope.row(k).ones();
    for (std::size_t l = shape.layers(); l-- > 0;) {
      const arma::Mat<Real>& read = l == 0 ? x : pass[l - 1];
      for (arma::uword i = 0; i < samples; ++i) {
        Real* const column = out.colptr(i * outputs + k);
        Real* at = column + shape.weights_at(l);
        for (arma::uword unit = 0; unit < slope.n_rows; ++unit)
          for (arma::uword j = 0; j < read.n_rows; ++j) *at++ = slope(unit, i) * read(j, i);
        if (shape.biases)
          for (arma::uword unit = 0; unit < slope.n_rows; ++unit) *at++ = slope(unit, i);
      }
      if (l == 0) break;
      slope = arma::Mat<Real>(mlp_detail::weights(shape, p, l) * slope);
      mlp_detail::through(shape.activation, pass[l - 1], slope);
    }
  }
  return out;
}

/// How the outputs and the gradient of `mlp_backward` change along v (Pearlmutter): `tilt` turns the change of the
/// outputs into that of their slope.
template <class Real, class Tilt>
void mlp_hessian_product(const MlpShape& shape, const arma::Col<Real>& p, const arma::Col<Real>& v,
                         const arma::Mat<Real>& x, const MlpPass<Real>& pass, arma::Mat<Real> slope, const Tilt& tilt,
                         arma::Col<Real>& product) {
  using namespace mlp_detail;
  const std::size_t layers = shape.layers();
  MlpPass<Real> moved(layers);  // change of what each layer gives
  for (std::size_t l = 0; l < layers; ++l) {
    moved[l] = weights(shape, v, l).t() * (l == 0 ? x : pass[l - 1]);
    if (l > 0) moved[l] += weights(shape, p, l).t() * moved[l - 1];
    if (shape.biases) moved[l].each_col() += biases(shape, v, l);
    if (l + 1 < layers) through(shape.activation, pass[l], moved[l]);
  }
  product.set_size(shape.size());
  arma::Mat<Real> tilted = tilt(moved.back());
  for (std::size_t l = layers; l-- > 0;) {
    arma::Mat<Real> out(product.memptr() + shape.weights_at(l), shape.widths[l], shape.widths[l + 1], false, true);
    out = (l == 0 ? x : pass[l - 1]) * tilted.t();
    if (l > 0) out += moved[l - 1] * slope.t();
    if (shape.biases) {
      arma::Col<Real> b(product.memptr() + shape.biases_at(l), shape.widths[l + 1], false, true);
      b = arma::sum(tilted, 1);
    }
    if (l == 0) break;
    tilted = arma::Mat<Real>(weights(shape, p, l) * tilted + weights(shape, v, l) * slope);
    slope = arma::Mat<Real>(weights(shape, p, l) * slope);
    through(shape.activation, pass[l - 1], tilted);
    tilted += slope % bend(shape.activation, pass[l - 1]) % moved[l - 1];
    through(shape.activation, pass[l - 1], slope);
  }
}

}  // namespace kappa
