/// Why a run ended: the words of summary.json.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kappa {

enum class Ended : std::uint8_t { steps, reached, finished, diverged, stopped, interrupted, failed };
std::string_view name_of(Ended ended);

struct Outcome {
  Ended how = Ended::steps;
  std::uint64_t at = 0;
  std::string why;
};

}  // namespace kappa
