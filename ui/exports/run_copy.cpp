/// Copies into a folder beside the wanted one, which takes its place when everything is there.
#include "ui/exports/run_copy.hpp"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <vector>

#include "ui/exports/export_files.hpp"
#include "ui/forms/wording.hpp"

namespace kappa::ui {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t piece_copied = std::size_t{1} << 20;  // bytes between two looks at whether more is wanted
constexpr int parts_told = 1000;                            // of the whole, for the progress

QString saidOfRuns(const char* text) { return QCoreApplication::translate("run_copy", text); }

/// A folder of its own, which goes with everything in it unless it has become something else.
class PartialFolder {
 public:
  explicit PartialFolder(const std::string& target) {
    for (int number = 1; path_.empty() && number < 10'000; ++number) {
      const fs::path next = target + ".partial-" + std::to_string(number);
      if (fs::create_directory(next, error_)) path_ = next;  // never one that somebody else has made
      if (error_) break;
    }
  }
  ~PartialFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  PartialFolder(const PartialFolder&) = delete;
  PartialFolder& operator=(const PartialFolder&) = delete;
  const fs::path& path() const { return path_; }
  const std::error_code& error() const { return error_; }

 private:
  fs::path path_;
  std::error_code error_;
};

struct FileCopied {
  fs::path name;  // below the folder
  std::uint64_t bytes = 0;
};

class RunCopier {
 public:
  RunCopier(fs::path from, const Progress& progress) : from_(std::move(from)), progress_(progress) { list(); }

  bool into(const fs::path& place) {
    return std::all_of(files_.begin(), files_.end(), [&](const FileCopied& file) { return one(file.name, place); });
  }
  /// The files over those of the same name; whatever else is there stays.
  bool over(const fs::path& place, const fs::path& target) {
    for (const FileCopied& file : files_) {
      if (file.name.has_parent_path()) fs::create_directories(target / file.name.parent_path(), error);
      if (!error) fs::rename(place / file.name, target / file.name, error);
      if (error) return false;
    }
    return true;
  }
  bool stopped = false;
  std::error_code error;

 private:
  void list() {
    for (fs::recursive_directory_iterator at(from_, error), end; !error && at != end; at.increment(error)) {
      if (!at->is_regular_file(error)) continue;
      files_.push_back({fs::relative(at->path(), from_), at->file_size(error)});
      all_ += files_.back().bytes;
    }
    std::sort(files_.begin(), files_.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    if (files_.empty() && !error) error = std::make_error_code(std::errc::no_such_file_or_directory);
  }
  bool wanted() {
    const double share = all_ > 0 ? static_cast<double>(done_) / static_cast<double>(all_) : 0;
    stopped = progress_ && !progress_(static_cast<int>(share * parts_told), parts_told);
    return !stopped;
  }
  bool one(const fs::path& name, const fs::path& place) {
    if (name.has_parent_path()) fs::create_directories(place / name.parent_path(), error);
    if (error) return false;
    errno = 0;
    std::ifstream in(from_ / name, std::ios::binary);
    std::ofstream out(place / name, std::ios::binary | std::ios::trunc);
    while (in && out && wanted()) {
      in.read(piece_.data(), static_cast<std::streamsize>(piece_.size()));
      out.write(piece_.data(), in.gcount());
      done_ += static_cast<std::uint64_t>(in.gcount());
    }
    out.close();
    if (stopped) return false;
    if (!in.eof() || !out) error = std::error_code(errno != 0 ? errno : EIO, std::generic_category());
    return !error;
  }

  const fs::path from_;
  const Progress& progress_;
  std::vector<FileCopied> files_;
  std::vector<char> piece_ = std::vector<char>(piece_copied);
  std::uint64_t all_ = 0, done_ = 0;
};

WorkEnd notCopied(const Issue& issue) {
  return {WorkEnd::How::failed, saidOfRuns("The run was not written.") + u'\n' + wording::sentences({issue})};
}

}  // namespace

ResultsFolder::~ResultsFolder() {
  if (!path_.isEmpty()) QDir(path_).removeRecursively();
}

FilesSize sizeOf(const QString& folder) {
  FilesSize size;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder.toStdString(), error), end; !error && at != end; at.increment(error))
    if (at->is_regular_file(error)) {
      ++size.files;
      size.bytes += at->file_size(error);
    }
  return size;
}

WorkEnd copyRun(const QString& from, const QString& to, const Document& document, const Progress& progress) {
  const std::string target = QDir::cleanPath(to).toStdString();
  if (auto refused = refuse_directory(target, document, false)) {
    refused->hint = saidOfRuns("choose another folder").toStdString();
    return notCopied(*refused);
  }
  std::error_code error;
  const bool there = fs::exists(target, error), empty = there && fs::is_empty(target, error);
  if (there && !empty && !fs::exists(target + "/experiment.kappa.json", error))
    return notCopied({target, saidOfRuns("holds other files").toStdString(),
                      saidOfRuns("choose a new folder").toStdString(), Trouble::input});
  if (const auto failed = make_directory(fs::path(target).parent_path().string()))
    return notCopied({target, failed->message, {}, Trouble::file});
  PartialFolder partial(target);
  if (partial.path().empty()) return notCopied({target, partial.error().message(), {}, Trouble::file});
  RunCopier copier(from.toStdString(), progress);
  bool done = !copier.error && copier.into(partial.path());
  if (done && there && !empty)
    done = copier.over(partial.path(), target);
  else if (done)
    fs::rename(partial.path(), target, copier.error);
  if (copier.stopped) return cancelled();
  if (!done || copier.error) return notCopied({target, copier.error.message(), {}, Trouble::file});
  return {WorkEnd::How::written,
          saidOfRuns("The run was written to %1.").arg(QDir::toNativeSeparators(QDir(to).absolutePath()))};
}

}  // namespace kappa::ui
