/// What the outside may know of a parameter: its name, symbol, unit, help, domain and default.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/kinds/node.hpp"

namespace kappa {

struct Flag {};
struct Choices {
  std::vector<std::string> names;
};
struct Text {
  std::optional<std::string> (*refuse)(const std::string&) =
      nullptr;  ///< what is wrong with a text; null: nothing ever
};
struct FilePath {};
struct Range {
  double lo = 0, hi = 1;
  bool log = false;        ///< a slider runs over log10
  bool automatic = false;  ///< "auto" is allowed
  bool open_lo = false;    ///< lo itself is not allowed
  bool open_hi = false;
  double slider_lo = lo, slider_hi = hi;  ///< where a slider ends; typed values may go to lo and hi
};
struct Count {
  std::int64_t lo = 0, hi = 0;
  bool log = false;
  bool automatic = false;
};
struct Many {
  Range of;
  std::size_t least = 1, most = 64;
};
struct Names {  ///< list of free names: runs, blocks
  std::size_t least = 0, most = 64;
};
struct Slot {
  Kind kind{};
};
struct DataSource {};  ///< {"path": FILE, "target": COLUMN}: a node without a type
using Domain = std::variant<Flag, Range, Count, Choices, Text, FilePath, Many, Names, Slot, DataSource>;

/// Read only if the field `field` has one of these values.
struct When {
  std::string field;
  std::vector<std::string> values;
};

struct Field {
  std::string id = {}, symbol = {}, unit = {}, help = {};
  Domain domain = {};
  Value initial = {};
  bool live = false, schedulable = false;
  std::optional<When> when = {};
};

/// The range itself, as the elements of a list.
inline Range log_range_of(double lo, double hi) { return Range{lo, hi, true}; }
inline Domain range(double lo, double hi) { return Range{lo, hi, false}; }
inline Domain log_range(double lo, double hi) { return Range{lo, hi, true}; }
/// Any number from 0, with a log slider between the two: step sizes, dampings, noise.
inline Domain from_zero(double slider_lo, double slider_hi) {
  return Range{.lo = 0, .hi = 1e300, .log = true, .slider_lo = slider_lo, .slider_hi = slider_hi};
}
/// [lo, hi): momentum, averaging constants.
inline Domain below(double lo, double hi) { return Range{.lo = lo, .hi = hi, .open_hi = true}; }
inline Domain count(std::int64_t lo, std::int64_t hi, bool log = false) { return Count{lo, hi, log}; }
inline Domain choices(std::vector<std::string> names) { return Choices{std::move(names)}; }
inline Domain automatic(Domain domain) {
  if (auto* r = std::get_if<Range>(&domain)) r->automatic = true;
  if (auto* c = std::get_if<Count>(&domain)) c->automatic = true;
  return domain;
}

/// "0 to 1", "one of a, b": what a value may be, in words.
std::string allowed(const Domain& domain);

}  // namespace kappa
