/// The built-in experiments: documents and pictures compiled in from resources/gallery.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/spec/document.hpp"

namespace kappa {

struct GalleryItem {
  std::string name;           ///< the file's stem: "conditioning"
  std::string_view document;  ///< JSON
  std::string_view picture;   ///< SVG; empty when there is none
};

std::vector<GalleryItem> gallery();  ///< by name
std::optional<GalleryItem> gallery_item(std::string_view name);

/// `[{"name", "title", "study", "question", "look_for", "group", "papers"}, ...]`
std::string experiments_json();

/// A file's path or a gallery stem, read and validated. `name` becomes the stem.
Checked<Document> open_experiment(const std::string& file_or_name, std::string& name);
/// The JSON text of the same, unvalidated.
Checked<std::string> experiment_text(const std::string& file_or_name, std::string& name);

}  // namespace kappa
