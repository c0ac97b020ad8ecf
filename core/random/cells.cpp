/// A CSV scanner, byte by byte from the file's buffer.
#include "core/random/cells.hpp"

#include <filesystem>
#include <utility>

#include "core/base/text.hpp"

namespace kappa {
namespace {

namespace fs = std::filesystem;
constexpr int kEnd = std::ifstream::traits_type::eof();
constexpr std::size_t kLongest = 65536;  // a cell; beyond it the file is no table of numbers

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

std::ifstream open_data(const std::string& path) {
  const auto fail = [&](std::string why) { return DataError{{path, std::move(why), "", Trouble::file}}; };
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) throw fail("there is no such file");
  if (status.type() == fs::file_type::directory) throw fail("is a directory, not a file");
  if (status.type() != fs::file_type::regular && status.type() != fs::file_type::none)
    throw fail("is not a plain file");
  std::ifstream in(path, std::ios::binary);
  if (!in) throw fail("cannot be read");
  return in;
}

CellReader::CellReader(std::string path) : path_(std::move(path)), in_(open_data(path_)) { skip_mark(); }

DataError CellReader::trouble(std::uint64_t line, std::size_t column, std::string message, std::string hint) const {
  std::string place = path_ + ":" + std::to_string(line);
  if (column > 0) place += ":" + std::to_string(column);
  return {{std::move(place), std::move(message), std::move(hint)}};
}

void CellReader::skip_mark() {
  const int first = peek();
  if (first == 0xff || first == 0xfe) throw trouble(1, 0, "the text is UTF-16", "save it as UTF-8");
  if (first != 0xef) return;
  char mark[3] = {};
  in_.read(mark, 3);
  if (std::string_view(mark, 3) == "\xef\xbb\xbf") return;
  in_.clear();
  in_.seekg(0);
}

int CellReader::get() { return in_.rdbuf()->sbumpc(); }
int CellReader::peek() { return in_.rdbuf()->sgetc(); }

/// Of a carriage return and a line feed both are taken.
bool CellReader::end_of_line(int c) {
  if (c == kEnd) return true;
  if (c != '\n' && c != '\r') return false;
  if (c == '\r' && peek() == '\n') get();
  ++next_line_;
  return true;
}

/// Reads on after the opening quote; returns what follows the closing one.
int CellReader::quoted(std::string& cell) {
  for (;;) {
    const int c = get();
    if (c == kEnd) throw trouble(line_, column_, "a quoted cell is never closed");
    if (c == '"') {
      if (peek() != '"') break;
      get();
    }
    if (c == '\n' || (c == '\r' && peek() != '\n')) ++next_line_;
    if (cell.size() >= kLongest)
      throw trouble(line_, column_, "a quoted cell is longer than 65536 bytes", "is its quote closed?");
    cell.push_back(static_cast<char>(c));
  }
  int after = get();
  while (after == ' ' || after == '\t') after = get();
  if (after != ',' && after != '\n' && after != '\r' && after != kEnd)
    throw trouble(line_, column_, "text follows the closing quote of " + in_quotes(cell),
                  "a quote inside quotes is written twice");
  return after;
}

int CellReader::unquoted(std::string& cell, int c) {
  while (c != ',' && c != '\n' && c != '\r' && c != kEnd) {
    if (c == 0) throw trouble(line_, column_, "holds a zero byte", "is this a text file?");
    if (cell.size() >= kLongest)
      throw trouble(line_, column_, "a cell is longer than 65536 bytes", "is this a table of numbers?");
    cell.push_back(static_cast<char>(c));
    c = get();
  }
  cell = trimmed(cell);
  return c;
}

void CellReader::check(const std::string& cell, std::size_t column) const {
  for (std::size_t at = 0; at < cell.size();) {
    const std::size_t n = character_length(cell, at);
    if (n == 0) throw trouble(line_, column, "is not UTF-8", "save the file as UTF-8");
    at += n;
  }
}

bool CellReader::next(std::vector<std::string>& cells) {
  cells.clear();
  line_ = next_line_;
  blank_ = false;
  int c = get();
  if (c == kEnd) return false;
  if (end_of_line(c)) {
    blank_ = true;
    cells.emplace_back();
    return true;
  }
  for (;;) {
    column_ = cells.size() + 1;
    std::string& cell = cells.emplace_back();
    while (c == ' ' || c == '\t') c = get();
    c = c == '"' ? quoted(cell) : unquoted(cell, c);
    check(cell, column_);
    if (end_of_line(c)) break;
    c = get();
  }
  blank_ = cells.size() == 1 && cells.front().empty();
  return true;
}

}  // namespace kappa
