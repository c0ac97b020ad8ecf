/// Verdicts against bounds: NaN meets none of them.
#include "core/kinds/claim.hpp"

#include <cstdio>
#include <limits>

namespace kappa {

namespace {

std::string shown(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.10g", value);  // 0.85, not 0.8500000000000001
  return text;
}

}  // namespace

void Verdicts::put(std::string claim, std::string statistic, double measured, std::string expected, bool holds) {
  list_.push_back({.claim = std::move(claim),
                   .paper = paper_,
                   .statistic = std::move(statistic),
                   .expected = std::move(expected),
                   .measured = measured,
                   .holds = holds,
                   .why = {}});
}

void Verdicts::below(std::string claim, std::string statistic, double measured, double bound) {
  put(std::move(claim), std::move(statistic), measured, "< " + shown(bound), measured < bound);
}

void Verdicts::at_most(std::string claim, std::string statistic, double measured, double bound) {
  put(std::move(claim), std::move(statistic), measured, "≤ " + shown(bound), measured <= bound);
}

void Verdicts::above(std::string claim, std::string statistic, double measured, double bound) {
  put(std::move(claim), std::move(statistic), measured, "> " + shown(bound), measured > bound);
}

void Verdicts::at_least(std::string claim, std::string statistic, double measured, double bound) {
  put(std::move(claim), std::move(statistic), measured, "≥ " + shown(bound), measured >= bound);
}

void Verdicts::within(std::string claim, std::string statistic, double measured, double lo, double hi) {
  const std::string expected = hi >= 1e300    ? "≥ " + shown(lo)
                               : lo <= -1e300 ? "≤ " + shown(hi)
                                              : shown(lo) + " to " + shown(hi);
  put(std::move(claim), std::move(statistic), measured, expected, measured >= lo && measured <= hi);
}

void Verdicts::say(std::string expected, std::string measured) {
  if (list_.empty()) return;
  list_.back().expected_words = std::move(expected);
  list_.back().measured_words = std::move(measured);
}

void Verdicts::unknown(std::string claim, std::string statistic, std::string why) {
  list_.push_back({.claim = std::move(claim),
                   .paper = paper_,
                   .statistic = std::move(statistic),
                   .expected = {},
                   .measured = std::numeric_limits<double>::quiet_NaN(),
                   .holds = std::nullopt,
                   .why = std::move(why)});
}

}  // namespace kappa
