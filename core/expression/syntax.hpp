/// Formulas in x and y as a syntax tree: read from text, written back with as few parentheses as it takes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kappa::expression {

enum class Op : std::uint8_t {
  number,
  x,
  y,
  negate,
  add,
  subtract,
  multiply,
  divide,
  power,
  sine,
  cosine,
  tangent,
  exponential,
  logarithm,
  square_root,
  absolute,
  hyperbolic_tangent,
  arc_tangent,
  smaller,
  larger,
  pi,
  euler
};

/// A number that was read is never negative: the sign before it is a node of its own.
struct Tree {
  Op op = Op::number;
  double number = 0;
  std::vector<Tree> args = {};
};
bool operator==(const Tree& a, const Tree& b);

/// Where the text cannot be read, and what was expected there.
struct Fault {
  std::size_t column = 1;  ///< of the character, from 1
  std::string message;
};
std::string to_string(const Fault& fault);  ///< "column 7: found ')', expected ..."

/// Sums, products, quotients and powers (2^3^2 is 2^9, -x^2 is -(x^2)), parentheses, pi and e, the functions below and
/// pow(a, b). A product's sign may be left out: 3x (y + 1) is 3*x*(y + 1).
std::variant<Tree, Fault> parse(std::string_view text);

/// Reads back to the same tree.
std::string print(const Tree& tree);

struct Function {
  std::string_view name;
  Op op;
  std::size_t arguments;
};
const std::vector<Function>& functions();

}  // namespace kappa::expression
