/// Landscape: nine functions of two variables, or one of your own, to see a path and not only a curve.
#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <numbers>

#include "core/expression/program.hpp"
#include "core/kinds/problem.hpp"
#include "core/linalg/spectrum.hpp"

namespace kappa::problems {
namespace KAPPA_FILE {

enum class Function {
  quadratic_bowl,
  rosenbrock,
  beale,
  himmelblau,
  rastrigin,
  saddle,
  styblinski_tang,
  booth,
  three_hump_camel,
  custom
};

using Jet = expression::Derivatives;

/// One term c u² of a sum of squares; u with its own derivatives.
struct Square {
  Jet u;
  double c = 1;
};

/// At most three of them, so that a step asks for no memory.
class Squares {
 public:
  Squares(std::initializer_list<Square> squares) : size_(squares.size()) {
    std::copy(squares.begin(), squares.end(), squares_.begin());
  }
  const Square* begin() const { return squares_.data(); }
  const Square* end() const { return squares_.data() + size_; }
  const Square& operator[](std::size_t k) const { return squares_[k]; }
  std::size_t size() const { return size_; }

 private:
  std::array<Square, 3> squares_;
  std::size_t size_;
};

Jet sum_of(const Squares& squares) {
  Jet j;
  for (const auto& [u, c] : squares) {
    j.f += c * u.f * u.f;
    j.fx += 2 * c * u.f * u.fx;
    j.fy += 2 * c * u.f * u.fy;
    j.fxx += 2 * c * (u.fx * u.fx + u.f * u.fxx);
    j.fxy += 2 * c * (u.fx * u.fy + u.f * u.fxy);
    j.fyy += 2 * c * (u.fy * u.fy + u.f * u.fyy);
  }
  return j;
}

Jet quadratic_bowl(double x, double y, double kappa) {
  return {(x * x + kappa * y * y) / 2, x, kappa * y, 1, 0, kappa};
}
Squares rosenbrock(double x, double y) { return {{{1 - x, -1, 0, 0, 0, 0}}, {{y - x * x, -2 * x, 1, -2, 0, 0}, 100}}; }
Squares beale(double x, double y) {
  return {{{1.5 - x + x * y, y - 1, x, 0, 1, 0}},
          {{2.25 - x + x * y * y, y * y - 1, 2 * x * y, 0, 2 * y, 2 * x}},
          {{2.625 - x + x * y * y * y, y * y * y - 1, 3 * x * y * y, 0, 3 * y * y, 6 * x * y}}};
}
Squares himmelblau(double x, double y) {
  return {{{x * x + y - 11, 2 * x, 1, 2, 0, 0}}, {{x + y * y - 7, 1, 2 * y, 0, 0, 2}}};
}
Squares booth(double x, double y) { return {{{x + 2 * y - 7, 1, 2, 0, 0, 0}}, {{2 * x + y - 5, 2, 1, 0, 0, 0}}}; }
Jet rastrigin(double x, double y) {
  constexpr double w = 2 * std::numbers::pi;
  return {20 + x * x - 10 * std::cos(w * x) + y * y - 10 * std::cos(w * y),
          2 * x + 10 * w * std::sin(w * x),
          2 * y + 10 * w * std::sin(w * y),
          2 + 10 * w * w * std::cos(w * x),
          0,
          2 + 10 * w * w * std::cos(w * y)};
}
Jet saddle(double x, double y) {
  return {x * x / 2 - y * y / 2 + y * y * y * y / 4, x, y * y * y - y, 1, 0, 3 * y * y - 1};
}
Jet styblinski_tang(double x, double y) {
  const auto f = [](double q) { return (q * q * q * q - 16 * q * q + 5 * q) / 2; };
  const auto slope = [](double q) { return 2 * q * q * q - 16 * q + 2.5; };
  const auto bend = [](double q) { return 6 * q * q - 16; };
  return {f(x) + f(y), slope(x), slope(y), bend(x), 0, bend(y)};
}
Jet three_hump_camel(double x, double y) {
  const double x2 = x * x, x4 = x2 * x2;
  return {2 * x2 - 1.05 * x4 + x4 * x2 / 6 + x * y + y * y,
          4 * x - 4.2 * x2 * x + x4 * x + y,
          x + 2 * y,
          4 - 12.6 * x2 + 5 * x4,
          1,
          2};
}

struct Place {
  double start_x, start_y, box;
  std::array<double, 2> best;  ///< the minimiser, of several the first; unread where it is not known
};

Place place_of(Function function) {
  constexpr double q = -2.903534027771177;
  constexpr std::array<Place, 10> places = {{{-4, 1, 5, {0, 0}},
                                             {-1.2, 1, 2, {1, 1}},
                                             {1, 1, 4.5, {3, 0.5}},
                                             {0, 0, 5, {3, 2}},
                                             {2.2, -1.7, 5.12, {0, 0}},
                                             {1.5, 1e-4, 2, {0, 1}},
                                             {0, 0, 5, {q, q}},
                                             {-8, -8, 10, {1, 3}},
                                             {2, 2, 5, {0, 0}},
                                             {-2, 1.5, 3, {0, 0}}}};
  return places[static_cast<std::size_t>(function)];
}

struct Landscape {
  Function function = Function::rosenbrock;
  std::optional<double> start_x, start_y;
  double condition_number = 100;
  std::string expression = "(x^2 + y - 2)^2/4 + (x - y)^2/2";
  std::optional<double> extent;

