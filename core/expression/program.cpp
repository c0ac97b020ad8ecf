/// Flattens a tree; parts without x and y become numbers.
#include "core/expression/program.hpp"

#include <algorithm>
#include <cassert>
#include <numbers>

namespace kappa::expression {
namespace {

bool is_fixed(const Tree& tree) {
  return tree.op != Op::x && tree.op != Op::y && std::all_of(tree.args.begin(), tree.args.end(), is_fixed);
}

/// Slots of the stack that evaluation takes.
std::size_t depth_of(const Tree& tree) {
  std::size_t deepest = 1;
  for (std::size_t i = 0; i < tree.args.size(); ++i) deepest = std::max(deepest, i + depth_of(tree.args[i]));
  return deepest;
}

}  // namespace

Program::Program(const Tree& tree) {
  assert(depth_of(tree) <= room);
  append(tree);
}

void Program::append(const Tree& tree) {
  if (tree.op == Op::pi) return steps_.push_back({Op::number, std::numbers::pi});
  if (tree.op == Op::euler) return steps_.push_back({Op::number, std::numbers::e});
  const std::size_t begin = steps_.size();
  for (const Tree& argument : tree.args) append(argument);
  steps_.push_back({tree.op, tree.number});
  smooth_ = smooth_ && tree.op != Op::absolute && tree.op != Op::smaller && tree.op != Op::larger;
  if (tree.args.empty() || !is_fixed(tree)) return;
  const double number = run<double>(std::span(steps_).subspan(begin), 0, 0);
  steps_.resize(begin);
  steps_.push_back({Op::number, number});
}

Derivatives Program::gradient(double x, double y) const {
  const Dual<double> at = run<Dual<double>>(steps_, {x, 1, 0}, {y, 0, 1});
  return {at.v, at.dx, at.dy};
}

Derivatives Program::all(double x, double y) const {
  const auto at = run<Dual<Dual<double>>>(steps_, {{x, 1, 0}, {1, 0, 0}, {0, 0, 0}}, {{y, 0, 1}, {0, 0, 0}, {1, 0, 0}});
  return {at.v.v, at.v.dx, at.v.dy, at.dx.dx, at.dx.dy, at.dy.dy};
}

std::string fault_in(const std::string& text) {
  const auto read = parse(text);
  const Fault* fault = std::get_if<Fault>(&read);
  return fault != nullptr ? to_string(*fault) : std::string();
}

}  // namespace kappa::expression
