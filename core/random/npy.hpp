/// NumPy's .npy files: arrays of one or two dimensions, of floats, integers or booleans.
#pragma once

#include <armadillo>
#include <string>

namespace kappa {

struct NpyArray {
  arma::mat values;    ///< one dimension makes one column
  int dimensions = 0;  ///< 1 or 2
};

/// Versions 1 to 3, both byte orders, C and Fortran layout. Throws DataError; every entry read is finite.
NpyArray read_npy(const std::string& path);

}  // namespace kappa
