/// Finds built-in experiments among the resources, and experiments on disk.
#include "core/catalog/gallery.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/catalog/catalog.hpp"
#include "core/catalog/resources.hpp"
#include "core/spec/json.hpp"

namespace kappa {

namespace {

constexpr std::string_view folder = "gallery/", suffix = ".kappa.json";
constexpr std::uintmax_t largest_document = 64 << 20;

std::string stem_of(const std::string& path) {
  std::string name = std::filesystem::path(path).filename().string();
  for (const std::string_view ending : {suffix, std::string_view(".json")})
    if (name.size() > ending.size() && name.ends_with(ending)) return name.substr(0, name.size() - ending.size());
  return name;
}

}  // namespace

std::vector<GalleryItem> gallery() {
  std::vector<GalleryItem> items;
  const auto all = resources();
  for (const Resource& resource : all) {
    if (!resource.path.starts_with(folder) || !resource.path.ends_with(suffix)) continue;
    const std::string name(resource.path.substr(folder.size(), resource.path.size() - folder.size() - suffix.size()));
    const std::string picture = std::string(folder) + name + ".svg";
    const auto svg = std::find_if(all.begin(), all.end(), [&](const Resource& r) { return r.path == picture; });
    items.push_back({name, resource.bytes, svg == all.end() ? std::string_view() : svg->bytes});
  }
  return items;
}

std::optional<GalleryItem> gallery_item(std::string_view name) {
  for (GalleryItem& item : gallery())
    if (item.name == name) return std::move(item);
  return std::nullopt;
}

std::string experiments_json() {
  spec::Json::List list;
  for (const GalleryItem& item : gallery()) {
    const auto parsed = parse_document(item.document);
    const auto* document = std::get_if<Document>(&parsed);
    if (document == nullptr) continue;
    spec::Json one = spec::Json::object();
    one.set("name", item.name);
    one.set("title", document->title);
    one.set("study", document->study);
    one.set("question", document->about.question);
    one.set("look_for", document->about.look_for);
    one.set("group", document->about.group);
    spec::Json::List papers(document->about.papers.begin(), document->about.papers.end());
    one.set("papers", std::move(papers));
    list.push_back(std::move(one));
  }
  return spec::write_json(std::move(list)) + "\n";
}

Checked<std::string> experiment_text(const std::string& file_or_name, std::string& name) {
  std::error_code error;
  const bool there = std::filesystem::exists(file_or_name, error);
  // The results of a built-in experiment lie in a folder of its name.
  if (!there || std::filesystem::is_directory(file_or_name, error))
    if (const auto item = gallery_item(file_or_name)) {
      name = item->name;
      return std::string(item->document);
    }
  if (!there) {
    const auto items = gallery();
    std::vector<std::string_view> names;
    for (const GalleryItem& item : items) names.push_back(item.name);
    const std::string_view near = nearest(file_or_name, names);
    return Issues{{file_or_name, "there is no such file, and no built-in experiment of that name",
                   near.empty() ? "" : "did you mean \"" + std::string(near) + "\"?", Trouble::file}};
  }
  name = stem_of(file_or_name);
  if (!std::filesystem::is_regular_file(file_or_name, error))
    return Issues{{file_or_name, "is not a file", "", Trouble::file}};
  if (std::filesystem::file_size(file_or_name, error) > largest_document)
    return Issues{{file_or_name, "is larger than an experiment may be (64 MB)", "", Trouble::input}};
  std::ifstream in(file_or_name, std::ios::binary);
  if (!in.is_open())
    return Issues{{file_or_name, std::string("cannot be opened: ") + std::strerror(errno), "", Trouble::file}};
  std::string text;
  std::vector<char> room(std::size_t{1} << 16);
  while (in.read(room.data(), static_cast<std::streamsize>(room.size())) || in.gcount() > 0)
    text.append(room.data(), static_cast<std::size_t>(in.gcount()));
  if (in.bad())
    return Issues{{file_or_name, std::string("cannot be read: ") + std::strerror(errno), "", Trouble::file}};
  return text;
}

Checked<Document> open_experiment(const std::string& file_or_name, std::string& name) {
  auto text = experiment_text(file_or_name, name);
  if (const Issues* issues = issues_of(text)) return *issues;
  const std::filesystem::path directory = std::filesystem::path(file_or_name).parent_path();
  auto document = parse_document(std::get<std::string>(text), directory.empty() ? "." : directory.string());
  if (Issues* issues = std::get_if<Issues>(&document))
    for (Issue& issue : *issues)
      if (issue.path.empty()) issue.path = file_or_name;
  return document;
}

}  // namespace kappa
