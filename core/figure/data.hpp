/// Writes the data that a figure shows as tidy CSV: curve,kind,x,value.
#pragma once

#include <string>

#include "core/figure/figure.hpp"

namespace kappa {

std::string write_data_csv(const Figure& figure);

/// How many recorded points the figure's curves stand for, and how they were thinned; empty where all are drawn.
std::string thinned_words(const Figure& figure);

}  // namespace kappa
