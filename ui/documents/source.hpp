/// Everything that can be opened, read into a document before anything is given up for it.
#pragma once

#include <QString>

#include "core/lab.hpp"

class QMimeData;

namespace kappa::ui {

struct Source {
  Document document;
  QString name;  ///< the file's, the folder's or the gallery's stem
  QString path;  ///< where saving goes; empty: it is a copy without a place yet
};

/// A file, a picture or a folder of results with an experiment inside, a name in the gallery, a share string, or the
/// JSON text of a document. Results and pictures open as copies, so that saving does not change what they record.
Checked<Source> readSource(const QString& what);

/// What is dropped or pasted, as texts for `readSource`; empty: nothing that can be opened.
QStringList sourcesIn(const QMimeData& data);

}  // namespace kappa::ui
