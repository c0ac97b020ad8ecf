/// File: every block starts at the matrix in its own file of a directory.
#include <filesystem>

#include "core/kinds/init.hpp"
#include "core/random/table.hpp"

namespace kappa::inits {
namespace KAPPA_FILE {

struct File {
  std::string path;

  Blocks start(const ProblemModel& problem, Rng rng) const {
    if (path.empty()) throw DataError{{"init", "a directory is needed: its files init_<block>.csv hold the start", ""}};
    Blocks x = zeros_like(problem.start(rng));
    for (std::size_t i = 0; i < x.count(); ++i) x.block(i) = read(x.shape(i));
    return x;
  }

 private:
  arma::mat read(const BlockShape& shape) const {
    const std::string file = (std::filesystem::path(path) / ("init_" + shape.name + ".csv")).string();
    arma::mat value = read_matrix(file);
    if (value.n_rows == shape.rows && value.n_cols == shape.cols) return value;
    const bool turned = value.n_rows == shape.cols && value.n_cols == shape.rows;
    throw DataError{{file,
                     "holds " + size(value.n_rows, value.n_cols) + " numbers, but block " + shape.name + " is " +
                         size(shape.rows, shape.cols),
                     turned ? "it may be transposed" : ""}};
  }
  static std::string size(arma::uword rows, arma::uword cols) {
    return std::to_string(rows) + " x " + std::to_string(cols);
  }
};

}  // namespace KAPPA_FILE

Method file() {
  using KAPPA_FILE::File;
  return init<File>(
      {.title = "From files",
       .idea = "Read every block from init_<block>.csv, one matrix row per line, as the data command writes them.",
       .equation = "x₀ = what the files hold",
       .cite = {{"Shafranovich", 2005, "Common Format and MIME Type for Comma-Separated Values Files", "RFC 4180"}}},
      {{&File::path, "path", "", FilePath{}, "directory of the files init_<block>.csv"}});
}

}  // namespace kappa::inits
