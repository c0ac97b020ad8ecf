/// Ticks are whole multiples of 1, 2 or 5 times a power of ten, kept as integers so that labels are exact.
#include "core/figure/ticks.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>

#include "core/base/text.hpp"

namespace kappa {
namespace {

constexpr std::string_view minus_sign = "\u2212";
constexpr std::string_view narrow_space = "\u202f";
constexpr double largest = std::numeric_limits<double>::max();
constexpr double infinity = std::numeric_limits<double>::infinity();

/// n * 10^exponent, correctly rounded, so that 3 * 0.1 is the double that prints as 0.3.
double decimal(std::int64_t n, int exponent) {
  std::string text = std::to_string(n) + 'e' + std::to_string(exponent);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range) return exponent < 0 ? 0.0 : std::copysign(infinity, double(n));
  return value;
}

struct Step {
  int mantissa = 1;  ///< 1, 2 or 5
  int exponent = 0;
  double value() const { return decimal(mantissa, exponent); }
  double times(std::int64_t n) const { return decimal(n * mantissa, exponent); }
};

/// The smallest nice step of which at most `intervals` fit into the span.
Step nice_step(double lo, double hi, const TickOptions& options) {
  const double n = std::max(1, options.intervals);
  const double raw = std::max(hi / n - lo / n, std::numeric_limits<double>::denorm_min());
  const int exponent = decade_of(raw);
  for (int e : {exponent, exponent + 1})
    for (int mantissa : {1, 2, 5})
      if (const Step step{mantissa, e}; step.value() >= raw * (1 - 1e-9))
        return options.integers && e < 0 ? Step{} : step;
  return {1, exponent + 2};
}

/// Thousands apart from five digits on: 20 000, but 2000.
std::string grouped(std::string digits) {
  if (digits.size() < 5) return digits;
  for (std::size_t i = digits.size() - 3;; i -= 3) {
    digits.insert(i, narrow_space);
    if (i <= 3) return digits;
  }
}

/// |n| * 10^exponent written out, with a fixed number of decimals.
std::string plain(std::int64_t n, int exponent) {
  if (n == 0) return "0";
  std::string digits = std::to_string(std::abs(n));
  std::string text;
  if (exponent >= 0) {
    text = grouped(digits.append(static_cast<std::size_t>(exponent), '0'));
  } else {
    const auto decimals = static_cast<std::size_t>(-exponent);
    if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
    text = grouped(digits.substr(0, digits.size() - decimals)) + '.' + digits.substr(digits.size() - decimals);
  }
  return n < 0 ? std::string(minus_sign) + text : text;
}

std::vector<std::string> linear_labels(const std::vector<std::int64_t>& multiples, const Step& step) {
  std::int64_t most = 0;
  for (auto n : multiples) most = std::max(most, std::abs(n * step.mantissa));
  const int power = step.exponent + static_cast<int>(std::to_string(most).size()) - 1;
  std::vector<std::string> written, compact;
  std::size_t written_width = 0, compact_width = 0;
  for (auto n : multiples) {
    const std::int64_t digits = n * step.mantissa;
    if (std::abs(step.exponent) < 40) written.push_back(plain(digits, step.exponent));
    compact.push_back(digits == 0 ? "0" : plain(digits, step.exponent - power) + "·" + format_decade(power));
    if (!written.empty()) written_width = std::max(written_width, count_characters(written.back()));
    compact_width = std::max(compact_width, count_characters(compact.back()));
  }
  return !written.empty() && (written_width <= 7 || written_width <= compact_width) ? written : compact;
}

std::string shortest(double value) {
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  return {buffer.data(), end};
}

std::vector<Tick> linear_ticks(double lo, double hi, const TickOptions& options) {
  const Step step = nice_step(lo, hi, options);
  const double size = step.value();
  const double reach = std::max(std::abs(lo / size), std::abs(hi / size));
  if (lo == hi || !(reach < 1e15)) return {{lo + (hi / 2 - lo / 2), shortest(lo + (hi / 2 - lo / 2)), true}};
  std::vector<std::int64_t> multiples;
  std::vector<Tick> ticks;
  const auto last = static_cast<std::int64_t>(std::ceil(hi / size)) + 1;
  for (auto n = static_cast<std::int64_t>(std::floor(lo / size)) - 1; n <= last; ++n) {
    const double value = step.times(n);
    if (value < lo || value > hi || (!ticks.empty() && value == ticks.back().value)) continue;
    multiples.push_back(n);
    ticks.push_back({value, {}, true});
  }
  const auto labels = linear_labels(multiples, step);
  for (std::size_t i = 0; i < ticks.size(); ++i) ticks[i].label = labels[i];
  return ticks;
}

/// Less than two decades: 1, 2 and 5 times each power are labelled, or linear ticks where even those are too few.
std::vector<Tick> few_decades(double lo, double hi, const TickOptions& options) {
  std::vector<Tick> ticks;
  std::size_t labelled = 0;
  const int first = decade_of(lo), last = decade_of(hi);
  const bool written_out = first >= -3 && last <= 3;
  for (int k = first; k <= last; ++k)
    for (int m = 1; m <= 9; ++m) {
      const double value = decimal(m, k);
      if (value < lo || value > hi || (!ticks.empty() && value <= ticks.back().value)) continue;
      const bool major = m == 1 || m == 2 || m == 5;
      std::string label;
      if (major)
        label = written_out ? plain(m, k) : m == 1 ? format_decade(k) : std::to_string(m) + "·" + format_decade(k);
      labelled += major;
      ticks.push_back({value, label, major});
    }
  return labelled >= 3 ? ticks : linear_ticks(lo, hi, options);
}

std::vector<Tick> log_ticks(double lo, double hi, const TickOptions& options) {
  const int last = decade_of(hi);
  int first = decade_of(lo);
  if (power_of_ten(first) < lo) ++first;
  if (last - first < 2) return few_decades(lo, hi, options);
  int stride = 1;
  for (int s : {1, 2, 3, 4, 5, 10, 20, 25, 50, 100}) {
    stride = s;
    if ((last - first) / s <= options.intervals + (s == 1)) break;
  }
  std::vector<Tick> ticks;
  for (int k = first - 1; k <= last; ++k) {
    const bool major = k % stride == 0;
    if (k >= first) ticks.push_back({power_of_ten(k), major ? format_decade(k) : std::string(), major});
    if (stride > 1 || last - first > 4) continue;
    for (int m = 2; m <= 9; ++m)
      if (const double value = decimal(m, k); value >= lo && value <= hi) ticks.push_back({value, {}, false});
  }
  // Subnormal powers are so coarse that neighbours may coincide.
  const auto same = [](const Tick& a, const Tick& b) { return a.value == b.value; };
  ticks.erase(std::unique(ticks.begin(), ticks.end(), same), ticks.end());
  return ticks;
}

std::pair<double, double> nice_log_range(double lo, double hi, bool decades) {
  if (!(lo > 0)) lo = hi > 0 ? hi : 1;
  if (!(hi >= lo)) hi = lo;
  int first = decade_of(lo), last = decade_of(hi);
  if (power_of_ten(last) < hi) ++last;
  if (first == last) --first, ++last;
  double below = power_of_ten(first), above = power_of_ten(last);
  for (int m : {2, 5}) {
    if (decades) break;
    if (const double v = decimal(m, first); v <= lo && v < hi) below = v;
    if (const double v = decimal(7 - m, last - 1); v >= hi && v > lo) above = v;
  }
  return {below, above};
}

}  // namespace

