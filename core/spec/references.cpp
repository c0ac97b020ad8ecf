/// Checks names that point at other parts of a document: labels, forks, events, probes, claims, theories.
#include <algorithm>
#include <map>
#include <set>

#include "core/catalog/catalog.hpp"
#include "core/spec/parse.hpp"
#include "core/spec/words.hpp"

namespace kappa::spec {

namespace {

class References {
 public:
  References(const Document& document, Issues& issues) : document_(document), issues_(issues) {
    for (std::size_t i = 0; i < document.runs.size(); ++i) {
      labels_.push_back(document.runs[i].label);
      index_.emplace(document.runs[i].label, i);
    }
  }
  void check() {
    theories();
    claims();
    if (document_.study != descent || document_.runs.size() > most_runs) return;
    for (std::size_t i = 0; i < document_.runs.size(); ++i) label(i);
    for (std::size_t i = 0; i < document_.runs.size(); ++i) fork(i);
    for (std::size_t i = 0; i < document_.events.size(); ++i) event(i);
    probes();
  }

 private:
  void complain(std::string path, std::string message, std::string hint = "") {
    issues_.push_back({std::move(path), std::move(message), std::move(hint)});
  }

  void label(std::size_t i) {
    const std::string& name = document_.runs[i].label;
    const std::string path = child_path(child_path("/runs", i), "label");
    if (name.find_first_not_of(' ') == name.npos)
      return complain(path, "found an empty label; each run needs a name of its own");
    if (name.size() > 200)
      complain(path, "found a label of " + std::to_string(name.size()) + " bytes; the limit is 200");
    if (std::any_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }))
      complain(path, "found " + in_quotes(name) + " with a control character; a label is one line of plain text");
    if (const std::size_t first = index_.at(name); first != i)
      complain(path, in_quotes(name) + " is the label of run " + std::to_string(first) + " already; labels are unique");
  }

  /// The ancestors of a run by index, nearest first; nothing when they go in a circle.
  std::optional<std::vector<std::size_t>> ancestors(std::size_t run) const {
    std::vector<std::size_t> line;
    while (document_.runs[run].fork) {
      const auto parent = index_.find(document_.runs[run].fork->run);
      if (parent == index_.end()) break;
      run = parent->second;
      line.push_back(run);
      if (line.size() > document_.runs.size()) return std::nullopt;
    }
    return line;
  }

  void fork(std::size_t i) {
    const RunSpec& run = document_.runs[i];
    if (!run.fork) return;
    const std::string path = child_path(child_path("/runs", i), "fork");
    const auto parent = index_.find(run.fork->run);
    if (parent == index_.end())
      return complain(child_path(path, "run"),
                      "no run is labelled " + in_quotes(run.fork->run) + "; there are: " + listed(labels_),
                      did_you_mean(run.fork->run, labels_));
    if (parent->second == i)
      return complain(child_path(path, "run"), in_quotes(run.label) + " cannot be a fork of itself");
    if (!ancestors(i))
      return complain(child_path(path, "run"),
                      "the forks of " + in_quotes(run.label) + " go in a circle; one of them must be a run of its own");
    const std::uint64_t most = effective_steps(document_, i), step = run.fork->step;
    if (step > most)
      complain(child_path(path, "step"), std::to_string(step) + " is above the " + std::to_string(most) + " steps of " +
                                             in_quotes(run.fork->run));
    const auto& older = document_.runs[parent->second].fork;
    if (older && step < older->step)
      complain(child_path(path, "step"), std::to_string(step) + " is before step " + std::to_string(older->step) +
                                             ", where " + in_quotes(run.fork->run) + " begins");
  }

