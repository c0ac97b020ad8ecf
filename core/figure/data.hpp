/// Writes the data that a figure shows as tidy CSV: curve,kind,x,value.
#pragma once

#include <string>

#include "core/figure/figure.hpp"

namespace kappa {

std::string write_data_csv(const Figure& figure);

}  // namespace kappa