double power_of_ten(int exponent) {
  if (exponent > 308) return largest;
  return std::max(decimal(1, exponent), std::numeric_limits<double>::denorm_min());
}

int decade_of(double value) {
  int k = static_cast<int>(std::floor(std::log10(value)));
  while (k > -324 && power_of_ten(k) > value) --k;
  while (k < 308 && power_of_ten(k + 1) <= value) ++k;
  return k;
}

std::vector<Tick> make_ticks(double lo, double hi, Scale scale, const TickOptions& options) {
  if (!std::isfinite(lo) || !std::isfinite(hi)) return {};
  if (lo > hi) std::swap(lo, hi);
  if (scale == Scale::log) return lo > 0 ? log_ticks(lo, hi, options) : std::vector<Tick>{};
  return linear_ticks(lo, hi, options);
}

std::pair<double, double> nice_range(double lo, double hi, Scale scale, const TickOptions& options) {
  if (!std::isfinite(lo) || !std::isfinite(hi)) return scale == Scale::log ? std::pair{0.1, 1.0} : std::pair{0.0, 1.0};
  if (lo > hi) std::swap(lo, hi);
  if (scale == Scale::log) return nice_log_range(lo, hi, options.decades);
  if (lo == 0 && hi == 0) return {0.0, 1.0};
  // A constant with rounding noise is drawn as a constant.
  const double scale_of_values = std::max(std::abs(lo), std::abs(hi));
  if (hi / 2 - lo / 2 <= 1e-9 * scale_of_values) {
    const double pad = options.integers ? std::max(1.0, 0.0999 * scale_of_values) : 0.0999 * scale_of_values;
    lo = std::max(lo - pad, -largest), hi = std::min(hi + pad, largest);
  }
  for (int round = 0; round < 8; ++round) {  // a wider range may call for a wider step
    const Step step = nice_step(lo, hi, options);
    const double size = step.value();
    double below = step.times(static_cast<std::int64_t>(std::floor(lo / size)));
    double above = step.times(static_cast<std::int64_t>(std::ceil(hi / size)));
    if (below > lo) below = step.times(static_cast<std::int64_t>(std::floor(lo / size)) - 1);
    if (above < hi) above = step.times(static_cast<std::int64_t>(std::ceil(hi / size)) + 1);
    below = std::max(below, -largest), above = std::min(above, largest);
    if (below == lo && above == hi) break;
    lo = below, hi = above;
  }
  return {lo, hi};
}

