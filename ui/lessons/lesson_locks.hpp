/// Edits that a lesson does not allow: what stands at a locked pointer must stay as it is.
#pragma once

#include <QStringList>

#include "core/lab.hpp"

namespace kappa::ui {

/// An issue for each locked place that differs between the two documents.
Issues refusedByLocks(const Document& before, const Document& after, const QStringList& pointers);

/// Whether the pointer, or a place above it, is locked.
bool isLocked(const QStringList& pointers, const QString& pointer);

}  // namespace kappa::ui
