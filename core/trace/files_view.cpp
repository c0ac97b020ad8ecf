/// A results directory as claims and studies see it: the same view as of a trace, read back from its tables.
#include "core/trace/files_view.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <tuple>
#include <utility>

#include "core/trace/csv.hpp"
#include "core/trace/disk.hpp"

namespace kappa {

namespace {

using Name = std::tuple<std::string, std::uint32_t, std::string>;  // run, repeat, series or curve
using Cells = std::vector<std::string>;

class FilesView final : public TraceView {
 public:
  std::vector<std::string> runs() const override { return runs_; }
  std::uint32_t repeats() const override { return repeats_; }

  std::optional<Series> series(std::string_view run, std::uint32_t repeat, std::string_view name) const override {
    return find(series_, run, repeat, name);
  }
  std::optional<XY> curve(std::string_view run, std::uint32_t repeat, std::string_view name) const override {
    return find(curves_, run, repeat, name);
  }
  std::optional<std::vector<double>> spectrum(std::string_view run, std::uint32_t repeat, std::string_view name,
                                              std::uint64_t step) const override {
    const auto found = spectra_.find({std::string(run), repeat, std::string(name)});
    if (found == spectra_.end()) return std::nullopt;
    const auto after =
        std::upper_bound(found->second.begin(), found->second.end(), step,
                         [](std::uint64_t wanted, const Vector& vector) { return wanted < vector.step; });
    if (after == found->second.begin()) return std::nullopt;
    return std::prev(after)->values;
  }
  std::vector<TheoryCurve> theory(std::string_view run, std::uint32_t repeat, std::string_view series) const override {
    return find(theory_, run, repeat, series).value_or(std::vector<TheoryCurve>{});
  }

  bool add(Table table, const Cells& cells);

 private:
  struct Vector {
    std::uint64_t step = 0;
    std::vector<double> values;
    std::uint64_t last_index = 0;
  };
  template <class T>
  static std::optional<T> find(const std::map<Name, T>& map, std::string_view run, std::uint32_t repeat,
                               std::string_view name) {
    const auto found = map.find({std::string(run), repeat, std::string(name)});
    if (found == map.end()) return std::nullopt;
    return found->second;
  }
  bool add_theory(const Name& name, const Cells& cells);
  void add_spectrum(const Name& name, std::uint64_t step, std::uint64_t index, double value);

  std::vector<std::string> runs_;
  std::set<std::string, std::less<>> known_;
  std::uint32_t repeats_ = 0;
  std::map<Name, Series> series_;
  std::map<Name, XY> curves_;
  std::map<Name, std::vector<Vector>> spectra_;
  std::map<Name, std::vector<TheoryCurve>> theory_;
};

template <class Number>
bool read(const std::string& cell, Number& out) {
  const char* end = cell.data() + cell.size();
  const auto [stop, error] = std::from_chars(cell.data(), end, out);
  return error == std::errc() && stop == end;
}

void FilesView::add_spectrum(const Name& name, std::uint64_t step, std::uint64_t index, double value) {
  auto& vectors = spectra_[name];
  if (vectors.empty() || vectors.back().step != step || index <= vectors.back().last_index)
    vectors.push_back({step, {}, 0});
  vectors.back().values.push_back(value);
  vectors.back().last_index = index;
}

bool FilesView::add_theory(const Name& name, const Cells& cells) {
  double x = 0, value = 0;
  std::optional<TheoryKind> kind;
  for (const TheoryKind one : {TheoryKind::exact, TheoryKind::bound, TheoryKind::guide})
    if (cells[4] == theory_kind_name(one)) kind = one;
  if (!kind || !read(cells[5], x) || !read(cells[6], value)) return false;
  auto& curves = theory_[name];
  auto same = std::find_if(curves.begin(), curves.end(),
                           [&](const TheoryCurve& curve) { return curve.curve == cells[3] && curve.kind == *kind; });
  if (same == curves.end()) same = curves.insert(same, {cells[3], *kind, {}});
  same->xy.x.push_back(x);
  same->xy.y.push_back(value);
  return true;
}

bool FilesView::add(Table table, const Cells& cells) {
  std::uint32_t repeat = 0;
  if (!read(cells[1], repeat)) return false;
  const bool stepped = table == Table::series || table == Table::spectra;
  const Name name{cells[0], repeat, cells[stepped ? 3 : 2]};
  std::uint64_t step = 0, index = 0;
  double x = 0, value = 0;
  if (table == Table::theory) {
    if (!add_theory(name, cells)) return false;
  } else if (!read(cells.back(), value)) {
    return false;
  } else if (table == Table::series) {
    if (!read(cells[2], step)) return false;
    Series& series = series_[name];
    series.step.push_back(step);
    series.value.push_back(value);
  } else if (table == Table::curves) {
    if (!read(cells[3], x)) return false;
    XY& xy = curves_[name];
    xy.x.push_back(x);
    xy.y.push_back(value);
  } else {
    if (!read(cells[2], step) || !read(cells[4], index)) return false;
    add_spectrum(name, step, index, value);
  }
  if (known_.insert(cells[0]).second) runs_.push_back(cells[0]);
  repeats_ = std::max(repeats_, repeat + 1);
  return true;
}

std::optional<Issue> read_table(const std::string& directory, Table table, FilesView& view) {
  const std::string path = directory + "/" + std::string(table_name(table)) + ".csv";
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    if (errno == ENOENT && table != Table::series) return std::nullopt;
    return file_issue(path, "cannot be read", errno);
  }
  std::ostringstream bytes;
  if (file.peek() != std::ifstream::traits_type::eof()) bytes << file.rdbuf();
  if (file.bad() || bytes.bad()) return file_issue(path, "cannot be read", EIO);
  const std::string text = std::move(bytes).str();
  const std::string_view header = table_header(table);
  CsvReader reader(text);
  Cells cells;
  if (!reader.next(cells) || text.compare(0, header.size(), header) != 0)
    return Issue{
        path + ":1", "the header is not " + std::string(header.substr(0, header.size() - 1)), {}, Trouble::file};
  const std::size_t width = cells.size();
  while (reader.next(cells))
    if (cells.size() != width || !view.add(table, cells))
      return Issue{path + ":" + std::to_string(reader.line()), "not a row of this table", {}, Trouble::file};
  return std::nullopt;
}

}  // namespace

Checked<std::unique_ptr<TraceView>> read_view(const std::string& directory) {
  auto view = std::make_unique<FilesView>();
  Issues issues;
  for (const Table table : {Table::series, Table::curves, Table::spectra, Table::theory})
    if (auto issue = read_table(directory, table, *view)) issues.push_back(std::move(*issue));
  if (!issues.empty()) return issues;
  return std::unique_ptr<TraceView>(std::move(view));
}

}  // namespace kappa
