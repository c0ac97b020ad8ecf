/// The counted oracle: refuses what the card does not declare, and bills the rest.
#include "core/kinds/oracle.hpp"

#include <cstring>

namespace kappa {

namespace {

bool same_point(const Blocks& a, const Blocks& b) {
  const arma::uword n = a.flat().n_elem;
  return n == b.flat().n_elem && std::memcmp(a.flat().memptr(), b.flat().memptr(), n * sizeof(double)) == 0;
}

}  // namespace

Oracle::Oracle(const ProblemModel& problem, std::uint64_t seed, Needs allowed, Counts* bill, Sampler* sampler)
    : problem_(&problem),
      seed_(seed),
      allowed_(allowed),
      bill_(bill),
      sampler_(sampler),
      scratch_(std::make_unique<Scratch>()) {}

void Oracle::begin(std::uint64_t t, std::span<const std::uint32_t> rows) {
  t_ = t;
  rows_ = rows;
  memo_.valid = false;
}

void Oracle::resume(const Oracle& other, std::span<const std::uint32_t> rows) {
  t_ = other.t_;
  rows_ = rows;
  memo_ = other.memo_;
}

Sample Oracle::sample() const { return {rows_, Rng(seed_, stream_, t_), *scratch_, bill_ == nullptr}; }

void Oracle::require(Needs one, const char* what) const {
  if (!has(allowed_, one)) throw Refused{std::string(what) + " (not declared by the method's card)"};
}

std::uint64_t Oracle::width() const {
  if (!rows_.empty()) return rows_.size();
  return std::max<std::uint64_t>(problem_->samples(), 1);
}

void Oracle::bill_gradient(std::uint64_t rows) {
  if (bill_ == nullptr) return;
  ++bill_->gradients;
  bill_->samples += rows;
}

double Oracle::value(const Blocks& x) {
  require(Needs::value, "values");
  if (memo_.valid && same_point(x, memo_.x)) return memo_.f;
  if (bill_ != nullptr) {
    ++bill_->losses;
    bill_->samples += width();
  }
  return problem_->value(x, sample());
}

double Oracle::value_gradient(const Blocks& x, Blocks& g) {
  if (memo_.valid && same_point(x, memo_.x)) {
    g.flat() = memo_.g.flat();
    return memo_.f;
  }
  require(Needs::gradient | Needs::extra_gradient, "gradients");
  bill_gradient(width());
  const double f = problem_->value_gradient(x, g, sample());
  if (has(allowed_, Needs::value | Needs::extra_gradient)) {
    memo_.f = f;
    memo_.x = x;  // assigned one by one: into the memory they have
    memo_.g = g;
    memo_.valid = true;
  }
  return f;
}

Oracle Oracle::other(std::string_view stream) const {
  require(Needs::other, "a second sample");
  Oracle second(*problem_, seed_, allowed_, bill_, sampler_);
  second.t_ = t_;
  second.stream_ = stream;
  if (!rows_.empty() && sampler_ != nullptr) {
    second.room_ = std::make_shared<std::vector<std::uint32_t>>();
    second.rows_ = sampler_->rows(t_, stream, *second.room_);
  }
  return second;
}

Oracle Oracle::full() const {
  require(Needs::full, "all rows");
  Oracle all(*problem_, seed_, allowed_ | Needs::value | Needs::gradient, bill_, sampler_);
  all.t_ = t_;
  return all;
}

const Facts& Oracle::facts() const {
  require(Needs::facts, "facts");
  return problem_->facts();
}

std::uint64_t Oracle::components() const {
  require(Needs::components, "components");
  return problem_->components();
}

double Oracle::component_gradient(std::uint64_t i, const Blocks& x, Blocks& g) {
  require(Needs::components, "component gradients");
  bill_gradient(1);
  return problem_->component_gradient(i, x, g);
}

void Oracle::hessian_product(const Blocks& x, const Blocks& v, Blocks& out) {
  require(Needs::hessian_product, "Hessian products");
  if (bill_ != nullptr) ++bill_->hessian_products;
  problem_->hessian_product(x, v, out);
}

arma::mat Oracle::hessian(const Blocks& x) {
  require(Needs::hessian, "the Hessian");
  if (bill_ != nullptr) bill_->hessian_products += x.flat().n_elem;
  return problem_->hessian(x);
}

void Oracle::residual(const Blocks& x, arma::vec& r) {
  require(Needs::residual, "residuals");
  if (bill_ != nullptr) {
    ++bill_->losses;
    bill_->samples += width();
  }
  problem_->residual(x, r, sample());
}

void Oracle::jacobian(const Blocks& x, arma::mat& j) {
  require(Needs::residual, "the Jacobian");
  bill_gradient(width());
  problem_->jacobian(x, j, sample());
}

bool Oracle::curvature(const Blocks& x, arma::mat& q) {
  require(Needs::residual, "the curvature of the outputs");
  if (!problem_->can(Can::curvature)) return false;
  problem_->curvature(x, q, sample());
  return true;
}

void Oracle::resampled_gradient(const Blocks& x, Blocks& g, Rng labels) {
  require(Needs::resampled, "gradients under drawn labels");
  bill_gradient(width());
  problem_->resampled_gradient(x, g, sample(), labels);
}

double Oracle::smooth_gradient(const Blocks& x, Blocks& g) {
  require(Needs::prox, "the smooth part");
  bill_gradient(width());
  return problem_->smooth_gradient(x, g, sample());
}

void Oracle::prox(const Blocks& x, double step, Blocks& out) {
  require(Needs::prox, "the proximal map");
  problem_->prox(x, step, out);
}

void Oracle::project(const Blocks& x, Blocks& out) {
  require(Needs::project, "the projection");
  problem_->project(x, out);
}

void Oracle::solve_block(std::size_t i, const Blocks& x, Blocks& out) {
  require(Needs::solve_block, "block solves");
  bill_gradient(width());
  problem_->solve_block(i, x, out);
}

}  // namespace kappa
