/// Tables out of cells: each cell is a finite number, or the error says where it stands.
#include "core/random/table.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <numeric>
#include <optional>
#include <string_view>

#include "core/base/text.hpp"
#include "core/random/cells.hpp"
#include "core/random/npy.hpp"
#include "core/trace/number.hpp"

namespace kappa {
namespace {

namespace fs = std::filesystem;

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

std::size_t edits(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t corner = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t swapped = corner + (a[i - 1] == b[j - 1] ? 0 : 1);
      corner = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, swapped});
    }
  }
  return row.back();
}

/// "did you mean "y"?" when a name is near; else nothing.
std::string near(const std::string& wanted, const std::vector<std::string>& names) {
  std::size_t least = std::max<std::size_t>(1, wanted.size() / 3) + 1;
  std::string best;
  for (const std::string& name : names) {
    const std::size_t distance = edits(lower(wanted), lower(name));
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  return best.empty() ? "" : "did you mean \"" + best + "\"?";
}

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size() && i < 12; ++i) out += (i > 0 ? ", \"" : "\"") + names[i] + "\"";
  if (names.size() > 12) out += ", ... (" + std::to_string(names.size()) + " in all)";
  return out;
}

struct Parsed {
  double value = 0;
  const char* wrong = nullptr;  ///< what is wrong with the cell; null when it is a finite number
};

Parsed parse(std::string_view cell) {
  if (cell.empty()) return {0, "is empty; every cell must hold a number"};
  if (cell.size() > 1 && cell.front() == '+' && cell[1] != '-' && cell[1] != '+') cell.remove_prefix(1);
  Parsed out;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), out.value);
  if (end != cell.data() + cell.size() || error == std::errc::invalid_argument)
    out.wrong = "is not a number";
  else if (error == std::errc::result_out_of_range)
    out.wrong = "is too large or too small for a double";
  else if (!std::isfinite(out.value))
    out.wrong = "is not a finite number";
  return out;
}

bool numeric(const std::string& cell) {
  double value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  return !cell.empty() && error == std::errc() && end == cell.data() + cell.size() && std::isfinite(value);
}

/// One cell's number, or the trouble with it; `name` is the column's, empty where columns have none.
double read_cell(const CellReader& reader, const std::string& cell, std::size_t column, const std::string& name) {
  const Parsed parsed = parse(cell);
  if (parsed.wrong == nullptr) return parsed.value;
  const std::string what = cell.empty() ? "the cell" : in_quotes(cell);
  const bool comma = cell.find(',') != std::string::npos;
  throw reader.trouble(reader.line(), column,
                       (name.empty() ? "" : "column \"" + name + "\": ") + what + " " + parsed.wrong,
                       comma ? "write a dot as decimal mark" : "");
}

/// The row after the blank lines, if any; a blank line may only stand at the end.
bool next_row(CellReader& reader, std::vector<std::string>& cells) {
  std::uint64_t empty = 0;
  while (reader.next(cells)) {
    if (!reader.blank()) {
      if (empty > 0) throw reader.trouble(empty, 0, "the line is empty", "empty lines may only end the file");
      return true;
    }
    if (empty == 0) empty = reader.line();
  }
  return false;
}

std::vector<std::string> read_names(CellReader& reader, const std::string& path) {
  std::vector<std::string> names;
  if (!next_row(reader, names)) throw DataError{{path, "is empty; a header row and rows of numbers are needed", ""}};
  if (names.size() == 1 && names[0].find_first_of(";\t") != std::string::npos)
    throw reader.trouble(reader.line(), 0, "the columns must be separated by commas",
                         names[0].find(';') != std::string::npos ? "they seem to be separated by semicolons"
                                                                 : "they seem to be separated by tabs");
  if (std::all_of(names.begin(), names.end(), numeric))
    throw reader.trouble(reader.line(), 0, "the first line holds numbers; it must name the columns",
                         "add a header row");
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].empty())
      throw reader.trouble(reader.line(), i + 1, "column " + std::to_string(i + 1) + " has no name",
                           "name it in the header, or remove it");
    if (std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), names[i]) !=
        names.begin() + static_cast<std::ptrdiff_t>(i))
      throw reader.trouble(reader.line(), i + 1, "two columns are named \"" + names[i] + "\"");
  }
  return names;
}

std::size_t find_target(const CellReader& reader, const std::vector<std::string>& names, const std::string& target) {
  const auto found = std::find(names.begin(), names.end(), target);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  const std::string which = target.empty() ? "no target column is named" : "there is no column \"" + target + "\"";
  throw reader.trouble(reader.line(), 0, which + "; the columns are " + listed(names),
                       target.empty() ? "give \"target\"" : near(target, names));
}

