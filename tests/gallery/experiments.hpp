/// The built-in experiments as tests see them.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "core/catalog/catalog.hpp"
#include "core/catalog/gallery.hpp"
#include "core/run/runner.hpp"

namespace kappa::gallery_tests {

inline std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const GalleryItem& item : gallery()) all.push_back(item.name);
  return all;
}

inline Document document(const std::string& name) {
  const auto item = gallery_item(name);
  if (!item) throw std::runtime_error(name + " is not in the gallery");
  const auto parsed = parse_document(item->document);
  if (const Issues* issues = issues_of(parsed)) throw std::runtime_error(name + ": " + to_string(issues->front()));
  return std::get<Document>(parsed);
}

}  // namespace kappa::gallery_tests
