/// What a run leaves in its directory beside the tables: the document, claims, summary and pictures.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/run/claims_json.hpp"
#include "core/run/runner.hpp"
#include "core/run/world.hpp"

namespace kappa {

/// The study's or the document's claims, judged on the finished trace.
std::vector<ClaimResult> judge(const Document& document, const Trace& trace);
/// Removes what an earlier run left beside the tables and writes the document, so that a killed run can be told.
std::optional<Issue> begin_results(const Runner::World& world);
std::optional<Issue> write_results(const Runner::World& world);

}  // namespace kappa
