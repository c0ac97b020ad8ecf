/// The words of an ending, and nodes in one line.
#include "core/kinds/study.hpp"

namespace kappa {

std::string_view name_of(Ended ended) {
  constexpr std::string_view names[] = {"steps", "reached", "finished", "diverged", "stopped", "interrupted", "failed"};
  return names[static_cast<std::size_t>(ended)];
}

double value_of(const ProblemModel& problem, const Blocks& x) {
  Scratch room;
  return problem.value(x, {{}, Rng(0, "measure"), room, true});
}

double value_gradient_of(const ProblemModel& problem, const Blocks& x, Blocks& g) {
  Scratch room;
  return problem.value_gradient(x, g, {{}, Rng(0, "measure"), room, true});
}

std::vector<FieldCell> surface(const Plane& where, std::uint32_t columns, std::uint32_t rows,
                               const std::function<double(double, double)>& f) {
  const auto place = [](double lo, double hi, std::uint32_t i, std::uint32_t n) {
    return n > 1 ? lo + (hi - lo) * i / (n - 1) : (lo + hi) / 2;
  };
  std::vector<FieldCell> cells;
  cells.reserve(std::size_t{columns} * rows);
  for (std::uint32_t row = 0; row < rows; ++row)
    for (std::uint32_t col = 0; col < columns; ++col) {
      const double x = place(where.x0, where.x1, col, columns), y = place(where.y0, where.y1, row, rows);
      cells.push_back({.step = 0, .row = row, .col = col, .x = x, .y = y, .value = f(x, y)});
    }
  return cells;
}

FieldCell path_point(std::uint64_t t, double x, double y, double value) {
  return {.step = t, .row = static_cast<std::uint32_t>(t), .col = 0, .x = x, .y = y, .value = value};
}

Node node(Kind kind, std::string id, std::map<std::string, Value, std::less<>> params) {
  return {.kind = kind, .id = std::move(id), .params = std::move(params)};
}

}  // namespace kappa
