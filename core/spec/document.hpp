/// The experiment document as plain values: what `*.kappa.json` says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/issue.hpp"
#include "core/kinds/node.hpp"

namespace kappa {

struct BatchSpec {
  std::uint64_t size = 0;  ///< 0: full batch
  std::string order = "random_reshuffling";
  bool operator==(const BatchSpec&) const = default;
};

struct ForkSpec {
  std::string run;
  std::uint64_t step = 0;
  bool operator==(const ForkSpec&) const = default;
};

/// One run. What is absent comes from the document. A fork's `optimizer` holds only the changed fields when its id is
/// empty.
struct RunSpec {
  std::string label;
  Node optimizer{Kind::optimizer, "gradient_descent", {}};
  std::optional<Node> problem = {};  ///< merged: complete, the shared one's fields overridden
  std::optional<Node> init = {};
  std::optional<std::uint64_t> steps = {};
  std::optional<BatchSpec> batch = {};
  std::optional<ForkSpec> fork = {};
  bool operator==(const RunSpec&) const = default;
};

struct StopSpec {
  double loss_below = 0;  ///< 0: never
  double diverged_above = 1e20;
  bool operator==(const StopSpec&) const = default;
};

/// An edit made while running, applied before that step of that run. `path` is a JSON pointer into the document;
/// `stop` events end the run there and leave `value` unread.
struct EventSpec {
  std::uint64_t step = 0;
  bool stop = false;
  std::string path;
  Value value;
};

struct About {
  std::string question, look_for, group;
  std::vector<std::string> papers;
  bool operator==(const About&) const = default;
};

/// Which theories are drawn: "auto", "none", or the listed ids.
struct Theories {
  enum class Mode : std::uint8_t { automatic, none, listed } mode = Mode::automatic;
  std::vector<std::string> ids;
  bool operator==(const Theories&) const = default;
};

struct SweepAxis {
  std::string path;
  std::vector<Value> values;
};

struct Document {
  std::string study = "descent";
  std::string title, note;
  std::uint64_t seed = 1;
  std::uint64_t repeats = 1;
  About about;
  std::vector<Node> claims;
  Theories theories;
  std::string view;  ///< JSON text, kept as it was; never touches results
  std::vector<SweepAxis> sweep;

  // study "descent"
  std::uint64_t steps = 1000;
  Node problem{Kind::problem, "quadratic", {}};
  BatchSpec batch;
  Node init{Kind::init, "default", {}};
  std::vector<RunSpec> runs;
  std::vector<Node> probes;  ///< loss is always recorded
  StopSpec stop;
  std::vector<EventSpec> events;

  // every other study
  Node settings{Kind::study, "", {}};
};

inline constexpr int document_version = 1;

/// Reads, migrates, validates and checks references; all issues at once. `directory` resolves relative data paths.
Checked<Document> parse_document(std::string_view json, const std::string& directory = ".");
/// Reads a file, whose folder relative data paths start from (`Trouble::file` when it cannot be read).
Checked<Document> read_document(const std::string& path);
/// Validates a document made by a program or a form.
Issues validate(const Document& document);
/// Every default filled in from the catalogue; forks keep only what they change.
Document complete(const Document& document);
/// Pretty JSON, keys in the contract's order, `kappascope_version` written when `with_version`.
std::string write_document(const Document& document, bool with_version = false);
/// The JSON Schema (2020-12) of the document, generated from the catalogue.
std::string document_schema();
/// `--set /pointer=VALUE`: VALUE is JSON, or a bare word as a string.
Checked<std::string> set_in_json(std::string_view json, std::string_view pointer, std::string_view value);

/// The node of run i as it will run: a fork's parent with the changes merged in.
Node effective_optimizer(const Document& document, std::size_t run);
/// The same as the recorded edits before its step `step` have left it; a fork inherits those of its parent.
Node optimizer_before(const Document& document, std::size_t run, std::uint64_t step);
const Node& effective_problem(const Document& document, std::size_t run);
const Node& effective_init(const Document& document, std::size_t run);
std::uint64_t effective_steps(const Document& document, std::size_t run);
const BatchSpec& effective_batch(const Document& document, std::size_t run);
/// The node with one parameter set along a relative path, "learning_rate" or "base/learning_rate".
std::optional<Node> with_value(const Node& node, std::string_view path, const Value& value);

/// One node against the catalogue: a form's check of one method. `path` starts the pointers.
Issues validate_node(const Node& node, const std::string& path);
/// The node with its defaults; what was given stays.
Node complete_node(const Node& node);
/// A field's value against its domain: the sentence a form shows, or nothing.
std::optional<std::string> refusal(const struct Field& field, const Value& value);
/// One node, or one field's value, as JSON, and back: forms, share strings, the command line.
std::string node_to_json(const Node& node);
Checked<Node> node_from_json(Kind kind, std::string_view json);

}  // namespace kappa
