/// Reads runs, forks, events and sweeps: the parts that lean on other parts.
#include <algorithm>
#include <map>

#include "core/spec/parse.hpp"
#include "core/spec/words.hpp"

namespace kappa::spec {

namespace {

/// Reads each run once; a fork asks for its parent first, so that it knows the fields it changes.
class Runs {
 public:
  Runs(const Json::List& list, std::string path, const Document& shared, Reading& reading)
      : list_(list),
        path_(std::move(path)),
        shared_(shared),
        reading_(reading),
        runs_(list.size()),
        effective_(list.size()),
        state_(list.size(), 0) {
    for (std::size_t i = 0; i < list.size(); ++i)
      if (const Json* label = list[i].find("label"); label != nullptr && label->text() != nullptr)
        index_.emplace(*label->text(), i);
  }
  std::vector<RunSpec> all() {
    for (std::size_t i = 0; i < list_.size(); ++i) read(i);
    return std::move(runs_);
  }

 private:
  static constexpr const char* inherited =
      "a fork takes this from the run it starts from; it changes only its optimizer";

  void read(std::size_t i) {
    if (state_[i] != 0) return;
    state_[i] = 1;
    RunSpec& run = runs_[i];
    Keys keys(list_[i], child_path(path_, i), reading_);
    keys.need("label", "a unique name of this run");
    keys.read(Part::run, "label", run.label);
    if (const Json* fork = keys.take("fork")) run.fork = read_fork(*fork, keys.path("fork"));
    if (run.fork) {
      read_changes(i, keys);
      for (const char* key : {"problem", "init", "steps", "batch"}) keys.refuse(key, inherited);
    } else {
      if (const Json* json = keys.need("optimizer", "what this run is stepped by"))
        run.optimizer = read_node(Kind::optimizer, *json, keys.path("optimizer"), reading_);
      read_overrides(run, keys);
      effective_[i] = run.optimizer;
    }
    keys.finish();
    state_[i] = 2;
  }

  ForkSpec read_fork(const Json& json, const std::string& path) {
    ForkSpec fork;
    Keys keys(json, path, reading_);
    keys.need("run", "the label of the run it starts from");
    keys.need("step", "how many updates of that run come before");
    keys.read(Part::fork, "run", fork.run);
    keys.read(Part::fork, "step", fork.step);
    keys.finish();
    return fork;
  }

  void read_changes(std::size_t i, Keys& keys) {
    RunSpec& run = runs_[i];
    run.optimizer = Node{Kind::optimizer, "", {}};
    const auto parent = index_.find(run.fork->run);
    if (parent != index_.end()) read(parent->second);
    const bool known = parent != index_.end() && state_[parent->second] == 2;  // 1: a cycle, which `references` reports
    const Node base = known ? effective_[parent->second] : Node{Kind::optimizer, "", {}};
    if (const Json* json = keys.take("optimizer"))
      run.optimizer = read_node(Kind::optimizer, *json, keys.path("optimizer"), reading_, &base);
    effective_[i] = merged(base, run.optimizer);
  }

  void read_overrides(RunSpec& run, Keys& keys) {
    if (const Json* json = keys.take("problem")) {
      const Node changes = read_node(Kind::problem, *json, keys.path("problem"), reading_, &shared_.problem);
      run.problem = merged(shared_.problem, changes);
    }
    if (const Json* json = keys.take("init")) run.init = read_node(Kind::init, *json, keys.path("init"), reading_);
    if (auto steps = keys.value(Part::descent, "steps"))
      run.steps = static_cast<std::uint64_t>(std::get<std::int64_t>(*steps));
    if (const Json* json = keys.take("batch"))
      run.batch = read_batch(*json, keys.path("batch"), reading_, shared_.batch);
  }

