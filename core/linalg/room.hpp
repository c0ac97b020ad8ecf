/// Storage for a matrix that only grows, so that shapes once seen allocate nothing.
#pragma once

#include <armadillo>

namespace kappa {

/// What it holds means nothing between two calls, so copies of its owner's memory start with an empty one.
class Room {
 public:
  Room() = default;
  Room(const Room& /*other*/) {}
  Room& operator=(const Room& /*other*/) { return *this; }
  ~Room() = default;

  /// A rows x cols matrix of arbitrary numbers; the next call may move it.
  arma::mat view(arma::uword rows, arma::uword cols) {
    if (data_.n_elem < rows * cols) data_.set_size(rows * cols);
    return arma::mat(data_.memptr(), rows, cols, false, true);
  }
  const double* memptr() const { return data_.memptr(); }

 private:
  arma::vec data_;
};

}  // namespace kappa
