/// Writes a tree so that reading it gives the same tree.
#include <algorithm>

#include "core/expression/syntax.hpp"
#include "core/trace/number.hpp"

namespace kappa::expression {
namespace {

/// How tightly a node holds together; what stands in a tighter place needs parentheses.
enum Level { sum = 1, product = 2, sign = 3, power = 4, atom = 5 };

Level level_of(Op op) {
  switch (op) {
    case Op::add:
    case Op::subtract:
      return sum;
    case Op::multiply:
    case Op::divide:
      return product;
    case Op::negate:
      return sign;
    case Op::power:
      return power;
    default:
      return atom;
  }
}

void write(const Tree& tree, Level least, std::string& out);

void write_call(const Tree& tree, std::string& out) {
  const auto& all = functions();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Function& f) { return f.op == tree.op; });
  out += found->name;
  for (std::size_t i = 0; i < tree.args.size(); ++i) {
    out += i == 0 ? "(" : ", ";
    write(tree.args[i], sum, out);
  }
  out += ')';
}

void write_bare(const Tree& tree, std::string& out) {
  const auto binary = [&](Level left, const char* between, Level right) {
    write(tree.args[0], left, out);
    out += between;
    write(tree.args[1], right, out);
  };
  switch (tree.op) {
    case Op::number:
      return append_number(out, tree.number);
    case Op::x:
      out += 'x';
      return;
    case Op::y:
      out += 'y';
      return;
    case Op::pi:
      out += "pi";
      return;
    case Op::euler:
      out += 'e';
      return;
    case Op::negate:
      out += '-';
      return write(tree.args[0], sign, out);
    case Op::add:
      return binary(sum, " + ", product);
    case Op::subtract:
      return binary(sum, " - ", product);
    case Op::multiply:
      return binary(product, "*", sign);
    case Op::divide:
      return binary(product, "/", sign);
    case Op::power:
      return binary(atom, "^", sign);
    default:
      return write_call(tree, out);
  }
}

void write(const Tree& tree, Level least, std::string& out) {
  const bool loose = level_of(tree.op) < least;
  if (loose) out += '(';
  write_bare(tree, out);
  if (loose) out += ')';
}

}  // namespace

std::string print(const Tree& tree) {
  std::string out;
  write(tree, sum, out);
  return out;
}

bool operator==(const Tree& a, const Tree& b) {
  return a.op == b.op && (a.op != Op::number || a.number == b.number) && a.args == b.args;
}

}  // namespace kappa::expression
