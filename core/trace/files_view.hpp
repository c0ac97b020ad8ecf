/// A results directory as claims and studies see it: the same view as of a trace, read back from its tables.
#pragma once

#include <memory>
#include <string>

#include "core/base/issue.hpp"
#include "core/trace/trace.hpp"

namespace kappa {

/// Reads series.csv and, where they are, curves.csv, spectra.csv and theory.csv. Runs come in the order of their first
/// rows. A row that a kill has cut off at the end of a file is left out; any other malformed row is an issue.
Checked<std::unique_ptr<TraceView>> read_view(const std::string& directory);

}  // namespace kappa
