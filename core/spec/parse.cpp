/// Reads a document: its common keys, and those of its study.
#include "core/spec/parse.hpp"

#include <fstream>
#include <iterator>

#include "core/catalog/catalog.hpp"
#include "core/spec/migrate.hpp"
#include "core/spec/words.hpp"

namespace kappa {

using namespace spec;

namespace spec {

BatchSpec read_batch(const Json& json, const std::string& path, Reading& reading, const BatchSpec& otherwise) {
  BatchSpec batch = otherwise;
  Keys keys(json, path, reading);
  keys.read(Part::batch, "size", batch.size);
  keys.read(Part::batch, "order", batch.order);
  keys.finish();
  return batch;
}

std::vector<Node> read_list(Kind kind, const Json& json, const std::string& path, Reading& reading) {
  std::vector<Node> nodes;
  const Json::List* list = json.list();
  if (list == nullptr)
    reading.complain(path, "found " + found(json) + ", expected a list of " + std::string(plural_of(kind)));
  else
    for (const Json& item : *list) nodes.push_back(read_node(kind, item, child_path(path, nodes.size()), reading));
  return nodes;
}

namespace {

About read_about(const Json& json, const std::string& path, Reading& reading) {
  About about;
  Keys keys(json, path, reading);
  keys.read(Part::about, "question", about.question);
  keys.read(Part::about, "look_for", about.look_for);
  keys.read(Part::about, "group", about.group);
  if (auto papers = keys.value(Part::about, "papers")) about.papers = std::get<std::vector<std::string>>(*papers);
  keys.finish();
  return about;
}

Theories read_theories(const Json& json, const std::string& path, Reading& reading) {
  Theories theories;
  constexpr const char* expected = ", expected \"auto\", \"none\" or a list of theories";
  if (const std::string* word = json.text()) {
    if (*word == "none")
      theories.mode = Theories::Mode::none;
    else if (*word != "auto")
      reading.complain(path, "found " + found(json) + expected);
  } else if (json.list() != nullptr) {
    theories.mode = Theories::Mode::listed;
    for (const Json& item : *json.list()) {
      if (item.text() == nullptr)
        reading.complain(child_path(path, theories.ids.size()),
                         "found " + found(item) + ", expected the name of a theory");
      theories.ids.push_back(item.text() != nullptr ? *item.text() : std::string());
    }
  } else {
    reading.complain(path, "found " + found(json) + expected);
  }
  return theories;
}

StopSpec read_stop(const Json& json, const std::string& path, Reading& reading) {
  StopSpec stop;
  Keys keys(json, path, reading);
  keys.read(Part::stop, "loss_below", stop.loss_below);
  keys.read(Part::stop, "diverged_above", stop.diverged_above);
  keys.finish();
  return stop;
}

void read_descent(Keys& keys, Document& document, Reading& reading) {
  keys.read(Part::descent, "steps", document.steps);
  if (const Json* json = keys.need("problem", "what is minimised: " + listed(Catalog::get().ids(Kind::problem))))
    document.problem = read_node(Kind::problem, *json, keys.path("problem"), reading);
  if (const Json* json = keys.take("batch")) document.batch = read_batch(*json, keys.path("batch"), reading, {});
  if (const Json* json = keys.take("init")) document.init = read_node(Kind::init, *json, keys.path("init"), reading);
  if (const Json* json = keys.need("runs", "a list of at least one run"))
    document.runs = read_runs(*json, keys.path("runs"), document, reading);
  if (const Json* json = keys.take("probes"))
    document.probes = read_list(Kind::probe, *json, keys.path("probes"), reading);
  if (const Json* json = keys.take("stop")) document.stop = read_stop(*json, keys.path("stop"), reading);
  if (const Json* json = keys.take("events"))
    document.events = read_events(*json, keys.path("events"), document, reading);
}

constexpr std::string_view descent_keys[] = {"steps", "problem", "batch", "init", "runs", "probes", "stop", "events"};

void read_study(Keys& keys, Document& document, Reading& reading) {
  if (const Json* study = keys.take("study")) {
    if (study->text() != nullptr)
      document.study = *study->text();
    else
      reading.complain(keys.path("study"),
                       "found " + found(*study) + ", expected the name of a study, such as \"descent\"");
  }
  if (document.study == descent) {
    keys.refuse("settings", "a descent has no settings; they belong to the other studies");
    read_descent(keys, document, reading);
  } else if (Catalog::get().find(Kind::study, document.study) != nullptr) {
    for (const std::string_view key : descent_keys)
      keys.refuse(
          key, "the study " + in_quotes(document.study) + " has \"settings\" instead; this key belongs to \"descent\"");
    document.settings = Node{Kind::study, document.study, {}};
    if (const Json* json = keys.take("settings"))
      document.settings = read_settings(document.study, *json, keys.path("settings"), reading);
  } else {  // nothing is known of its keys; `validate` names the study
    keys.take("settings");
    for (const std::string_view key : descent_keys) keys.take(key);
  }
}

Document read(const Json& json, Reading& reading) {
  Document document;
  Keys keys(json, "", reading);
  keys.take("kappascope");
  keys.take("kappascope_version");
  keys.read(Part::document, "title", document.title);
  keys.read(Part::document, "note", document.note);
  keys.read(Part::document, "seed", document.seed);
  keys.read(Part::document, "repeats", document.repeats);
  if (const Json* about = keys.take("about")) document.about = read_about(*about, keys.path("about"), reading);
  read_study(keys, document, reading);
  if (const Json* theories = keys.take("theories"))
    document.theories = read_theories(*theories, keys.path("theories"), reading);
  if (const Json* claims = keys.take("claims"))
    document.claims = read_list(Kind::claim, *claims, keys.path("claims"), reading);
  if (const Json* sweep = keys.take("sweep")) document.sweep = read_sweep(*sweep, keys.path("sweep"), reading);
  if (const Json* view = keys.take("view")) {
    if (view->members() == nullptr)
      reading.complain(keys.path("view"), "found " + found(*view) + ", expected an object");
    else
      document.view = write_json_line(*view);
  }
  keys.finish();
  return document;
}

/// What validation found beyond what reading has already said of the same place or of one above it.
void append_new(Issues& issues, const Issues& more) {
  const std::size_t known = issues.size();
  for (const Issue& issue : more) {
    bool said = false;
    for (std::size_t i = 0; i < known && !said; ++i)
      said = issue.path == issues[i].path || (!issues[i].path.empty() && issue.path.starts_with(issues[i].path + "/"));
    if (!said) issues.push_back(issue);
  }
}

constexpr std::size_t most_issues = 200;

}  // namespace

}  // namespace spec

Checked<Document> parse_document(std::string_view text, const std::string& directory) {
  auto json = read_json(text);
  if (Issues* issues = std::get_if<Issues>(&json)) return std::move(*issues);
  Json& tree = std::get<Json>(json);
  Issues issues = migrate(tree, migrations());
  if (!issues.empty()) return issues;
  Reading reading{directory, issues};
  Document document = read(tree, reading);
  append_new(issues, validate(document));
  if (issues.empty()) return document;
  if (issues.size() > most_issues) {
    const std::string more = "and " + std::to_string(issues.size() - most_issues) + " more issues";
    issues.resize(most_issues);
    issues.push_back({"", more, ""});
  }
  return issues;
}

Checked<Document> read_document(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text;
  if (in) {
    text.resize(json_size_limit + 1);
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
  }
  if (!in.eof() && text.size() <= json_size_limit) return Issues{{path, "this file cannot be read", "", Trouble::file}};
  const std::size_t slash = path.rfind('/');
  auto document = parse_document(text, slash == path.npos ? "." : slash == 0 ? "/" : path.substr(0, slash));
  if (Issues* issues = std::get_if<Issues>(&document))
    for (Issue& issue : *issues)
      if (issue.path.empty()) issue.path = path;
  return document;
}

}  // namespace kappa
