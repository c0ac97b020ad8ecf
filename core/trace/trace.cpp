/// Everything a run has recorded: append-only columns that one recorder writes and anyone reads.
#include "core/trace/trace.hpp"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <map>
#include <mutex>
#include <utility>

#include "core/trace/chunk_store.hpp"
#include "core/trace/column.hpp"
#include "core/trace/cost_column.hpp"
#include "core/trace/spectrum_column.hpp"
#include "core/trace/stable_array.hpp"

namespace kappa {

namespace {

/// Of the members below `key` a channel has one, as its kind says. Small tables are read and written under the mutex.
struct Channel {
  ChannelKey key;
  std::unique_ptr<ChunkedColumn> series;
  std::unique_ptr<ChunkedSpectrum> spectrum;
  XY xy;
  std::vector<FieldCell> cells;
  std::unique_ptr<CostColumn> costs;
};

}  // namespace

struct Trace::Store {
  Store(std::uint64_t budget, std::string directory) : chunks(budget, std::move(directory)) {}

  Channel* find(const ChannelKey& key) const {
    const auto found = numbers.find(key);
    return found == numbers.end() ? nullptr : &channels[found->second];
  }
  const CostColumn* costs(std::uint32_t run, std::uint32_t repeat) const;
  void changed() { version.fetch_add(1, std::memory_order_release); }

