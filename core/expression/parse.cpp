/// Reads a formula by recursive descent; whatever cannot be read is told with its column and what was expected.
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "core/base/text.hpp"
#include "core/expression/syntax.hpp"

namespace kappa::expression {
namespace {

constexpr std::size_t longest = 2000, deepest = 40;
constexpr std::string_view operand = "a number, x, y, a function or '('";

struct Failure {
  Fault fault;
};

/// Signs as they stand in books, and what they mean.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> signs{
    {{"−", "-"}, {"·", "*"}, {"×", "*"}, {"π", "pi"}, {"²", "^2"}, {"³", "^3"}}};

struct Token {
  enum class Kind : std::uint8_t { end, number, name, sign } kind = Kind::end;
  std::string text;
  double number = 0;
  std::size_t column = 1;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

class Lexer {
 public:
  explicit Lexer(std::string_view text) : rest_(text) {}

  std::vector<Token> all() {
    std::vector<Token> tokens;
    for (;;) {
      while (!rest_.empty() && (rest_[0] == ' ' || rest_[0] == '\t' || rest_[0] == '\n')) skip(1);
      Token token;
      token.column = column_;
      if (rest_.empty()) {
        tokens.push_back(token);
        return tokens;
      }
      if (is_digit(rest_[0]) || rest_[0] == '.') {
        number(token);
      } else if (is_letter(rest_[0])) {
        token.kind = Token::Kind::name;
        std::size_t n = 1;
        while (n < rest_.size() && (is_letter(rest_[n]) || is_digit(rest_[n]))) ++n;
        token.text = rest_.substr(0, n);
        skip(n);
      } else {
        sign(token, tokens);
      }
      tokens.push_back(std::move(token));
    }
  }

 private:
  void number(Token& token) {
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), token.number);
    if (error == std::errc::invalid_argument) throw Failure{{column_, "found '.', expected " + std::string(operand)}};
    if (error != std::errc() || !std::isfinite(token.number))
      throw Failure{{column_, "this number is too large or too small"}};
    token.kind = Token::Kind::number;
    const auto n = static_cast<std::size_t>(end - rest_.data());
    token.text = rest_.substr(0, n);
    skip(n);
  }

  /// What a book's sign means; a power written small is two tokens.
  void sign(Token& token, std::vector<Token>& tokens) {
    token.kind = Token::Kind::sign;
    for (const auto& [shown, meant] : signs) {
      if (!rest_.starts_with(shown)) continue;
      rest_.remove_prefix(shown.size());
      ++column_;
      if (meant == "pi") token.kind = Token::Kind::name;
      token.text = meant;
      if (meant[0] != '^') return;
      tokens.push_back({Token::Kind::sign, "^", 0, token.column});
      token = {Token::Kind::number, std::string(meant.substr(1)), static_cast<double>(meant[1] - '0'), token.column};
      return;
    }
    const std::size_t n = to_next_character(rest_);
    token.text = rest_.substr(0, n);
    rest_.remove_prefix(n);
    ++column_;
  }

  void skip(std::size_t n) {
    rest_.remove_prefix(n);
    column_ += n;
  }

  std::string_view rest_;
  std::size_t column_ = 1;
};

class Parser {
 public:
  explicit Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  Tree whole() {
    Tree tree = sum();
    if (next().kind != Token::Kind::end)
      fail(next().text == "=" ? "an operator; write the function alone, without an equals sign"
                              : "an operator or the end");
    return tree;
  }

 private:
  const Token& next() const { return tokens_[at_]; }
  bool sees(std::string_view sign) const { return next().kind == Token::Kind::sign && next().text == sign; }
  bool takes(std::string_view sign) {
    if (!sees(sign)) return false;
    ++at_;
    return true;
  }
  [[noreturn]] void fail(std::string_view expected) const {
    const Token& token = next();
    const std::string found = token.kind == Token::Kind::end ? "the formula ends" : "found '" + token.text + "'";
    throw Failure{{token.column, found + ", expected " + std::string(expected)}};
  }

