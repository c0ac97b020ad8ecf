/// Takes placeholders apart and reads their values out of trace, verdicts and document.
#include "core/lessons/live_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

#include "core/figure/ticks.hpp"
#include "core/lessons/setting.hpp"
#include "core/spec/words.hpp"

namespace kappa {
namespace {

using What = LiveNumber::What;
using When = LiveNumber::When;

constexpr std::string_view over = " ÷ ", claim_head = "claim:", steps_to = "steps_to", was_head = "was:";
constexpr std::string_view aspects[] = {"measured", "expected", "verdict"};

std::optional<double> real(std::string_view text) {
  double value = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
  return wrong == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

std::optional<std::uint64_t> whole(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
  return wrong == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

std::optional<LiveNumber> claim_number(std::string_view text) {
  const std::size_t dot = text.rfind('.');
  if (dot == text.npos || dot == 0) return std::nullopt;
  const std::string_view aspect = text.substr(dot + 1);
  if (std::find(std::begin(aspects), std::end(aspects), aspect) == std::end(aspects)) return std::nullopt;
  LiveNumber number;
  number.what = What::claim;
  number.run = text.substr(0, dot);
  number.name = aspect;
  return number;
}

/// `RUN.SERIES@WHEN`; a label may hold dots, so that the last one parts it from its series.
std::optional<LiveNumber> number_of(std::string_view text) {
  if (text.starts_with('/')) {
    LiveNumber number;
    number.name = text;
    return number;
  }
  if (text.starts_with(claim_head)) return claim_number(text.substr(claim_head.size()));
  const std::size_t at = text.rfind('@');
  if (at == text.npos) return std::nullopt;
  const std::size_t dot = text.substr(0, at).rfind('.');
  if (dot == text.npos || dot == 0 || dot + 1 == at) return std::nullopt;
  LiveNumber number;
  number.run = text.substr(0, dot);
  number.name = text.substr(dot + 1, at - dot - 1);
  const std::string_view when = text.substr(at + 1);
  if (number.name == steps_to || number.name.starts_with("steps_to:")) {
    number.what = What::steps_to;
    number.name = number.name == steps_to ? "loss" : number.name.substr(steps_to.size() + 1);
    const auto target = real(when);
    if (target) number.target = *target;
    return target ? std::optional(number) : std::nullopt;
  }
  number.what = What::series;
  if (when == "end" || when == "now") {
    number.when = when == "end" ? When::end : When::now;
    return number;
  }
  const auto step = when == "start" ? std::optional<std::uint64_t>(0) : whole(when);
  if (step) number.step = *step;
  return step ? std::optional(number) : std::nullopt;
}

const RunStatus* status_of(const RunnerStatus& status, const std::string& label) {
  for (const RunStatus& run : status.runs)
    if (run.label == label && run.repeat == 0) return &run;
  return nullptr;
}

bool has_ended(const LiveSource& source, const std::string& label) {
  const RunStatus* run = status_of(source.status, label);
  return source.status.phase == Phase::finished || (run != nullptr && run->ended.has_value());
}

const Column* column_of(const LiveSource& source, const LiveNumber& number) {
  const auto run = source.trace.find_run(number.run);
  return run ? source.trace.series(*run, 0, number.name) : nullptr;
}

std::optional<LiveValue> shown(double value) { return LiveValue{value, format_value(value)}; }

std::optional<LiveValue> series_value(const LiveNumber& number, const LiveSource& source) {
  const Column* column = column_of(source, number);
  const std::uint64_t size = column == nullptr ? 0 : column->size();
  if (size == 0) return std::nullopt;
  if (number.when == When::end) return has_ended(source, number.run) ? shown(column->value(size - 1)) : std::nullopt;
  const bool newest = number.when == When::now && !source.at_step;
  const std::uint64_t wanted = newest                     ? column->step(size - 1)
                               : number.when == When::now ? *source.at_step
                                                          : number.step;
  if (column->step(size - 1) < wanted && number.when == When::step && !has_ended(source, number.run))
    return std::nullopt;
  const std::uint64_t after = column->lower_bound(wanted + 1);  // the newest at or before the step
  return after == 0 ? std::nullopt : shown(column->value(after - 1));
}

std::optional<LiveValue> steps_value(const LiveNumber& number, const LiveSource& source) {
  const Column* column = column_of(source, number);
  if (column == nullptr) return std::nullopt;  // nothing of that name is run here
  const std::uint64_t size = column->size();
  for (std::uint64_t i = 0; i < size; ++i)
    if (column->value(i) <= number.target) {
      const std::uint64_t step = column->step(i);
      return LiveValue{static_cast<double>(step), format_count(step)};
    }
  if (!has_ended(source, number.run)) return std::nullopt;
  return LiveValue{std::numeric_limits<double>::infinity(), "never"};
}

/// The claim a name means: by number, by type, or by type and run.
std::optional<std::size_t> claim_index(const Document& document, const std::string& name) {
  if (const auto number = whole(name)) {
    const bool known = *number >= 1 && (document.claims.empty() || *number <= document.claims.size());
    return known ? std::optional<std::size_t>(*number - 1) : std::nullopt;
  }
  const std::size_t colon = name.find(':');
  for (std::size_t i = 0; i < document.claims.size(); ++i) {
    const Node& claim = document.claims[i];
    if (claim.id != name.substr(0, colon)) continue;
    if (colon == name.npos) return i;
    const auto run = claim.params.find("run");
    const auto* label = run == claim.params.end() ? nullptr : std::get_if<std::string>(&run->second);
    if (label != nullptr && *label == name.substr(colon + 1)) return i;
  }
  return std::nullopt;
}

std::optional<LiveValue> claim_value(const LiveNumber& number, const LiveSource& source) {
  const auto index = claim_index(source.document, number.run);
  if (!index || *index >= source.claims.size()) return std::nullopt;
  const ClaimResult& claim = source.claims[*index];
  if (number.name == "measured") return shown(claim.measured);
  if (number.name == "expected") return LiveValue{std::numeric_limits<double>::quiet_NaN(), claim.expected};
  const double holds = claim.holds ? (*claim.holds ? 1 : 0) : std::numeric_limits<double>::quiet_NaN();
  return LiveValue{holds, !claim.holds ? "unknown" : *claim.holds ? "holds" : "fails"};
}

std::optional<LiveValue> setting_value(const LiveNumber& number, const Document& document) {
  const auto json = setting_at(document, number.name);
  if (!json) return std::nullopt;
  if (const std::string* text = json->text()) return LiveValue{std::numeric_limits<double>::quiet_NaN(), *text};
  if (const auto value = json->number()) return shown(*value);
  return std::nullopt;
}

std::optional<LiveValue> value_of(const LiveNumber& number, const LiveSource& source) {
  switch (number.what) {
    case What::series:
      return series_value(number, source);
    case What::steps_to:
      return steps_value(number, source);
    case What::claim:
      return claim_value(number, source);
    case What::setting:
      return setting_value(number, source.document);
  }
  return std::nullopt;
}

}  // namespace

Checked<std::vector<LivePiece>> parse_live_text(std::string_view text, const std::string& path) {
  std::vector<LivePiece> pieces;
  Issues issues;
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    if (open != 0) pieces.push_back({std::string(text.substr(0, open)), {}});
    if (open == text.npos) break;
    const std::size_t close = text.find('}', open);
    if (close == text.npos) {
      issues.push_back({path, "a { is never closed", ""});
      break;
    }
    std::string_view inside = text.substr(open + 1, close - open - 1);
    LivePiece piece;
    if (inside.starts_with(was_head)) {
      inside.remove_prefix(was_head.size());
      piece.was = inside;
    }
    for (std::string_view rest = inside; !rest.empty();) {
      const std::size_t parted = rest.find(over);
      if (const auto number = number_of(rest.substr(0, parted))) piece.numbers.push_back(*number);
      rest = parted == rest.npos ? std::string_view() : rest.substr(parted + over.size());
    }
    const std::size_t wanted = inside.find(over) == inside.npos ? 1 : 2;
    if (piece.numbers.size() != wanted)
      issues.push_back({path, "found {" + std::string(inside) + "}, expected a number such as {GD.loss@120}", ""});
    pieces.push_back(std::move(piece));
    text.remove_prefix(close + 1);
  }
  if (!issues.empty()) return issues;
  return pieces;
}

std::optional<LiveValue> live_value(const LivePiece& piece, const LiveSource& source) {
  if (piece.numbers.empty()) return std::nullopt;
  if (!piece.was.empty()) {
    const bool known = source.memory != nullptr && source.memory->contains(piece.was);
    return known ? std::optional(source.memory->at(piece.was)) : std::nullopt;
  }
  const auto first = value_of(piece.numbers.front(), source);
  if (!first || piece.numbers.size() == 1) return first;
  const auto second = value_of(piece.numbers.back(), source);
  return second ? shown(first->number / second->number) : std::nullopt;
}

void remember(const std::vector<LivePiece>& later, const LiveSource& source, LiveMemory& memory) {
  for (LivePiece piece : later) {
    const std::string key = std::exchange(piece.was, {});
    if (key.empty()) continue;
    if (const auto value = live_value(piece, source)) memory[key] = *value;
  }
}

Issues check_live_text(const std::vector<LivePiece>& pieces, const Document& document, const std::string& path) {
  Issues issues;
  for (const LivePiece& piece : pieces)
    for (const LiveNumber& number : piece.was.empty() ? piece.numbers : std::vector<LiveNumber>()) {
      if (number.what == What::setting && !setting_value(number, document))
        issues.push_back({path, "the experiment has no setting " + number.name, ""});
      if (number.what == What::claim && !claim_index(document, number.run))
        issues.push_back({path, "the experiment has no claim " + in_quotes(number.run), ""});
      if ((number.what != What::series && number.what != What::steps_to) || document.study != "descent") continue;
      std::vector<std::string_view> labels;
      for (const RunSpec& run : document.runs) labels.push_back(run.label);
      if (std::find(labels.begin(), labels.end(), number.run) == labels.end())
        issues.push_back({path,
                          "the experiment has no run " + in_quotes(number.run) + "; there are: " + spec::listed(labels),
                          spec::did_you_mean(number.run, labels)});
    }
  return issues;
}

}  // namespace kappa
