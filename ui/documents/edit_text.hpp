/// What an edit did, in a few words for the history: "learning rate of Adam to 0.05".
#pragma once

#include <QString>

#include "core/lab.hpp"

namespace kappa::ui {

/// Told from the two documents where they differ in one thing; otherwise what the editor called it.
QString editText(const Document& before, const Document& after, const QString& otherwise);

}  // namespace kappa::ui
