/// The libraries behind the numbers, as results and reports name them.
#pragma once

#include <string>

namespace kappa {

struct Libraries {
  std::string armadillo;        ///< version
  std::string openblas;         ///< version and how it was built
  std::string openblas_kernel;  ///< what it chose for this processor
};

Libraries libraries();

}  // namespace kappa
