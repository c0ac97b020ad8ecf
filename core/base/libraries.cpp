/// Asks the libraries themselves, so that what is named is what runs.
#include "core/base/libraries.hpp"

#include <armadillo>

extern "C" char* openblas_get_config(void);
extern "C" char* openblas_get_corename(void);

namespace kappa {

Libraries libraries() { return {arma::arma_version::as_string(), openblas_get_config(), openblas_get_corename()}; }

}  // namespace kappa
