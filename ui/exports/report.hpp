/// The experiment as one page to read, print and open again: a self-contained HTML file.
#pragma once

#include <QByteArray>
#include <QString>

#include "core/lab.hpp"

namespace kappa::ui {

struct ReportInput {
  Document document;  ///< as run
  QString name;
  std::vector<Figure> figures;
  std::vector<ClaimResult> claims;  ///< empty: not judged yet
  std::vector<RunStatus> runs;
  QString command;  ///< reproduces it in a shell
  QString date;
};

/// Pictures, settings, claims, references and manifest; the document is inside. Well-formed as XML.
QByteArray reportHtml(const ReportInput& input);

}  // namespace kappa::ui
