/// Text with numbers that are taken from the run while it is at work: `{GD.loss@120}`, `{claim:slope.measured}`.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/run/runner.hpp"

namespace kappa {

/// What a placeholder asks for.
///   {RUN.SERIES@N}  the series at step N; `start`, `end` (once the run has ended) and `now` (the step looked at)
///   {RUN.steps_to@X}, {RUN.steps_to:SERIES@X}   the first step at which the series (the loss) is X or less
///   {claim:NAME.measured}, `.expected`, `.verdict`   NAME: the claim's type, type:run, or its number from 1
///   {/json/pointer}  a setting of the document
///   {A ÷ B}  the ratio of two of the above
///   {was:...}  any of these as it was in an earlier step
struct LiveNumber {
  enum class What : std::uint8_t { series, steps_to, claim, setting };
  enum class When : std::uint8_t { step, end, now };
  What what = What::setting;
  When when = When::step;
  std::string run, name;   ///< series and run; claim and its aspect; name alone: the pointer
  std::uint64_t step = 0;  ///< for `When::step`
  double target = 0;       ///< for `steps_to`
};

/// A stretch of words, or a placeholder of one number or of two whose ratio is meant.
struct LivePiece {
  std::string words;
  std::vector<LiveNumber> numbers;
  std::string was = {};  ///< what to look up among the numbers of earlier steps; empty: a number of now
};

struct LiveValue {
  double number = 0;
  std::string text;  ///< as people read it
};

using LiveMemory = std::map<std::string, LiveValue>;

/// Everything a placeholder may read.
struct LiveSource {
  const Document& document;
  const Trace& trace;
  const RunnerStatus& status;
  const std::vector<ClaimResult>& claims;
  std::optional<std::uint64_t> at_step = {};  ///< what `now` means; nothing: the newest
  const LiveMemory* memory = nullptr;         ///< numbers of earlier steps
};

Checked<std::vector<LivePiece>> parse_live_text(std::string_view text, const std::string& path);

/// Nothing while the run has not come so far.
std::optional<LiveValue> live_value(const LivePiece& piece, const LiveSource& source);

/// Keeps what the text will want to know of now when it is shown in a later step.
void remember(const std::vector<LivePiece>& later, const LiveSource& source, LiveMemory& memory);

/// What in the placeholders of a text this document cannot have: unknown runs, claims and settings.
Issues check_live_text(const std::vector<LivePiece>& pieces, const Document& document, const std::string& path);

}  // namespace kappa
