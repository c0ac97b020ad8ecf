/// Rows enter one by one; each is let in by a shortest augmenting path in the reduced costs.
#include "core/linalg/assignment.hpp"

#include <limits>

namespace kappa {
namespace {

/// Potentials of rows and columns under which no reduced cost is negative. Index 0 stands for "none": entries count
/// from 1.
struct Matching {
  const arma::mat& gain;
  arma::vec of_row, of_col;
  arma::uvec row_of;  ///< of each column; 0: free

  explicit Matching(const arma::mat& g)
      : gain(g),
        of_row(g.n_rows + 1, arma::fill::zeros),
        of_col(g.n_cols + 1, arma::fill::zeros),
        row_of(g.n_cols + 1, arma::fill::zeros) {}

  void let_in(arma::uword row) {
    constexpr double far = std::numeric_limits<double>::infinity();
    const arma::uword n = gain.n_cols;
    arma::vec least(n + 1, arma::fill::value(far));
    arma::uvec before(n + 1, arma::fill::zeros), seen(n + 1, arma::fill::zeros);
    arma::uword at = 0;
    row_of[0] = row;
    while (row_of[at] != 0) {
      seen[at] = 1;
      const arma::uword i = row_of[at];
      double step = far;
      arma::uword next = 0;
      for (arma::uword j = 1; j <= n; ++j) {
        if (seen[j] != 0) continue;
        const double reduced = -gain(i - 1, j - 1) - of_row[i] - of_col[j];
        if (reduced < least[j]) least[j] = reduced, before[j] = at;
        if (least[j] < step) step = least[j], next = j;
      }
      for (arma::uword j = 0; j <= n; ++j) {
        if (seen[j] != 0)
          of_row[row_of[j]] += step, of_col[j] -= step;
        else
          least[j] -= step;
      }
      at = next;
    }
    for (; at != 0; at = before[at]) row_of[at] = row_of[before[at]];
  }
};

}  // namespace

arma::uvec best_assignment(const arma::mat& gain) {
  arma::uvec column(gain.n_rows);
  for (arma::uword i = 0; i < column.n_elem; ++i) column[i] = i;
  if (gain.n_rows > gain.n_cols || !gain.is_finite()) return column;
  Matching matching(gain);
  for (arma::uword row = 1; row <= gain.n_rows; ++row) matching.let_in(row);
  for (arma::uword j = 1; j <= gain.n_cols; ++j)
    if (matching.row_of[j] != 0) column[matching.row_of[j] - 1] = j - 1;
  return column;
}

}  // namespace kappa
