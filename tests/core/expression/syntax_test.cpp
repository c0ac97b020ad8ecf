/// Formulas are read as in books, come back from their own text, and say where they cannot be read.
#include "core/expression/syntax.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kappa::expression {
namespace {

std::string again(const char* text) {
  const auto read = parse(text);
  if (const Fault* fault = std::get_if<Fault>(&read)) return to_string(*fault);
  return print(std::get<Tree>(read));
}

Fault fault_of(const std::string& text) {
  const auto read = parse(text);
  const Fault* fault = std::get_if<Fault>(&read);
  EXPECT_NE(fault, nullptr) << text << " was read";
  return fault != nullptr ? *fault : Fault{0, ""};
}

TEST(Formula, BindsAsInBooks) {
  EXPECT_EQ(again("1-x-y"), "1 - x - y");
  EXPECT_EQ(again("1-(x-y)"), "1 - (x - y)");
  EXPECT_EQ(again("-x^2"), "-x^2");
  EXPECT_EQ(again("(-x)^2"), "(-x)^2");
  EXPECT_EQ(again("2^3^x"), "2^3^x");
  EXPECT_EQ(again("(2^3)^x"), "(2^3)^x");
  EXPECT_EQ(again("x/y/2"), "x/y/2");
  EXPECT_EQ(again("x/(y/2)"), "x/(y/2)");
  EXPECT_EQ(again("2^-x*y"), "2^-x*y");
  EXPECT_EQ(again("+x"), "x");
  EXPECT_EQ(again("pow(x+1, 2)"), "(x + 1)^2");
  EXPECT_EQ(again("max( x , min(y,.5))"), "max(x, min(y, 0.5))");
}

TEST(Formula, AProductNeedsNoSign) {
  EXPECT_EQ(again("3x(y+1)"), "3*x*(y + 1)");
  EXPECT_EQ(again("2 sin(x) pi"), "2*sin(x)*pi");
  EXPECT_EQ(again("2e"), "2*e") << "an exponent has digits";
  EXPECT_EQ(again("2e3"), "2000");
  EXPECT_EQ(again("1/2x"), "1/2*x");
}

TEST(Formula, SignsOfBooksAreRead) {
  EXPECT_EQ(again("½"), "column 1: found '½', expected a number, x, y, a function or '('");
  EXPECT_EQ(again("x² − π·y³"), "x^2 - pi*y^3");
}

struct Wrong {
  const char* text;
  std::size_t column;
  const char* says;
};
class WrongFormula : public testing::TestWithParam<Wrong> {};

TEST_P(WrongFormula, SaysWhereAndWhatWasExpected) {
  const auto [text, column, says] = GetParam();
  const Fault fault = fault_of(text);
  EXPECT_EQ(fault.column, column) << fault.message;
  EXPECT_NE(fault.message.find(says), std::string::npos) << fault.message;
  EXPECT_EQ(to_string(fault).rfind("column " + std::to_string(column) + ": ", 0), 0u);
}

INSTANTIATE_TEST_SUITE_P(
    Each, WrongFormula,
    testing::Values(Wrong{"", 1, "the formula ends, expected a number"}, Wrong{"x +", 4, "the formula ends"},
                    Wrong{"x + * y", 5, "found '*'"}, Wrong{"(x + 1", 7, "expected an operator or ')'"},
                    Wrong{"x + 1)", 6, "found ')', expected an operator or the end"},
                    Wrong{"sin x", 5, "expected '(' after sin"}, Wrong{"x + foo(y)", 5, "no name 'foo'"},
                    Wrong{"2xy", 2, "x*y"}, Wrong{"min(x)", 6, "second argument of min"},
                    Wrong{"3 4", 3, "an operator"}, Wrong{"1e999", 1, "too large"}, Wrong{"x = 2", 3, "equals sign"},
                    Wrong{"π + $", 5, "found '$'"}, Wrong{"x ^", 4, "the formula ends"}, Wrong{".", 1, "found '.'"}));

TEST(Formula, DepthAndLengthHaveAnEnd) {
  EXPECT_NE(fault_of(std::string(500, '(') + "x" + std::string(500, ')')).message.find("nested"), std::string::npos);
  EXPECT_NE(fault_of(std::string(5000, '-') + "x").message.find("longer"), std::string::npos);
  std::string sum = "x";
  for (int i = 0; i < 600; ++i) sum += "+x";
  EXPECT_TRUE(std::holds_alternative<Tree>(parse(sum))) << "length is not depth";
}

Tree some_tree(int depth) {
  if (depth == 0 || *rc::gen::inRange(0, 5) == 0) {
    const Op op = *rc::gen::element(Op::number, Op::number, Op::x, Op::y, Op::pi, Op::euler);
    Tree leaf{op, 0, {}};
    if (op == Op::number) leaf.number = *rc::gen::element(0.0, 1.0, 2.0, 0.1, 1.0 / 3.0, 1e-7, 12345.678, 1e20);
    return leaf;
  }
  switch (*rc::gen::inRange(0, 4)) {
    case 0:
      return {Op::negate, 0, {some_tree(depth - 1)}};
    case 1: {
      const Function& f = functions()[*rc::gen::inRange<std::size_t>(0, functions().size())];
      Tree call{f.op, 0, {}};
      for (std::size_t i = 0; i < f.arguments; ++i) call.args.push_back(some_tree(depth - 1));
      return call;
    }
    default:
      return {*rc::gen::element(Op::add, Op::subtract, Op::multiply, Op::divide, Op::power),
              0,
              {some_tree(depth - 1), some_tree(depth - 1)}};
  }
}

RC_GTEST_PROP(Formula, WrittenAndReadIsTheSameTree, ()) {
  const Tree tree = some_tree(6);
  const std::string text = print(tree);
  const auto read = parse(text);
  RC_ASSERT(std::holds_alternative<Tree>(read));
  RC_ASSERT(std::get<Tree>(read) == tree);
}

RC_GTEST_PROP(Formula, NoTextIsTooOdd, (const std::string& text)) {
  const auto read = parse(text);
  if (const Fault* fault = std::get_if<Fault>(&read)) RC_ASSERT(fault->column >= 1u && !fault->message.empty());
}

}  // namespace
}  // namespace kappa::expression
