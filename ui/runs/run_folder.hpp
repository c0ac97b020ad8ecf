/// Documents from wherever they lie.
#pragma once

#include <QString>

#include "core/lab.hpp"

namespace kappa::ui {

/// A document from a file, a gallery name, or from inside a picture written here. `stem` becomes its name.
Checked<Document> openExperiment(const QString& file_or_name, std::string& stem);

}  // namespace kappa::ui
