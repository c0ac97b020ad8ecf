/// The scalars of a document outside its methods, as fields: one home for their ranges and defaults.
#pragma once

#include <string_view>
#include <vector>

#include "core/kinds/field.hpp"

namespace kappa::spec {

/// `document`: every document; `descent`: that study's own; the others are objects inside.
enum class Part : std::uint8_t { document, about, descent, batch, stop, run, fork, event };

const std::vector<Field>& fields_of(Part part);
const Field& field_of(Part part, std::string_view id);

inline constexpr std::string_view descent = "descent";
inline constexpr std::size_t most_runs = 500, most_probes = 200, most_claims = 200, most_axes = 16, most_values = 1000;
inline constexpr double memory_limit = 8.0 * 1024 * 1024 * 1024;  ///< bytes one problem may take

}  // namespace kappa::spec