std::string format_superscript(int number) {
  static constexpr std::array<std::string_view, 10> raised{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text = number < 0 ? "⁻" : "";
  for (char c : std::to_string(std::abs(number))) text += raised[static_cast<std::size_t>(c - '0')];
  return text;
}

std::string format_decade(int exponent) { return "10" + format_superscript(exponent); }

std::string format_count(std::uint64_t n) { return grouped(std::to_string(n)); }

std::string format_value(double value) {
  if (std::isnan(value)) return "nan";
  const std::string sign = value < 0 ? std::string(minus_sign) : "";
  if (std::isinf(value)) return sign + "∞";
  const double size = std::abs(value);
  if (size == 0) return "0";
  std::array<char, 64> buffer{};
  const auto write = [&](double v, std::chars_format format, int precision) {
    return std::string(buffer.data(),
                       std::to_chars(buffer.data(), buffer.data() + buffer.size(), v, format, precision).ptr);
  };
  const auto trimmed = [](std::string text) {
    if (text.find('.') == std::string::npos) return text;
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
  };
  if (size >= 999.5 && size < 99999.5) return sign + grouped(write(size, std::chars_format::fixed, 0));
  if (size >= 0.0995 && size < 999.5) {
    const int decimals = size < 0.9995 ? 3 : size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
    return sign + trimmed(write(size, std::chars_format::fixed, decimals));
  }
  const std::string text = write(size, std::chars_format::scientific, 1);
  const auto e = text.find('e');
  const int exponent = std::atoi(text.c_str() + e + 1);
  return sign + trimmed(text.substr(0, e)) + 'e' + (exponent < 0 ? std::string(minus_sign) : "") +
         std::to_string(std::abs(exponent));
}

NameRoom name_room(std::size_t places, double apart, double widest, double gap, double least) {
  const double wanted = std::min(widest, least) + gap;
  NameRoom names;
  while (names.every < places && static_cast<double>(names.every) * apart < wanted) ++names.every;
  names.room = std::max(0.0, static_cast<double>(names.every) * apart - gap);
  return names;
}

double name_distance(const Axis& axis) {
  double least = axis.hi - axis.lo;
  for (std::size_t i = 1; i < axis.ticks.size(); ++i)
    least = std::min(least, axis.ticks[i].value - axis.ticks[i - 1].value);
  return axis.hi > axis.lo ? least / (axis.hi - axis.lo) : 1;
}

std::optional<std::string> place_name(const Axis& axis, double value) {
  if (!axis.named || axis.ticks.empty()) return std::nullopt;
  const auto away = [&](const Tick& tick) { return std::abs(tick.value - value); };
  const Tick& nearest = *std::min_element(axis.ticks.begin(), axis.ticks.end(),
                                          [&](const Tick& a, const Tick& b) { return away(a) < away(b); });
  return away(nearest) <= 0.5 ? std::optional(nearest.label) : std::nullopt;
}

}  // namespace kappa
