/// Made-up series for tests: any mixture of regular and irregular steps, and values that charts stumble over.
#pragma once

#include <rapidcheck.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

#include "core/trace/trace.hpp"

namespace kappa::test {

struct Points {
  std::vector<std::uint64_t> step;
  std::vector<double> value;
};

/// Same bits up to the payload of a NaN.
inline bool same(double a, double b) { return std::isnan(a) ? std::isnan(b) : std::memcmp(&a, &b, sizeof a) == 0; }

inline bool same(const Extent& a, const Extent& b) {
  return a.finite == b.finite && a.has_positive == b.has_positive && a.has_zero == b.has_zero &&
         a.has_negative == b.has_negative && a.has_nan == b.has_nan && a.has_infinite == b.has_infinite &&
         (!a.finite || (a.lo == b.lo && a.hi == b.hi)) && (!a.has_positive || a.positive == b.positive);
}

inline double odd_value(std::uint64_t choice, double plain) {
  switch (choice) {
    case 0:
      return 0.0;
    case 1:
      return -0.0;
    case 2:
      return std::numeric_limits<double>::quiet_NaN();
    case 3:
      return std::numeric_limits<double>::infinity();
    case 4:
      return -std::numeric_limits<double>::infinity();
    case 5:
      return std::numeric_limits<double>::denorm_min();
    case 6:
      return -plain;
    default:
      return plain;
  }
}

/// `least` to `most` points from one drawn seed (a drawn list of thousands would shrink for ever).
inline Points any_points(std::uint64_t least, std::uint64_t most) {
  std::uint64_t state = *rc::gen::arbitrary<std::uint64_t>();
  const auto next = [&state] {  // splitmix64
    std::uint64_t z = state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  };
  const auto n = *rc::gen::inRange<std::uint64_t>(least, most + 1);
  const auto odd_share = *rc::gen::element<std::uint64_t>(8, 100, 5000);
  Points points;
  std::uint64_t step = next() % 3, stride = 1 + next() % 5;
  for (std::uint64_t i = 0; i < n; ++i) {
    points.step.push_back(step);
    const double plain = std::exp(40.0 * (static_cast<double>(next() >> 11) / 9007199254740992.0 - 0.5));
    points.value.push_back(odd_value(next() % odd_share, plain));
    if (next() % 300 == 0) stride = next() % 6;  // 0: steps may repeat
    if (next() % 700 == 0) step += next() % 50;
    step += stride;
  }
  return points;
}

}  // namespace kappa::test
