/// Documents from wherever they lie, and copies of finished runs.
#pragma once

#include <QString>

#include "core/lab.hpp"

namespace kappa::ui {

/// A document from a file, a gallery name, or from inside a picture written here. `stem` becomes its name.
Checked<Document> openExperiment(const QString& file_or_name, std::string& stem);

/// Copies a finished run's files; refuses a folder that holds another document's results.
Issues copyRun(const QString& from, const QString& to, const Document& document);

}  // namespace kappa::ui
