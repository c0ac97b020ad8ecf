/// The tables of a results directory as text: their names, header lines and rows; and rows read back.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/figure/spec.hpp"
#include "core/stream/record.hpp"
#include "core/trace/trace.hpp"

namespace kappa {

enum class Table : std::uint8_t { series, curves, cost, spectra, fields, theory, parameters };
inline constexpr std::array all_tables{Table::series, Table::curves, Table::cost,      Table::spectra,
                                       Table::fields, Table::theory, Table::parameters};

std::string_view table_name(Table table);    ///< "series"; the file is series.csv
std::string_view table_header(Table table);  ///< with its newline

std::string_view theory_kind_name(TheoryKind kind);  ///< "exact", "bound", "guide"

/// One text cell, in quotes where RFC 4180 asks for them.
void append_cell(std::string& out, std::string_view text);

/// Which run and repeat a row belongs to; the run by its label.
struct RowOf {
  std::string_view run;
  std::uint32_t repeat = 0;
};

// One whole line each, at the end of `out`.
void append_series_row(std::string& out, RowOf of, std::uint64_t step, std::string_view series, double value);
void append_curve_row(std::string& out, RowOf of, std::string_view curve, double x, double value);
void append_cost_row(std::string& out, RowOf of, const Trace::Cost& cost);
void append_spectrum_row(std::string& out, RowOf of, std::uint64_t step, std::string_view series, std::uint32_t index,
                         double value);
void append_field_row(std::string& out, RowOf of, std::string_view field, const FieldCell& cell);
void append_theory_row(std::string& out, RowOf of, std::string_view series, std::string_view curve, TheoryKind kind,
                       double x, double value);
void append_parameter_row(std::string& out, RowOf of, std::string_view block, std::uint64_t row, std::uint64_t col,
                          double value);

/// The rows of one series, one spectrum or one run's costs: what a row shares with the one before stays where it is.
class RowWriter {
 public:
  RowWriter(RowOf of, std::string_view series);
  void series(std::string& out, std::uint64_t step, double value);  ///< as `append_series_row`
  void spectrum(std::string& out, std::uint64_t step, std::uint32_t index, double value);
  void cost(std::string& out, const Trace::Cost& cost);

 private:
  char* begin(std::uint64_t step);
  void end(char* last, std::string& out) const;

  std::string before_, between_;  ///< the step, with their commas
  std::string row_;               ///< the last row, and room for the longest
  std::size_t between_at_ = 0;    ///< where `between_` stands in `row_`; 0: nowhere
};

/// Reads records of RFC 4180 one after another; quoted cells may hold commas, quotes and newlines.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : rest_(text) {}

  /// False at the end. A last record without its newline is what a kill leaves: it is skipped and `cut_off` says so.
  bool next(std::vector<std::string>& cells);
  std::uint64_t line() const { return line_; }  ///< of the record read last, from 1
  bool cut_off() const { return cut_off_; }

 private:
  std::string_view rest_;
  std::uint64_t line_ = 0, next_line_ = 1;
  bool cut_off_ = false;
};

}  // namespace kappa
