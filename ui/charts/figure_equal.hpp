/// Whether two figures would be drawn alike, with NaN equal to itself.
#pragma once

#include "core/lab.hpp"

namespace kappa::ui {

bool sameFigure(const Figure& a, const Figure& b);

}  // namespace kappa::ui
