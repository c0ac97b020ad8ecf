/// Chooses planes run by run and samples their landscapes.
#include "core/run/plane.hpp"

#include <algorithm>

#include "core/spec/document.hpp"

namespace kappa {
namespace {

constexpr std::uint32_t own_points = 127;

bool draws_path(const Document& document) {
  return std::any_of(document.probes.begin(), document.probes.end(), [](const Node& n) { return n.id == "path"; });
}

/// What decides the plane, apart from the seed.
std::string plane_key(const Document& document, std::size_t run) {
  const bool lifted = has(make_optimizer(effective_optimizer(document, run))->needs(), Needs::lifted);
  return node_to_json(effective_problem(document, run)) + (lifted ? " lifted" : "");
}

std::size_t first_on_plane(const Document& document, std::size_t run) {
  const std::string key = plane_key(document, run);
  std::size_t first = 0;
  while (first < run && plane_key(document, first) != key) ++first;
  return first;
}

std::vector<double> spread(double from, double to, std::uint32_t points) {
  std::vector<double> out;
  for (std::uint32_t i = 0; i < points; ++i) out.push_back(from + (to - from) * i / (points - 1));
  return out;
}

/// A problem's own plane is shown with equal units, so the picture may be wider or higher than its frame.
std::vector<double> beyond(double from, double to) {
  return spread(from - 0.4 * (to - from), to + 0.4 * (to - from), own_points);
}

std::vector<double> abscissas(const Slice& slice, std::uint32_t points) {
  const Plane& frame = slice.frame;
  return slice.kind == PlaneKind::own ? beyond(frame.x0, frame.x1) : spread(frame.x0, frame.x1, points);
}

/// The valley runs along the middle of a slice, and is narrow: rows are denser there.
std::vector<double> ordinates(const Slice& slice, std::uint32_t points) {
  const Plane& frame = slice.frame;
  if (slice.kind == PlaneKind::own) return beyond(frame.y0, frame.y1);
  std::vector<double> rows = spread(-1, 1, points);
  for (double& s : rows) s = 0.5 * (frame.y0 + frame.y1) + 0.5 * (frame.y1 - frame.y0) * s * (0.2 + 0.8 * s * s);
  return rows;
}

std::vector<FieldCell> sampled(const ProblemModel& problem, const Slice& slice, std::uint32_t points,
                               std::uint64_t seed) {
  Scratch scratch;
  Blocks at = zeros_like(slice.centre);
  std::vector<FieldCell> grid;
  const std::vector<double> xs = abscissas(slice, points), ys = ordinates(slice, points);
  for (std::uint32_t row = 0; row < ys.size(); ++row)
    for (std::uint32_t col = 0; col < xs.size(); ++col) {
      const double x = xs[col], y = ys[row];
      slice.point({x, y}, at);
      const double value = numeric([&] { return problem.value(at, {{}, Rng(seed, "noise"), scratch, true}); });
      grid.push_back({0, row, col, x, y, value});
    }
  return grid;
}

}  // namespace

std::shared_ptr<const Slice> plane_of(const Document& document, std::size_t run, const RunPlan& plan,
                                      ProblemCache& problems) {
  if (!draws_path(document)) return nullptr;
  return problems.slice(plan.problem, [&]() -> std::shared_ptr<const Slice> {
    const auto init = make_init(effective_init(document, first_on_plane(document, run)));
    const Blocks start = init->start(*plan.problem, Rng(plan.seed, "init"));
    auto slice = slice_through(*plan.problem, start, Rng(plan.seed, "slice"));
    return slice ? std::make_shared<const Slice>(std::move(*slice)) : nullptr;
  });
}

void emit_plane(const Document& document, std::size_t run, const RunPlan& plan, const Blocks& start, Sink& sink) {
  if (plan.repeat != 0 || !plan.slice || start.flat().n_elem != plan.slice->centre.flat().n_elem) return;
  const Slice& slice = *plan.slice;
  const std::uint32_t index = sink.open_run(plan.label);
  const auto emit = [&](const char* name, std::span<const FieldCell> cells) {
    sink.field(sink.open({ChannelKind::field, index, 0, name, "", TheoryKind::exact}), cells);
  };
  const std::uint32_t points = slice_points(*plan.problem, slice);
  const std::size_t first = first_on_plane(document, run);
  const Vertex from = slice.place(start);
  const auto cell = [&](double x, double y) {
    return FieldCell{0, static_cast<std::uint32_t>(slice.kind), points, x, y, static_cast<double>(first)};
  };
  const Plane& frame = slice.frame;
  const FieldCell where[] = {cell(from.x, from.y), cell(frame.x0, frame.y0), cell(frame.x1, frame.y1)};
  emit("plane", where);
  if (first != run) return;
  if (slice.best) {
    const FieldCell best{0, 0, 0, slice.best->x, slice.best->y, plan.problem->facts().minimum.value_or(0)};
    emit("optimum", {&best, 1});
  }
  if (points > 1) emit("landscape", sampled(*plan.problem, slice, points, plan.seed));
}

}  // namespace kappa
