/// Which Kappascope this is and how it was built.
#pragma once
#include "generated/version.hpp"

#include <string_view>

namespace kappa {

inline constexpr std::string_view kappascope_version = KAPPASCOPE_VERSION;
inline constexpr std::string_view build_flags = KAPPASCOPE_BUILD_FLAGS;

}  // namespace kappa