  void event(std::size_t i) {
    const EventSpec& event = document_.events[i];
    const std::string path = child_path("/events", i), key = child_path(path, event.stop ? "stop" : "set");
    if (document_.repeats > 1 && i == 0)
      complain("/events",
               "found events with repeats = " + std::to_string(document_.repeats) + "; events need repeats = 1");
    const auto target = event_target(event);
    if (!target)
      return complain(key,
                      "found " + in_quotes(event.path) + ", expected " +
                          (event.stop ? "a run, such as \"/runs/0\""
                                      : "a field of a run's optimizer, such as \"/runs/0/optimizer/learning_rate\""));
    if (target->run >= document_.runs.size())
      return complain(key, "there is no run " + std::to_string(target->run) +
                               "; runs are counted from 0 and there are " + std::to_string(document_.runs.size()));
    const RunSpec& run = document_.runs[target->run];
    if (!ancestors(target->run)) return;
    if (const std::uint64_t most = effective_steps(document_, target->run); event.step > most)
      complain(child_path(path, "step"), std::to_string(event.step) + " is above the " + std::to_string(most) +
                                             " steps of " + in_quotes(run.label));
    if (run.fork && event.step < run.fork->step)
      complain(child_path(path, "step"), std::to_string(event.step) + " is before step " +
                                             std::to_string(run.fork->step) + ", where " + in_quotes(run.label) +
                                             " begins");
    if (!event.stop) edit(*target, event, key, child_path(path, "value"));
  }

  void edit(const EventTarget& target, const EventSpec& event, const std::string& key, const std::string& value) {
    const Node optimizer = effective_optimizer(document_, target.run);
    const Entry* entry = Catalog::get().find(Kind::optimizer, optimizer.id);
    if (entry == nullptr) return;
    const auto field = target_of(optimizer, target.field);
    std::vector<std::string_view> live;
    for (const Field& one : entry->fields)
      if (one.live) live.push_back(one.id);
    if (!field)
      return complain(key,
                      in_quotes(optimizer.id) + " has no field " + in_quotes(target.field) +
                          "; fields that may change while running: " + listed(live),
                      did_you_mean(target.field, live));
    if (!field->live)
      return complain(key, in_quotes(target.field) + " cannot change while running; fields that can: " + listed(live));
    check_value(field->field, event.value, value, issues_);
  }

  /// Two probes that differ in their cadence alone would write the same series twice.
  void probes() {
    std::vector<Node> seen;
    for (std::size_t i = 0; i < document_.probes.size() && i < most_probes; ++i) {
      Node probe = complete_node(document_.probes[i]);
      probe.params.erase("every");
      const auto it = std::find(seen.begin(), seen.end(), probe);
      if (it != seen.end())
        complain(child_path("/probes", i),
                 "the same probe as /probes/" + std::to_string(it - seen.begin()) + "; each is recorded once");
      seen.push_back(std::move(probe));
    }
  }

  void theories() {
    const auto ids = Catalog::get().ids(Kind::theory);
    std::set<std::string> seen;
    for (std::size_t i = 0; i < document_.theories.ids.size(); ++i) {
      const std::string& id = document_.theories.ids[i];
      const std::string path = child_path("/theories", i);
      if (Catalog::get().find(Kind::theory, id) == nullptr)
        complain(path, "no theory is named " + in_quotes(id) + "; allowed: " + listed(ids), did_you_mean(id, ids));
      else if (!seen.insert(id).second)
        complain(path, in_quotes(id) + " stands twice");
    }
  }

  void claims() {
    for (std::size_t i = 0; i < document_.claims.size() && i < most_claims && document_.study == descent; ++i)
      for (const auto& [key, value] : document_.claims[i].params) {
        const std::string path = child_path(child_path("/claims", i), key);
        if (!key.starts_with("run") && !key.ends_with("_run")) continue;
        if (const auto* one = std::get_if<std::string>(&value)) claimed(*one, path);
        if (const auto* many = std::get_if<std::vector<std::string>>(&value))
          for (std::size_t k = 0; k < many->size(); ++k) claimed((*many)[k], child_path(path, k));
      }
  }

  void claimed(const std::string& name, const std::string& path) {
    if (!name.empty() && !index_.contains(name))
      complain(path, "no run is labelled " + in_quotes(name) + "; there are: " + listed(labels_),
               did_you_mean(name, labels_));
  }

  const Document& document_;
  Issues& issues_;
  std::vector<std::string_view> labels_;
  std::map<std::string_view, std::size_t> index_;
};

}  // namespace

void check_references(const Document& document, Issues& issues) { References(document, issues).check(); }

}  // namespace kappa::spec
