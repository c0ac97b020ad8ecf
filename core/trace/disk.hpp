/// Files written so that trouble comes back as a value and nobody ever sees half a file.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/issue.hpp"

namespace kappa {

/// Trouble with a file, of `Trouble::file`: its path and the system's reason for `error` (an errno).
Issue file_issue(const std::string& path, const std::string& what, int error);

/// Creates the directory and its parents; one that exists is fine.
std::optional<Issue> make_directory(const std::string& path);

/// A file that appears under its name only when it is complete: written beside it, synchronised, renamed. Destroyed
/// before `commit`, it leaves nothing.
class NewFile {
 public:
  explicit NewFile(std::string path);
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  std::optional<Issue> open();
  /// In place of `open`: begins as the file at `other`, under one more name, so that nothing is copied. False where the
  /// file system cannot.
  bool begin_as(const std::string& other);
  std::optional<Issue> write(std::string_view bytes);
  std::optional<Issue> commit();

 private:
  void discard();
  std::string temporary(int attempt) const;

  const std::string path_;
  std::string temporary_;
  int file_ = -1;
};

/// Replaces the file at `path` by `bytes`, or leaves it as it was.
std::optional<Issue> atomic_write(const std::string& path, std::string_view bytes);

}  // namespace kappa
