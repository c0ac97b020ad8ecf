/// What follows from a known covariance, and a lack in words.
#include "core/kinds/problem.hpp"

namespace kappa {

Covariance covariance_of(arma::mat sigma) {
  const auto kept = std::make_shared<const arma::mat>(std::move(sigma));
  return [kept](const arma::vec& v) { return arma::vec(*kept * v); };
}

std::string in_words(const Lack& lack) {
  std::string out = lack.field + " = ";
  for (std::size_t i = 0; i < lack.values.size(); ++i)
    out += (i == 0 ? "" : i + 1 < lack.values.size() ? ", " : " or ") + lack.values[i];
  return out;
}

double population_risk(const Covariance& sigma, const arma::vec& w, const arma::vec& truth) {
  const arma::vec away = w - truth, image = sigma(away);
  return arma::dot(away, image);
}

}  // namespace kappa
