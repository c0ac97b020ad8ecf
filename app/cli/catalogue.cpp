/// `list`, `describe`, `schema`, `new`: what is built in, and how to add to it.
#include <cstdio>
#include <memory>

#include "app/cli/table.hpp"
#include "app/cli/verbs.hpp"

namespace kappa::cli {

namespace {

struct Options {
  std::string kind, name;
  std::vector<std::string> words;
  bool json = false;
};

std::optional<Kind> kind_named(const std::string& word) {
  for (const Kind kind : all_kinds)
    if (word == name_of(kind) || word == plural_of(kind)) return kind;
  return std::nullopt;
}

std::string kinds_text() {
  std::string text;
  for (const Kind kind : all_kinds) text += std::string(plural_of(kind)) + ", ";
  return text + "experiments";
}

int list_experiments(bool json) {
  if (json) {
    std::printf("%s", experiments_json().c_str());
    return done;
  }
  Table table({"experiment", "group", "question"});
  for (const GalleryItem& item : gallery()) {
    const auto parsed = parse_document(item.document);
    const auto* document = std::get_if<Document>(&parsed);
    if (document == nullptr) continue;
    table.add({item.name, document->about.group, document->about.question});
  }
  std::printf("%s", table.text().c_str());
  return done;
}

int list(const Options& options) {
  if (options.kind == "experiments") return list_experiments(options.json);
  const auto kind = kind_named(options.kind);
  if (!kind)
    return complain({{"list", "there is no kind \"" + options.kind + "\"", "one of " + kinds_text(), Trouble::input}});
  if (options.json) {
    std::printf("%s", list_json(*kind).c_str());
    return done;
  }
  Table table({std::string(name_of(*kind)), "title", "idea"});
  if (*kind == Kind::study)
    table.add({"descent", "Descent", "A problem, a race of optimizers and the probes that watch them."});
  for (const Entry& entry : Catalog::get().all(*kind)) table.add({entry.id, entry.card.title, entry.card.idea});
  std::printf("%s", table.text().c_str());
  return done;
}

int describe(const Options& options) {
  std::optional<Kind> only;
  if (options.words.size() == 2) {
    only = kind_named(options.words[0]);
    if (!only)
      return complain(
          {{"describe", "there is no kind \"" + options.words[0] + "\"", "one of " + kinds_text(), Trouble::input}});
  }
  const std::string& name = options.words.back();
  std::vector<const Entry*> found;
  std::vector<std::string_view> names;
  for (const Kind kind : all_kinds) {
    if (only && kind != *only) continue;
    if (const Entry* entry = Catalog::get().find(kind, name)) found.push_back(entry);
    for (const std::string_view id : Catalog::get().ids(kind)) names.push_back(id);
  }
  if (found.empty()) {
    const std::string_view near = nearest(name, names);
    return complain({{"describe", "nothing is named \"" + name + "\"",
                      near.empty() ? "" : "did you mean \"" + std::string(near) + "\"?", Trouble::input}});
  }
  for (const Entry* entry : found) {
    const std::string page = options.json ? describe_json(*entry) : describe_markdown(*entry);
    std::printf("%s%s", entry == found.front() ? "" : "\n", page.c_str());
  }
  return done;
}

int create(const Options& options) {
  const auto kind = kind_named(options.kind);
  if (!kind)
    return complain({{"new", "there is no kind \"" + options.kind + "\"", "one of " + kinds_text(), Trouble::input}});
  const auto made = scaffold(".", *kind, options.name);
  if (const Issues* issues = issues_of(made)) return complain(*issues);
  std::printf("%s\n", std::get<std::string>(made).c_str());
  return done;
}

}  // namespace

Verb add_list(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("list", "List what is built in: " + kinds_text());
  verb->add_option("KIND", options->kind, "which kind")->required();
  verb->add_flag("--json", options->json, "as JSON");
  return [options] { return list(*options); };
}

Verb add_describe(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("describe", "Equation, parameters and reference of a method");
  verb->add_option("[KIND] NAME", options->words, "the method, its kind first where two share a name")
      ->required()
      ->expected(1, 2);
  verb->add_flag("--json", options->json, "as JSON");
  return [options] { return describe(*options); };
}

Verb add_schema(CLI::App& app) {
  app.add_subcommand("schema", "Print the JSON Schema of the experiment document");
  return [] {
    std::printf("%s", document_schema().c_str());
    return static_cast<int>(done);
  };
}

Verb add_new(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("new", "In a source tree: copy the smallest method of a kind under a new name");
  verb->add_option("KIND", options->kind, "optimizer, problem, ...")->required();
  verb->add_option("NAME", options->name, "snake_case")->required();
  return [options] { return create(*options); };
}

}  // namespace kappa::cli
