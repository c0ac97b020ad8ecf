/// Numbers of eight bytes, the lowest first: runs, then channel by channel its key and what was recorded in it.
#include "ui/documents/trace_file.hpp"

#include <QCryptographicHash>
#include <QFile>
#include <QtEndian>
#include <algorithm>
#include <bit>
#include <span>

namespace kappa::ui {
namespace {

constexpr qsizetype piece_of_trace = 1 << 20;  // bytes between two looks at the disk
constexpr std::uint64_t trace_magic = 0x3165636172746b6bULL, longest_text = std::uint64_t{1} << 20;

class TraceWriter {
 public:
  explicit TraceWriter(const QString& path) : file_(path.toStdString()) { issue_ = file_.open(); }

  void number(std::uint64_t value) {
    char bytes[8];
    qToLittleEndian(value, bytes);
    waiting_.append(bytes, sizeof bytes);
    if (waiting_.size() >= piece_of_trace) flush();
  }
  void real(double value) { number(std::bit_cast<std::uint64_t>(value)); }
  void text(const std::string& value) {
    number(value.size());
    waiting_.append(value.data(), static_cast<qsizetype>(value.size()));
  }
  std::optional<Issue> finish(QByteArray& hash) {
    flush();
    if (!issue_) issue_ = file_.commit();
    hash = hash_.result();
    return issue_;
  }

 private:
  void flush() {
    hash_.addData(waiting_);
    if (!issue_) issue_ = file_.write({waiting_.constData(), static_cast<std::size_t>(waiting_.size())});
    waiting_.clear();
  }
  NewFile file_;
  QCryptographicHash hash_{QCryptographicHash::Sha256};
  QByteArray waiting_;
  std::optional<Issue> issue_;
};

class TraceReader {
 public:
  explicit TraceReader(const QString& path) : file_(path) { good_ = file_.open(QIODevice::ReadOnly); }

  bool good() const { return good_; }
  std::uint64_t number() {
    char bytes[8] = {};
    take(bytes, sizeof bytes);
    return qFromLittleEndian<std::uint64_t>(bytes);
  }
  std::uint32_t small() { return static_cast<std::uint32_t>(number()); }
  double real() { return std::bit_cast<double>(number()); }
  std::string text() {
    const std::uint64_t size = number();
    good_ = good_ && size <= longest_text;
    std::string value(good_ ? size : 0, '\0');
    take(value.data(), static_cast<qsizetype>(value.size()));
    return value;
  }
  /// Whether this was all.
  bool finish(QByteArray& hash) {
    good_ = good_ && at_ == piece_.size() && file_.atEnd();
    hash = hash_.result();
    return good_;
  }

