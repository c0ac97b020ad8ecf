/// All that a trace has recorded as one file of plain numbers. Any thread.
#pragma once

#include <QByteArray>
#include <QString>
#include <memory>

#include "core/lab.hpp"

namespace kappa::ui {

/// A file that is whole or not there; `hash` is that of its bytes.
std::optional<Issue> writeTrace(const QString& path, const Trace& trace, QByteArray& hash);
/// Every bit as it was recorded; null when the file cannot be one of these. The caller compares the hash.
std::shared_ptr<const Trace> readTrace(const QString& path, QByteArray& hash);

}  // namespace kappa::ui
