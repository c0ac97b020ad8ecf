/// Ticks and ranges that people read with ease, and short ways to write numbers.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/figure/figure.hpp"

namespace kappa {

struct TickOptions {
  int intervals = 5;      ///< at most so many intervals between labelled ticks
  bool integers = false;  ///< steps, indices: no tick between whole numbers
  bool decades = true;    ///< log ranges end at powers of ten; else at 1, 2 or 5 times one
};

/// Ticks inside [lo, hi], ascending, with labels that are all different. On a log scale lo must be positive.
std::vector<Tick> make_ticks(double lo, double hi, Scale scale, const TickOptions& options = {});

/// The range widened to whole decades (log) or tick multiples (linear), so that live ranges move in steps.
std::pair<double, double> nice_range(double lo, double hi, Scale scale, const TickOptions& options = {});

std::string format_value(double value);      ///< short: 0.98, 1.7e−2, 1.2e−16, 20 000, ∞
std::string format_count(std::uint64_t n);   ///< 300, 20 000
std::string format_superscript(int number);  ///< ⁻⁴
std::string format_decade(int exponent);     ///< 10⁻⁴

/// 10^exponent, correctly rounded; clamped to the positive finite doubles.
double power_of_ten(int exponent);
/// Largest k with 10^k <= value, for positive finite values.
int decade_of(double value);

/// How the names of places share an axis: every so many of them stands, cut to so much room.
struct NameRoom {
  std::size_t every = 1;
  double room = 0;
};
/// Places stand `apart` from the next one, names `gap`; a name that is cut keeps `least`, or fewer names stand.
NameRoom name_room(std::size_t places, double apart, double widest, double gap, double least);
/// From one named place to the next, as a share of the axis; 1 where there is only one.
double name_distance(const Axis& axis);
/// The name of the place nearest to a value of a named axis, and half a place away at most; nothing otherwise.
std::optional<std::string> place_name(const Axis& axis, double value);

}  // namespace kappa
