/// EF21: clients that send compressed corrections, a server that steps along the mean of what it has heard.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>

#include "core/kinds/optimizer.hpp"
#include "core/linalg/compress.hpp"

namespace kappa::optimizers {

enum class Compressor : std::uint8_t { top_k, threshold };
enum class SmoothnessMean : std::uint8_t { quadratic, arithmetic };

/// The theory's constants of TopK on R^d: alpha = k/d of the error is removed at each round.
struct Contraction {
  double theta = 1, xi = 0;
};
inline Contraction contraction(double k, double d) {
  const double alpha = std::min(1.0, k / d);
  Contraction out;
  out.theta = 1 - std::sqrt(1 - alpha);
  out.xi = std::sqrt((1 - alpha) / out.theta / out.theta);
  return out;
}

/// The smoothness of the clients as one number.
inline double mean_smoothness(const arma::vec& each, SmoothnessMean mean) {
  return mean == SmoothnessMean::quadratic ? std::sqrt(arma::mean(arma::square(each))) : arma::mean(each);
}

/// gamma = 1/(L + mean xi).
inline double ef21_rate(double smoothness, const arma::vec& each, SmoothnessMean mean, const Contraction& c) {
  return 1 / (smoothness + mean_smoothness(each, mean) * c.xi);
}

/// What both variants hold. Client i compresses its gradient over n w_i, the server sums w_i g_i.
struct CompressedClients {
  std::optional<double> learning_rate;
  Compressor compressor = Compressor::top_k;
  std::int64_t k = 1;
  double threshold = 0.1;

  struct State {
    arma::mat g;  ///< what the server knows of each client: one column each
    Blocks gradient;
  };
  State init(const Blocks& x0) const { return {{}, zeros_like(x0)}; }

  arma::vec compressed(const arma::vec& v) const {
    return compressor == Compressor::top_k ? top_entries(v, static_cast<arma::uword>(k)) : entries_above(v, threshold);
  }

  /// One round at c.x: the clients' messages arrive, then the server steps. Without feedback nothing is remembered.
  Step round(State& s, const StepContext& c, const arma::vec& weights, double rate, bool feedback, Blocks& out) const {
    const auto n = static_cast<double>(weights.n_elem);
    if (weights.n_elem > 100'000) throw Refused{"more than 100000 components are too many clients to remember"};
    if (s.g.n_cols != weights.n_elem || !feedback) s.g.zeros(c.x.flat().n_elem, weights.n_elem);
    out.flat().zeros();
    for (arma::uword i = 0; i < weights.n_elem; ++i) {
      if (weights[i] <= 0) continue;
      c.oracle.component_gradient(i, c.x, s.gradient);
      s.g.col(i) += compressed(s.gradient.flat() / (n * weights[i]) - s.g.col(i));
      out.flat() -= rate * weights[i] * s.g.col(i);
    }
    c.report("learning_rate", rate);
    return Step::by;
  }

  double rate(Oracle& oracle, SmoothnessMean mean, arma::uword d) const {
    if (learning_rate) return *learning_rate;
    const double smoothness = known(oracle.facts().smoothness, "its smoothness L");
    return ef21_rate(smoothness, client_smoothness(oracle), mean,
                     contraction(static_cast<double>(k), static_cast<double>(d)));
  }
  /// Clients that do not know their own count with the smoothness of the whole.
  static arma::vec client_smoothness(Oracle& oracle) {
    const Facts& facts = oracle.facts();
    if (!facts.component_smoothness.is_empty()) return facts.component_smoothness;
    return arma::vec(clients(oracle), arma::fill::value(facts.smoothness.value_or(1)));
  }
  /// TopK sends c times as much of c times as much, and the step of the theory is divided by c.
  Law laws() const {
    const Law always = Law::permutation | Law::sign;
    return !learning_rate && compressor == Compressor::top_k ? always | Law::scale_f : always;
  }
  static arma::uword clients(Oracle& oracle) {
    const std::uint64_t n = oracle.components();
    if (n == 0) throw Refused{"this problem has no components to be its clients"};
    return n;
  }
};

template <class M>
Params<M> compressed_fields(std::string auto_rate) {
  return {
      {&M::learning_rate, "learning_rate", "γ", automatic(from_zero(1e-6, 10)), "step size; auto: " + auto_rate},
      {&M::compressor, "compressor", "C", choices({"top_k", "threshold"}),
       "send the k largest entries, or those above a threshold"},
      {&M::k, "k", "k", count(1, 1'000'000, true), "entries that each client sends; the step size auto takes α = k/d"},
      {&M::threshold,
       "threshold",
       "τ",
       from_zero(1e-6, 10),
       "entries of at most this modulus are not sent",
       {.when = When{"compressor", {"threshold"}}}}};
}

}  // namespace kappa::optimizers
