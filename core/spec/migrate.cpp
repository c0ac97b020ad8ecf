/// The chain of document versions. Version 1 is the first, so the chain is still empty.
#include "core/spec/migrate.hpp"

#include "core/spec/document.hpp"
#include "core/spec/words.hpp"

namespace kappa::spec {

std::span<const Migration> migrations() {
  static_assert(document_version == 1, "a new version needs the migration that leads to it");
  return {};
}

Issues migrate(Json& document, std::span<const Migration> chain) {
  const auto newest = static_cast<std::int64_t>(chain.size()) + 1;
  if (document.members() == nullptr)
    return {{"",
             "found " + found(document) + ", expected an object: {\"kappascope\": " + std::to_string(newest) + ", ...}",
             ""}};
  Json* key = document.find("kappascope");
  if (key == nullptr)
    return {{"/kappascope", "missing; every document says its version: \"kappascope\": " + std::to_string(newest), ""}};
  const auto* version = std::get_if<std::int64_t>(&key->value);
  if (version == nullptr || *version < 1)
    return {{"/kappascope",
             "found " + found(*key) + ", expected the version of the document, " + std::to_string(newest), ""}};
  if (*version > newest)
    return {{"/kappascope",
             "found version " + std::to_string(*version) + ", but this Kappascope reads documents up to version " +
                 std::to_string(newest) + "; a newer Kappascope wrote this one",
             ""}};
  for (auto v = static_cast<std::size_t>(*version); v <= chain.size(); ++v) chain[v - 1](document);
  document.set("kappascope", newest);
  return {};
}

}  // namespace kappa::spec
