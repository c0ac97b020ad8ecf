/// What a JSON pointer leads to in a document.
#pragma once

#include <optional>
#include <string_view>

#include "core/spec/parse.hpp"

namespace kappa {

/// Nothing: the document has no such place.
inline std::optional<spec::Json> setting_at(const Document& document, std::string_view pointer) {
  const auto steps = spec::pointer_steps(pointer);
  const spec::Json root = spec::json_of(document, false);
  const spec::Json* json = steps ? &root : nullptr;
  for (std::size_t i = 0; json != nullptr && i < steps->size(); ++i) {
    const auto index = spec::index_of((*steps)[i]);
    const spec::Json::List* list = json->list();
    json = list == nullptr ? json->find((*steps)[i]) : index && *index < list->size() ? &(*list)[*index] : nullptr;
  }
  return json == nullptr ? std::nullopt : std::optional(*json);
}

}  // namespace kappa
