/// A user's own data: a table of numbers with a target column, from CSV or NumPy files.
#pragma once

#include <armadillo>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/issue.hpp"

namespace kappa {

struct DataTable {
  arma::mat x;                     ///< one row per sample, the target left out
  arma::vec y;                     ///< the target
  std::vector<std::string> names;  ///< of the columns of x

  std::string path, target;
  std::size_t target_column = 0;     ///< from 1; 0 for a file of its own
  std::vector<std::uint64_t> lines;  ///< where each row begins; empty for NumPy files

  std::string place(arma::uword row) const;  ///< of the target's cell in that row: "mine.csv:3:2"
};

/// Reads `.csv` (a header row, then numbers) or `.npy`. The target is a column's name; for `.npy` its number from 0, or
/// a second `.npy` file beside the first. Throws DataError for whatever is wrong with the file.
DataTable read_table(const std::string& path, const std::string& target);

/// A bare matrix of numbers as CSV without a header, one row per line.
arma::mat read_matrix(const std::string& path);

/// Bytes that reading may need at worst; 0 when there is no such file.
double table_footprint(const std::string& path);

}  // namespace kappa
