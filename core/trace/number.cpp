/// Numbers as text that reads back to the same bits, in every locale.
#include "core/trace/number.hpp"

#include <algorithm>
#include <cmath>

namespace kappa {

char* number_to(char* at, double value) {
  if (std::isnan(value)) return std::copy_n("nan", 3, at);
  return std::to_chars(at, at + longest_number, value).ptr;
}

}  // namespace kappa
