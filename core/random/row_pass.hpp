/// Predictions of rows and the gradient that their slopes give, in one pass: while a block of rows is in the cache.
#pragma once

#include <algorithm>
#include <armadillo>
#include <cstdint>
#include <span>

#include "core/kinds/problem.hpp"

namespace kappa {

/// How the chosen samples (columns of `samples`; no rows: all) are cut into blocks. Sizes alone decide.
class RowBlocks {
 public:
  RowBlocks(const arma::mat& samples, std::span<const std::uint32_t> rows, Scratch& room);

  arma::uword count() const { return count_; }
  arma::uword step() const { return step_; }
  /// p = x_i.w of the samples from `first` on, as many as p has.
  void predict(arma::uword first, const arma::vec& w, arma::vec& p) const;
  /// g += sum of p_i x_i; of the samples that were predicted last.
  void add(arma::uword first, const arma::vec& p, arma::vec& g) const;

 private:
  const arma::mat block(arma::uword first, arma::uword size) const;

  const arma::mat& samples_;
  std::span<const std::uint32_t> rows_;
  arma::mat& gathered_;
  arma::uword count_ = 0, step_ = 0;
  bool one_by_one_ = false;
};

/// Leaves in room.a what `slopes(first, p)` makes of the predictions p of the samples from `first` on: it is called
/// block by block, in order, and replaces each prediction by the slope of the loss there. Then *g, unless null, is the
/// mean of slope times sample. With or without g the predictions are the same to the bit.
template <class Slopes>
void row_pass(const arma::mat& samples, std::span<const std::uint32_t> rows, const arma::vec& w, Scratch& room,
              const Slopes& slopes, arma::vec* g) {
  const RowBlocks blocks(samples, rows, room);
  room.a.set_size(blocks.count());
  if (g) g->zeros(samples.n_rows);
  for (arma::uword first = 0; first < blocks.count(); first += blocks.step()) {
    arma::vec p(room.a.memptr() + first, std::min(blocks.step(), blocks.count() - first), false, true);
    blocks.predict(first, w, p);
    slopes(first, p);
    if (g) blocks.add(first, p, *g);
  }
  if (g) *g /= static_cast<double>(blocks.count());
}

}  // namespace kappa
