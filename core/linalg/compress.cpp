/// TopK by selection, and a hard threshold.
#include "core/linalg/compress.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace kappa {

arma::vec top_entries(const arma::vec& v, arma::uword k) {
  if (k >= v.n_elem) return v;
  std::vector<arma::uword> order(v.n_elem);
  std::iota(order.begin(), order.end(), arma::uword{0});
  // NaN goes first, so that it is seen and the order stays strict.
  const auto size = [&](arma::uword i) { return std::isnan(v[i]) ? arma::datum::inf : std::abs(v[i]); };
  const auto before = [&](arma::uword a, arma::uword b) { return size(a) != size(b) ? size(a) > size(b) : a < b; };
  std::nth_element(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(k), order.end(), before);
  arma::vec out(v.n_elem, arma::fill::zeros);
  for (arma::uword i = 0; i < k; ++i) out[order[i]] = v[order[i]];
  return out;
}

arma::vec entries_above(const arma::vec& v, double threshold) {
  arma::vec out = v;
  return out.transform([threshold](double each) { return std::abs(each) <= threshold ? 0.0 : each; });
}

}  // namespace kappa
