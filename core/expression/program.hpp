/// A formula ready to be evaluated: flat, in postfix order, with its constants worked out.
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "core/expression/dual.hpp"
#include "core/expression/syntax.hpp"

namespace kappa::expression {

/// Value, gradient and Hessian at a point.
struct Derivatives {
  double f = 0, fx = 0, fy = 0, fxx = 0, fxy = 0, fyy = 0;
};

class Program {
 public:
  explicit Program(const Tree& tree);

  double value(double x, double y) const { return run(steps_, x, y); }
  Derivatives gradient(double x, double y) const;  ///< without the second derivatives
  Derivatives all(double x, double y) const;
  bool smooth() const { return smooth_; }  ///< no abs, min or max

 private:
  static constexpr std::size_t room = 128;  ///< each level of nesting, of which the reader allows 40, may keep three
  struct Step {
    Op op = Op::number;
    double number = 0;
  };
  void append(const Tree& tree);
  template <class T>
  static T run(std::span<const Step> steps, const T& x, const T& y);

  std::vector<Step> steps_;
  bool smooth_ = true;
};

/// What is wrong with a formula's text, or nothing.
std::string fault_in(const std::string& text);

template <class T>
T Program::run(std::span<const Step> steps, const T& x, const T& y) {
  std::array<T, room> stack;
  std::size_t n = 0;
  for (const Step& step : steps) {
    if (step.op == Op::number || step.op == Op::x || step.op == Op::y) {
      stack[n++] = step.op == Op::x ? x : step.op == Op::y ? y : Constant<T>::of(step.number);
      continue;
    }
    T& a = stack[n - 1];
    switch (step.op) {
      case Op::negate:
        a = -a;
        continue;
      case Op::sine:
        a = sine(a);
        continue;
      case Op::cosine:
        a = cosine(a);
        continue;
      case Op::tangent:
        a = tangent(a);
        continue;
      case Op::exponential:
        a = exponential(a);
        continue;
      case Op::logarithm:
        a = logarithm(a);
        continue;
      case Op::square_root:
        a = square_root(a);
        continue;
      case Op::absolute:
        a = absolute(a);
        continue;
      case Op::hyperbolic_tangent:
        a = hyperbolic_tangent(a);
        continue;
      case Op::arc_tangent:
        a = arc_tangent(a);
        continue;
      default:
        break;
    }
    T& left = stack[--n - 1];
    switch (step.op) {
      case Op::add:
        left = left + a;
        break;
      case Op::subtract:
        left = left - a;
        break;
      case Op::multiply:
        left = left * a;
        break;
      case Op::divide:
        left = left / a;
        break;
      case Op::power:
        left = power(left, a);
        break;
      case Op::smaller:
        if (!(primal(left) <= primal(a))) left = a;
        break;
      default:
        if (!(primal(left) >= primal(a))) left = a;
        break;
    }
  }
  return stack[0];
}

}  // namespace kappa::expression
