/// What theories may ask of their setup, and how they put numbers into words.
#include "core/kinds/theory.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/kinds/param.hpp"

namespace kappa {

namespace {

constexpr std::uint64_t few = 2000;

std::string fixed(double value, int decimals) {
  char text[400];
  return {text, std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, decimals).ptr};
}

std::string shortest(double value, int digits) {
  char text[64];
  return {text, std::to_chars(text, text + sizeof text, value, std::chars_format::general, digits).ptr};
}

}  // namespace

std::optional<double> TheorySetup::constant(std::string_view field) const {
  const auto given = optimizer_node.params.find(field);
  if (given == optimizer_node.params.end()) return optimizer.value(field, 0, horizon);
  if (const auto* d = std::get_if<double>(&given->second)) return *d;
  if (const auto* i = std::get_if<std::int64_t>(&given->second)) return static_cast<double>(*i);
  const auto* schedule = std::get_if<NodePtr>(&given->second);
  if (schedule == nullptr || !*schedule || (*schedule)->id != "constant" || number(**schedule, "warmup_steps", 0) > 0)
    return std::nullopt;
  return optimizer.value(field, 0, horizon);
}

std::vector<double> theory_steps(std::uint64_t horizon) {
  std::vector<double> steps;
  const double last = static_cast<double>(horizon);
  if (horizon <= few) {
    for (std::uint64_t t = 0; t <= horizon; ++t) steps.push_back(static_cast<double>(t));
    return steps;
  }
  // Evenly for a linear axis, and by equal ratios for a logarithmic one.
  constexpr int even = 1500, ratios = 500;
  for (int i = 0; i <= even; ++i) steps.push_back(std::round(last * i / even));
  for (int i = 0; i <= ratios; ++i) steps.push_back(std::round(std::pow(last, static_cast<double>(i) / ratios)));
  std::sort(steps.begin(), steps.end());
  steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
  return steps;
}

std::string comparison(double left, double right) {
  const double size = std::max(std::abs(left), std::abs(right)), least = std::min(std::abs(left), std::abs(right));
  const bool plain = size >= 1e-3 && size < 1e5 && least >= 0.01 * size;
  const int before = plain ? static_cast<int>(std::floor(std::log10(size))) : 0;
  std::string a, b;
  for (int digits = 3; digits <= 17; ++digits) {  // as many as tell the two apart
    const int decimals = std::max(0, digits - 1 - before);
    a = plain ? fixed(left, decimals) : shortest(left, digits);
    b = plain ? fixed(right, decimals) : shortest(right, digits);
    if (a != b || left == right) break;
  }
  return a + (left < right ? " < " : left > right ? " > " : " = ") + b;
}

void keep_finite(TheoryCurve& curve) {
  std::size_t kept = 0;
  while (kept < curve.y.size() && std::abs(curve.y[kept]) <= 1e300) ++kept;
  curve.x.resize(kept);
  curve.y.resize(kept);
}

}  // namespace kappa
