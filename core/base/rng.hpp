/// Addressed randomness: a stream is named by (seed, name, a, b), so an extra draw elsewhere changes nothing here.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace kappa {

/// A small copyable value. Two of the same address draw the same numbers, on every machine for uniform() and normal().
class Rng {
 public:
  Rng(std::uint64_t seed, std::string_view stream, std::uint64_t a = 0, std::uint64_t b = 0);

  /// Depends on this stream's address only, never on how much was drawn from it.
  Rng child(std::string_view stream, std::uint64_t index = 0) const;

  std::uint64_t bits();
  double uniform();  ///< [0, 1), 53 bits
  double uniform(double lo, double hi);
  double normal();
  std::uint64_t below(std::uint64_t n);  ///< unbiased on 0 .. n-1; 0 when n is 0
  double rademacher();
  double student(double nu);  ///< nu = infinity is the normal
  double exponential();
  void shuffle(std::span<std::uint32_t> items);
  void fill_normal(std::span<double> out);

  bool operator==(const Rng&) const = default;

 private:
  using Key = std::array<std::uint64_t, 2>;
  explicit Rng(Key address);

  double normal_tail(double sign);

  Key address_;
  std::array<std::uint64_t, 4> state_;
};

/// The seed of one repeat; repeat 0 is the seed itself.
std::uint64_t repeat_seed(std::uint64_t seed, std::uint64_t repeat);

}  // namespace kappa