  const Json::List& list_;
  std::string path_;
  const Document& shared_;
  Reading& reading_;
  std::vector<RunSpec> runs_;
  std::vector<Node> effective_;
  std::vector<int> state_;  // 0 unread, 1 being read, 2 read
  std::map<std::string, std::size_t, std::less<>> index_;
};

/// A value whose field is not known here.
std::optional<Value> plain_value(const Json& json) {
  if (const auto* b = std::get_if<bool>(&json.value)) return *b;
  if (const auto* i = std::get_if<std::int64_t>(&json.value)) return *i;
  if (const auto* d = std::get_if<double>(&json.value)) return *d;
  if (json.text() != nullptr) return *json.text();
  return std::nullopt;
}

EventSpec read_event(const Json& json, const std::string& path, const Document& document, Reading& reading) {
  EventSpec event;
  Keys keys(json, path, reading);
  keys.need("step", "the step it comes before");
  keys.read(Part::event, "step", event.step);
  const Json* stop = keys.take("stop");
  const Json* set = keys.take("set");
  event.stop = stop != nullptr;
  if (stop != nullptr && set != nullptr) reading.complain(path, "an event has \"set\" or \"stop\", not both");
  if (stop == nullptr && set == nullptr)
    reading.complain(path, "\"set\" or \"stop\" is missing; it points at a run's field, or at a run");
  const Json* target = event.stop ? stop : set;
  if (target != nullptr && target->text() == nullptr)
    reading.complain(keys.path(event.stop ? "stop" : "set"),
                     "found " + found(*target) + ", expected a JSON pointer such as \"/runs/0\"");
  else if (target != nullptr)
    event.path = *target->text();
  if (event.stop) {
    keys.refuse("value", "an event that stops has no value");
  } else if (set == nullptr) {
    keys.take("value");
  } else if (const Json* value = keys.need("value", "what the field is set to")) {
    const auto place = event_target(event);
    const bool known = place && place->run < document.runs.size();
    const auto field = known ? target_of(effective_optimizer(document, place->run), place->field) : std::nullopt;
    auto read = field ? read_value(field->field, *value, keys.path("value"), reading) : plain_value(*value);
    event.value = read.value_or(Value(std::int64_t{0}));
  }
  keys.finish();
  return event;
}

}  // namespace

std::vector<RunSpec> read_runs(const Json& json, const std::string& path, const Document& shared, Reading& reading) {
  if (json.list() == nullptr || json.list()->empty() || json.list()->size() > most_runs) {
    const std::string what = json.list() == nullptr ? found(json) : std::to_string(json.list()->size()) + " runs";
    reading.complain(path, "found " + what + ", expected a list of 1 to " + std::to_string(most_runs) + " runs");
    return {};
  }
  return Runs(*json.list(), path, shared, reading).all();
}

std::vector<EventSpec> read_events(const Json& json, const std::string& path, const Document& document,
                                   Reading& reading) {
  std::vector<EventSpec> events;
  if (json.list() == nullptr)
    reading.complain(path, "found " + found(json) + ", expected a list of events");
  else
    for (const Json& item : *json.list())
      events.push_back(read_event(item, child_path(path, events.size()), document, reading));
  return events;
}

std::vector<SweepAxis> read_sweep(const Json& json, const std::string& path, Reading& reading) {
  std::vector<SweepAxis> axes;
  if (json.members() == nullptr) {
    reading.complain(
        path, "found " + found(json) + ", expected an object such as {\"/problem/condition_number\": [10, 100]}");
    return axes;
  }
  for (const JsonMember& member : *json.members()) {
    const std::string place = child_path(path, member.key);
    SweepAxis axis{member.key, {}};
    if (member.value.list() == nullptr) {
      reading.complain(place, "found " + found(member.value) + ", expected a list of values");
    } else {
      for (const Json& item : *member.value.list()) {
        auto value = plain_value(item);
        if (!value)
          reading.complain(child_path(place, axis.values.size()),
                           "found " + found(item) + ", expected a number, a text or true or false");
        axis.values.push_back(value.value_or(Value(std::int64_t{0})));
      }
    }
    axes.push_back(std::move(axis));
  }
  return axes;
}

std::optional<EventTarget> event_target(const EventSpec& event) {
  const auto steps = pointer_steps(event.path);
  if (!steps || steps->size() < 2 || (*steps)[0] != "runs") return std::nullopt;
  const auto run = index_of((*steps)[1]);
  if (!run || (event.stop ? steps->size() != 2 : steps->size() < 4 || (*steps)[2] != "optimizer")) return std::nullopt;
  EventTarget target{*run, ""};
  for (std::size_t i = 3; i < steps->size(); ++i) target.field += (i > 3 ? "/" : "") + (*steps)[i];
  return target;
}

}  // namespace kappa::spec
