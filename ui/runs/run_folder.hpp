/// Folders of runs: where they are kept while the window is open, and copies of them.
#pragma once

#include <QString>

#include "core/lab.hpp"

namespace kappa::ui {

/// A folder of this process's own, for runs that have not been exported. Those of killed processes go after a week.
QString recoveryFolder();

/// A document from a file, a gallery name, or from inside a picture written here. `stem` becomes its name.
Checked<Document> openExperiment(const QString& file_or_name, std::string& stem);

/// Copies a finished run's files; refuses a folder that holds another document's results.
Issues copyRun(const QString& from, const QString& to, const Document& document);

}  // namespace kappa::ui