  void build(Rng) {
    if (function != Function::custom) return;
    const auto read = expression::parse(expression);
    if (const auto* fault = std::get_if<expression::Fault>(&read))
      throw DataError{{"expression", to_string(*fault), ""}};
    program_.emplace(std::get<expression::Tree>(read));
  }
  Blocks start(Rng) const {
    const Place place = place_of(function);
    return point(start_x.value_or(place.start_x), start_y.value_or(place.start_y));
  }

  double value(const Blocks& x, const Sample&) const {
    return program_ ? program_->value(x.flat()[0], x.flat()[1]) : at(x).f;
  }
  double value_gradient(const Blocks& x, Blocks& g, const Sample&) const {
    const Jet j = program_ ? program_->gradient(x.flat()[0], x.flat()[1]) : at(x);
    g.flat()[0] = j.fx;
    g.flat()[1] = j.fy;
    return j.f;
  }
  arma::mat hessian(const Blocks& x) const {
    const Jet j = at(x);
    return {{j.fxx, j.fxy}, {j.fxy, j.fyy}};
  }
  void hessian_product(const Blocks& x, const Blocks& v, Blocks& out) const {
    const Jet j = at(x);
    const double a = v.flat()[0], b = v.flat()[1];
    out.flat()[0] = j.fxx * a + j.fxy * b;
    out.flat()[1] = j.fxy * a + j.fyy * b;
  }

  /// Where f is a sum of squares c u², the residual is √(2c) u.
  std::optional<Lack> lacks(Can what) const {
    const bool of_squares = what == Can::residual || what == Can::half_square;
    if (of_squares && squares(0, 0).size() == 0)
      return Lack{"function", {"rosenbrock", "beale", "himmelblau", "booth"}};
    return std::nullopt;
  }
  void residual(const Blocks& x, arma::vec& r, const Sample&) const {
    const Squares terms = squares(x.flat()[0], x.flat()[1]);
    r.set_size(terms.size());
    for (std::size_t k = 0; k < terms.size(); ++k) r[k] = std::sqrt(2 * terms[k].c) * terms[k].u.f;
  }
  void jacobian(const Blocks& x, arma::mat& j, const Sample&) const {
    const Squares terms = squares(x.flat()[0], x.flat()[1]);
    j.set_size(terms.size(), 2);
    for (std::size_t k = 0; k < terms.size(); ++k)
      j.row(k) = std::sqrt(2 * terms[k].c) * arma::rowvec{terms[k].u.fx, terms[k].u.fy};
  }

