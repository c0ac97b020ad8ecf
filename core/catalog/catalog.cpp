/// Fills the catalogue from the generated index, and makes models from nodes.
#include "core/catalog/catalog.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "core/catalog/index.hpp"
#include "core/kinds/problem.hpp"

namespace kappa {

namespace {

using Methods = std::map<std::pair<Kind, std::string_view>, Method>;

const Methods& methods() {
  static const Methods table = [] {
    Methods filled;
    for (NamedMethod& named : all_methods())
      filled.emplace(std::pair{named.method.kind, named.stem}, std::move(named.method));
    return filled;
  }();
  return table;
}

template <class Made>
const Made& maker(const Node& node) {
  const auto it = methods().find({node.kind, node.id});
  if (it == methods().end()) throw std::logic_error("no " + std::string(name_of(node.kind)) + " is named " + node.id);
  return std::get<Made>(it->second.make);
}

}  // namespace

Catalog::Catalog() : kinds_(std::size(all_kinds)) {
  for (const auto& [key, method] : methods())
    kinds_[static_cast<std::size_t>(key.first)].push_back(
        {key.first, std::string(key.second), method.card, method.fields});
}

const Catalog& Catalog::get() {
  static const Catalog catalog;
  return catalog;
}

std::span<const Entry> Catalog::all(Kind kind) const { return kinds_[static_cast<std::size_t>(kind)]; }

const Entry* Catalog::find(Kind kind, std::string_view id) const {
  const auto entries = all(kind);
  const auto it =
      std::lower_bound(entries.begin(), entries.end(), id, [](const Entry& e, std::string_view s) { return e.id < s; });
  return it != entries.end() && it->id == id ? &*it : nullptr;
}

std::vector<std::string_view> Catalog::ids(Kind kind) const {
  std::vector<std::string_view> ids;
  for (const Entry& entry : all(kind)) ids.push_back(entry.id);
  return ids;
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> names) {
  std::string_view best;
  std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string_view name : names) {
    std::vector<std::size_t> row(name.size() + 1);
    for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= word.size(); ++i) {
      std::size_t diagonal = row[0];
      row[0] = i;
      for (std::size_t j = 1; j <= name.size(); ++j) {
        const std::size_t change = diagonal + (word[i - 1] == name[j - 1] ? 0 : 1);
        diagonal = row[j];
        row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
      }
    }
    if (row.back() < least) {
      least = row.back();
      best = name;
    }
  }
  return best;
}

std::unique_ptr<ProblemModel> make_problem(const Node& node) { return maker<MakeProblem>(node)(node); }
std::shared_ptr<const OptimizerModel> make_optimizer(const Node& node) {
  return maker<Maker<OptimizerModel>>(node)(node);
}
std::shared_ptr<const OrderModel> make_order(const Node& node) { return maker<Maker<OrderModel>>(node)(node); }
std::shared_ptr<const InitModel> make_init(const Node& node) { return maker<Maker<InitModel>>(node)(node); }
std::shared_ptr<const ScheduleModel> make_schedule(const Node& node) { return maker<Maker<ScheduleModel>>(node)(node); }
std::shared_ptr<const ProbeModel> make_probe(const Node& node) { return maker<Maker<ProbeModel>>(node)(node); }
std::shared_ptr<const TheoryModel> make_theory(const Node& node) { return maker<Maker<TheoryModel>>(node)(node); }
std::shared_ptr<const ClaimModel> make_claim(const Node& node) { return maker<Maker<ClaimModel>>(node)(node); }
std::shared_ptr<const StudyModel> make_study(const Node& node) { return maker<Maker<StudyModel>>(node)(node); }

}  // namespace kappa
