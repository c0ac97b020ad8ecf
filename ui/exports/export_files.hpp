/// Charts as whole files in each format; a file is either complete or not there. Any thread may write them.
#pragma once

#include "ui/exports/export_choice.hpp"
#include "ui/exports/file_work.hpp"

namespace kappa::ui {

class ChartCard;

/// A chart and how it is drawn, for those who draw it where there is no window.
struct PlannedChart {
  FigureSpec spec;
  FigureOptions options;
  Figure figure(const Trace& trace) const { return build_figure(spec, trace, options); }
};
PlannedChart planned(const ChartCard& card, unsigned columns);

/// Everything that files are made of. The window's thread makes it, as only it may look up fonts.
struct ExportPlan {
  struct File {
    QString path;
    std::vector<PlannedChart> charts;
  };
  ExportFormat format = ExportFormat::png;
  bool all_data = false;  ///< for CSV: everything recorded behind the chart, in full resolution
  QString title;          ///< above a figure of several charts
  ExportOptions options;  ///< with fonts and document
  std::vector<File> files;
};

/// Written one after the other. Told to stop, it leaves no file half, and those that are complete.
WorkEnd writeExports(const ExportPlan& plan, const Trace& trace, const Progress& progress);

/// The file's bytes: pictures of the sheet, or LaTeX or the data shown of its only figure. Empty: it cannot be drawn,
/// or is not wanted any more.
QByteArray exportBytes(const Sheet& sheet, ExportFormat format, const ExportOptions& options,
                       const Wanted& wanted = {});
QByteArray pngOf(const QImage& image, const Wanted& wanted);

WorkEnd writeBytes(const QString& path, const QByteArray& bytes, const Wanted& wanted);
/// An empty string, or one sentence that names the file and says why it was not written.
QString writeExport(const QString& path, const QByteArray& bytes);
/// The same sentence for trouble found elsewhere.
QString notWritten(const QString& path, const Issue& issue);
WorkEnd written(const QString& path);
WorkEnd cancelled();

}  // namespace kappa::ui
