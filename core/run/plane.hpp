/// The plane that a document's paths are drawn on, and its landscape, sampled once before the runs set out.
#pragma once

#include <memory>

#include "core/kinds/slice.hpp"
#include "core/run/problem_cache.hpp"
#include "core/run/run.hpp"
#include "core/spec/document.hpp"

namespace kappa {

/// Runs on the same problem share a plane, whatever their own starts: it goes through the start of the first of them.
/// Null where the document draws no path or the problem has no plane.
std::shared_ptr<const Slice> plane_of(const Document& document, std::size_t run, const RunPlan& plan,
                                      ProblemCache& problems);

/// Emits where the run begins on its plane; the first run of a plane also emits the landscape and its best point.
/// Fields: `plane` (row is the kind, col the points on a side, value the first run of the plane; at the start and at
/// two corners of the frame), `landscape`, `optimum`. A problem's own plane is sampled beyond the sides of its frame,
/// which is shown with equal units in whatever shape the picture has.
void emit_plane(const Document& document, std::size_t run, const RunPlan& plan, const Blocks& start, Sink& sink);

}  // namespace kappa
