/// e^2x = 2ᵏ e^2h with a short h, and e^2h = (1 + s) / (1 − s) with s = tanh h, whose series ends soon.
#include "core/linalg/tanh.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace kappa {
namespace {

constexpr std::size_t width = 8;  ///< numbers worked together
constexpr double flat_from = 20;  ///< 1 − tanh is far less than half a unit of the last place from here

/// Of tanh h / h − 1 in powers of h², the highest first.
constexpr double series[] = {6404582.0 / 10854718875,
                             -929569.0 / 638512875,
                             21844.0 / 6081075,
                             -1382.0 / 155925,
                             62.0 / 2835,
                             -17.0 / 315,
                             2.0 / 15,
                             -1.0 / 3};

/// For |x| ≤ 20: 2x = k log 2 + 2h with |h| ≤ ¼ log 2, and log 2 in two parts so that h keeps all its digits.
inline double within(double x) {
  constexpr double twice_over_log2 = 2 * 1.4426950408889634, half_log2 = 0x1.62e42fefa38p-2,
                   rest = 0x1.ef35793c7673p-46;
  constexpr double to_integer = 0x1.8p52;  // added, it rounds; k is then what the lowest bits hold
  const double shifted = x * twice_over_log2 + to_integer, k = shifted - to_integer;
  const double h = (x - k * half_log2) - k * rest, q = h * h;
  double p = series[0];
  p = p * q + series[1];
  p = p * q + series[2];
  p = p * q + series[3];
  p = p * q + series[4];
  p = p * q + series[5];
  p = p * q + series[6];
  p = p * q + series[7];
  const double s = h + h * q * p;
  const double power = std::bit_cast<double>((std::bit_cast<std::uint64_t>(shifted) + 1023) << 52);  // 2ᵏ
  const double less = power - 1, more = power + 1;
  return (less + more * s) / (more + less * s);
}

void tanh_of_block(double* x) {
  double out[width], square[width];
  for (std::size_t i = 0; i < width; ++i) {
    out[i] = within(x[i]);
    square[i] = x[i] * x[i];
  }
  double size = 0;
  for (const double each : square) size += each;
  if (!(size <= flat_from * flat_from))  // one may be larger, or not a number
    for (std::size_t i = 0; i < width; ++i)
      if (!(std::abs(x[i]) <= flat_from)) out[i] = std::isnan(x[i]) ? x[i] : std::copysign(1.0, x[i]);
  std::copy(out, out + width, x);
}

}  // namespace

void tanh_each(std::span<double> x) {
  const std::size_t whole = x.size() / width * width, left = x.size() - whole;
  for (std::size_t i = 0; i < whole; i += width) tanh_of_block(x.data() + i);
  double rest[width] = {};
  std::copy_n(x.data() + whole, left, rest);
  tanh_of_block(rest);
  std::copy_n(rest, left, x.data() + whole);
}

}  // namespace kappa
