/// A document in as few bytes as say all of it.
#pragma once

#include <QByteArray>

#include "core/lab.hpp"

namespace kappa::ui {

/// JSON on one line without what is at its default; reading it gives the same complete document.
QByteArray minimalJson(const Document& document);

}  // namespace kappa::ui
