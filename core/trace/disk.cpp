/// Files written so that trouble comes back as a value and nobody ever sees half a file.
#include "core/trace/disk.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

namespace kappa {

Issue file_issue(const std::string& path, const std::string& what, int error) {
  return {path, what + ": " + std::generic_category().message(error), {}, Trouble::file};
}

std::optional<Issue> make_directory(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (!error && !std::filesystem::is_directory(path, error) && !error)
    error = std::make_error_code(std::errc::not_a_directory);
  if (error) return file_issue(path, "cannot create the directory", error.value());
  return std::nullopt;
}

NewFile::NewFile(std::string path) : path_(std::move(path)) {}
NewFile::~NewFile() { discard(); }

/// The process and a counter in the name: shards of a sweep may write into one directory.
std::string NewFile::temporary(int attempt) const {
  return path_ + ".tmp" + std::to_string(getpid()) + "." + std::to_string(attempt);
}

std::optional<Issue> NewFile::open() {
  for (int attempt = 0;; ++attempt) {
    temporary_ = temporary(attempt);
    file_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file_ >= 0) return std::nullopt;
    if (errno != EEXIST || attempt == 1000) return file_issue(path_, "cannot be written", errno);
  }
}

bool NewFile::begin_as(const std::string& other) {
  int attempt = 0;
  while (link(other.c_str(), temporary(attempt).c_str()) != 0)
    if (errno != EEXIST || attempt++ == 1000) return false;
  temporary_ = temporary(attempt);
  file_ = ::open(temporary_.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  if (file_ < 0) discard();
  return file_ >= 0;
}

std::optional<Issue> NewFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(file_, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return file_issue(path_, "cannot be written", n < 0 ? errno : ENOSPC);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return std::nullopt;
}

std::optional<Issue> NewFile::commit() {
  const bool synchronised = fdatasync(file_) == 0 || errno == EINVAL || errno == ENOSYS;  // not every file system can
  const int sync_error = errno;
  const int closed = close(std::exchange(file_, -1));
  if (!synchronised || closed != 0) {
    const int error = synchronised ? errno : sync_error;
    discard();
    return file_issue(path_, "cannot be written", error);
  }
  if (std::rename(temporary_.c_str(), path_.c_str()) != 0) {
    const int error = errno;
    discard();
    return file_issue(path_, "cannot be replaced", error);
  }
  unlink(std::exchange(temporary_, {}).c_str());  // gone, unless both were names of one file already
  return std::nullopt;
}

void NewFile::discard() {
  if (file_ >= 0) close(std::exchange(file_, -1));
  if (!temporary_.empty()) unlink(temporary_.c_str());
  temporary_.clear();
}

std::optional<Issue> atomic_write(const std::string& path, std::string_view bytes) {
  NewFile file(path);
  if (auto issue = file.open()) return issue;
  if (auto issue = file.write(bytes)) return issue;
  return file.commit();
}

}  // namespace kappa
