/// A results directory while it fills: one file for each table, run and repeat, joined in document order at the end.
#include "core/trace/part_files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <string_view>
#include <utility>

#include "core/trace/disk.hpp"

namespace kappa {

namespace {

constexpr std::size_t a_lot = std::size_t{1} << 20;

std::string partial_of(const std::string& directory) { return directory + "/partial"; }

}  // namespace

PartFiles::PartFiles(std::string directory, Clock::duration period)
    : directory_(std::move(directory)), period_(period), flushed_(Clock::now()) {}

bool PartFiles::unfinished(const std::string& directory) {
  std::error_code error;
  return std::filesystem::exists(partial_of(directory), error);
}

std::optional<Issue> PartFiles::start() {
  std::error_code error;
  std::filesystem::remove_all(partial_of(directory_), error);
  if (error && error != std::errc::not_a_directory)  // that one is told better by the next line
    return file_issue(partial_of(directory_), "cannot be removed", error.value());
  return make_directory(partial_of(directory_));
}

PartFiles::Part& PartFiles::part(Table table, std::uint32_t run, std::uint32_t repeat) {
  Part& part = parts_[{table, run, repeat}];
  if (part.path.empty()) {
    char name[64];
    std::snprintf(name, sizeof name, ".%04u.%04u.csv", run, repeat);
    part.path = partial_of(directory_) + "/" + std::string(table_name(table)) + name;
    part.waiting = table_header(table);
  }
  return part;
}

std::string& PartFiles::rows(Part& part) {
  if (!std::exchange(part.listed, true)) dirty_.push_back(&part);
  return part.waiting;
}

std::optional<Issue> PartFiles::flush_if_due() {
  std::size_t waiting = 0;
  for (const Part* part : dirty_) waiting += part->waiting.size();
  if (waiting < a_lot && Clock::now() - flushed_ < period_) return std::nullopt;
  return flush();
}

std::optional<Issue> PartFiles::flush() {
  std::optional<Issue> first;
  std::vector<Part*> failed;
  for (Part* part : dirty_) {
    auto issue = write(*part);
    if (issue) {
      failed.push_back(part);
      if (!first) first = std::move(issue);
    } else {
      part->listed = false;
    }
  }
  dirty_ = std::move(failed);
  flushed_ = Clock::now();
  return first;
}

namespace {

/// Writes `bytes` at the end of a file, whole if it can; `done` says how far it came. Returns an errno, or 0. Large
/// writes take a quarter of the time of many small ones, and a kill finds them the more seldom at work.
int append_to(int file, std::string_view bytes, std::size_t& done) {
  while (done < bytes.size()) {
    const ssize_t n = ::write(file, bytes.data() + done, bytes.size() - done);
    if (n > 0) {
      done += static_cast<std::size_t>(n);
    } else if (n == 0 || errno != EINTR) {
      return n == 0 ? ENOSPC : errno;
    }
  }
  return 0;
}

}  // namespace

std::optional<Issue> PartFiles::write(Part& part) const {
  const int begin = part.written > 0 ? O_APPEND : O_CREAT | O_TRUNC;
  const int file = open(part.path.c_str(), O_WRONLY | O_CLOEXEC | begin, 0666);
  if (file < 0) return file_issue(part.path, "cannot be written", errno);
  std::size_t done = 0;
  int error = append_to(file, part.waiting, done);
  if (error != 0 && done > 0) {  // a full disk cut a line: take its beginning back, keep it for the next attempt
    const std::size_t whole = part.waiting.rfind('\n', done - 1) + 1;  // npos + 1 is 0: not even one line
    if (ftruncate(file, static_cast<off_t>(part.written + whole)) == 0) done = whole;
  }
  if (close(file) != 0 && error == 0) error = errno;
  part.written += done;
  part.waiting.erase(0, done);
  if (error != 0) return file_issue(part.path, "cannot be written", error);
  return std::nullopt;
}

std::optional<Issue> PartFiles::join() {
  if (auto issue = flush()) return issue;
  for (const Table table : all_tables)
    if (auto issue = join(table)) return issue;
  std::error_code error;
  std::filesystem::remove_all(partial_of(directory_), error);
  if (error) return file_issue(partial_of(directory_), "cannot be removed", error.value());
  parts_.clear();
  return std::nullopt;
}

namespace {

/// Appends what follows the header of the part at `path`.
std::optional<Issue> copy_rows(const std::string& path, std::size_t header, NewFile& to, std::string& buffer) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return file_issue(path, "cannot be read", errno);
  std::optional<Issue> issue;
  auto from = static_cast<off_t>(header);
  while (!issue) {
    const ssize_t n = pread(file, buffer.data(), buffer.size(), from);
    if (n == 0) break;
    if (n > 0) {
      issue = to.write({buffer.data(), static_cast<std::size_t>(n)});
      from += n;
    } else if (errno != EINTR) {
      issue = file_issue(path, "cannot be read", errno);
    }
  }
  close(file);
  return issue;
}

}  // namespace

std::optional<Issue> PartFiles::join(Table table) const {
  const std::string path = directory_ + "/" + std::string(table_name(table)) + ".csv";
  const auto first = parts_.lower_bound({table, 0, 0});
  auto last = first;
  const Part* filled = nullptr;  // the last one with rows
  int with_rows = 0;
  for (; last != parts_.end() && std::get<Table>(last->first) == table; ++last) {
    if (last->second.written <= table_header(table).size()) continue;
    filled = &last->second;
    ++with_rows;
  }
  if (with_rows == 0 && table != Table::series && table != Table::cost) {
    if (unlink(path.c_str()) != 0 && errno != ENOENT) return file_issue(path, "cannot be removed", errno);
    return std::nullopt;
  }
  NewFile joined(path);
  if (with_rows == 1 && joined.begin_as(filled->path)) return joined.commit();  // it is the table, header and all
  if (auto issue = joined.open()) return issue;
  if (auto issue = joined.write(table_header(table))) return issue;
  std::string buffer(a_lot, '\0');
  for (auto part = first; part != last; ++part)
    if (auto issue = copy_rows(part->second.path, table_header(table).size(), joined, buffer)) return issue;
  return joined.commit();
}

}  // namespace kappa
