/// One row for every number, in the order it was measured.
#include "core/run/recorder.hpp"

#include <utility>

namespace kappa {

Recorder::Recorder(Trace& trace, std::string directory) : trace_(trace) {
  if (directory.empty()) return;
  files_.emplace(std::move(directory));
  note(files_->start());
}

void Recorder::note(std::optional<Issue> issue) {
  if (issue && !trouble_) trouble_ = std::move(issue);
}

Recorder::Channel& Recorder::channel(std::uint32_t id) {
  if (id >= channels_.size()) channels_.resize(id + 1);
  if (!channels_[id]) {
    ChannelKey key = trace_.key(id);
    std::string label = trace_.runs()[key.run].label;
    RowWriter row({label, key.repeat}, key.name);
    channels_[id] = std::make_unique<Channel>(Channel{std::move(key), std::move(label), std::move(row)});
  }
  return *channels_[id];
}

/// Of a channel that writes to one table alone.
std::string& Recorder::rows_of(Table table, Channel& c) {
  if (c.part == nullptr) c.part = &files_->part(table, c.key.run, c.key.repeat);
  return files_->rows(*c.part);
}

std::size_t Recorder::drain(JobSink& sink) {
  constexpr std::size_t most = std::size_t{1} << 16;
  std::size_t taken = sink.ring().drain([this](const Record& record) { take(record); }, most);
  taken += sink.costs().drain([this](const CostRow& row) { take(row); }, most);
  const auto bulk = sink.take_bulk();
  for (const Bulk& piece : bulk) std::visit([this](const auto& one) { take(one); }, piece);
  return taken + bulk.size();
}

void Recorder::flush_if_due() {
  if (files_) note(files_->flush_if_due());
}

void Recorder::join() {
  if (files_) note(files_->join());
}

void Recorder::take(const Record& record) {
  trace_.append(record);
  if (!files_) return;
  Channel& c = channel(record.channel);
  if (record.index == 0)
    c.row.series(rows_of(Table::series, c), record.step, record.value);
  else
    c.row.spectrum(rows_of(Table::spectra, c), record.step, record.index, record.value);
}

void Recorder::take(const CurvePoints& points) {
  trace_.append_curve(points.channel, points.x, points.y);
  if (!files_) return;
  const Channel& c = channel(points.channel);
  for (std::size_t i = 0; i < points.x.size(); ++i)
    append_curve_row(rows(Table::curves, c), {c.label, c.key.repeat}, c.key.name, points.x[i], points.y[i]);
}

void Recorder::take(const FieldCells& cells) {
  trace_.append_field(cells.channel, cells.cells);
  if (!files_) return;
  const Channel& c = channel(cells.channel);
  for (const FieldCell& cell : cells.cells)
    append_field_row(rows(Table::fields, c), {c.label, c.key.repeat}, c.key.name, cell);
}

void Recorder::take(const TheoryPoints& points) {
  trace_.append_curve(points.channel, points.x, points.y);
  if (!files_) return;
  const Channel& c = channel(points.channel);
  for (std::size_t i = 0; i < points.x.size(); ++i)
    append_theory_row(rows(Table::theory, c), {c.label, c.key.repeat}, c.key.name, c.key.curve, c.key.theory,
                      points.x[i], points.y[i]);
}

void Recorder::take(const CostRow& row) {
  trace_.append_cost(row.channel, row.step, row.counts, {row.epochs, row.seconds});
  if (!files_) return;
  Channel& c = channel(row.channel);
  c.row.cost(rows_of(Table::cost, c), {row.step, row.counts[0], row.counts[1], row.counts[2], row.counts[3], {}});
}

void Recorder::take(const FinalPoint& point) {
  if (!files_) return;
  std::string& out = files_->rows(Table::parameters, point.run_index, point.repeat);
  for (std::size_t i = 0; i < point.x.count(); ++i) {
    const arma::mat block = point.x.block(i);
    for (arma::uword row = 0; row < block.n_rows; ++row)
      for (arma::uword col = 0; col < block.n_cols; ++col)
        append_parameter_row(out, {point.run, point.repeat}, point.x.shape(i).name, row, col, block(row, col));
  }
}

}  // namespace kappa
