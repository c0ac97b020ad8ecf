/// Ranges, defaults and help of what a document says beside its methods.
#include "core/spec/parts.hpp"

#include <algorithm>
#include <map>

#include "core/catalog/catalog.hpp"
#include "core/spec/document.hpp"

namespace kappa::spec {

namespace {

constexpr std::int64_t most_steps = 1'000'000'000, greatest_seed = std::int64_t{1} << 53;

Field text_field(std::string id, std::string help) {
  return {.id = std::move(id), .help = std::move(help), .domain = Text{}, .initial = std::string()};
}

Field count_field(std::string id, std::string help, std::int64_t lo, std::int64_t hi, std::uint64_t initial) {
  return {.id = std::move(id),
          .help = std::move(help),
          .domain = count(lo, hi),
          .initial = static_cast<std::int64_t>(initial)};
}

std::map<Part, std::vector<Field>> all_parts() {
  const Document fresh;
  std::vector<std::string> orders;
  for (const std::string_view id : Catalog::get().ids(Kind::order)) orders.emplace_back(id);
  std::map<Part, std::vector<Field>> parts;
  parts[Part::document] = {
      text_field("title", "one line above everything"), text_field("note", "free text"),
      count_field("seed", "decides everything random", 0, greatest_seed, fresh.seed),
      count_field("repeats", "independent seeds, derived from the seed; charts show the median and the 10-90 % band", 1,
                  10'000, fresh.repeats)};
  parts[Part::about] = {
      text_field("question", "the question this experiment asks"),
      text_field("look_for", "what to watch"),
      {.id = "group",
       .help = "the gallery's heading",
       .domain = choices({"", "Regression", "Sensing", "Optimizers", "Schedules", "Low rank", "Dynamics", "First order",
                          "Landscapes", "More"}),
       .initial = std::string()},
      {.id = "papers", .help = "papers it is from", .domain = Names{}, .initial = std::vector<std::string>{}}};
  parts[Part::descent] = {count_field("steps", "updates of each run; the T of schedules", 0, most_steps, fresh.steps)};
  parts[Part::batch] = {
      count_field("size", "rows of the data each step sees; 0: all of them", 0, greatest_seed, fresh.batch.size),
      {.id = "order", .help = "how rows are drawn", .domain = choices(orders), .initial = fresh.batch.order}};
  parts[Part::stop] = {
      {.id = "loss_below",
       .help = "a run has reached its goal below this loss; 0: never",
       .domain = from_zero(1e-16, 1),
       .initial = fresh.stop.loss_below},
      {.id = "diverged_above",
       .help = "a run has diverged above this loss",
       .domain = Range{.lo = 0, .hi = 1.7e308, .log = true, .open_lo = true, .slider_lo = 1, .slider_hi = 1e20},
       .initial = fresh.stop.diverged_above}};
  parts[Part::run] = {text_field("label", "unique name of the run")};
  parts[Part::fork] = {text_field("run", "label of the run it starts from"),
                       count_field("step", "updates of that run before the fork", 0, most_steps, 0)};
  parts[Part::event] = {count_field("step", "applied before this step of the run", 0, most_steps, 0)};
  return parts;
}

}  // namespace

const std::vector<Field>& fields_of(Part part) {
  static const std::map<Part, std::vector<Field>> parts = all_parts();
  return parts.at(part);
}

const Field& field_of(Part part, std::string_view id) {
  const std::vector<Field>& fields = fields_of(part);
  return *std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.id == id; });
}

}  // namespace kappa::spec
