/// xoshiro256++ seeded by a hash of the stream's address; the normal is a 256-layer ziggurat on portable arithmetic.
#include "core/base/rng.hpp"

#include <bit>
#include <cmath>
#include <limits>
#include <utility>

namespace kappa {
namespace {

using Key = std::array<std::uint64_t, 2>;
__extension__ using Wide = unsigned __int128;

constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15u;

constexpr std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

constexpr Key absorb(Key key, std::uint64_t word) {
  const std::uint64_t first = mix((key[0] ^ word) + kGolden);
  const std::uint64_t second = mix((key[1] + std::rotl(word, 32)) ^ std::rotl(first, 17) ^ 0xd1b54a32d192ed03u);
  return {first + key[1], second};
}

Key absorb(Key key, std::string_view name) {
  key = absorb(key, name.size());
  for (std::size_t at = 0; at < name.size(); at += 8) {
    std::uint64_t word = 0;
    for (std::size_t i = at; i < name.size() && i < at + 8; ++i)
      word |= static_cast<std::uint64_t>(static_cast<unsigned char>(name[i])) << (8 * (i - at));
    key = absorb(key, word);
  }
  return key;
}

constexpr Key kRoot = {0x6a09e667f3bcc908u, 0xbb67ae8584caa73bu};
constexpr double kUnit = 0x1p-53;

// exp and log from additions and products alone: the tables below need them at compile time, and the rare slow paths
// of the ziggurat then give the same bits whatever the C library.
constexpr double kLn2High = 0x1.62e42feep-1;  // the last 21 bits are zero, so k * kLn2High is exact
constexpr double kLn2Low = 0x1.a39ef35793c76p-33;

constexpr double portable_exp(double x) {  // for -745 < x <= 0
  const int k = static_cast<int>(x * 1.4426950408889634 - 0.5);
  const double r = (x - k * kLn2High) - k * kLn2Low;
  double sum = 1.0;
  for (int i = 18; i >= 1; --i) sum = 1.0 + sum * r / i;
  for (int i = 0; i > k; --i) sum *= 0.5;
  return sum;
}

constexpr double portable_log(double x) {  // for normal positive x
  const auto raw = std::bit_cast<std::uint64_t>(x);
  int k = static_cast<int>(raw >> 52) - 1023;
  double m = std::bit_cast<double>((raw & 0x000fffffffffffffu) | 0x3ff0000000000000u);
  if (m > 1.4142135623730951) {
    m *= 0.5;
    ++k;
  }
  const double t = (m - 1.0) / (m + 1.0);
  const double t2 = t * t;
  double sum = 0.0;
  for (int i = 25; i >= 3; i -= 2) sum = t2 * (sum + 1.0 / i);
  return k * kLn2High + (k * kLn2Low + 2.0 * t * (1.0 + sum));
}

constexpr double portable_sqrt(double x) {  // only for the tables; at run time std::sqrt is exact anyway
  double y = x > 1.0 ? x : 1.0;
  for (int i = 0; i < 64; ++i) y = 0.5 * (y + x / y);
  return y;
}

constexpr double bell(double x) { return portable_exp(-0.5 * x * x); }

constexpr int kLayers = 256;
constexpr double kTailStart = 3.6541528853610088;
constexpr double kLayerArea = 0.0049286732339746549;

struct Ziggurat {
  std::array<double, kLayers + 1> x{};  // right ends, falling; x[0] is the base layer's width with its tail's area
  std::array<double, kLayers + 1> y{};  // the bell at x[i]
};

constexpr Ziggurat make_ziggurat() {
  Ziggurat z;
  z.x[0] = kLayerArea / bell(kTailStart);
  z.x[1] = kTailStart;
  for (int i = 1; i < kLayers - 1; ++i)
    z.x[i + 1] = portable_sqrt(-2.0 * portable_log(kLayerArea / z.x[i] + bell(z.x[i])));
  z.x[kLayers] = 0.0;
  for (int i = 0; i <= kLayers; ++i) z.y[i] = bell(z.x[i]);
  return z;
}

constexpr Ziggurat kZiggurat = make_ziggurat();

}  // namespace

Rng::Rng(Key address) : address_(address), state_{} {
  for (std::size_t i = 0; i < state_.size(); ++i)
    state_[i] = mix(address_[i % 2] + (i + 1) * kGolden) ^ std::rotl(mix(address_[(i + 1) % 2] ^ (i + 1)), 23);
  if ((state_[0] | state_[1] | state_[2] | state_[3]) == 0) state_[0] = kGolden;  // the one forbidden state
}

Rng::Rng(std::uint64_t seed, std::string_view stream, std::uint64_t a, std::uint64_t b)
    : Rng(absorb(absorb(absorb(absorb(kRoot, seed), stream), a), b)) {}

Rng Rng::child(std::string_view stream, std::uint64_t index) const {
  return Rng(absorb(absorb(address_, stream), index));
}

std::uint64_t Rng::bits() {
  const std::uint64_t result = std::rotl(state_[0] + state_[3], 23) + state_[0];
  const std::uint64_t shifted = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

double Rng::uniform() { return static_cast<double>(bits() >> 11) * kUnit; }

double Rng::uniform(double lo, double hi) { return lo + (hi - lo) * uniform(); }

double Rng::normal() {
  for (;;) {
    const std::uint64_t b = bits();  // 8 bits of layer, one of sign, 53 of position: disjoint, hence independent
    const std::size_t layer = b & 0xff;
    const double sign = (b & 0x100) != 0 ? -1.0 : 1.0;
    const double x = static_cast<double>(b >> 11) * kUnit * kZiggurat.x[layer];
    if (x < kZiggurat.x[layer + 1]) return sign * x;
    if (layer == 0) return normal_tail(sign);
    const double y = kZiggurat.y[layer] + uniform() * (kZiggurat.y[layer + 1] - kZiggurat.y[layer]);
    if (y < bell(x)) return sign * x;
  }
}

double Rng::normal_tail(double sign) {  // Marsaglia's exact tail
  for (;;) {
    const double x = -portable_log(1.0 - uniform()) / kTailStart;
    const double y = -portable_log(1.0 - uniform());
    if (2.0 * y > x * x) return sign * (kTailStart + x);
  }
}

std::uint64_t Rng::below(std::uint64_t n) {  // Lemire: multiply, and reject the few low products that would bias
  if (n == 0) return 0;
  Wide product = static_cast<Wide>(bits()) * n;
  if (static_cast<std::uint64_t>(product) < n) {
    const std::uint64_t threshold = (0 - n) % n;
    while (static_cast<std::uint64_t>(product) < threshold) product = static_cast<Wide>(bits()) * n;
  }
  return static_cast<std::uint64_t>(product >> 64);
}

double Rng::rademacher() { return (bits() >> 63) != 0 ? 1.0 : -1.0; }

double Rng::exponential() { return -portable_log(1.0 - uniform()); }

double Rng::student(double nu) {  // Bailey's polar method: exact for every nu > 0
  if (!(nu > 0.0)) return std::numeric_limits<double>::quiet_NaN();
  if (std::isinf(nu)) return normal();
  for (;;) {
    const double u = 2.0 * uniform() - 1.0;
    const double v = 2.0 * uniform() - 1.0;
    const double w = u * u + v * v;
    if (w >= 1.0 || w == 0.0) continue;
    return u * std::sqrt(nu * std::expm1(-2.0 / nu * portable_log(w)) / w);
  }
}

void Rng::shuffle(std::span<std::uint32_t> items) {
  for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
}

void Rng::fill_normal(std::span<double> out) {
  for (double& x : out) x = normal();
}

std::uint64_t repeat_seed(std::uint64_t seed, std::uint64_t repeat) {
  if (repeat == 0) return seed;
  const Key key = absorb(absorb(absorb(kRoot, seed), "repeat"), repeat);
  return key[0] ^ std::rotl(key[1], 32);
}

}  // namespace kappa
