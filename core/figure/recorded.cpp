/// Walks the columns of a figure's runs and names, repeat by repeat, and hands the rows on in pieces.
#include "core/figure/recorded.hpp"

#include <set>
#include <string>

#include "core/figure/parts.hpp"
#include "core/trace/csv.hpp"

namespace kappa {
namespace {

constexpr std::size_t piece = std::size_t{1} << 16;

/// Collects rows and passes them on when there are many.
class RowSink {
 public:
  explicit RowSink(const TakeText& take) : take_(take) {}
  std::string& row() {
    if (out_.size() > piece) flush();
    return out_;
  }
  void flush() {
    wanted_ = wanted_ && take_(out_);
    out_.clear();
  }
  bool wanted() const { return wanted_; }

 private:
  const TakeText& take_;
  std::string out_;
  bool wanted_ = true;
};

void put_series(RowSink& sink, RowOf of, const Trace& trace, std::uint32_t run, const std::string& name) {
  const Column* column = trace.series(run, of.repeat, name);
  const std::uint64_t size = column ? column->size() : 0;
  for (std::uint64_t i = 0; i < size && sink.wanted(); ++i)
    append_series_row(sink.row(), of, column->step(i), name, column->value(i));
}

void put_spectrum(RowSink& sink, RowOf of, const Trace& trace, std::uint32_t run, const std::string& name) {
  const SpectrumColumn* column = trace.spectrum(run, of.repeat, name);
  const std::uint64_t size = column ? column->size() : 0;
  for (std::uint64_t i = 0; i < size && sink.wanted(); ++i) {
    std::uint32_t index = 0;
    for (double value : column->values(i)) append_spectrum_row(sink.row(), of, column->step(i), name, ++index, value);
  }
}

void put_curve(RowSink& sink, RowOf of, const Trace& trace, std::uint32_t run, const std::string& name) {
  const XY xy = trace.curve(run, of.repeat, name);
  for (std::size_t i = 0; i < xy.x.size() && sink.wanted(); ++i)
    append_curve_row(sink.row(), of, name, xy.x[i], xy.y[i]);
}

void put_field(RowSink& sink, RowOf of, const Trace& trace, std::uint32_t run, const std::string& name) {
  for (const FieldCell& cell : trace.field(run, of.repeat, name))
    if (sink.wanted()) append_field_row(sink.row(), of, name, cell);
}

Table table_of(FigureForm form) {
  switch (form) {
    case FigureForm::series:
      return Table::series;
    case FigureForm::curve:
      return Table::curves;
    case FigureForm::spectrum:
    case FigureForm::spectrum_over_time:
      return Table::spectra;
    case FigureForm::heat:
    case FigureForm::plane:
      return Table::fields;
  }
  return Table::series;
}

/// A plane shows whatever fields its runs have, whatever it declares.
std::vector<parts::Item> items_of(const FigureSpec& spec, const Trace& trace) {
  if (spec.form == FigureForm::series) return parts::shown_items(spec, trace, {}, ChannelKind::series);
  if (spec.form == FigureForm::curve) return parts::shown_items(spec, trace, {}, ChannelKind::curve);
  if (spec.form == FigureForm::heat) return parts::shown_items(spec, trace, {}, ChannelKind::field);
  if (spec.form != FigureForm::plane) return parts::shown_items(spec, trace, {}, ChannelKind::spectrum);
  std::vector<parts::Item> items;
  for (const parts::ShownRun& run : parts::shown_runs(spec, trace, {})) {
    std::set<std::string> names;
    for (const ChannelKey& key : trace.channels())
      if (key.kind == ChannelKind::field && key.run == run.run) names.insert(key.name);
    for (const std::string& name : names) items.push_back({run, name, name, 0, 0});
  }
  return items;
}

}  // namespace

void write_recorded_csv(const FigureSpec& spec, const Trace& trace, const TakeText& take) {
  const Table table = table_of(spec.form);
  RowSink sink(take);
  sink.row() += table_header(table);
  for (const parts::Item& item : items_of(spec, trace))
    for (std::uint32_t repeat = 0; repeat < item.run.repeats; ++repeat) {
      const RowOf of{item.run.label, repeat};
      if (table == Table::series) put_series(sink, of, trace, item.run.run, item.name);
      if (table == Table::spectra) put_spectrum(sink, of, trace, item.run.run, item.name);
      if (table == Table::curves) put_curve(sink, of, trace, item.run.run, item.name);
      if (table == Table::fields) put_field(sink, of, trace, item.run.run, item.name);
    }
  sink.flush();
}

}  // namespace kappa
