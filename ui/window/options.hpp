/// What the command line asks of the window.
#pragma once

#include <QSize>
#include <QStringList>
#include <optional>

#include "ui/theme/theme.hpp"

class QCoreApplication;

namespace kappa::ui {

struct WindowOptions {
  QStringList documents;  ///< files, gallery names or share strings, each for a window; empty: the gallery
  QStringList sets;       ///< "/json/pointer=VALUE": edits of the document
  QString lesson;         ///< name, or name:step; empty: none
  bool present = false;   ///< for a projector
  QString screenshot;     ///< where to; empty: none
  QSize size;
  std::optional<ThemeChoice> theme;
  std::optional<std::uint64_t> steps;  ///< of each run before the screenshot
  bool pseudo_locale = false;          ///< every text longer and accented, for trying layouts
  std::optional<int> status = {};      ///< end the program with it
};

/// Says on standard error what it does not understand.
WindowOptions readOptions(const QCoreApplication& app);

}  // namespace kappa::ui