  /// L and mu only where the function is a quadratic.
  Facts facts() const {
    Facts facts;
    if (program_) facts.smooth = program_->smooth();
    if (function == Function::custom) return facts;
    const Place place = place_of(function);
    facts.solution = point(place.best[0], place.best[1]);
    facts.minimum = at(*facts.solution).f;
    if (function != Function::quadratic_bowl && function != Function::booth) return facts;
    facts.hessian_spectrum = symmetric_eigenvalues(hessian(*facts.solution));
    const double smallest = facts.hessian_spectrum.min(), largest = facts.hessian_spectrum.max();
    const double root = std::sqrt(largest / smallest);
    facts.smoothness = largest;
    facts.strong_convexity = smallest;
    facts.best_learning_rate = 2 / (largest + smallest);
    facts.best_momentum = std::pow((root - 1) / (root + 1), 2);
    return facts;
  }
  /// A start outside is taken in.
  std::optional<Plane> plane() const {
    const Place place = place_of(function);
    const double reach = std::max(std::abs(start_x.value_or(0)), std::abs(start_y.value_or(0)));
    const double box = extent.value_or(reach > place.box ? 1.1 * reach : place.box);
    return Plane{-box, box, -box, box};
  }

 private:
  Squares squares(double x, double y) const {
    switch (function) {
      case Function::rosenbrock:
        return rosenbrock(x, y);
      case Function::beale:
        return beale(x, y);
      case Function::himmelblau:
        return himmelblau(x, y);
      case Function::booth:
        return booth(x, y);
      default:
        return {};
    }
  }
  static Blocks point(double x, double y) { return single_block("x", arma::vec{x, y}); }
  Jet at(const Blocks& point) const {
    const double x = point.flat()[0], y = point.flat()[1];
    switch (function) {
      case Function::quadratic_bowl:
        return quadratic_bowl(x, y, condition_number);
      case Function::rosenbrock:
        return sum_of(rosenbrock(x, y));
      case Function::beale:
        return sum_of(beale(x, y));
      case Function::himmelblau:
        return sum_of(himmelblau(x, y));
      case Function::rastrigin:
        return rastrigin(x, y);
      case Function::saddle:
        return saddle(x, y);
      case Function::styblinski_tang:
        return styblinski_tang(x, y);
      case Function::booth:
        return sum_of(booth(x, y));
      case Function::three_hump_camel:
        return three_hump_camel(x, y);
      case Function::custom:
        return program_->all(x, y);
    }
    return {};
  }

  std::optional<expression::Program> program_;
};

std::optional<std::string> refused_formula(const std::string& text) {
  const std::string fault = expression::fault_in(text);
  return fault.empty() ? std::nullopt : std::optional(fault);
}

}  // namespace KAPPA_FILE

Method landscape() {
  using KAPPA_FILE::Landscape;
  return problem<Landscape>(
      {.title = "Landscape",
       .idea = "Functions of two variables: a valley, a saddle, many wells, or a formula of your own.",
       .equation = "f(x, y), for instance Rosenbrock: (1 − x)² + 100 (y − x²)²",
       .cite = {{"Rosenbrock", 1960, "An Automatic Method for Finding the Greatest or Least Value of a Function",
                 "The Computer Journal 3"}}},
      {{&Landscape::function, "function", "",
        choices({"quadratic_bowl", "rosenbrock", "beale", "himmelblau", "rastrigin", "saddle", "styblinski_tang",
                 "booth", "three_hump_camel", "custom"}),
        "which function; custom: the formula below"},
       {&Landscape::expression,
        "expression",
        "f",
        Text{KAPPA_FILE::refused_formula},
        "a formula in x and y: + - * / ^, parentheses, pi, e, sin cos tan exp log sqrt abs tanh atan, min(a, b), "
        "max(a, b), pow(a, b)",
        {.when = When{"function", {"custom"}}}},
       {&Landscape::start_x, "start_x", "x₀", automatic(range(-100, 100)),
        "where to start; auto: the function's usual start"},
       {&Landscape::start_y, "start_y", "y₀", automatic(range(-100, 100)),
        "where to start; auto: the function's usual start"},
       {&Landscape::condition_number,
        "condition_number",
        "κ",
        Range{.lo = 1, .hi = 1e16, .log = true, .slider_lo = 1, .slider_hi = 1e3},
        "curvature of the bowl along y",
        {.when = When{"function", {"quadratic_bowl"}}}},
       {&Landscape::extent, "extent", "", automatic(Range{.lo = 1e-3, .hi = 1e6, .log = true}),
        "half the width of the picture; auto: the function's usual square, wider if the start lies outside"}});
}

}  // namespace kappa::problems
