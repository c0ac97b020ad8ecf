/// Charts as whole files in each format; a file is either complete or not there.
#pragma once

#include "ui/exports/export_choice.hpp"

namespace kappa::ui {

/// The file's bytes: pictures of the sheet, or LaTeX or the data shown of its only figure. Empty: it cannot be drawn.
QByteArray exportBytes(const Sheet& sheet, ExportFormat format, const ExportOptions& options);

/// An empty string, or one sentence that names the file and says why it was not written.
QString writeExport(const QString& path, const QByteArray& bytes);
/// Everything recorded behind a chart, in full resolution, a piece at a time.
QString writeRecorded(const QString& path, const FigureSpec& spec, const Trace& trace, const QByteArray& document);
/// The same sentence for trouble found elsewhere.
QString notWritten(const QString& path, const Issue& issue);

}  // namespace kappa::ui
