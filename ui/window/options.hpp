/// What the command line asks of the window.
#pragma once

#include <QSize>
#include <QString>
#include <optional>

#include "ui/theme/theme.hpp"

class QCoreApplication;

namespace kappa::ui {

struct WindowOptions {
  QString document;    ///< a file or a gallery name; empty: the gallery
  QString screenshot;  ///< where to; empty: none
  QSize size;
  std::optional<ThemeChoice> theme;
  std::optional<std::uint64_t> steps;  ///< of each run before the screenshot
  std::optional<int> status = {};      ///< end the program with it
};

/// Says on standard error what it does not understand.
WindowOptions readOptions(const QCoreApplication& app);

}  // namespace kappa::ui
