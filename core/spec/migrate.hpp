/// Brings older documents up to this version, one version at a time.
#pragma once

#include <span>

#include "core/spec/json.hpp"

namespace kappa::spec {

/// From version i + 1 to version i + 2 of documents, where i is its place in the chain.
using Migration = void (*)(Json& document);

/// The migrations this Kappascope knows; their number is `document_version` - 1.
std::span<const Migration> migrations();

/// Checks the key `kappascope` and runs what its version needs. An issue when the document cannot be brought up.
Issues migrate(Json& document, std::span<const Migration> chain);

}  // namespace kappa::spec
