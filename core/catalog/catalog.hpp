/// What is built in: every method of every kind, found by id. Immutable, so it needs no lock.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/kinds/card.hpp"

namespace kappa {

class Catalog {
 public:
  static const Catalog& get();
  std::span<const Entry> all(Kind kind) const;              ///< sorted by id
  const Entry* find(Kind kind, std::string_view id) const;  ///< null: no such method
  std::vector<std::string_view> ids(Kind kind) const;

 private:
  Catalog();
  std::vector<std::vector<Entry>> kinds_;
};

/// The listed name nearest to `word`, when near enough to be a misspelling; empty otherwise.
std::string_view nearest(std::string_view word, std::span<const std::string_view> names);

}  // namespace kappa