 private:
  void take(char* to, qsizetype size) {
    while (good_ && size > 0) {
      if (at_ == piece_.size()) {
        piece_ = file_.read(piece_of_trace);
        at_ = 0;
        hash_.addData(piece_);
        good_ = !piece_.isEmpty();
      }
      const qsizetype now = std::min(size, piece_.size() - at_);
      std::copy_n(piece_.constData() + at_, now, to);
      at_ += now, to += now, size -= now;
    }
  }
  QFile file_;
  QCryptographicHash hash_{QCryptographicHash::Sha256};
  QByteArray piece_;
  qsizetype at_ = 0;
  bool good_ = false;
};

void writeKey(TraceWriter& out, const ChannelKey& key) {
  out.number(static_cast<std::uint64_t>(key.kind));
  out.number(key.run);
  out.number(key.repeat);
  out.text(key.name);
  out.text(key.curve);
  out.number(static_cast<std::uint64_t>(key.theory));
}

ChannelKey readKey(TraceReader& in) {
  ChannelKey key;
  key.kind = static_cast<ChannelKind>(in.number());
  key.run = in.small();
  key.repeat = in.small();
  key.name = in.text();
  key.curve = in.text();
  key.theory = static_cast<TheoryKind>(in.number());
  return key;
}

void writeXy(TraceWriter& out, const XY& xy) {
  out.number(xy.x.size());
  for (std::size_t i = 0; i < xy.x.size(); ++i) out.real(xy.x[i]), out.real(xy.y[i]);
}

void writeSpectra(TraceWriter& out, const SpectrumColumn* column) {
  const std::uint64_t size = column ? column->size() : 0;
  out.number(size);
  for (std::uint64_t i = 0; i < size; ++i) {
    const std::vector<double> values = column->values(i);
    out.number(column->step(i));
    out.number(values.size());
    for (const double value : values) out.real(value);
  }
}

void writeCells(TraceWriter& out, const std::vector<FieldCell>& cells) {
  out.number(cells.size());
  for (const FieldCell& cell : cells) {
    for (const std::uint64_t n : {cell.step, std::uint64_t{cell.row}, std::uint64_t{cell.col}}) out.number(n);
    for (const double v : {cell.x, cell.y, cell.value}) out.real(v);
  }
}

void writeCosts(TraceWriter& out, const std::vector<Trace::Cost>& costs) {
  out.number(costs.size());
  for (const Trace::Cost& cost : costs) {
    for (const std::uint64_t n : {cost.step, cost.gradients, cost.losses, cost.hessian_products, cost.samples})
      out.number(n);
    for (const double v : {cost.effort.epochs, cost.effort.seconds}) out.real(v);
  }
}

void writeChannel(TraceWriter& out, const Trace& trace, const ChannelKey& key) {
  writeKey(out, key);
  switch (key.kind) {
    case ChannelKind::series: {
      const Column* column = trace.series(key.run, key.repeat, key.name);
      const std::uint64_t size = column ? column->size() : 0;
      out.number(size);
      for (std::uint64_t i = 0; i < size; ++i) out.number(column->step(i)), out.real(column->value(i));
      break;
    }
    case ChannelKind::spectrum:
      return writeSpectra(out, trace.spectrum(key.run, key.repeat, key.name));
    case ChannelKind::curve:
      return writeXy(out, trace.curve(key.run, key.repeat, key.name));
    case ChannelKind::field:
      return writeCells(out, trace.field(key.run, key.repeat, key.name));
    case ChannelKind::theory: {
      const auto all = trace.theory(key.run, key.name);
      const auto own = std::find_if(all.begin(), all.end(), [&](const Trace::Theory& one) { return one.key == key; });
      return writeXy(out, own == all.end() ? XY{} : own->xy);
    }
    case ChannelKind::cost:
      return writeCosts(out, trace.cost(key.run, key.repeat));
  }
}

void readCosts(TraceReader& in, Trace& trace, std::uint32_t channel, std::uint64_t size) {
  for (std::uint64_t i = 0; i < size && in.good(); ++i) {
    const std::uint64_t step = in.number();
    std::uint64_t counts[4];
    for (std::uint64_t& count : counts) count = in.number();
    Effort effort;
    effort.epochs = in.real();
    effort.seconds = in.real();
    if (in.good()) trace.append_cost(channel, step, counts, effort);
  }
}

void readCells(TraceReader& in, Trace& trace, std::uint32_t channel, std::uint64_t size) {
  for (std::uint64_t i = 0; i < size && in.good(); ++i) {
    FieldCell cell;
    cell.step = in.number();
    cell.row = in.small();
    cell.col = in.small();
    cell.x = in.real();
    cell.y = in.real();
    cell.value = in.real();
    if (in.good()) trace.append_field(channel, std::span(&cell, 1));
  }
}

void readSpectra(TraceReader& in, Trace& trace, std::uint32_t channel, std::uint64_t size) {
  for (std::uint64_t i = 0; i < size && in.good(); ++i) {
    const std::uint64_t step = in.number(), values = in.number();
    for (std::uint32_t k = 1; k <= values && in.good(); ++k)
      if (const double value = in.real(); in.good()) trace.append({channel, k, step, value});
  }
}

void readChannel(TraceReader& in, Trace& trace) {
  const ChannelKey key = readKey(in);
  const std::uint64_t size = in.number();
  if (!in.good() || key.kind > ChannelKind::cost) return;
  const std::uint32_t channel = trace.open_channel(key);
  if (key.kind == ChannelKind::cost) return readCosts(in, trace, channel, size);
  if (key.kind == ChannelKind::field) return readCells(in, trace, channel, size);
  if (key.kind == ChannelKind::spectrum) return readSpectra(in, trace, channel, size);
  for (std::uint64_t i = 0; i < size && in.good(); ++i) {
    if (key.kind == ChannelKind::series) {
      const std::uint64_t step = in.number();
      const double value = in.real();
      if (in.good()) trace.append({channel, 0, step, value});
    } else {
      const double x = in.real(), y = in.real();
      if (in.good()) trace.append_curve(channel, std::span(&x, 1), std::span(&y, 1));
    }
  }
}

}  // namespace

std::optional<Issue> writeTrace(const QString& path, const Trace& trace, QByteArray& hash) {
  TraceWriter out(path);
  out.number(trace_magic);
  const std::vector<RunLabel> runs = trace.runs();
  out.number(runs.size());
  for (const RunLabel& run : runs) {
    out.text(run.label);
    out.number(run.repeats);
  }
  const std::vector<ChannelKey> channels = trace.channels();
  out.number(channels.size());
  for (const ChannelKey& key : channels) writeChannel(out, trace, key);
  return out.finish(hash);
}

std::shared_ptr<const Trace> readTrace(const QString& path, QByteArray& hash) {
  TraceReader in(path);
  if (in.number() != trace_magic) return nullptr;
  auto trace = std::make_shared<Trace>();
  for (std::uint64_t i = 0, runs = in.number(); i < runs && in.good(); ++i) {
    const std::string label = in.text();
    trace->open_run(label, in.small());
  }
  for (std::uint64_t i = 0, channels = in.number(); i < channels && in.good(); ++i) readChannel(in, *trace);
  return in.finish(hash) ? trace : nullptr;
}

}  // namespace kappa::ui
