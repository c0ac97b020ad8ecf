/// A finished run's files as a folder elsewhere: whole, or not there. Any thread may copy them.
#pragma once

#include <QString>
#include <memory>

#include "core/lab.hpp"
#include "ui/exports/file_work.hpp"

namespace kappa::ui {

/// Where a run writes; gone when nobody needs it any more, whoever that is.
class ResultsFolder {
 public:
  explicit ResultsFolder(QString path) : path_(std::move(path)) {}
  ~ResultsFolder();
  ResultsFolder(const ResultsFolder&) = delete;
  ResultsFolder& operator=(const ResultsFolder&) = delete;
  const QString& path() const { return path_; }

 private:
  const QString path_;
};

/// What a copy is made of. It keeps the files while the window goes on to another run.
struct FinishedRun {
  std::shared_ptr<const ResultsFolder> folder;
  Document document;
};

struct FilesSize {
  int files = 0;
  std::uint64_t bytes = 0;
};
FilesSize sizeOf(const QString& folder);

/// Everything in `from` as the folder `to`, which is new, empty, or holds this document's own results; other files
/// are refused. Told to stop, or failing, it leaves nothing behind and what was there as it was.
WorkEnd copyRun(const QString& from, const QString& to, const Document& document, const Progress& progress = {});

}  // namespace kappa::ui
