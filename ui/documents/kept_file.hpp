/// A kept result on disk: everything that was recorded, bit for bit, and beside it what it is called. Any thread.
#pragma once

#include <QDateTime>

#include "ui/runs/kept_results.hpp"

namespace kappa::ui {

/// What can be known of one without reading its numbers.
struct KeptName {
  QString id, name;
  QDateTime when;
};

/// Both files of it; the second makes it exist, so that nobody ever reads half of one.
std::optional<Issue> writeKept(const QString& folder, const KeptResults::Kept& kept);
/// Its name alone, anew.
std::optional<Issue> renameKept(const QString& folder, const QString& id, const QString& name);
void removeKept(const QString& folder, const QString& id);

std::vector<KeptName> keptIn(const QString& folder);  ///< in the order of keeping
/// As it was kept, or why not: numbers that are not those that were written are none.
Checked<KeptResults::Kept> readKept(const QString& folder, const QString& id);

}  // namespace kappa::ui
