/// Names kept results by where their document differs from the present one.
#include "ui/runs/kept_results.hpp"

#include <QUuid>
#include <algorithm>

#include "ui/forms/wording.hpp"

namespace kappa::ui {
namespace {

constexpr int told_most = 2;

/// "κ 100", "d 30": the values in which `kept` is not as `now`.
QStringList differences(const Node& kept, const Node& now, Kind kind) {
  const Entry* entry = Catalog::get().find(kind, kept.id);
  if (!entry) return {};
  if (kept.id != now.id) return {QString::fromStdString(entry->card.title)};
  QStringList told;
  for (const Field& field : entry->fields) {
    const auto then = kept.params.find(field.id), here = now.params.find(field.id);
    if (then == kept.params.end() || here == now.params.end() || equal(then->second, here->second)) continue;
    const QString symbol = field.symbol.empty() ? wording::named(field.id) : QString::fromStdString(field.symbol);
    told << symbol + QChar(0x00a0) + wording::brief(then->second);
  }
  return told;
}

QString differenceOf(const Document& kept, const Document& now) {
  if (kept.study != now.study) return QString::fromStdString(kept.title);
  QStringList told =
      differences(kept.problem, now.problem, Kind::problem) + differences(kept.settings, now.settings, Kind::study);
  for (std::size_t i = 0; i < kept.runs.size(); ++i)
    for (std::size_t k = 0; k < now.runs.size(); ++k)
      if (kept.runs[i].label == now.runs[k].label)
        told += differences(complete_node(effective_optimizer(kept, i)), complete_node(effective_optimizer(now, k)),
                            Kind::optimizer);
  if (kept.seed != now.seed) told << KeptResults::tr("seed %1").arg(kept.seed);
  if (kept.batch.size != now.batch.size) told << KeptResults::tr("batch %1").arg(kept.batch.size);
  if (kept.repeats != now.repeats) told << KeptResults::tr("%1 repeats").arg(kept.repeats);
  if (kept.steps != now.steps) told << KeptResults::tr("%1 steps").arg(kept.steps);
  told.removeDuplicates();
  return told.mid(0, told_most).join(QStringLiteral(", "));
}

}  // namespace

bool KeptResults::holds(const Trace* trace) const {
  return std::any_of(kept_.begin(), kept_.end(), [&](const Kept& one) { return one.trace.get() == trace; });
}

void KeptResults::keep(Kept one) {
  if (one.id.isEmpty()) one.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
  kept_.push_back(std::move(one));
  emit changed();
}

void KeptResults::restore(std::vector<Kept> all) {
  const std::size_t before = kept_.size();
  for (Kept& one : all)
    if (std::none_of(kept_.begin(), kept_.end(), [&](const Kept& here) { return here.id == one.id; }))
      kept_.push_back(std::move(one));
  if (kept_.size() > before) emit changed();
}

void KeptResults::settle(const QString& id, const QString& place, bool lasts) {
  for (Kept& one : kept_) {
    if (one.id != id || (one.place == place && one.lasts == lasts)) continue;
    one.place = place;
    one.lasts = lasts;
    emit changed();
    return;
  }
}

void KeptResults::remove(std::size_t index) {
  if (index >= kept_.size()) return;
  kept_.erase(kept_.begin() + static_cast<std::ptrdiff_t>(index));
  emit changed();
}

void KeptResults::clear() {
  if (kept_.empty()) return;
  kept_.clear();
  emit changed();
}

void KeptResults::rename(std::size_t index, const QString& name) {
  if (index >= kept_.size() || kept_[index].name == name) return;
  kept_[index].name = name;
  emit changed();
}

QStringList KeptResults::names(const Document& present) const {
  QStringList names;
  for (std::size_t i = 0; i < kept_.size(); ++i) {
    QString name = kept_[i].name.isEmpty() ? differenceOf(*kept_[i].document, present) : kept_[i].name;
    if (name.isEmpty()) name = tr("kept %1").arg(i + 1);
    if (names.contains(name)) name = tr("%1 (%2)").arg(name).arg(i + 1);
    names << name;
  }
  return names;
}

}  // namespace kappa::ui
