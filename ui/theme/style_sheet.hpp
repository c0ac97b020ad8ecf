/// The application's style sheet, written from a theme's tokens.
#pragma once

#include <QString>

#include "core/lab.hpp"

namespace kappa::ui {

/// Widgets ask for more than the default by the dynamic property `role`: card, panel, bar, chip, head, title, muted,
/// good, bad, primary, quiet, link.
QString styleSheet(const Theme& theme);

}  // namespace kappa::ui
