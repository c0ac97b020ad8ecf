/// The shell command that runs an experiment without the window.
#pragma once

#include <QString>

#include "core/lab.hpp"

namespace kappa::ui {

/// `name` is the gallery's stem when `path` is empty, or nothing in particular. A few changes against the gallery's or
/// the file's document become `--set`; otherwise the whole document stands in the command.
QString commandLine(const Document& document, const QString& name, const QString& path);

/// One word of a POSIX shell.
QString shellWord(const QString& text);

}  // namespace kappa::ui
