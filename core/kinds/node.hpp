/// A chosen method with its parameters, as it stands in a document: a tree of plain values.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kappa {

enum class Kind : std::uint8_t { problem, optimizer, order, init, schedule, probe, theory, claim, study };
inline constexpr Kind all_kinds[] = {Kind::problem, Kind::optimizer, Kind::order, Kind::init, Kind::schedule,
                                     Kind::probe,   Kind::theory,    Kind::claim, Kind::study};
std::string_view name_of(Kind kind);    ///< "problem"
std::string_view plural_of(Kind kind);  ///< "problems", "studies"

struct Node;
using NodePtr = std::shared_ptr<const Node>;
using Value =
    std::variant<bool, std::int64_t, double, std::string, std::vector<double>, std::vector<std::string>, NodePtr>;

/// `params` holds what was given; `complete` (spec) adds the defaults. "auto" is the string of that name.
struct Node {
  Kind kind{};
  std::string id;
  std::map<std::string, Value, std::less<>> params;
};

/// Compares inner nodes by value.
bool equal(const Value& a, const Value& b);
bool operator==(const Node& a, const Node& b);

}  // namespace kappa
