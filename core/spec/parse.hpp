/// The steps of reading a document, one for each part of it.
#pragma once

#include "core/spec/document.hpp"
#include "core/spec/keys.hpp"

namespace kappa::spec {

/// `runs`, each fork after its parent, whatever their order in the list.
std::vector<RunSpec> read_runs(const Json& json, const std::string& path, const Document& shared, Reading& reading);
BatchSpec read_batch(const Json& json, const std::string& path, Reading& reading, const BatchSpec& otherwise);
std::vector<EventSpec> read_events(const Json& json, const std::string& path, const Document& document,
                                   Reading& reading);
std::vector<SweepAxis> read_sweep(const Json& json, const std::string& path, Reading& reading);
std::vector<Node> read_list(Kind kind, const Json& json, const std::string& path, Reading& reading);

/// Whether every value of the sweep, put in its place, makes a document without issues.
void check_sweep(const Document& document, Issues& issues);
/// Names that point at other parts: labels, forks, events, claims, theories.
void check_references(const Document& document, Issues& issues);
/// Memory the problems need, and batches against the rows they have.
void check_sizes(const Document& document, Issues& issues);

/// The document as JSON; what is empty is left out.
Json json_of(const Document& document, bool with_version);

/// The path an event sets, taken apart: the run's index, and the rest below its optimizer.
struct EventTarget {
  std::size_t run = 0;
  std::string field;
};
std::optional<EventTarget> event_target(const EventSpec& event);

}  // namespace kappa::spec
