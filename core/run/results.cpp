/// Claims judged, and the files that stand beside the tables.
#include "core/run/results.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/libraries.hpp"
#include "core/base/version.hpp"
#include "core/catalog/catalog.hpp"
#include "core/figure/build.hpp"
#include "core/figure/svg.hpp"
#include "core/trace/disk.hpp"

namespace kappa {

namespace {

using Json = nlohmann::ordered_json;

Json number_or_text(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return value;
}

std::string today() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

/// Pointers of fields that were given, differ from the default, and are not read because of another field's value.
void ignored_in(const Node& node, const std::string& path, Json& list) {
  const Entry* entry = Catalog::get().find(node.kind, node.id);
  if (entry == nullptr) return;
  for (const Field& field : entry->fields) {
    const auto given = node.params.find(field.id);
    if (given == node.params.end()) continue;
    if (const auto* inner = std::get_if<NodePtr>(&given->second); inner != nullptr && *inner)
      ignored_in(**inner, path + "/" + field.id, list);
    if (!field.when || equal(given->second, field.initial)) continue;
    const auto other = node.params.find(field.when->field);
    if (other == node.params.end()) continue;
    const auto* flag = std::get_if<bool>(&other->second);
    const auto* word = std::get_if<std::string>(&other->second);
    const std::string now = flag != nullptr ? (*flag ? "true" : "false") : word != nullptr ? *word : "";
    const auto& read = field.when->values;
    if (std::find(read.begin(), read.end(), now) == read.end()) list.push_back(path + "/" + field.id);
  }
}

Json ignored_fields(const Document& document) {
  Json list = Json::array();
  if (document.study != "descent") {
    ignored_in(document.settings, "/settings", list);
    return list;
  }
  ignored_in(document.problem, "/problem", list);
  for (std::size_t i = 0; i < document.runs.size(); ++i)
    ignored_in(document.runs[i].optimizer, "/runs/" + std::to_string(i) + "/optimizer", list);
  return list;
}

std::string summary_json(const Runner::World& world) {
  Json runs = Json::array();
  for (const auto& job : world.jobs) {
    const JobStatus s = job->status();
    const Outcome outcome = s.outcome.value_or(Outcome{Ended::interrupted, s.step, ""});
    runs.push_back({{"run", s.label},
                    {"repeat", s.repeat},
                    {"steps", s.step},
                    {"ended", name_of(outcome.how)},
                    {"why", outcome.why},
                    {"final_loss", number_or_text(s.loss)},
                    {"best_loss", number_or_text(s.best_loss)},
                    {"seconds", s.seconds},
                    {"probe_seconds", s.probe_seconds}});
  }
  const Libraries used = libraries();
  const Json summary = {{"experiment", world.options.name},
                        {"study", world.document.study},
                        {"runs", runs},
                        {"ignored_fields", ignored_fields(world.document)},
                        {"seconds", world.worked_before},
                        {"threads", world.options.threads},
                        {"kappascope_version", kappascope_version},
                        {"armadillo_version", used.armadillo},
                        {"openblas", used.openblas},
                        {"openblas_kernel", used.openblas_kernel},
                        {"build_flags", build_flags},
                        {"date", today()}};
  return summary.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

/// How each of the runs has ended.
std::vector<RunStatus> rows_of(const Runner::World& world) {
  std::vector<RunStatus> rows;
  for (const auto& job : world.jobs) {
    const JobStatus s = job->status();
    RunStatus& row = rows.emplace_back();
    row.label = s.label;
    row.repeat = s.repeat;
    if (s.outcome) row.ended = s.outcome->how;
  }
  return rows;
}

std::optional<Issue> write_pictures(const Runner::World& world, const std::string& document) {
  FigureOptions options = figure_options(world.document);
  options.ended = ended_repeats(world.document, rows_of(world));
  SvgOptions svg;
  svg.embedded_document = document;
  if (auto issue = make_directory(world.options.directory + "/pictures")) return issue;
  for (const FigureSpec& spec : figures_of(world.document)) {
    const std::string path = world.options.directory + "/pictures/" + spec.id + ".svg";
    if (auto issue = atomic_write(path, write_svg(build_figure(spec, *world.trace, options), svg))) return issue;
  }
  return std::nullopt;
}

}  // namespace

std::vector<ClaimResult> judge(const Document& document, const Trace& trace) {
  Verdicts verdicts;
  const auto view = view_of(trace);
  if (document.study != "descent") {
    const Entry* entry = Catalog::get().find(Kind::study, document.study);
    if (entry != nullptr && !entry->card.cite.empty()) {
      const Citation& cite = entry->card.cite.front();
      verdicts.set_paper(cite.who + " " + std::to_string(cite.year) + (cite.link.empty() ? "" : ", " + cite.link));
    }
    make_study(document.settings)->judge(*view, verdicts);
  }
  for (const Node& claim : document.claims) verdicts.add(make_claim(claim)->judge(*view));
  std::vector<ClaimResult> results;
  for (const Verdict& v : verdicts.list())
    results.push_back(
        {v.claim, v.paper, v.statistic, v.expected, v.measured, v.holds, v.why, v.expected_words, v.measured_words});
  return results;
}

std::string claims_json(const NamedClaims& experiments) {
  Json list = Json::array();
  for (const auto& [experiment, claims] : experiments)
    for (const ClaimResult& c : claims)
      list.push_back({{"experiment", experiment},
                      {"claim", c.claim},
                      {"paper", c.paper},
                      {"statistic", c.statistic},
                      {"expected", c.expected},
                      {"measured", number_or_text(c.measured)},
                      {"holds", c.holds ? Json(*c.holds) : Json(nullptr)}});
  return list.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::optional<Issue> begin_results(const Runner::World& world) {
  const std::filesystem::path directory = world.options.directory;
  std::error_code ignored;
  for (const char* name : {"claims.json", "summary.json", "pictures"})
    std::filesystem::remove_all(directory / name, ignored);
  return atomic_write(world.options.directory + "/experiment.kappa.json", write_document(world.document, true));
}

std::optional<Issue> write_results(const Runner::World& world) {
  const std::string document = write_document(world.with_events(), true);
  const std::string& directory = world.options.directory;
  if (auto issue = atomic_write(directory + "/experiment.kappa.json", document)) return issue;
  if (auto issue = atomic_write(directory + "/claims.json", claims_json({{world.options.name, world.verdicts}})))
    return issue;
  if (world.options.pictures)
    if (auto issue = write_pictures(world, document)) return issue;
  return atomic_write(directory + "/summary.json", summary_json(world));
}

}  // namespace kappa
