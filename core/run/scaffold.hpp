/// A new method file from the smallest real one of its kind.
#pragma once

#include <string>

#include "core/base/issue.hpp"
#include "core/kinds/node.hpp"

namespace kappa {

/// Writes core/methods/<kinds>/<name>.cpp below `root` and returns its path. Refuses names that are not snake_case,
/// that exist, or that are C++ keywords.
Checked<std::string> scaffold(const std::string& root, Kind kind, const std::string& name);

}  // namespace kappa
