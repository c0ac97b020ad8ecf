/// The tables of a results directory as text: their names, header lines and rows; and rows read back.
#include "core/trace/csv.hpp"

#include <algorithm>
#include <utility>

#include "core/trace/number.hpp"

namespace kappa {

std::string_view table_name(Table table) {
  switch (table) {
    case Table::series:
      return "series";
    case Table::curves:
      return "curves";
    case Table::cost:
      return "cost";
    case Table::spectra:
      return "spectra";
    case Table::fields:
      return "fields";
    case Table::theory:
      return "theory";
    case Table::parameters:
      return "parameters";
  }
  return {};
}

std::string_view table_header(Table table) {
  switch (table) {
    case Table::series:
      return "run,repeat,step,series,value\n";
    case Table::curves:
      return "run,repeat,curve,x,value\n";
    case Table::cost:
      return "run,repeat,step,gradients,losses,hessian_products,samples\n";
    case Table::spectra:
      return "run,repeat,step,series,index,value\n";
    case Table::fields:
      return "run,repeat,step,field,row,col,x,y,value\n";
    case Table::theory:
      return "run,repeat,series,curve,kind,x,value\n";
    case Table::parameters:
      return "run,repeat,block,row,col,value\n";
  }
  return {};
}

std::string_view theory_kind_name(TheoryKind kind) {
  switch (kind) {
    case TheoryKind::exact:
      return "exact";
    case TheoryKind::bound:
      return "bound";
    case TheoryKind::guide:
      return "guide";
  }
  return {};
}

void append_cell(std::string& out, std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

namespace {

void append_one(std::string& out, std::string_view text) { append_cell(out, text); }
template <class Number>
requires std::integral<Number> || std::floating_point<Number>
void append_one(std::string& out, Number number) { append_number(out, number); }

template <class... Cells>
void append_row(std::string& out, RowOf of, const Cells&... cells) {
  append_cell(out, of.run);
  out += ',';
  append_number(out, of.repeat);
  ((out += ',', append_one(out, cells)), ...);
  out += '\n';
}

}  // namespace

void append_series_row(std::string& out, RowOf of, std::uint64_t step, std::string_view series, double value) {
  append_row(out, of, step, series, value);
}

void append_curve_row(std::string& out, RowOf of, std::string_view curve, double x, double value) {
  append_row(out, of, curve, x, value);
}

void append_cost_row(std::string& out, RowOf of, const Trace::Cost& cost) {
  append_row(out, of, cost.step, cost.gradients, cost.losses, cost.hessian_products, cost.samples);
}

void append_spectrum_row(std::string& out, RowOf of, std::uint64_t step, std::string_view series, std::uint32_t index,
                         double value) {
  append_row(out, of, step, series, index, value);
}

void append_field_row(std::string& out, RowOf of, std::string_view field, const FieldCell& cell) {
  append_row(out, of, cell.step, field, cell.row, cell.col, cell.x, cell.y, cell.value);
}

void append_theory_row(std::string& out, RowOf of, std::string_view series, std::string_view curve, TheoryKind kind,
                       double x, double value) {
  append_row(out, of, series, curve, theory_kind_name(kind), x, value);
}

void append_parameter_row(std::string& out, RowOf of, std::string_view block, std::uint64_t row, std::uint64_t col,
                          double value) {
  append_row(out, of, block, row, col, value);
}

RowWriter::RowWriter(RowOf of, std::string_view series) {
  append_cell(before_, of.run);
  before_ += ',';
  append_number(before_, of.repeat);
  before_ += ',';
  between_ += ',';
  append_cell(between_, series);
  between_ += ',';
  row_ = before_;
  row_.resize(before_.size() + between_.size() + 5 * (longest_number + 1));
}

/// Everything up to the series and its comma. A step as long as the one before leaves `between_` in its place.
char* RowWriter::begin(std::uint64_t step) {
  char* const to = number_to(row_.data() + before_.size(), step);
  const auto at = static_cast<std::size_t>(to - row_.data());
  if (std::exchange(between_at_, at) != at) std::copy(between_.begin(), between_.end(), to);
  return to + between_.size();
}

void RowWriter::end(char* last, std::string& out) const {
  *last++ = '\n';
  out.append(row_.data(), static_cast<std::size_t>(last - row_.data()));
}

void RowWriter::series(std::string& out, std::uint64_t step, double value) { end(number_to(begin(step), value), out); }

void RowWriter::spectrum(std::string& out, std::uint64_t step, std::uint32_t index, double value) {
  char* to = number_to(begin(step), index);
  *to++ = ',';
  end(number_to(to, value), out);
}

void RowWriter::cost(std::string& out, const Trace::Cost& cost) {
  between_at_ = 0;  // it is written over
  char* to = number_to(row_.data() + before_.size(), cost.step);
  for (const std::uint64_t count : {cost.gradients, cost.losses, cost.hessian_products, cost.samples}) {
    *to++ = ',';
    to = number_to(to, count);
  }
  end(to, out);
}

bool CsvReader::next(std::vector<std::string>& cells) {
  cells.clear();
  line_ = next_line_;
  std::string cell;
  bool quoted = false;
  for (std::size_t i = 0; i < rest_.size(); ++i) {
    const char c = rest_[i];
    next_line_ += c == '\n';
    if (quoted) {
      const bool doubled = c == '"' && i + 1 < rest_.size() && rest_[i + 1] == '"';
      if (c != '"' || doubled) cell += c;
      if (doubled) ++i;
      quoted = c != '"' || doubled;
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      cells.push_back(std::move(cell));
      cell.clear();
    } else if (c == '\n') {
      if (i > 0 && rest_[i - 1] == '\r') cell.pop_back();
      cells.push_back(std::move(cell));
      rest_.remove_prefix(i + 1);
      return true;
    } else {
      cell += c;
    }
  }
  cut_off_ = !rest_.empty();
  rest_ = {};
  cells.clear();
  return false;
}

}  // namespace kappa