DataTable read_csv(const std::string& path, const std::string& target) {
  CellReader reader(path);
  DataTable out;
  out.names = read_names(reader, path);
  const std::size_t width = out.names.size(), chosen = find_target(reader, out.names, target);
  if (width < 2) throw reader.trouble(reader.line(), 0, "there is no column beside the target \"" + target + "\"");

  std::vector<std::string> cells;
  std::vector<double> numbers;
  while (next_row(reader, cells)) {
    if (cells.size() != width)
      throw reader.trouble(reader.line(), 0,
                           "the row has " + std::to_string(cells.size()) + " cells, but the header names " +
                               std::to_string(width) + " columns");
    for (std::size_t i = 0; i < width; ++i) numbers.push_back(read_cell(reader, cells[i], i + 1, out.names[i]));
    out.lines.push_back(reader.line());
  }
  const std::size_t rows = out.lines.size();
  if (rows == 0) throw DataError{{path, "has a header, but no rows of numbers", ""}};

  out.x.set_size(rows, width - 1);
  out.y.set_size(rows);
  for (std::size_t row = 0; row < rows; ++row)
    for (std::size_t i = 0, at = 0; i < width; ++i) {
      const double value = numbers[row * width + i];
      if (i == chosen)
        out.y(row) = value;
      else
        out.x(row, at++) = value;
    }
  out.names.erase(out.names.begin() + static_cast<std::ptrdiff_t>(chosen));
  out.target_column = chosen + 1;
  return out;
}

DataTable read_numpy(const std::string& path, const std::string& target) {
  NpyArray array = read_npy(path);
  DataTable out;
  if (array.values.is_empty()) throw DataError{{path, "holds no numbers", ""}};
  if (lower(target).ends_with(".npy")) {
    const fs::path beside = fs::path(target).is_absolute() ? fs::path(target) : fs::path(path).parent_path() / target;
    const arma::mat column = read_npy(beside.string()).values;
    if (column.n_cols != 1 || column.n_rows != array.values.n_rows)
      throw DataError{{beside.string(),
                       "holds " + std::to_string(column.n_rows) + " x " + std::to_string(column.n_cols) +
                           " numbers; the data ask for " + std::to_string(array.values.n_rows) + " in one column",
                       ""}};
    out.y = column.col(0);
    out.x = std::move(array.values);
  } else {
    const auto width = static_cast<std::int64_t>(array.values.n_cols);
    std::int64_t chosen = 0;
    const auto [end, error] = std::from_chars(target.data(), target.data() + target.size(), chosen);
    const bool number = error == std::errc() && end == target.data() + target.size();
    if (!number || chosen < -width || chosen >= width)
      throw DataError{{path, "the target \"" + target + "\" is none of its columns 0 to " + std::to_string(width - 1),
                       "a .npy file has no names: give a column's number from 0, or a second .npy file"}};
    if (width < 2) throw DataError{{path, "there is no column beside the target", ""}};
    if (chosen < 0) chosen += width;
    out.y = array.values.col(static_cast<arma::uword>(chosen));
    array.values.shed_col(static_cast<arma::uword>(chosen));
    out.x = std::move(array.values);
    out.target_column = static_cast<std::size_t>(chosen) + 1;
  }
  for (arma::uword i = 0; i < out.x.n_cols; ++i)
    out.names.push_back("column " + std::to_string(i + (out.target_column > 0 && i + 1 >= out.target_column ? 1 : 0)));
  return out;
}

}  // namespace

std::string DataTable::place(arma::uword row) const {
  if (!lines.empty()) return path + ":" + std::to_string(lines[row]) + ":" + std::to_string(target_column);
  return path + ":" + std::to_string(row + 1) + (target_column > 0 ? ":" + std::to_string(target_column) : "");
}

DataTable read_table(const std::string& path, const std::string& target) {
  const std::string name = lower(path);
  if (!name.ends_with(".csv") && !name.ends_with(".npy"))
    throw DataError{{path, "data come from a .csv or a .npy file", ""}};
  DataTable out = name.ends_with(".csv") ? read_csv(path, target) : read_numpy(path, target);
  out.path = path;
  out.target = target;
  return out;
}

arma::mat read_matrix(const std::string& path) {
  CellReader reader(path);
  std::vector<std::string> cells;
  std::vector<double> numbers;
  std::size_t width = 0, rows = 0;
  for (; next_row(reader, cells); ++rows) {
    if (rows == 0) width = cells.size();
    if (cells.size() != width)
      throw reader.trouble(
          reader.line(), 0,
          "the row has " + std::to_string(cells.size()) + " cells, but the first has " + std::to_string(width));
    for (std::size_t i = 0; i < width; ++i) numbers.push_back(read_cell(reader, cells[i], i + 1, ""));
  }
  if (rows == 0) throw DataError{{path, "is empty", ""}};
  return arma::mat(numbers.data(), width, rows).t();
}

double table_footprint(const std::string& path) {
  std::error_code error;
  const auto bytes = fs::file_size(path, error);
  if (error) return 0;
  // A cell of two bytes ("1,") becomes a double three times: in the growing list, its last doubling, and the matrix.
  return static_cast<double>(bytes) * (lower(path).ends_with(".csv") ? 12.0 : 16.0);
}

}  // namespace kappa
