/// Filters in closed form; a fit keeps the factors of its design, so that a grid of strengths costs products only.
#include "core/linalg/spectral_filter.hpp"

#include <algorithm>

#include "core/linalg/spectrum.hpp"

namespace kappa {

double filter_value(SpectralFilter filter, double s, double strength) {
  switch (filter) {
    case SpectralFilter::least_squares:
      return 1 / s;
    case SpectralFilter::ridge:
      return s / (s * s + strength);
    case SpectralFilter::nuclear:
      return std::min(1 / s, strength * s);
    case SpectralFilter::spectral:
      return (1 - strength) / s;
  }
  return 0;
}

SpectralFit::SpectralFit(const arma::mat& x) {
  thin_svd(x, u_, s_, v_);
  arma::uword kept = 0;
  while (kept < s_.n_elem && s_[kept] > 1e-12 * s_[0]) ++kept;
  if (s_.has_nan()) kept = s_.n_elem;
  s_ = s_.head(kept);
  u_ = u_.head_cols(kept);
  v_ = v_.head_cols(kept);
}

arma::mat SpectralFit::coefficients(const arma::vec& y, SpectralFilter filter, const arma::vec& strengths) const {
  const arma::vec along = u_.t() * y;
  arma::mat scaled(s_.n_elem, strengths.n_elem);
  for (arma::uword j = 0; j < strengths.n_elem; ++j)
    for (arma::uword i = 0; i < s_.n_elem; ++i) scaled(i, j) = filter_value(filter, s_[i], strengths[j]) * along[i];
  return v_ * scaled;
}

arma::vec SpectralFit::coefficients(const arma::vec& y, SpectralFilter filter, double strength) const {
  return coefficients(y, filter, arma::vec{strength}).col(0);
}

arma::vec SpectralFit::bias(SpectralFilter filter, double strength) const {
  arma::vec b = s_;
  b.transform([&](double s) { return 1 - filter_value(filter, s, strength) * s; });
  return b;
}

SpectralFolds::SpectralFolds(const arma::mat& x, arma::uword folds) {
  for (arma::uword k = 0; k < folds; ++k) {
    std::vector<arma::uword> kept, out;
    for (arma::uword i = 0; i < x.n_rows; ++i) (i % folds == k ? out : kept).push_back(i);
    if (kept.empty() || out.empty()) continue;
    const arma::uvec inside(kept), outside(out);
    folds_.push_back({inside, outside, SpectralFit(x.rows(inside)), x.rows(outside)});
  }
}

arma::vec SpectralFolds::errors(const arma::vec& y, SpectralFilter filter, const arma::vec& strengths) const {
  arma::vec total(strengths.n_elem, arma::fill::zeros);
  for (const Fold& fold : folds_) {
    arma::mat miss = fold.rows * fold.fit.coefficients(arma::vec(y.elem(fold.kept)), filter, strengths);
    miss.each_col() -= y.elem(fold.out);
    total += arma::sum(arma::square(miss), 0).t();
  }
  return total;
}

}  // namespace kappa