  ChunkStore chunks;  // before the columns, which it outlives
  mutable std::mutex mutex;
  std::vector<RunLabel> runs;
  std::map<std::string, std::uint32_t, std::less<>> run_numbers;
  StableArray<Channel, 16> channels;  // the recorder finds its channel here without the mutex
  std::map<ChannelKey, std::uint32_t> numbers;
  std::uint32_t count = 0;
  std::atomic<std::uint64_t> version{0};
};

Trace::Trace(std::uint64_t memory_budget, std::string spill_directory)
    : store_(std::make_unique<Store>(memory_budget, std::move(spill_directory))) {}
Trace::~Trace() = default;

std::uint32_t Trace::open_run(std::string_view label, std::uint32_t repeats) {
  const std::lock_guard lock(store_->mutex);
  const auto next = static_cast<std::uint32_t>(store_->runs.size());
  const auto [place, fresh] = store_->run_numbers.emplace(label, next);
  if (fresh) {
    store_->runs.push_back({std::string(label), repeats});
    store_->changed();
  } else if (RunLabel& run = store_->runs[place->second]; run.repeats < repeats) {
    run.repeats = repeats;
    store_->changed();
  }
  return place->second;
}

std::uint32_t Trace::open_channel(const ChannelKey& key) {
  const std::lock_guard lock(store_->mutex);
  const auto [place, fresh] = store_->numbers.emplace(key, store_->count);
  if (fresh) {
    Channel& channel = store_->channels.grow(store_->count++);
    channel.key = key;
    if (key.kind == ChannelKind::series) channel.series = std::make_unique<ChunkedColumn>(store_->chunks);
    if (key.kind == ChannelKind::spectrum) channel.spectrum = std::make_unique<ChunkedSpectrum>(store_->chunks);
    if (key.kind == ChannelKind::cost) channel.costs = std::make_unique<CostColumn>(store_->chunks);
    store_->changed();
  }
  return place->second;
}

void Trace::append(const Record& record) {
  Channel& channel = store_->channels[record.channel];
  assert(channel.series || channel.spectrum);
  if (channel.series) {
    channel.series->append(record.step, record.value);
  } else if (channel.spectrum) {
    channel.spectrum->append(record.step, record.index, record.value);
  }
  store_->changed();
}

void Trace::append_curve(std::uint32_t number, std::span<const double> x, std::span<const double> y) {
  assert(x.size() == y.size());
  const std::lock_guard lock(store_->mutex);
  XY& xy = store_->channels[number].xy;
  xy.x.insert(xy.x.end(), x.begin(), x.end());
  xy.y.insert(xy.y.end(), y.begin(), y.end());
  store_->changed();
}

void Trace::append_field(std::uint32_t number, std::span<const FieldCell> cells) {
  const std::lock_guard lock(store_->mutex);
  auto& all = store_->channels[number].cells;
  all.insert(all.end(), cells.begin(), cells.end());
  store_->changed();
}

void Trace::append_cost(std::uint32_t number, std::uint64_t step, const std::uint64_t (&counts)[4],
                        const Effort& effort) {
  const std::lock_guard lock(store_->mutex);
  store_->channels[number].costs->append({step, counts[0], counts[1], counts[2], counts[3], effort});
  store_->changed();
}

std::vector<RunLabel> Trace::runs() const {
  const std::lock_guard lock(store_->mutex);
  return store_->runs;
}

std::optional<std::uint32_t> Trace::find_run(std::string_view label) const {
  const std::lock_guard lock(store_->mutex);
  const auto found = store_->run_numbers.find(label);
  if (found == store_->run_numbers.end()) return std::nullopt;
  return found->second;
}

std::vector<ChannelKey> Trace::channels() const {
  const std::lock_guard lock(store_->mutex);
  std::vector<ChannelKey> keys;
  keys.reserve(store_->count);
  for (std::uint32_t i = 0; i < store_->count; ++i) keys.push_back(store_->channels[i].key);
  return keys;
}

ChannelKey Trace::key(std::uint32_t channel) const {
  const std::lock_guard lock(store_->mutex);
  return store_->channels[channel].key;
}

const Column* Trace::series(std::uint32_t run, std::uint32_t repeat, std::string_view name) const {
  const std::lock_guard lock(store_->mutex);
  const Channel* channel = store_->find({ChannelKind::series, run, repeat, std::string(name), {}, {}});
  return channel ? channel->series.get() : nullptr;
}

const SpectrumColumn* Trace::spectrum(std::uint32_t run, std::uint32_t repeat, std::string_view name) const {
  const std::lock_guard lock(store_->mutex);
  const Channel* channel = store_->find({ChannelKind::spectrum, run, repeat, std::string(name), {}, {}});
  return channel ? channel->spectrum.get() : nullptr;
}

XY Trace::curve(std::uint32_t run, std::uint32_t repeat, std::string_view name) const {
  const std::lock_guard lock(store_->mutex);
  const Channel* channel = store_->find({ChannelKind::curve, run, repeat, std::string(name), {}, {}});
  return channel ? channel->xy : XY{};
}

std::vector<FieldCell> Trace::field(std::uint32_t run, std::uint32_t repeat, std::string_view name) const {
  const std::lock_guard lock(store_->mutex);
  const Channel* channel = store_->find({ChannelKind::field, run, repeat, std::string(name), {}, {}});
  return channel ? channel->cells : std::vector<FieldCell>{};
}

std::vector<Trace::Theory> Trace::theory(std::uint32_t run, std::string_view series) const {
  const std::lock_guard lock(store_->mutex);
  std::vector<Theory> found;
  for (auto next = store_->numbers.lower_bound({ChannelKind::theory, run, 0, {}, {}, {}});
       next != store_->numbers.end(); ++next) {
    const ChannelKey& key = next->first;
    if (key.kind != ChannelKind::theory || key.run != run) break;
    if (key.name == series) found.push_back({key, store_->channels[next->second].xy});
  }
  return found;
}

const CostColumn* Trace::Store::costs(std::uint32_t run, std::uint32_t repeat) const {
  const auto found = numbers.lower_bound({ChannelKind::cost, run, repeat, {}, {}, {}});
  if (found == numbers.end()) return nullptr;
  const ChannelKey& key = found->first;
  if (key.kind != ChannelKind::cost || key.run != run || key.repeat != repeat) return nullptr;
  return channels[found->second].costs.get();
}

std::vector<Trace::Cost> Trace::cost(std::uint32_t run, std::uint32_t repeat, std::size_t most) const {
  const std::lock_guard lock(store_->mutex);
  const CostColumn* all = store_->costs(run, repeat);
  if (!all) return {};
  const std::uint64_t size = all->size(), kept = size <= most || most < 2 ? size : most;
  std::vector<Cost> rows;
  rows.reserve(kept);
  for (std::uint64_t i = 0; i < kept; ++i) rows.push_back(all->row(kept == size ? i : i * (size - 1) / (kept - 1)));
  return rows;
}

std::optional<Trace::Cost> Trace::cost_at(std::uint32_t run, std::uint32_t repeat, std::uint64_t step) const {
  const std::lock_guard lock(store_->mutex);
  const CostColumn* all = store_->costs(run, repeat);
  return all ? all->at(step) : std::nullopt;
}

std::uint64_t Trace::version() const { return store_->version.load(std::memory_order_acquire); }
std::uint64_t Trace::bytes() const { return store_->chunks.resident(); }

}  // namespace kappa
