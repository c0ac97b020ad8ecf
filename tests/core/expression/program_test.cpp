/// Dual numbers give the derivatives that calculus gives, and those that differences come near to.
#include "core/expression/program.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numbers>

namespace kappa::expression {
namespace {

Program program(const std::string& text) { return Program(std::get<Tree>(parse(text))); }

void near(const Derivatives& got, const Derivatives& want, const std::string& what) {
  const double got_all[] = {got.f, got.fx, got.fy, got.fxx, got.fxy, got.fyy};
  const double want_all[] = {want.f, want.fx, want.fy, want.fxx, want.fxy, want.fyy};
  for (int i = 0; i < 6; ++i)
    EXPECT_NEAR(got_all[i], want_all[i], 1e-13 * (1 + std::abs(want_all[i]))) << what << ", entry " << i;
}

TEST(FormulaDerivatives, AreThoseOfCalculus) {
  const double x = 0.7, y = 1.3;
  near(program("(1-x)^2 + 100(y-x^2)^2").all(x, y),
       {0.09 + 100 * std::pow(1.3 - 0.49, 2), -2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x),
        2 - 400 * (y - 3 * x * x), -400 * x, 200},
       "Rosenbrock");
  const double s = std::sin(x * y), c = std::cos(x * y);
  near(program("sin(x*y)").all(x, y), {s, y * c, x * c, -y * y * s, c - x * y * s, -x * x * s}, "sin(xy)");
  const double e = std::exp(x - 2 * y);
  near(program("e^(x-2y)").all(x, y), {e, e, -2 * e, e, -2 * e, 4 * e}, "a power of e");
  const double l = std::log(x), p = std::pow(x, y);
  near(program("x^y").all(x, y), {p, y * p / x, p * l, y * (y - 1) * p / (x * x), p / x * (1 + y * l), p * l * l},
       "x^y");
  const double h = std::hypot(x, y), h3 = h * h * h;
  near(program("sqrt(x^2+y^2)").all(x, y), {h, x / h, y / h, y * y / h3, -x * y / h3, x * x / h3}, "a cone");
  const double t = std::tanh(x), d = 1 - t * t;
  near(program("y*tanh(x)").all(x, y), {y * t, y * d, t, -2 * y * t * d, d, 0}, "tanh");
  const double q = 1 + x * x;
  near(program("atan(x)/y").all(x, y),
       {std::atan(x) / y, 1 / q / y, -std::atan(x) / (y * y), -2 * x / (q * q) / y, -1 / q / (y * y),
        2 * std::atan(x) / (y * y * y)},
       "atan over y");
  const double g = std::tan(x), sec = 1 + g * g;
  near(program("tan(x) + log(y)").all(x, y), {g + std::log(y), sec, 1 / y, 2 * g * sec, 0, -1 / (y * y)}, "tan, log");
}

TEST(FormulaDerivatives, KinksTakeTheSideTheyAreOn) {
  near(program("abs(x) + max(x, 2y) - min(x, y)").all(-1, 3), {1 + 6 + 1, -1 - 1, 2, 0, 0, 0}, "left");
  near(program("abs(x)").all(0, 0), {0, 0, 0, 0, 0, 0}, "at the kink");
  EXPECT_FALSE(program("abs(x)").smooth());
  EXPECT_TRUE(program("cos(x)").smooth());
}

TEST(FormulaDerivatives, PowersOfNegativeBasesAreWhole) {
  near(program("x^3").all(-2, 0), {-8, 12, 0, -12, 0, 0}, "a cube");
  near(program("x^2").all(0, 0), {0, 0, 0, 2, 0, 0}, "a square at zero");
  near(program("x^(4/2)").all(-3, 0), {9, -6, 0, 2, 0, 0}, "a folded exponent");
  EXPECT_TRUE(std::isnan(program("x^0.5").value(-1, 0)));
}

TEST(FormulaDerivatives, TheGradientAloneIsTheSame) {
  const Program f = program("exp(-x^2-y^2)*sin(3x)/(2+y)");
  const Derivatives all = f.all(0.3, -0.4), first = f.gradient(0.3, -0.4);
  EXPECT_EQ(all.f, first.f);
  EXPECT_EQ(all.fx, first.fx);
  EXPECT_EQ(all.fy, first.fy);
  EXPECT_EQ(all.f, f.value(0.3, -0.4));
}

TEST(FormulaDerivatives, ConstantsKnowTheirNames) {
  EXPECT_EQ(program("pi").value(0, 0), std::numbers::pi);
  EXPECT_EQ(program("log(e)").value(0, 0), 1);
  EXPECT_EQ(program("2^3^2").value(0, 0), 512);
  EXPECT_TRUE(std::isinf(program("1/x").value(0, 0)));
}

TEST(FormulaDerivatives, DeepFormulasHaveRoom) {
  std::string text = "x";
  for (int i = 0; i < 18; ++i) text = "x + x*x^(" + text + ")";
  ASSERT_EQ(fault_in(text), "");
  EXPECT_TRUE(std::isfinite(program(text).value(0.5, 0)));
}

/// A formula of smooth parts that stay tame, with its text.
std::string some_formula(int depth) {
  if (depth == 0) return *rc::gen::element<std::string>("x", "y", "0.5", "2", "pi");
  const std::string a = some_formula(depth - 1), b = some_formula(depth - 1);
  switch (*rc::gen::inRange(0, 9)) {
    case 0:
      return "(" + a + " + " + b + ")";
    case 1:
      return "(" + a + " - " + b + ")";
    case 2:
      return "sin(" + a + ")*" + b;
    case 3:
      return "tanh(" + a + ")*tanh(" + b + ")";
    case 4:
      return "exp(-(" + a + ")^2)";
    case 5:
      return "log(1 + (" + a + ")^2)";
    case 6:
      return "(" + a + ")/(2 + cos(" + b + "))";
    case 7:
      return "sqrt(1 + (" + a + ")^2)*atan(" + b + ")";
    default:
      return "(1.5 + sin(" + a + "))^tanh(" + b + ")";
  }
}

RC_GTEST_PROP(FormulaDerivatives, ComeNearToDifferences, ()) {
  const Program f = program(some_formula(3));
  const double x = *rc::gen::inRange(-150, 150) / 100.0 + 0.003, y = *rc::gen::inRange(-150, 150) / 100.0 + 0.007;
  const Derivatives at = f.all(x, y);
  constexpr double h = 1e-5;
  const auto slope = [&](double dx, double dy) {
    return (f.value(x + h * dx, y + h * dy) - f.value(x - h * dx, y - h * dy)) / (2 * h);
  };
  const auto bend = [&](double dx, double dy, auto part) {
    return (part(f.gradient(x + h * dx, y + h * dy)) - part(f.gradient(x - h * dx, y - h * dy))) / (2 * h);
  };
  const auto fx = [](const Derivatives& d) { return d.fx; };
  const auto fy = [](const Derivatives& d) { return d.fy; };
  const double size =
      1 + std::abs(at.f) + std::abs(at.fx) + std::abs(at.fy) + std::abs(at.fxx) + std::abs(at.fxy) + std::abs(at.fyy);
  const double near = 1e-5 * size * size;
  RC_ASSERT(std::abs(slope(1, 0) - at.fx) < near);
  RC_ASSERT(std::abs(slope(0, 1) - at.fy) < near);
  RC_ASSERT(std::abs(bend(1, 0, fx) - at.fxx) < near);
  RC_ASSERT(std::abs(bend(0, 1, fx) - at.fxy) < near);
  RC_ASSERT(std::abs(bend(1, 0, fy) - at.fxy) < near);
  RC_ASSERT(std::abs(bend(0, 1, fy) - at.fyy) < near);
}

}  // namespace
}  // namespace kappa::expression
