/// Writes a method's card and fields as a page or as JSON.
#include "core/spec/describe.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/catalog/catalog.hpp"
#include "core/spec/nodes.hpp"

namespace kappa {

using namespace spec;

namespace {

std::string condition(const When& when) {
  std::string out = "when " + when.field + " is ";
  for (std::size_t i = 0; i < when.values.size(); ++i) out += (i > 0 ? " or " : "") + when.values[i];
  return out;
}

using Row = std::vector<std::string>;

std::string cell(std::string text) {
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '|') text.insert(i++, 1, '\\');
  return text;
}

std::string table(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths(rows.front().size(), 0);
  for (const Row& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], count_characters(row[i]));
  const auto line = [&](const Row& row) {
    std::string out = "|";
    for (std::size_t i = 0; i < row.size(); ++i)
      out += " " + row[i] + std::string(widths[i] - count_characters(row[i]), ' ') + " |";
    return out + "\n";
  };
  std::string out = line(rows.front());
  out += "|";
  for (const std::size_t width : widths) out += std::string(width + 2, '-') + "|";
  out += "\n";
  for (std::size_t i = 1; i < rows.size(); ++i) out += line(rows[i]);
  return out;
}

Row row_of(const Field& field) {
  std::string help = field.help;
  if (field.when) help += (help.empty() ? "" : "; ") + condition(*field.when);
  if (field.live) help += help.empty() ? "live" : "; live";
  return {cell("`" + field.id + "`"),    cell(field.symbol), cell(default_in_words(field)),
          cell(allowed_in_words(field)), cell(field.unit),   cell(help)};
}

std::string line_of(const Citation& cite) {
  std::string out = cite.who + (cite.year != 0 ? " (" + std::to_string(cite.year) + ")" : "");
  if (!cite.title.empty()) out += ". " + cite.title;
  if (!cite.link.empty()) out += ". " + cite.link;
  return out;
}

Json json_of_field(const Field& field) {
  Json json = Json::object();
  json.set("name", field.id);
  if (!field.symbol.empty()) json.set("symbol", field.symbol);
  const auto* node = std::get_if<NodePtr>(&field.initial);
  if (node == nullptr || *node) json.set("default", json_of(field.initial));
  json.set("allowed", allowed_in_words(field));
  if (!field.unit.empty()) json.set("unit", field.unit);
  json.set("help", field.help);
  json.set("live", field.live);
  json.set("schedulable", field.schedulable);
  if (field.when) json.set("when", condition(*field.when));
  return json;
}

}  // namespace

std::string default_in_words(const Field& field) {
  if (const auto* text = std::get_if<std::string>(&field.initial)) return text->empty() ? "\"\"" : *text;
  if (const auto* node = std::get_if<NodePtr>(&field.initial)) return *node ? write_json_line(json_of(**node)) : "none";
  return write_json_line(json_of(field.initial));
}

std::string allowed_in_words(const Field& field) {
  return allowed(field.domain) + (field.schedulable ? ", or a schedule" : "");
}

std::string describe_markdown(const Entry& entry) {
  const Card& card = entry.card;
  std::string out = "# " + card.title + " (" + std::string(name_of(entry.kind)) + " `" + entry.id + "`)\n";
  if (!card.idea.empty()) out += "\n" + card.idea + "\n";
  if (!card.equation.empty()) out += "\n    " + card.equation + "\n";
  if (!card.question.empty()) out += "\nQuestion: " + card.question + "\n";
  if (!card.look_for.empty()) out += "\nLook for: " + card.look_for + "\n";
  if (!entry.fields.empty()) {
    std::vector<Row> rows{{"parameter", "symbol", "default", "allowed", "unit", "meaning"}};
    for (const Field& field : entry.fields) rows.push_back(row_of(field));
    out += "\n" + table(rows);
  }
  if (!card.uses.empty()) {
    out += "\nSteps:";
    for (const std::string& id : card.uses) out += " `" + id + "`";
    out += "\n";
  }
  if (!card.cite.empty()) out += "\n";
  for (const Citation& cite : card.cite) out += "- " + line_of(cite) + "\n";
  return out;
}

std::string describe_json(const Entry& entry) {
  const Card& card = entry.card;
  Json json = Json::object();
  json.set("kind", name_of(entry.kind));
  json.set("id", entry.id);
  json.set("title", card.title);
  json.set("idea", card.idea);
  json.set("equation", card.equation);
  if (!card.question.empty()) json.set("question", card.question);
  if (!card.look_for.empty()) json.set("look_for", card.look_for);
  if (!card.group.empty()) json.set("group", card.group);
  if (!card.uses.empty()) json.set("uses", Json::List(card.uses.begin(), card.uses.end()));
  Json::List parameters, references;
  for (const Field& field : entry.fields) parameters.push_back(json_of_field(field));
  for (const Citation& cite : card.cite) {
    Json& one = references.emplace_back(Json::object());
    one.set("who", cite.who);
    one.set("year", cite.year);
    one.set("title", cite.title);
    one.set("link", cite.link);
  }
  json.set("parameters", std::move(parameters));
  json.set("references", std::move(references));
  return write_json(json);
}

std::string list_json(Kind kind) {
  Json::List list;
  for (const Entry& entry : Catalog::get().all(kind)) {
    Json& one = list.emplace_back(Json::object());
    one.set("id", entry.id);
    one.set("title", entry.card.title);
    one.set("idea", entry.card.idea);
  }
  return write_json(list);
}

}  // namespace kappa
