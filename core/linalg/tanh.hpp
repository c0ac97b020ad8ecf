/// The hyperbolic tangent of many numbers at once.
#pragma once

#include <span>

namespace kappa {

/// Each number becomes its hyperbolic tangent, within three units of the last place. A network spends most of its time
/// here: without a branch or a table on the way, several numbers are worked at a time.
void tanh_each(std::span<double> x);

}  // namespace kappa
