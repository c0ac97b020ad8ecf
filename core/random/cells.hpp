/// Cells of a CSV file that a user wrote: RFC 4180 with every line ending, checked to be UTF-8, each with its place.
#pragma once

#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/issue.hpp"

namespace kappa {

/// Opens a user's file to read bytes; throws DataError (`Trouble::file`) when there is no such readable file.
std::ifstream open_data(const std::string& path);

/// Reads one row after another without holding the file in memory. Everything that is wrong is thrown as DataError.
class CellReader {
 public:
  explicit CellReader(std::string path);

  /// False at the end of the file. Unquoted cells are trimmed; an empty line is one empty cell.
  bool next(std::vector<std::string>& cells);

  std::uint64_t line() const { return line_; }  ///< where the row read last begins, from 1
  bool blank() const { return blank_; }         ///< that row was an empty line

  /// "mine.csv:3:2: message"; without a column for 0.
  DataError trouble(std::uint64_t line, std::size_t column, std::string message, std::string hint = "") const;

 private:
  int get();
  int peek();
  bool end_of_line(int c);
  int quoted(std::string& cell);
  int unquoted(std::string& cell, int c);
  void check(const std::string& cell, std::size_t column) const;
  void skip_mark();

  std::string path_;
  std::ifstream in_;
  std::uint64_t line_ = 0, next_line_ = 1;
  std::size_t column_ = 1;
  bool blank_ = false;
};

}  // namespace kappa
