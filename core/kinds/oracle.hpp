/// All that an optimizer may ask about its problem: counted, and refused unless its card declares it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "core/kinds/card.hpp"
#include "core/kinds/problem.hpp"

namespace kappa {

/// What a run has asked for so far. One `samples` is the gradient or loss of one row.
struct Counts {
  std::uint64_t gradients = 0, losses = 0, hessian_products = 0, samples = 0;
};

/// Chooses the rows of the step: implemented by the run over an order.
class Sampler {
 public:
  virtual ~Sampler() = default;
  virtual std::span<const std::uint32_t> rows(std::uint64_t t, std::string_view stream,
                                              std::vector<std::uint32_t>& room) = 0;
};

class Oracle {
 public:
  /// `bill` may be null: probes are not billed. `allowed` holds the card's needs.
  Oracle(const ProblemModel& problem, std::uint64_t seed, Needs allowed, Counts* bill, Sampler* sampler);

  void begin(std::uint64_t t, std::span<const std::uint32_t> rows);  ///< the run's: a new step with its sample

  void resume(const Oracle& other,
              std::span<const std::uint32_t> rows);  ///< a copied run's: the same step, same memory

  double value(const Blocks& x);
  double value_gradient(const Blocks& x, Blocks& g);  ///< again at the same point and sample: free, uncounted
  Oracle other(std::string_view stream) const;        ///< an independent sample of the same size
  Oracle full() const;                                ///< all rows
  std::span<const std::uint32_t> rows() const { return rows_; }  ///< this step's; empty: all
  const Facts& facts() const;

  std::uint64_t components() const;
  double component_gradient(std::uint64_t i, const Blocks& x, Blocks& g);
  void hessian_product(const Blocks& x, const Blocks& v, Blocks& out);
  arma::mat hessian(const Blocks& x);
  void residual(const Blocks& x, arma::vec& r);
  void jacobian(const Blocks& x, arma::mat& j);
  bool curvature(const Blocks& x, arma::mat& q);  ///< false: the loss is ½|r|², so Q is the identity
  void resampled_gradient(const Blocks& x, Blocks& g, Rng labels);
  double smooth_gradient(const Blocks& x, Blocks& g);
  void prox(const Blocks& x, double step, Blocks& out);
  void project(const Blocks& x, Blocks& out);
  void solve_block(std::size_t i, const Blocks& x, Blocks& out);

  const ProblemModel& problem() const { return *problem_; }

 private:
  struct Memo {
    bool valid = false;
    double f = 0;
    Blocks x, g;
  };
  void require(Needs one, const char* what) const;
  void bill_gradient(std::uint64_t rows);
  std::uint64_t width() const;  ///< rows of this sample
  Sample sample() const;        ///< noiseless when nobody pays: probes see the objective

  const ProblemModel* problem_;
  std::uint64_t seed_, t_ = 0;
  Needs allowed_;
  Counts* bill_;
  Sampler* sampler_;
  std::string_view stream_ = "noise";
  std::span<const std::uint32_t> rows_;
  std::shared_ptr<std::vector<std::uint32_t>> room_;  ///< rows of an `other` sample
  std::unique_ptr<Scratch> scratch_;
  Memo memo_;
};

/// An optimizer or study asked for something that its card does not declare, or that the problem cannot do.
struct Refused {
  std::string what;
};

/// A fact that a setting rests on ("auto"), or a refusal that says what is missing.
inline double known(const std::optional<double>& fact, const char* what) {
  if (!fact) throw Refused{std::string("this problem does not know ") + what + ": give a number instead of \"auto\""};
  return *fact;
}

}  // namespace kappa
