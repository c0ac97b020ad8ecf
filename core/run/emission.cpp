/// Emissions by name, written to channels.
#include "core/run/emission.hpp"

#include <algorithm>

#include "core/run/job_sink.hpp"

namespace kappa {

std::uint32_t EmissionWriter::run(const std::string& label) {
  order_.before_opening(label, repeat_, quit_);
  const std::uint32_t index = sink_.open_run(label);
  order_.after_opening(label, repeat_);
  return index;
}

std::uint32_t EmissionWriter::channel(const Emission& emission) {
  ChannelKey key = emission.key;
  key.run = 0;
  const auto [it, fresh] = channels_.try_emplace({emission.label, key}, 0);
  if (fresh) {
    key.run = run(emission.label);
    key.repeat = repeat_;
    it->second = sink_.open(key);
  }
  return it->second;
}

void EmissionWriter::write(const Emission& emission) {
  if (emission.final_x) {
    sink_.final_point({emission.label, run(emission.label), repeat_, *emission.final_x});
    return;
  }
  const std::uint32_t id = channel(emission);
  switch (emission.key.kind) {
    case ChannelKind::series: {
      const Record record{id, 0, emission.step, emission.y.front()};
      sink_.push({&record, 1});
      break;
    }
    case ChannelKind::spectrum: {
      std::vector<Record> records;
      for (std::size_t i = 0; i < emission.y.size(); ++i)
        records.push_back({id, emission.first + static_cast<std::uint32_t>(i), emission.step, emission.y[i]});
      sink_.push(records);
      break;
    }
    case ChannelKind::curve:
      sink_.curve(id, emission.x, emission.y);
      break;
    case ChannelKind::field:
      sink_.field(id, emission.cells);
      break;
    case ChannelKind::theory:
      sink_.theory(id, emission.x, emission.y);
      break;
    case ChannelKind::cost:
      sink_.cost(id, emission.step, emission.counts, emission.effort);
      break;
  }
}

std::uint32_t NamedSink::open_run(std::string_view label) {
  labels_.emplace_back(label);
  return static_cast<std::uint32_t>(labels_.size() - 1);
}

std::uint32_t NamedSink::open(const ChannelKey& key) {
  keys_.push_back(key);
  return static_cast<std::uint32_t>(keys_.size() - 1);
}

Emission NamedSink::blank(std::uint32_t channel) const {
  Emission emission;
  emission.key = keys_[channel];
  emission.label = labels_[emission.key.run];
  return emission;
}

void NamedSink::push(std::span<const Record> records) {
  for (std::size_t i = 0; i < records.size();) {
    Emission emission = blank(records[i].channel);
    emission.step = records[i].step;
    if (records[i].index == 0) {
      emission.y = {records[i++].value};
    } else {
      const std::size_t begin = i;
      emission.first = records[i].index;
      while (i < records.size() && records[i].channel == records[begin].channel &&
             records[i].step == records[begin].step)
        emission.y.push_back(records[i++].value);
    }
    gate_.emit(std::move(emission));
  }
}

void NamedSink::curve(std::uint32_t channel, std::span<const double> x, std::span<const double> y) {
  Emission emission = blank(channel);
  emission.x.assign(x.begin(), x.end());
  emission.y.assign(y.begin(), y.end());
  gate_.emit(std::move(emission));
}

void NamedSink::theory(std::uint32_t channel, std::span<const double> x, std::span<const double> y) {
  curve(channel, x, y);
}

void NamedSink::field(std::uint32_t channel, std::span<const FieldCell> cells) {
  Emission emission = blank(channel);
  emission.cells.assign(cells.begin(), cells.end());
  gate_.emit(std::move(emission));
}

void NamedSink::cost(std::uint32_t channel, std::uint64_t step, const std::uint64_t (&counts)[4],
                     const Effort& effort) {
  Emission emission = blank(channel);
  emission.step = step;
  std::copy(std::begin(counts), std::end(counts), std::begin(emission.counts));
  emission.effort = effort;
  gate_.emit(std::move(emission));
}

}  // namespace kappa
