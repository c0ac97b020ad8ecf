/// What is laid over the series of a chart: curves of earlier results, a target and who reaches it first.
#pragma once

#include <optional>
#include <vector>

#include "core/figure/parts.hpp"
#include "core/figure/repeats.hpp"

namespace kappa::parts {

/// One curve of an earlier result; it keeps that result's trace alive.
struct Ghost {
  Item item;
  std::shared_ptr<const Trace> trace;
  const Column* column = nullptr;
  StepMap map;
  std::optional<Summary> summary;  ///< repeats > 1; x as mapped
  double end_x = 0;
  Reduced reduced = {};
};
std::vector<Ghost> series_ghosts(const FigureSpec& spec, const FigureOptions& options);
void reduce_over(std::vector<Ghost>& ghosts, const Window& window);
void add_ghosts(Figure& figure, const std::vector<Ghost>& ghosts);

/// Whether a target of the loss is drawn on this picture.
bool shows_target(const FigureSpec& spec, const FigureOptions& options);

/// The target's line, and a mark where the first run reaches it, in units of the axis.
void add_target(Figure& figure, const Trace& trace, const FigureOptions& options);

/// The first recorded step whose value is not above `target`.
std::optional<std::uint64_t> first_at_most(const Column& column, double target);

}  // namespace kappa::parts