  Tree sum() {
    Tree left = product();
    for (;;) {
      if (takes("+"))
        left = {Op::add, 0, both(std::move(left), product())};
      else if (takes("-"))
        left = {Op::subtract, 0, both(std::move(left), product())};
      else
        return left;
    }
  }

  Tree product() {
    Tree left = factor();
    for (;;) {
      if (takes("*"))
        left = {Op::multiply, 0, both(std::move(left), factor())};
      else if (takes("/"))
        left = {Op::divide, 0, both(std::move(left), factor())};
      else if (sees("(") || next().kind == Token::Kind::name)
        left = {Op::multiply, 0, both(std::move(left), factor())};
      else
        return left;
    }
  }

  Tree factor() {
    if (++depth_ > deepest) throw Failure{{next().column, "the formula is nested too deeply"}};
    Tree tree;
    if (takes("-"))
      tree = {Op::negate, 0, {factor()}};
    else if (takes("+"))
      tree = factor();
    else
      tree = power();
    --depth_;
    return tree;
  }

  Tree power() {
    Tree base = atom();
    if (!takes("^")) return base;
    return {Op::power, 0, both(std::move(base), factor())};
  }

  Tree atom() {
    const Token token = next();
    if (token.kind == Token::Kind::number) {
      ++at_;
      if (next().kind == Token::Kind::number) fail("an operator");
      return {Op::number, token.number, {}};
    }
    if (token.kind == Token::Kind::name) return named(token);
    if (!takes("(")) fail(operand);
    Tree inner = sum();
    close();
    return inner;
  }

  Tree named(const Token& token) {
    constexpr std::array<std::pair<std::string_view, Op>, 4> plain{
        {{"x", Op::x}, {"y", Op::y}, {"pi", Op::pi}, {"e", Op::euler}}};
    for (const auto& [name, op] : plain)
      if (token.text == name) {
        ++at_;
        return {op, 0, {}};
      }
    for (const Function& function : functions())
      if (token.text == function.name) return call(function);
    std::string known = "x, y, pi, e or one of";
    for (const Function& function : functions()) known += " " + std::string(function.name);
    const bool run_together = token.text.find_first_not_of("xy") == std::string::npos;
    throw Failure{{token.column, "no name '" + token.text + "'; expected " +
                                     (run_together ? "a '*' between x and y, as in x*y" : known)}};
  }

  Tree call(const Function& function) {
    ++at_;
    if (!takes("(")) fail("'(' after " + std::string(function.name));
    Tree tree{function.op, 0, {sum()}};
    if (function.arguments == 2) {
      if (!takes(",")) fail("',' and the second argument of " + std::string(function.name));
      tree.args.push_back(sum());
    }
    close();
    return tree;
  }

  void close() {
    if (!takes(")")) fail("an operator or ')'");
  }
  static std::vector<Tree> both(Tree left, Tree right) {
    std::vector<Tree> two;
    two.push_back(std::move(left));
    two.push_back(std::move(right));
    return two;
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0, depth_ = 0;
};

}  // namespace

const std::vector<Function>& functions() {
  static const std::vector<Function> all{{"sin", Op::sine, 1},         {"cos", Op::cosine, 1},
                                         {"tan", Op::tangent, 1},      {"exp", Op::exponential, 1},
                                         {"log", Op::logarithm, 1},    {"sqrt", Op::square_root, 1},
                                         {"abs", Op::absolute, 1},     {"tanh", Op::hyperbolic_tangent, 1},
                                         {"atan", Op::arc_tangent, 1}, {"min", Op::smaller, 2},
                                         {"max", Op::larger, 2},       {"pow", Op::power, 2}};
  return all;
}

std::string to_string(const Fault& fault) { return "column " + std::to_string(fault.column) + ": " + fault.message; }

std::variant<Tree, Fault> parse(std::string_view text) {
  if (text.size() > longest)
    return Fault{longest, "the formula is longer than " + std::to_string(longest) + " characters"};
  try {
    return Parser(Lexer(text).all()).whole();
  } catch (const Failure& failure) {
    return failure.fault;
  }
}

}  // namespace kappa::expression
